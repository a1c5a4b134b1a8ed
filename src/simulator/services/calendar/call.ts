import type { ApiRequest, Behaviour } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { parseObject } from './object';
import { calendarOf, type CalendarState } from './state';
import type { Stored, View } from './store';

/** A call of a known user. */
export interface CalendarCall extends ApiRequest {
	cal: CalendarState;
	me: User;
}

/** A refusal, thrown anywhere within a behaviour. */
export class Refusal extends Error {
	constructor(readonly code: number) {
		super(`code ${code}`);
	}
}

/** A behaviour that needs no calendar of the user; what it returns is `data`, undefined: none. */
export const always =
	(run: (call: CalendarCall) => unknown): Behaviour =>
	(request) => {
		try {
			const data = run({ ...request, cal: calendarOf(request.nas), me: request.user! });
			return data === undefined ? {} : { data };
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return { error: error.code };
		}
	};

/** A behaviour of a user who has opened Calendar; for others its tables do not exist: 9006 (calendar.md 9). */
export const behaviour = (run: (call: CalendarCall) => unknown): Behaviour =>
	always((call) => {
		if (!call.cal.opened.has(call.me.name)) throw new Refusal(9006);
		return run(call);
	});

/** Behaviours by version: the highest one that is not above that of the call. */
export const versions = (table: Record<number, Behaviour>): Behaviour => {
	const known = Object.keys(table)
		.map(Number)
		.sort((a, b) => b - a);
	return (request) => {
		const version = known.find((one) => one <= request.version);
		return version === undefined ? undefined : table[version]!(request);
	};
};

/** Refuses a call that lacks a parameter; an empty text in quotes is there (calendar.md 2). */
export function need({ params }: CalendarCall, names: readonly string[], code = 114): void {
	if (names.some((name) => params[name] === undefined || params[name] === null)) throw new Refusal(code);
}

/** A text; one of digits that came without quotes is a text, too. */
export function text({ params }: CalendarCall, name: string, code = 120): string {
	const value = params[name];
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (typeof value !== 'string') throw new Refusal(value === undefined ? 114 : code);
	return value;
}

export function integer({ params }: CalendarCall, name: string, code = 120): number {
	const value = Number(params[name]);
	if (params[name] === undefined) throw new Refusal(114);
	if (!Number.isInteger(value)) throw new Refusal(code);
	return value;
}

export const isTrue = ({ params }: CalendarCall, name: string): boolean =>
	params[name] === true || params[name] === 'true';

/** A calendar that the user sees. */
export function viewOf(call: CalendarCall, id: string, code = 120): View {
	const view = call.cal.view(call.me, id);
	if (!view) throw new Refusal(code);
	return view;
}

/** A calendar that the user may write into. */
export function writable(call: CalendarCall, id: string, code = 9009): View {
	const view = viewOf(call, id, code);
	if (view.privilege !== 'RW') throw new Refusal(call.cal.switches.readOnlyCode);
	return view;
}

/** Calendars of one kind in `cal_id_list`; absent or empty: all that the user sees. */
export function viewsOf(call: CalendarCall, kind: 'event' | 'todo'): View[] {
	const given = call.params['cal_id_list'];
	if (given !== undefined && !Array.isArray(given)) throw new Refusal(120);
	const ids = (given ?? []) as unknown[];
	const views = ids.length > 0 ? ids.map((id) => viewOf(call, String(id))) : call.cal.viewsOf(call.me);
	return views.filter(({ calendar }) => calendar.kind === kind);
}

/** A resource that the user sees, with its calendar; an event he is invited to counts. */
export function found(call: CalendarCall, kind: 'event' | 'todo', id = integer(call, 'evt_id', 9009)): Found {
	const rows =
		kind === 'event'
			? [...call.cal.seenBy(call.me, kind), ...call.cal.invitationsOf(call.me)]
			: call.cal.seenBy(call.me, kind);
	const row = rows.find(({ stored }) => stored.id === id);
	if (!row) throw new Refusal(9009);
	return row;
}

export interface Found {
	view: View;
	stored: Stored;
	invited: boolean;
}

/** The same, if the user may change it; `dav_etag` must be that of now (calendar.md 5.3). */
export function changeable(call: CalendarCall, kind: 'event' | 'todo'): Found {
	const row = found(call, kind);
	if (row.view.privilege !== 'RW' || row.invited) throw new Refusal(call.cal.switches.readOnlyCode);
	checkEtag(call, row.stored);
	// A copy of the components: a refusal later on leaves what is stored as it is.
	return { ...row, stored: { ...row.stored, parsed: parseObject(row.stored.data)! } };
}

export function checkEtag(call: CalendarCall, { etag }: Stored): void {
	if (text(call, 'dav_etag').replaceAll('"', '') !== etag) throw new Refusal(call.cal.switches.staleCode);
}

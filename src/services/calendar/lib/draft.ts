import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { DateTime } from '../../../vendor/luxon';
import type { Participant, WireEvent, WireReminder } from '../wire';
import type { Content } from './content';
import { readRule, repeatSettingOf, ruleOf, type RepeatSetting, type Start } from './ical/rule';
import { participantsOf } from './participants';
import { zoneOf } from './reads';
import { dayOf, secondsOf, utcMidnight, type When } from './time';

/** An event as it shall be: what the web API and CalDAV are both written from. */
export interface Draft {
	cal_id: string;
	original_cal_id: string;
	span: Span;
	/** Empty: no repetition. */
	rrule: string;
	/** `repeat_setting` for a rule that the web API can say. */
	setting: RepeatSetting | undefined;
	fields: DraftFields;
	reminders?: readonly number[] | undefined;
	links?: readonly string[] | undefined;
	/** What the web API has no parameter for (calendar.md 5.8). */
	marks: Pick<Content, 'visibility' | 'show_as'>;
}

/** Parameters of `create`, `set` and `subevent_set` that need nothing but their value. */
interface DraftFields {
	summary: string;
	description: string;
	color: string;
	notify_setting: readonly WireReminder[];
	participant: readonly Participant[];
	attachments: readonly { property_value?: string | undefined }[];
	location_info: Record<string, unknown>;
}

const NOWHERE = { name: '', address: '', place_id: '', map_type: '', gps: { lat: -1, lng: -1 } };

/** The draft of an event from what was given and, for a change, from the row that is there. */
export async function draftOf(
	dsm: Dsm,
	given: Content,
	calendar: { cal_id: string; original_cal_id: string },
	known?: { row: WireEvent; span: Span; rrule: string },
): Promise<Draft> {
	const zone = given.tz_id || known?.span.zone || (await zoneOf(dsm));
	const span = spanOf(given, zone, known?.span);
	const rrule = ruleGiven(given, span) ?? known?.rrule ?? '';
	const row: Partial<WireEvent> = known?.row ?? {};
	const { location, description } = placed(given);
	const there = row.participant ?? [];
	return {
		...calendar,
		span,
		rrule,
		setting: rrule === '' ? undefined : repeatSettingOf(rrule, startOf(span)),
		reminders: given.reminders,
		links: given.attachments,
		marks: marksOf(given),
		fields: {
			summary: given.summary ?? row.summary ?? '',
			description: description ?? row.description ?? '',
			color: given.color ?? row.color ?? '',
			notify_setting: given.reminders ? notifications(given.reminders) : (row.notify_setting ?? []),
			participant: given.invitees ? await participantsOf(dsm, given.invitees, there) : there,
			attachments: given.attachments ? links(given.attachments) : (row.attachments ?? []),
			location_info: location === undefined ? { ...NOWHERE, ...row.location_info } : { ...NOWHERE, name: location },
		},
	};
}

/** What was given that stands in the iCalendar text alone. */
export const marksOf = ({ visibility, show_as }: Content): Draft['marks'] => ({
	...(visibility && { visibility }),
	...(show_as && { show_as }),
});

/** Whether the web API can say it; else it goes through CalDAV (calendar.md 5.5). */
export const fitsWeb = ({ rrule, setting, marks }: Draft): boolean =>
	(rrule === '' || setting !== undefined) && Object.keys(marks).length === 0;

/** Parameters of `create` and `set` of version 5; all of them must be there, empty ones too (calendar.md 10). */
export const wireOf = ({ cal_id, original_cal_id, span, rrule, setting, fields }: Draft): Record<string, unknown> => ({
	cal_id,
	original_cal_id,
	...fields,
	is_all_day: span.isAllDay,
	tz_id: span.isAllDay ? '' : span.zone,
	dtstart: span.start,
	dtend: span.end,
	is_repeat_evt: rrule !== '',
	...(setting && { repeat_setting: setting }),
});

/** Minutes before the start, of the reminders that are no moments. */
export const minutesOf = (rows: readonly WireReminder[]): number[] =>
	rows.filter(({ type }) => type === 'duration').map(({ duration }) => -(duration?.minutes ?? 0));

/** Start and end of an event: seconds; for days midnight in UTC. */
export interface Span {
	start: number;
	end: number;
	isAllDay: boolean;
	zone: string;
}

/** The times that were given; what is missing comes from `known`. A start alone keeps the length. */
function spanOf(given: Content, zone: string, known?: Span): Span {
	const isAllDay = given.is_all_day ?? (given.start ? 'date' in given.start : (known?.isAllDay ?? false));
	const usual = isAllDay ? 86_400 : 3600;
	const length = known && known.isAllDay === isAllDay ? known.end - known.start : usual;
	const at = (when: When) => (isAllDay ? utcMidnight(dayOf(when, zone)) : secondsOf(when, zone));
	const start = given.start ? at(given.start) : known ? again(known, isAllDay, zone) : undefined;
	if (start === undefined) throw new DsmInputError('An event needs a start.', { path: ['start'] });
	const end = given.end ? at(given.end) : start + length;
	if (end < start || (isAllDay && end === start && given.end === undefined))
		throw new DsmInputError('The event ends before it begins.', { path: ['end'] });
	return { start, end: isAllDay && end === start ? start + 86_400 : end, isAllDay, zone };
}

/** The start of an event that becomes one of days, or one of times. */
function again({ start, isAllDay, zone: before }: Span, now: boolean, zone: string): number {
	if (isAllDay === now) return start;
	const day = isAllDay
		? DateTime.fromSeconds(start, { zone: 'UTC' }).toISODate()!
		: DateTime.fromSeconds(start, { zone: before }).toISODate()!;
	return now ? utcMidnight(day) : secondsOf({ date: day }, zone);
}

export const startOf = ({ start, isAllDay, zone }: Span): Start => ({
	at: DateTime.fromSeconds(start, { zone: isAllDay ? 'UTC' : zone }),
	zone: isAllDay ? 'UTC' : zone,
	isAllDay,
});

/** The RRULE that is asked for; empty: none; undefined: nothing is said. Throws DsmInputError for one that is no rule. */
export function ruleGiven(given: Content, span: Span): string | undefined {
	const { repeat, rrule } = given;
	if (repeat === 'none') return '';
	if (repeat === undefined || repeat === 'rule') {
		if (rrule === undefined || rrule.trim() === '') {
			if (repeat === undefined) return undefined;
			throw new DsmInputError('Give the rule by which the event repeats.', { path: ['rrule'] });
		}
		return checkedRule(rrule);
	}
	const { repeat_count: count, repeat_until: until } = given;
	if (count !== undefined && until)
		throw new DsmInputError('Give either a number of occurrences or an end.', { path: ['repeat_count'] });
	return ruleOf(
		{
			type: repeat,
			interval: given.repeat_interval,
			weekdays: given.repeat_weekdays,
			monthly: given.repeat_monthly,
			count,
			until,
		},
		startOf(span),
	);
}

function checkedRule(text: string): string {
	const plain = text.trim().replace(/^RRULE:/i, '');
	try {
		readRule(plain);
		return plain;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new DsmInputError(`The rule "${plain}" ${/^(is|has)/.test(reason) ? reason : `cannot be read: ${reason}`}.`, {
			path: ['rrule'],
		});
	}
}

/** Location and description with the link of an online meeting: there is no call for one whose parameters are known. */
function placed(given: Content): Pick<Content, 'location' | 'description'> {
	const { conference, location, description } = given;
	if (!conference) return { location, description };
	return {
		location: location ? `${location}, ${conference}` : conference,
		description: description ? `${description}\n\n${conference}` : conference,
	};
}

/** Reminders of version 5 (calendar.md 5.6). */
export const notifications = (minutes: readonly number[]): WireReminder[] =>
	minutes.map((one) => ({
		action: 'DISPLAY',
		description: 'This is an event reminder',
		type: 'duration',
		duration: { related: 'start', minutes: -one },
		datetime: { utc_seconds: 0 },
		ical_extra_info: [],
	}));

/** Link attachments of version 5 (calendar.md 5.8). */
const links = (urls: readonly string[]) =>
	urls.map((property_value) => ({
		is_syno: false,
		property_value,
		file_rel_uri: '',
		file_size: 0,
		filename: '',
		fmttype: '',
		value: 'URI',
		encoding: '',
	}));

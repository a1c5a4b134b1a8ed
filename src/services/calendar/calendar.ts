import { fileAnswer } from '../../catalog/fields';
import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calendarShape, withAddresses } from './calendar-row';
import { calls } from './calls';
import { cal_id, nothing, texts, toNothing } from './fields';
import { importFile } from './import';
import { calendarRows, rowsOf } from './place';
import type { Wire } from './row';

const name = z
	.string()
	.trim()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the calendar', placeholder: 'e.g. Projects' });
const color = z
	.string()
	.trim()
	.regex(/^#[0-9a-f]{6}$/i, 'is not a colour, e.g. #3366CC')
	.meta({ title: 'Colour', description: 'Colour of the calendar', placeholder: 'e.g. #3366CC', widget: 'color' });
const description = z.string().meta({ title: 'Description', description: 'What the calendar is for', advanced: true });

const flag = (title: string, words: string) =>
	z.boolean().optional().meta({ title, description: words, advanced: true });
const flags = {
	is_hidden_in_cal: flag('Hide Events', 'Whether its events are hidden'),
	is_hidden_in_list: flag('Hide in the List', 'Whether it is hidden in the list of calendars'),
	notify_alarm_by_browser: flag('Reminders in the Browser', 'Whether reminders show in the browser'),
	notify_alarm_by_mail: flag('Reminders by Mail', 'Whether reminders come by mail'),
	notify_evt_by_browser: flag('Changes in the Browser', 'Whether changes show in the browser'),
	notify_evt_by_mail: flag('Changes by Mail', 'Whether changes come by mail'),
	notify_import_cal_by_browser: flag('Imports in the Browser', 'Whether the end of an import shows in the browser'),
	notify_import_cal_by_mail: flag('Imports by Mail', 'Whether the end of an import is told by mail'),
};
/** All of them must be sent (calendar.md 4.2). */
const USUAL = Object.fromEntries(
	Object.keys(flags).map((key) => [key, key.startsWith('notify_') && !key.endsWith('mail')]),
);
const FIELDS = ['cal_displayname', 'cal_description', 'cal_color', ...Object.keys(flags)];

export const list = procedure({
	title: 'List calendars',
	summary: 'Lists the calendars and to-do lists that the account sees, with their CalDAV addresses.',
	uses: [calls.calendars],
	params: z.object({
		cal_type: z
			.enum(['all', 'event', 'todo'])
			.default('all')
			.meta({ title: 'Kind', description: 'What they hold', labels: { all: 'All', event: 'Events', todo: 'To-Dos' } }),
	}),
	result: z.array(calendarShape),
	readOnly: true,
	basis: 'guide',
	async *each({ cal_type }, dsm) {
		yield* (await calendarRows(dsm, cal_type)).map((row) => withAddresses(dsm, row));
	},
});

const read = async (dsm: Dsm, id: string): Promise<Wire> =>
	(await dsm.call(calls.calendar, { cal_id: id }, { readOnly: true })) as Wire;

export const get = procedure({
	title: 'Get a calendar',
	summary: 'Gives a calendar or to-do list with its addresses.',
	uses: [calls.calendar],
	params: z.object({ cal_id }),
	result: calendarShape,
	readOnly: true,
	basis: 'guide',
	run: async (given, dsm) => withAddresses(dsm, { cal_id: given.cal_id, ...(await read(dsm, given.cal_id)) }),
});

export const create = procedure({
	title: 'Create a calendar',
	summary: 'Creates a calendar or a to-do list.',
	uses: [calls.createCalendar],
	params: z.object({
		cal_displayname: name,
		cal_type: z
			.enum(['event', 'todo'])
			.default('event')
			.meta({ title: 'Kind', description: 'What it holds', labels: { event: 'Events', todo: 'To-Dos' } }),
		cal_color: color.default('#3366CC').meta({ ...color.meta(), advanced: true }),
		cal_description: description.default(''),
		...flags,
	}),
	result: calendarShape,
	basis: 'guide',
	run: async (given, dsm) => withAddresses(dsm, (await dsm.call(calls.createCalendar, { ...USUAL, ...given })) as Wire),
});

/** Reads first and sends everything back: what is missing is refused (calendar.md 4.2). */
async function change(dsm: Dsm, id: string, changes: Wire): Promise<z.output<typeof calendarShape>> {
	const known = await read(dsm, id);
	const kept = Object.fromEntries(FIELDS.map((field) => [field, known[field] ?? USUAL[field] ?? '']));
	const ids = { cal_id: id, original_cal_id: known.original_cal_id ?? id };
	const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
	const answer = (await dsm.call(calls.setCalendar, { ...kept, ...given, ...ids })) as Wire | undefined;
	return withAddresses(dsm, { ...known, ...given, ...answer, cal_id: id });
}

export const update = procedure({
	title: 'Update a calendar',
	summary: 'Changes name, colour, description or notifications of a calendar; all else stays.',
	uses: [calls.calendar, calls.setCalendar],
	params: z.object({
		cal_id,
		cal_displayname: name.optional(),
		cal_color: color.optional(),
		cal_description: description.optional(),
		...flags,
	}),
	result: calendarShape,
	basis: 'guide',
	run: async ({ cal_id: id, ...changes }, dsm) => await change(dsm, id, changes),
});

export const setColor = procedure({
	title: 'Set the colour of a calendar',
	summary: 'Gives a calendar another colour.',
	uses: [calls.calendar, calls.setCalendar],
	params: z.object({ cal_id, cal_color: color }),
	result: calendarShape,
	basis: 'guide',
	run: async ({ cal_id: id, cal_color }, dsm) => await change(dsm, id, { cal_color }),
});

export const remove = operation({
	title: 'Delete a calendar',
	summary: 'Deletes a calendar with all its events; of one that is shared with the account only the share ends.',
	call: calls.deleteCalendar,
	params: z.object({ cal_id }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'guide',
});

const share = z.looseObject({ ug_name: z.string(), cal_privilege: z.string(), type: z.string() });
type Shares = Record<'DSM_USER' | 'DSM_GROUP', Wire[]>;

/** Keyed by the id of the calendar, which may be that of its owner. */
async function sharesOf(dsm: Dsm, id: string): Promise<Shares> {
	const data = ((await dsm.call(calls.shares, { cal_id: id }, { readOnly: true })) ?? {}) as Record<
		string,
		Partial<Shares>
	>;
	const found = data[id] ?? Object.values(data)[0] ?? {};
	return { DSM_USER: found.DSM_USER ?? [], DSM_GROUP: found.DSM_GROUP ?? [] };
}

export const listShares = procedure({
	title: 'List shares of a calendar',
	summary: 'Lists the users and groups with whom a calendar is shared.',
	uses: [calls.shares],
	params: z.object({ cal_id }),
	result: z.array(share),
	readOnly: true,
	basis: 'guide',
	async *each(given, dsm) {
		const shares = await sharesOf(dsm, given.cal_id);
		for (const type of ['DSM_USER', 'DSM_GROUP'] as const) yield* shares[type].map((row) => ({ ...row, type }));
	},
});

const people = (title: string, words: string) =>
	texts().default([]).meta({ title, description: words, placeholder: 'e.g. ["bob"]', widget: 'json' });

const shareParams = z.object({
	cal_id,
	users: people('Users', 'Names of users'),
	groups: people('Groups', 'Names of groups'),
	cal_privilege: z
		.enum(['RO', 'RW'])
		.default('RO')
		.meta({ title: 'Right', description: 'What they may do', labels: { RO: 'Read', RW: 'Read and Write' } }),
});

/** The NAS replaces all shares by those that are sent, so they are read first. */
async function setShares(dsm: Dsm, given: z.output<typeof shareParams>, isShared: boolean): Promise<Wire> {
	const { users, groups, cal_privilege } = given;
	if (users.length + groups.length === 0) throw new DsmInputError('Name a user or a group.', { path: ['users'] });
	const known = await sharesOf(dsm, given.cal_id);
	const merged = (rows: Wire[], names: string[]) => [
		...rows.filter(({ ug_name }) => !names.includes(String(ug_name))),
		...(isShared ? names.map((ug_name) => ({ ug_name, cal_privilege })) : []),
	];
	const cal_share_setting = { DSM_USER: merged(known.DSM_USER, users), DSM_GROUP: merged(known.DSM_GROUP, groups) };
	await dsm.call(calls.setShares, { cal_id: given.cal_id, cal_share_setting });
	return cal_share_setting;
}

export const shareWith = procedure({
	title: 'Share a calendar',
	summary: 'Shares a calendar with users and groups of the NAS; shares that are there stay.',
	uses: [calls.shares, calls.setShares],
	params: shareParams,
	result: z.looseObject({ DSM_USER: z.array(z.looseObject({})), DSM_GROUP: z.array(z.looseObject({})) }),
	basis: 'guide',
	run: async (given, dsm) => (await setShares(dsm, given, true)) as never,
});

export const unshare = procedure({
	title: 'Stop sharing a calendar',
	summary: 'Ends the shares of a calendar with users and groups.',
	uses: [calls.shares, calls.setShares],
	params: shareParams.omit({ cal_privilege: true }),
	result: z.looseObject({ DSM_USER: z.array(z.looseObject({})), DSM_GROUP: z.array(z.looseObject({})) }),
	basis: 'guide',
	run: async (given, dsm) => (await setShares(dsm, { ...given, cal_privilege: 'RO' }, false)) as never,
});

export const listShareTargets = procedure({
	title: 'List people to share with',
	summary: 'Lists the users and groups with whom a calendar can be shared.',
	uses: [calls.shareTargets],
	params: z.object({}),
	result: z.array(z.looseObject({ name: z.string(), type: z.string() })),
	readOnly: true,
	basis: 'capture',
	async *each(_, dsm) {
		yield* rowsOf(await dsm.call(calls.shareTargets, {}));
	},
});

export const publicLink = procedure({
	title: 'Get the public link of a calendar',
	summary: 'Gives the address under which anybody can read a calendar; it is switched on in Calendar itself.',
	uses: [calls.calendar],
	params: z.object({ cal_id }),
	result: z.looseObject({ cal_id: z.string(), is_public: z.boolean(), public_url: z.string() }),
	readOnly: true,
	basis: 'clients',
	async run(given, dsm) {
		const { public_url } = withAddresses(dsm, await read(dsm, given.cal_id));
		return { cal_id: given.cal_id, is_public: public_url !== '', public_url };
	},
});

/** An error comes as an envelope instead of the file (calendar.md 4.3). */
export const exportFile = operation({
	title: 'Export a calendar',
	summary: 'Gives all events or to-dos of a calendar as an iCalendar file.',
	call: calls.export,
	params: z.object({ cal_id }),
	returns: 'file',
	result: fileAnswer(),
	readOnly: true,
	basis: 'guide',
});

export const calendarResource = resource('Calendar', {
	list,
	get,
	create,
	update,
	setColor,
	delete: remove,
	share: shareWith,
	unshare,
	listShares,
	listShareTargets,
	publicLink,
	export: exportFile,
	import: importFile,
});

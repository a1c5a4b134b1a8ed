import { fileAnswer } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import type { AnswerOf } from '../../../core/call';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { cal_id, cal_type, texts } from '../fields';
import { calendarRow, withAddresses } from '../lib/calendarRow';
import { calendarRows } from '../lib/reads';
import {
	createCalendar,
	deleteCalendar,
	exportCalendar,
	getCalendar,
	getShares,
	listCalendars,
	listShareTargets,
	setCalendar,
	setShares,
	share as shareRow,
	type Share,
	type WireCalendar,
} from '../wire';
import { importFile } from './calendarImport';

const name = z
	.string()
	.trim()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the calendar', placeholder: 'e.g. Projects' });
const color = z
	.string()
	.trim()
	.regex(/^#[0-9a-f]{6}$/i, 'is not a color, e.g. #3366CC')
	.meta({ title: 'Color', description: 'Color of the calendar', placeholder: 'e.g. #3366CC', widget: 'color' });
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
const USUAL: Record<string, boolean> = Object.fromEntries(
	Object.keys(flags).map((key) => [key, key.startsWith('notify_') && !key.endsWith('mail')]),
);
const FIELDS = ['cal_displayname', 'cal_description', 'cal_color', ...Object.keys(flags)];

/** Both kinds are asked for by themselves: some devices refuse to list all at once. */
export const list = procedure({
	title: 'List calendars',
	summary: 'Lists the calendars and to-do lists that the account sees, with their CalDAV addresses.',
	uses: [listCalendars],
	params: z.object({ cal_type }),
	result: z.array(calendarRow),
	readOnly: true,
	async *each({ cal_type: kind }, dsm) {
		for (const one of await calendarRows(dsm, kind)) yield withAddresses(one, dsm);
	},
});

export const get = operation({
	title: 'Get a calendar',
	summary: 'Gives a calendar or to-do list with its addresses.',
	call: getCalendar,
	params: z.object({ cal_id }),
	response: (answer, facts) => withAddresses(answer, facts),
	result: calendarRow,
});

export const create = operation({
	title: 'Create a calendar',
	summary: 'Creates a calendar or a to-do list.',
	known: { call: listCalendars, request: ({ cal_type: kind }: { cal_type?: unknown }) => ({ cal_type: kind }) },
	call: createCalendar,
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
	request: (given) => ({ ...USUAL, ...given }),
	lost: {
		made: listCalendars,
		request: (params) => ({ cal_type: params.cal_type }),
		is: (row, params) => row.cal_displayname === params.cal_displayname,
		id: (row) => row.cal_id,
	},
	response: (answer, facts) => withAddresses(answer, facts),
	result: calendarRow,
});

const given = (changes: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

/** Everything is sent back: what is missing is refused (calendar.md 4.2). */
const wholeOf = ({ cal_id: id, ...changes }: { cal_id: string }, known: WireCalendar): Record<string, unknown> => ({
	...Object.fromEntries(FIELDS.map((one) => [one, known[one] ?? USUAL[one] ?? ''])),
	...given(changes),
	cal_id: id,
	original_cal_id: known.original_cal_id ?? id,
});

/** What a change of a calendar has in common, whatever is changed. */
const change = {
	call: setCalendar,
	known: { call: getCalendar, request: ({ cal_id: id }: { cal_id: string }) => ({ cal_id: id }) },
	request: wholeOf,
	response: (
		answer: AnswerOf<typeof setCalendar>,
		{ params, known, ...facts }: { params: { cal_id: string }; known: WireCalendar; account: string; url: string },
	) => withAddresses({ ...known, ...given(params), ...answer, cal_id: params.cal_id }, facts),
	result: calendarRow,
};

export const update = operation({
	title: 'Update a calendar',
	summary: 'Changes name, color, description or notifications of a calendar; all else stays.',
	...change,
	params: z.object({
		cal_id,
		cal_displayname: name.optional(),
		cal_color: color.optional(),
		cal_description: description.optional(),
		...flags,
	}),
});

export const setColor = operation({
	title: 'Set the color of a calendar',
	summary: 'Gives a calendar another color.',
	...change,
	params: z.object({ cal_id, cal_color: color }),
});

export const remove = operation({
	title: 'Delete a calendar',
	summary: 'Deletes a calendar with all its events; of one that is shared with the account only the share ends.',
	call: deleteCalendar,
	params: z.object({ cal_id }),
	lost: {
		uses: [listCalendars],
		look: async (params, dsm) =>
			(await calendarRows(dsm, 'all')).some((row) => row.cal_id === params.cal_id) ? undefined : {},
	},
	destructive: true,
	deletes: true,
});

export const listShares = operation({
	title: 'List shares of a calendar',
	summary: 'Lists the users and groups with whom a calendar is shared.',
	call: getShares,
	params: z.object({ cal_id }),
	result: z.array(shareRow),
});

const people = (title: string, words: string) =>
	texts()
		.default([])
		.meta({
			title,
			description: words,
			widget: 'picker',
			choices: { from: 'calendar.calendar.listShareTargets', value: 'name', label: 'name' },
		});

const shareParams = z.object({
	cal_id,
	users: people('Users', 'Names of users'),
	groups: people('Groups', 'Names of groups'),
	cal_privilege: z
		.enum(['RO', 'RW'])
		.default('RO')
		.meta({ title: 'Permission', description: 'What they may do', labels: { RO: 'Read', RW: 'Read and Write' } }),
});

/** The NAS replaces all shares by those that are sent, so those that are there are sent back. */
function sharesWith(
	{ cal_id: id, users, groups }: { cal_id: string; users: string[]; groups: string[] },
	known: readonly Share[],
	cal_privilege?: string,
): Record<string, unknown> {
	if (users.length + groups.length === 0) throw new DsmInputError('Name a user or a group.', { path: ['users'] });
	const merged = (kind: string, names: string[]) => [
		...known.filter(({ type, ug_name }) => type === kind && !names.includes(ug_name)).map(({ type: _, ...one }) => one),
		...(cal_privilege === undefined ? [] : names.map((ug_name) => ({ ug_name, cal_privilege }))),
	];
	return {
		cal_id: id,
		cal_share_setting: { DSM_USER: merged('DSM_USER', users), DSM_GROUP: merged('DSM_GROUP', groups) },
	};
}

/** Shares before and after. */
const shares = { call: getShares, request: ({ cal_id: id }: { cal_id: string }) => ({ cal_id: id }) };

export const share = operation({
	title: 'Share a calendar',
	summary:
		'Shares a calendar with users and groups of the NAS, and lists with whom it is shared; shares that are there stay.',
	known: shares,
	call: setShares,
	request: (params, known) => sharesWith(params, known, params.cal_privilege),
	then: shares,
	params: shareParams,
	result: z.array(shareRow),
});

// Whom a calendar is taken from can be given it again: nothing is destroyed.
export const unshare = operation({
	title: 'Stop sharing a calendar',
	summary: 'Ends the shares of a calendar with users and groups, and lists with whom it is shared still.',
	known: shares,
	call: setShares,
	request: (params, known) => sharesWith(params, known),
	then: shares,
	params: shareParams.omit({ cal_privilege: true }),
	result: z.array(shareRow),
});

export const listTargets = operation({
	title: 'List people to share with',
	summary: 'Lists the users and groups with whom a calendar can be shared.',
	call: listShareTargets,
	params: z.object({}),
});

export const getPublicLink = operation({
	title: 'Get the public link of a calendar',
	summary: 'Gives the address under which anybody can read a calendar; it is switched on in Calendar itself.',
	call: getCalendar,
	params: z.object({ cal_id }),
	response(answer, { params, ...facts }) {
		const { public_url } = withAddresses(answer, facts);
		return { cal_id: params.cal_id, is_public: public_url !== '', public_url };
	},
	result: row({ cal_id: field.id(), is_public: field.flag(), public_url: field.text() }),
	basis: 'clients',
});

export const exportFile = operation({
	title: 'Export a calendar',
	summary: 'Gives all events or to-dos of a calendar as an iCalendar file.',
	call: exportCalendar,
	params: z.object({ cal_id }),
	returns: 'file',
	result: fileAnswer(),
});

export const calendars = resource('Calendar', {
	list,
	get,
	create,
	update,
	setColor,
	delete: remove,
	share,
	unshare,
	listShares,
	listShareTargets: listTargets,
	getPublicLink,
	export: exportFile,
	import: importFile,
});

import { fileAnswer } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { keyword } from '../fields';
import type { connection } from '../wire/logs';
import {
	BELL_REQUEST,
	changeNotifications,
	exportLog,
	getStrings,
	kickConnections,
	listConnections,
	listLog,
	listNotifications,
	listTransfers,
	logRow,
	transferRow,
} from '../wire/logs';
import { logRows } from '../lib/logPages';
import { isIn, kind, levels } from '../lib/logFilter';
import { withText, told } from '../lib/bell';

/** Code: pages begin at `start`, and what the NAS filters is checked again, since releases differ in what they heed. */
const list = procedure({
	title: 'List entries of the log',
	summary: 'Gives entries of the system or connection log, the newest first. Needs an administrator.',
	uses: [listLog],
	params: z.object({ kind, levels, keyword }),
	result: z.array(logRow),
	readOnly: true,
	async *each(given, dsm) {
		for await (const row of logRows(dsm, listLog, { logtype: given.kind, keyword: given.keyword }))
			if (isIn(row, given)) yield row;
	},
});

/** Code: as above. */
const listFileTransfers = procedure({
	title: 'List entries of the transfer log',
	summary: 'Gives which files were read, written or deleted by whom, where DSM logs it. Needs an administrator.',
	uses: [listTransfers],
	params: z.object({ keyword }),
	result: z.array(transferRow),
	readOnly: true,
	async *each(given, dsm) {
		const sent = { logtype: 'ftp,filestation,webdav,cifs,tftp,afp', keyword: given.keyword };
		for await (const row of logRows(dsm, listTransfers, sent))
			if ((row.descr ?? '').toLowerCase().includes(given.keyword.toLowerCase())) yield row;
	},
});

const exportCsv = operation({
	title: 'Export the log',
	summary: 'Gives the system or connection log as CSV file. Needs an administrator.',
	call: exportLog,
	params: z.object({ kind, keyword }),
	request: (given) => ({ target: 'LOCAL', logtype: given.kind, keyword: given.keyword, format: 'csv' }),
	result: fileAnswer(),
	returns: 'file',
});

const listBell = operation({
	title: 'List notifications',
	summary: 'Gives what the bell of the desktop has for the account, the newest first, with its text.',
	right: 'account',
	known: { call: getStrings, request: () => ({ pkgName: '', lang: 'enu' }) },
	call: listNotifications,
	params: z.object({}),
	request: () => BELL_REQUEST,
	response: (row, { known }) => withText(row, known),
	result: z.array(told),
});

const deleteBell = operation({
	title: 'Delete a notification',
	summary: 'Takes a notification from the bell of the account; its cause stays.',
	right: 'account',
	call: changeNotifications,
	params: z.object({
		notify_id: z.coerce
			.string<string | number>()
			.regex(/^\d+$/, 'is no ID of a notification')
			.meta({ title: 'Notification', description: 'ID of the notification', placeholder: 'e.g. 264' }),
	}),
	request: ({ notify_id }) => ({ action: 'delete_by_ids', notifyIds: [Number(notify_id)] }),
	destructive: true,
	deletes: true,
});

const clearBell = operation({
	title: 'Clear notifications',
	summary: 'Empties the bell of the account.',
	right: 'account',
	call: changeNotifications,
	params: z.object({}),
	request: () => ({ action: 'apply', clean: 'all' }),
	destructive: true,
});

const listOpen = operation({
	title: 'List connections',
	summary: 'Gives who is connected to the NAS, from where and by what. Needs an administrator.',
	call: listConnections,
	params: z.object({
		who: z
			.string()
			.trim()
			.default('')
			.meta({ title: 'Account', description: 'Only connections of this account', placeholder: 'e.g. alice' }),
	}),
	request: () => ({ sort_by: 'time', sort_direction: 'DESC' }),
	keep: (row, given) => given.who === '' || row.who === given.who,
});

/** Web sessions share one process: they are named by who, from and device. Both lists are always sent. */
const close = operation({
	title: 'Close connections',
	summary: 'Ends the connections of an account, but not the one that this runs by. Needs an administrator.',
	known: { call: listConnections, request: () => ({ sort_by: 'time', sort_direction: 'DESC' }) },
	call: kickConnections,
	params: z.object({
		who: z
			.string()
			.min(1)
			.meta({ title: 'Account', description: 'Account whose connections are ended', placeholder: 'e.g. alice' }),
		from: z.string().trim().default('').meta({
			title: 'From Address',
			description: 'Only connections from this address',
			placeholder: 'e.g. 192.0.2.30',
		}),
	}),
	request(given, all) {
		const wanted = kickable(all, given);
		return {
			http_conn: wanted.filter(isWeb).map(({ who, from, did, descr }) => ({ who, from, did, descr })),
			service_conn: wanted.filter((one) => !isWeb(one)).map(({ who, from, pid, type }) => ({ who, from, pid, type })),
		};
	},
	response: (_, { known, params }) => ({ closed: kickable(known, params).length }),
	result: z.looseObject({ closed: z.number() }),
	destructive: true,
});

type Connection = z.output<typeof connection>;
const isWeb = ({ type }: Connection): boolean => type === 'HTTP/HTTPS';
const kickable = (all: readonly Connection[], given: { who: string; from: string }): Connection[] =>
	all.filter(
		(one) =>
			one.who === given.who &&
			(given.from === '' || one.from === given.from) &&
			one.is_current_connected !== true &&
			one.can_be_kicked !== false,
	);

export const logs = resource('Log', { list, listTransfers: listFileTransfers, export: exportCsv });
export const notifications = resource('Notification', { list: listBell, delete: deleteBell, clear: clearBell });
export const connections = resource('Connection', { list: listOpen, close });

import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { localMoment } from '../lib/moments';

/** `err` and `error`, `warn` and `warning` mean the same (system.md 7.2). */
const level = () =>
	z.preprocess((value) => (value === 'error' ? 'err' : value === 'warning' ? 'warn' : value), z.string());

/** `logtype` is in the language of the system; `original_logtype` is not. */
export const logRow = row(
	{
		time: localMoment(),
		level: level().optional(),
		logtype: field.text().optional(),
		original_logtype: field.text().optional(),
		who: field.text().optional(),
		descr: field.text().optional(),
	},
	{ rename: { orginalLogType: 'original_logtype' }, simple: ['time', 'level', 'original_logtype', 'who', 'descr'] },
);
export type LogRow = z.output<typeof logRow>;

export const transferRow = row(
	{
		time: localMoment(),
		username: field.text().optional(),
		cmd: field.text().optional(),
		descr: field.text().optional(),
		/** As DSM writes it: `63.94 KB`. */
		filesize: field.text().optional(),
		ip: field.text().optional(),
		is_dir: field.flag().optional(),
		logtype: field.text().optional(),
		original_logtype: field.text().optional(),
	},
	{
		rename: { orginalLogType: 'original_logtype', isdir: 'is_dir' },
		simple: ['time', 'username', 'cmd', 'descr', 'filesize', 'ip', 'is_dir', 'original_logtype'],
	},
);
export type TransferRow = z.output<typeof transferRow>;

const LOG = 'SYNO.Core.SyslogClient.Log';
const log = { list: 'items', basis: 'capture', source: 'system.md 7.2', readOnly: true } as const;
export const listLog = call(LOG, 'list', 1, { ...log, of: logRow });
export const listTransfers = call(LOG, 'list', 1, { ...log, of: transferRow });
/** 7.4 takes `format`; what it took before is not known. */
export const exportLog = call(LOG, 'export', 1, { basis: 'inferred', source: 'releases.md 6', readOnly: true });

/** `msg` holds JSON texts with values for the text behind `title`; older ones hold plain text. */
export const notification = row(
	{
		/** Absent before DSM 7.3. */
		notify_id: field.id().optional(),
		/** Key of the text. */
		title: field.text(),
		level: field.text().optional(),
		time: field.seconds(),
		msg: z.array(z.string()).default([]),
		class_name: field.text().optional(),
	},
	{ rename: { notifyId: 'notify_id', className: 'class_name' } },
);
export type Notification = z.output<typeof notification>;

const BELL = 'SYNO.Core.DSMNotify';
export const listNotifications = call(BELL, 'notify', 1, {
	list: 'items',
	of: notification,
	page: 100,
	basis: 'capture',
	source: 'system.md 7.1',
	readOnly: true,
});
export const BELL_REQUEST = { action: 'load', sortBy: 'time', sortDir: 'DESC' };
/** The same method, by its parameters a write. */
export const changeNotifications = repeatable(call(BELL, 'notify', 1, { basis: 'inferred', source: 'system.md 7.1' }));

/** Texts by key, in the templates' own language. */
export const getStrings = call('SYNO.Core.DSMNotify.Strings', 'get', 1, {
	answer: z.record(z.string(), z.looseObject({ title: z.string().optional(), msg: z.string().optional() }).catch({})),
	basis: 'capture',
	source: 'system.md 7.1',
	readOnly: true,
});

/** `did` is the device id of a web session: it names it, together with who and from. */
export const connection = row(
	{
		who: field.text(),
		from: field.text().optional(),
		type: field.text().optional(),
		protocol: field.text().optional(),
		descr: field.text().optional(),
		time: localMoment().optional(),
		pid: field.number().optional(),
		did: field.text().optional(),
		can_be_kicked: field.flag().optional(),
		is_current_connected: field.flag().optional(),
	},
	{ simple: ['who', 'from', 'type', 'descr', 'time', 'can_be_kicked', 'is_current_connected'] },
);
export const listConnections = call('SYNO.Core.CurrentConnection', 'list', 1, {
	list: 'items',
	of: connection,
	basis: 'capture',
	source: 'identity.md 6.1',
	readOnly: true,
});
export const kickConnections = call('SYNO.Core.CurrentConnection', 'kick_connection', 1, {
	basis: 'clients',
	source: 'identity.md 6.1',
});

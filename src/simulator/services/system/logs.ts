import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { admin, anyone, badParameter, list, number, pageOf, text, type SystemCall } from './call';
import { done } from './machine';
import { seconds, slashed } from './texts';
import type { Bell, LogLine, Transfer } from './types';

const TRANSFERS = new Set(['ftp', 'filestation', 'webdav', 'cifs', 'tftp', 'afp']);

/** Logs and the bell (system.md 7). */
export const logBehaviours: BehaviourTable = {
	'SYNO.Core.SyslogClient.Log.list': admin(listLog),
	'SYNO.Core.SyslogClient.Log.export': admin((call) => {
		if (text(call.params, 'format') !== 'csv') return badParameter('format', 'condition');
		const lines = linesOf(call).map(({ at, level, who, descr }) => [level, slashed(at), who, descr].join(','));
		return {
			file: Buffer.from(`${['Level,Time,User,Event', ...lines].join('\n')}\n`),
			name: 'system.csv',
			type: 'text/csv',
		};
	}),
	// One method that reads and writes. An account sees what is meant for it: system ones go to administrators.
	'SYNO.Core.DSMNotify.notify': anyone((call) => {
		const action = text(call.params, 'action');
		if (action === 'load') return loadBell(call);
		if (action === 'apply' && call.params.clean === 'all') return done((call.system.bell.length = 0));
		if (action !== 'delete_by_ids') return badParameter('action', 'condition');
		const ids = new Set(list(call.params, 'notifyIds').map(Number));
		const left = call.system.bell.filter(({ notifyId }) => !ids.has(notifyId));
		return done(call.system.bell.splice(0, Infinity, ...left));
	}),
	'SYNO.Core.DSMNotify.Strings.get': anyone(() => ({ data: STRINGS })),
	'SYNO.Core.SecurityScan.Status.system_get': admin(({ system: { scan } }) => ({
		data: {
			items: {
				malware: { fail: { danger: 0, risk: 0, warning: 0 }, failSeverity: 'safe', progress: 100, total: 4 },
				userInfo: { fail: { danger: 0, risk: 1, warning: 0 }, failSeverity: 'risk', progress: 100, total: 6 },
			},
			lastScanTime: String(seconds(scan.at)),
			sysProgress: scan.progress,
			sysStatus: scan.status,
		},
	})),
	'SYNO.Core.SecurityScan.Operation.start': admin(({ system, params }) => {
		if (text(params, 'items') !== 'ALL') return badParameter('items', 'condition');
		return done(Object.assign(system.scan, { at: system.now, progress: 100 }));
	}),
	'SYNO.SecurityAdvisor.LoginActivity.list': admin(({ system, params }) => {
		const items = system.log
			.filter(({ descr }) => descr.includes('failed to sign in'))
			.map(({ at, who }) => ({
				create_time: slashed(at),
				severity: 'medium',
				str_args: { attempt_count: 5, src_ip_list: ['198.51.100.7'] },
				str_id: 'brute_force_attack',
				str_section: 'loganalyzer',
				user: who,
			}));
		return { data: { items: pageOf(items, params, 'start'), total: items.length } };
	}),
};

const STRINGS = {
	DataVolumeLowCapacity: {
		level: 'NOTIFICATION_WARN',
		title: 'Volume is running out of space',
		msg: 'Volume %VOLUME_ID% on %HOSTNAME% has little space left.',
	},
	UPSPowerFail: { level: 'NOTIFICATION_ERROR', title: 'Power failure', msg: '<b>The UPS runs on battery.</b>' },
	Message: { level: 'NOTIFICATION_INFO', title: 'Message', msg: '%TEXT%' },
};

/** Numbers of `date_from` are honoured, texts ignored; the level is no filter (system.md 7.2). */
function linesOf({ system, params }: SystemCall): LogLine[] {
	const type = String(params.logtype ?? 'system');
	const since = typeof params.date_from === 'number' ? params.date_from * 1000 : 0;
	const keyword = String(params.keyword ?? '').toLowerCase();
	return system.log.filter(
		({ kind, at, descr }) => type.split(',').includes(kind) && at >= since && descr.toLowerCase().includes(keyword),
	);
}

function listLog(call: SystemCall): ApiReply {
	const { system, params } = call;
	if (text(params, 'target') !== 'LOCAL') return badParameter('target', 'condition');
	const types = String(params.logtype ?? 'system').split(',');
	if (types.some((type) => TRANSFERS.has(type))) {
		const keyword = String(params.keyword ?? '').toLowerCase();
		const rows = system.transfers.filter(({ descr }) => descr.toLowerCase().includes(keyword));
		return { data: { items: pageOf(rows, params, 'start').map(transferRow), total: rows.length } };
	}
	const rows = linesOf(call);
	const count = (level: string) => rows.filter((row) => row.level === level).length;
	return {
		data: {
			errorCount: count('err'),
			infoCount: count('info'),
			items: pageOf(rows, params, 'start').map(logRow),
			total: rows.length,
			warnCount: count('warn'),
		},
	};
}

/** The word of the type is in the language of the system, the original one is not; its spelling is DSM's. */
const logRow = ({ at, level, kind, who, descr }: LogLine): Record<string, unknown> => ({
	descr,
	level,
	logtype: kind === 'system' ? 'System' : 'Connection',
	orginalLogType: kind,
	time: slashed(at),
	who,
});

const transferRow = ({ at, ...row }: Transfer): Record<string, unknown> => ({
	...row,
	isdir: 'false',
	logtype: 'File Station',
	time: slashed(at),
});

function loadBell({ system, params, user }: SystemCall): ApiReply {
	const all = user.administrator ? system.bell : system.bell.filter(({ level }) => level === 'NOTIFICATION_INFO');
	const ordered = params.sortDir === 'ASC' ? [...all].reverse() : all;
	const { oldBell } = system.switches;
	const rows = oldBell
		? all.slice(0, 30)
		: pageOf(ordered, { limit: number(params, 'limit', 0), offset: number(params, 'offset', 0) });
	const items = rows.map((row) => bellRow(row, oldBell));
	return { data: { items, newestMsgTime: seconds(all[0]?.at ?? 0), total: all.length } };
}

const bellRow = ({ notifyId, at, level, title, values }: Bell, old: boolean): Record<string, unknown> => ({
	className: '',
	fn: [],
	level,
	msg: [JSON.stringify({ '%HOSTNAME%': 'nas', ...values })],
	...(!old && { notifyId }),
	time: seconds(at),
	title,
});

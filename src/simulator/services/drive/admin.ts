import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { admin, behaviour, type DriveCall } from './call';
import { integer, objects, ordered, pageOf, requiredText, requiredTexts, text, texts } from './params';
import { badParameter, refuse } from './refusal';
import type { ClientConnection, LogRow, Team, View, Webhook } from './types';

/** Team folders, connections, log and webhooks of the Admin Console (drive.md 9.4, 9.5, 11.2, 11.3). */
export const adminBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Share.list_active': behaviour(({ drive }) => {
		const teams = teamsOf(drive.views).filter(({ team }) => team.enabled);
		const items = [{ name: 'MyDrive', type: 'home' }, ...teams.map(({ name }) => ({ name, type: 'share' }))];
		return { data: { total: items.length, items } };
	}),
	'SYNO.SynologyDrive.Share.list': admin((call) => {
		for (const name of ['offset', 'limit', 'sort_by', 'sort_direction'])
			if (call.params[name] === undefined) badParameter(name, 'required');
		const query = text(call.params, 'query') ?? '';
		const rows = [homes, ...teamsOf(call.drive.views).map(shareRow)].filter(({ share_name }) =>
			share_name.startsWith(query),
		);
		return { data: { total: rows.length, items: pageOf(ordered(rows, call.params, 'share_name'), call.params) } };
	}),
	'SYNO.SynologyDrive.Share.set': admin(setShares),

	'SYNO.SynologyDrive.Connection.list': behaviour((call) => {
		const { drive, user, params } = call;
		const mine = drive.connections.filter(({ client_name }) => user.administrator || client_name === user.name);
		return { data: { total: mine.length, items: pageOf(ordered(mine.map(connectionRow), params), params) } };
	}),
	'SYNO.SynologyDrive.Connection.delete': admin(({ drive, params }) => {
		const ids = requiredTexts(params, 'client_sess_id');
		for (const id of ids) {
			const at = drive.connections.findIndex(({ client_session_id }) => client_session_id === id);
			if (at >= 0) drive.connections.splice(at, 1);
		}
		return {};
	}),
	'SYNO.SynologyDrive.Connection.summary': admin(({ drive: { connections } }) => {
		const count = (...types: string[]) => connections.filter(({ client_type }) => types.includes(client_type)).length;
		const [desktop, mobile, sharesync] = [count('drive', 'backup'), count('dscloud'), count('sharesync')];
		return { data: { summary: { desktop, mobile, sharesync, total: connections.length } } };
	}),

	'SYNO.SynologyDrive.Log.list': behaviour((call) => {
		requiredText(call.params, 'target');
		if (!call.user.administrator) return refuse(402);
		const rows = logOf(call);
		return { data: { total: rows.length, items: pageOf(rows, { limit: 1000, ...call.params }).map(logRow) } };
	}),
	'SYNO.SynologyDrive.Log.export': admin((call) => {
		if (text(call.params, 'type') !== 'csv') return badParameter('type', 'required');
		const head =
			'Date Time, Operator, Action, Related Path, Related User, Related Share, Device Name, Client Type, IP Address, Additional';
		const lines = logOf(call).map((row) =>
			[
				new Date(row.time * 1000).toISOString(),
				row.username,
				`event ${row.type}`,
				row.s1,
				'',
				row.share_name,
				row.s2,
				row.client_type,
				row.ip_address,
				'',
			].join(', '),
		);
		return { file: Buffer.from(`${[head, ...lines].join('\n')}\n`), name: 'log.csv', type: 'text/csv' };
	}),
	'SYNO.SynologyDrive.Log.delete': admin(({ drive }) => {
		drive.log.length = 0;
		return {};
	}),

	'SYNO.SynologyDrive.Webhooks.list': admin(({ drive, params }) => {
		const app_id = requiredText(params, 'app_id');
		const items = drive.webhooks.filter((hook) => hook.app_id === app_id).map(hookRow);
		return { data: { total: items.length, items } };
	}),
	'SYNO.SynologyDrive.Webhooks.create': admin((call) => {
		const app_id = requiredText(call.params, 'app_id');
		const type = kindOf(call);
		const hook = change(
			{ webhook_id: String(call.drive.number()), app_id, type, url: '', so_name: '', token: '', options: {} },
			call,
		);
		call.drive.webhooks.push(hook);
		return { data: hookRow(hook) };
	}),
	'SYNO.SynologyDrive.Webhooks.get': admin((call) => ({ data: hookRow(hookOf(call)) })),
	'SYNO.SynologyDrive.Webhooks.update': admin((call) => {
		kindOf(call);
		return { data: hookRow(change(hookOf(call), call)) };
	}),
	'SYNO.SynologyDrive.Webhooks.delete': admin((call) => {
		call.drive.webhooks.splice(call.drive.webhooks.indexOf(hookOf(call)), 1);
		return {};
	}),
	'SYNO.SynologyDrive.AppIntegration.list': admin(() => ({
		data: { app_folder_path: '', total: 0, items: [], data: [] },
	})),
};

type TeamView = View & { team: Team };

const teamsOf = (views: View[]): TeamView[] => views.filter((view): view is TeamView => view.team !== undefined);

const homes = {
	share_name: 'homes/mydrive_home',
	share_enable: true,
	share_status: 'normal',
	share_type: 'normal',
	rotate_cnt: 8,
	rotate_policy: 'fifo',
	rotate_days: 0,
	disable_download: false,
	enable_watermark: false,
	force_watermark_download: false,
};

/** "-" stands for "not applicable". */
const shareRow = ({ name, team }: TeamView) => ({
	share_name: name,
	share_enable: team.enabled,
	share_status: 'normal',
	share_type: 'normal',
	rotate_cnt: team.enabled ? team.keep_versions : '-',
	rotate_policy: team.enabled ? team.rotate_policy : '-',
	rotate_days: team.rotate_days,
	disable_download: team.disable_download,
	enable_watermark: team.enable_watermark,
	force_watermark_download: false,
});

/** Success even when a share is skipped: an unknown one, or one whose enabled state is stated again. */
function setShares({ drive, params }: DriveCall): ApiReply {
	for (const row of objects(params, 'share') ?? badParameter('share', 'required')) {
		const view = teamsOf(drive.views).find(({ name }) => name === row.share_name);
		if (!view) continue;
		const { team } = view;
		if (row.share_enable === team.enabled && row.share_enable === true) continue;
		if (row.share_enable === true && typeof row.rotate_cnt !== 'number') continue;
		if (row.share_enable === false) drive.rebuild(view);
		team.enabled = typeof row.share_enable === 'boolean' ? row.share_enable : team.enabled;
		team.keep_versions = integer(row, 'rotate_cnt') ?? team.keep_versions;
		team.rotate_policy =
			row.rotate_policy === 'smart' ? 'smart' : row.rotate_policy === 'fifo' ? 'fifo' : team.rotate_policy;
		team.rotate_days = integer(row, 'rotate_days') ?? team.rotate_days;
		// What is left out of these is reset (drive.md 11.3).
		team.disable_download = row.disable_download === true;
		team.enable_watermark = row.enable_watermark === true;
	}
	return {};
}

/** `login_time` is a text. */
const connectionRow = (connection: ClientConnection) => ({
	...connection,
	login_time: String(connection.login_time),
	client_is_relay: false,
	client_location: '',
	client_can_wipe: false,
	device_uuid: '',
});

const logRow = (row: LogRow) => ({
	...row,
	share_type: '',
	target_share_name: '',
	target_share_type: '',
	accessable: true,
	target_accessable: true,
});

/** Newest first. */
function logOf({ drive, params }: DriveCall): LogRow[] {
	const target = text(params, 'target') ?? 'user';
	const [from, to] = [integer(params, 'datefrom') ?? 0, integer(params, 'dateto') || Infinity];
	const types = params.log_type;
	const keyword = (text(params, 'keyword') ?? '').toLowerCase();
	const [username, ip] = [text(params, 'username'), text(params, 'ipaddress')];
	return drive.log
		.filter(
			(row) =>
				(!target.startsWith('@') || row.share_name === target.slice(1)) &&
				row.time >= from &&
				row.time <= to &&
				(!Array.isArray(types) || types.length === 0 || types.includes(row.type)) &&
				(!username || row.username === username) &&
				(!ip || row.ip_address === ip) &&
				`${row.s1} ${row.s2}`.toLowerCase().includes(keyword),
		)
		.sort((a, b) => b.time - a.time);
}

const kindOf = ({ params }: DriveCall): string => {
	const type = requiredText(params, 'type');
	return type === 'url' || type === 'shared_library' ? type : badParameter('type', 'type');
};

function hookOf({ drive, params }: DriveCall): Webhook {
	const [id, app] = [requiredText(params, 'webhook_id'), requiredText(params, 'app_id')];
	return (
		drive.webhooks.find(({ webhook_id, app_id }) => webhook_id === id && app_id === app) ??
		refuse(1000, 'invalid arguments')
	);
}

function change(hook: Webhook, { params }: DriveCall): Webhook {
	const options = params.options as Record<string, unknown> | undefined;
	if (options) texts(options, 'filter_file_ext');
	return Object.assign(hook, {
		url: text(params, 'url') ?? hook.url,
		so_name: text(params, 'so_name') ?? hook.so_name,
		token: text(params, 'token') ?? hook.token,
		options: options ?? hook.options,
	});
}

/** The token is never told again. */
const hookRow = ({ webhook_id, app_id, type, url, options }: Webhook) => ({
	webhook_id,
	app_id,
	type,
	url,
	token: '',
	...(Object.keys(options).length > 0 && { options }),
});

import type { BehaviourTable } from '../../core/behaviour';
import { capabilities } from './access';
import { behaviour, type DriveCall } from './call';
import { integer, ordered, pageOf, requiredText, text } from './params';
import { refuse } from './refusal';
import type { Label } from './types';
import { labelRow } from './wire';

/** Labels, team folders and people, as any user sees them (drive.md 6). */
export const labelBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Labels.list': behaviour((call) => {
		const by = text(call.params, 'sort_by') ?? 'position';
		const order = [...own(call)].sort((a, b) => compare(a[by as keyof Label], b[by as keyof Label]));
		if (text(call.params, 'sort_direction') === 'desc') order.reverse();
		return { data: { total: order.length, items: pageOf(order, call.params).map(labelRow) } };
	}),
	'SYNO.SynologyDrive.Labels.create': behaviour((call) => {
		const name = requiredText(call.params, 'name');
		if (own(call).some((label) => label.name === name)) return refuse(1022, 'label name exists');
		const label = call.drive.labelOf(call.user.name, name, color(call) ?? '#000000');
		label.position = integer(call.params, 'position') ?? label.position;
		return { data: { ...labelRow(label), update_time: 0 } };
	}),
	// The guide's example wraps the answer twice.
	'SYNO.SynologyDrive.Labels.update': behaviour((call) => {
		const label = labelById(call);
		Object.assign(label, {
			name: text(call.params, 'name') ?? label.name,
			color: color(call) ?? label.color,
			position: integer(call.params, 'position') ?? label.position,
			update_time: call.drive.now(),
		});
		return { data: { data: { ...labelRow(label), update_time: 0 } } };
	}),
	'SYNO.SynologyDrive.Labels.delete': behaviour((call) => {
		call.drive.labels.splice(call.drive.labels.indexOf(labelById(call)), 1);
		return {};
	}),

	'SYNO.SynologyDrive.TeamFolders.list': behaviour((call) => {
		const { drive, user } = call;
		const views = drive.views.filter(({ team }) => team?.enabled && team.members.has(user.name));
		const items = views.map(({ name, root, team }) => ({
			name,
			file_id: root.file_id,
			team_id: team!.team_id,
			keep_versions: team!.keep_versions,
			enable_versioning: team!.keep_versions > 0,
			disable_download: team!.disable_download,
			capabilities: capabilities(team!.members.get(user.name)),
		}));
		const rows = ordered(items, call.params, 'name');
		return { data: { total: rows.length, items: pageOf(rows, call.params) } };
	}),
	'SYNO.SynologyDrive.TeamFolders.list_members': behaviour((call) => {
		const id = requiredText(call.params, 'team_id');
		const view = call.drive.views.find(({ team }) => team?.team_id === id && team.members.has(call.user.name));
		const members = [...(view?.team?.members ?? refuse(1000, 'list node failed'))];
		const items = members.map(([name, role]) => ({
			name,
			uid: call.drive.userOf(name)?.uid ?? 0,
			display_name: name,
			role,
		}));
		return { data: { total: items.length, items: pageOf(items, call.params) } };
	}),

	'SYNO.SynologyDrive.Share.Priv.list': behaviour(({ drive, params }) => {
		const list = [...drive.nas.users.values()].map(({ uid, name }) => ({ id: uid, name, type: 'user' }));
		return { data: { list: pageOf(list, params), offset: integer(params, 'offset') ?? 0, total: list.length } };
	}),
	'SYNO.SynologyDrive.Users.get': behaviour(({ user }) => ({
		data: { name: user.name, uid: user.uid, nickname: user.nickname, display_name: user.name },
	})),
	'SYNO.SynologyDrive.Users.list': behaviour(() => refuse(401, 'list user/group profile failed')),
};

const own = ({ drive, user }: DriveCall): Label[] => drive.labels.filter(({ owner }) => owner === user.name);

function labelById(call: DriveCall): Label {
	const id = requiredText(call.params, 'label_id');
	return own(call).find(({ label_id }) => label_id === id) ?? refuse(1000, 'invalid arguments');
}

/** Hex only: names of colours are refused. */
function color({ params }: DriveCall): string | undefined {
	const value = text(params, 'color');
	return value === undefined || /^#[0-9a-f]{6}$/i.test(value) ? value : refuse(1000, 'invalid arguments');
}

const compare = (a: unknown, b: unknown): number => ((a as string) < (b as string) ? -1 : a === b ? 0 : 1);

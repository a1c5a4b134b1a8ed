import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { nodeAt, existing } from './address';
import { behaviour, need, nodeOf, type DriveCall } from './call';
import { flag, integer, objects, pageOf, requiredText, text } from './params';
import { badParameter, refuse } from './refusal';
import type { DriveNode, Version, View } from './types';
import { fileInfo, mimeOf, person } from './wire';
import { createReadStream } from 'node:fs';

/** Version Explorer, revisions and trash (drive.md 11.4, 11.5). */
export const historyBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Node.list': behaviour((call) => {
		const view = viewOf(call);
		const folder = folderIn(call, view);
		const gone = flag(call.params, 'list_removed') ?? false;
		const pattern = (text(call.params, 'pattern') ?? '').toLowerCase();
		const below = flag(call.params, 'recursive') ? [...inside(view, folder)] : children(view, folder);
		const found = below.filter((node) => (gone || !node.removed) && node.name.toLowerCase().includes(pattern));
		return { data: { total: found.length, items: pageOf(found, call.params).map((node) => nodeRow(call, node)) } };
	}),
	'SYNO.SynologyDrive.Node.list_version': behaviour((call) => {
		const node = byPath(call, viewOf(call), requiredText(call.params, 'path'));
		return {
			data: {
				is_removed: node.removed,
				disable_restore: false,
				disable_download: false,
				is_locked: false,
				permanent_id: node.file_id,
				permanent_link: node.permanent_link,
				items: node.versions.map((version) => ({
					create_time: version.created_time,
					modify_time: version.modified_time,
					size: version.content.size,
					hash: version.content.hash,
					node_id: node.node_id,
					sync_id: version.sync_id,
					path: call.drive.pathOf(node),
					version_updater: version.editor,
				})),
			},
		};
	}),
	'SYNO.SynologyDrive.Node.Restore.start': behaviour(restore),
	'SYNO.SynologyDrive.Node.Restore.status': behaviour(({ drive }) => {
		const { restoring } = drive;
		if (!restoring) return refuse(401, 'malformed task information');
		return { data: { current: restoring.done ? restoring.total : 0, total: restoring.total } };
	}),
	'SYNO.SynologyDrive.Node.Restore.finish': behaviour(({ drive }) => {
		drive.restoring = undefined;
		return {};
	}),
	'SYNO.SynologyDrive.Node.Delete.status': behaviour(() => ({ data: {} })),

	'SYNO.SynologyDrive.Revisions.list': behaviour((call) => {
		const address = text(call.params, 'path');
		const node = address === undefined ? undefined : nodeAt(call.drive, call.user, address);
		if (!node || node.isDir) return refuse(1000, 'list version failed');
		const items = node.versions.map((version) => revisionRow(call, version));
		return { data: { total: items.length, items: pageOf(items, call.params) } };
	}),
	'SYNO.SynologyDrive.Revisions.download': behaviour((call) => {
		const node = nodeOf(call);
		const { content } = versionOf(call, node);
		const file = content.disk === undefined ? (content.bytes ?? Buffer.alloc(0)) : createReadStream(content.disk);
		return { file, size: content.size, name: node.name, type: mimeOf(node.name) };
	}),
	'SYNO.SynologyDrive.Revisions.restore': behaviour((call) => {
		const node = nodeOf(call);
		need(call, node, 'editor');
		const { content, modified_time } = versionOf(call, node);
		call.drive.setContent(node, content, call.user.name, { modified_time });
		return {};
	}),

	'SYNO.SynologyDrive.Trash.list': behaviour((call) => {
		const view = trashView(call);
		const rows = [...view.trash];
		const items = pageOf(rows, call.params).map((node) => fileInfo(call.drive, call.user, node));
		return { data: { total: rows.length, items } };
	}),
	'SYNO.SynologyDrive.Trash.list_ancestor': behaviour((call) => ({
		data: { total: 1, items: [fileInfo(call.drive, call.user, trashView(call).root)] },
	})),
	'SYNO.SynologyDrive.Trash.empty': behaviour((call) => {
		const view = trashView(call);
		need(call, view.root, 'organizer');
		for (const node of [...view.trash]) call.drive.purge(node);
		return {};
	}),
	'SYNO.SynologyDrive.Trash.get_size': behaviour((call) => {
		const nodes = [...trashView(call).trash].flatMap((node) => [...call.drive.walk(node)]);
		return { data: { size: nodes.reduce((sum, { content }) => sum + content.size, 0) } };
	}),
};

/** `"user"`: the own drive; `"@<share>"`: a team folder, of members and administrators. */
function viewOf({ drive, user, params }: DriveCall): View {
	const target = text(params, 'target') ?? 'user';
	if (!target.startsWith('@')) return drive.home(user.name).view;
	const view = drive.team(target.slice(1));
	const mine = view?.team?.enabled && (user.administrator || view.team.members.has(user.name));
	return view && mine ? view : refuse(1000, 'list node failed');
}

function trashView({ drive, user, params }: DriveCall): View {
	const address = text(params, 'path');
	const node = address === undefined ? undefined : nodeAt(drive, user, address);
	if (!node) return refuse(1000, 'list node failed');
	existing(drive, user, `id:${node.view.root.file_id}`);
	return node.view;
}

function folderIn(call: DriveCall, view: View): DriveNode {
	const path = text(call.params, 'path');
	return path === undefined || path === '/' ? view.root : byPath(call, view, path);
}

/** Removed nodes are found, too, after the living ones. */
function byPath({ drive }: DriveCall, view: View, path: string): DriveNode {
	const all = [...inside(view, view.root)].filter((node) => drive.pathOf(node) === path);
	return all.find(({ removed }) => !removed) ?? all[0] ?? refuse(1000, 'list version failed');
}

const children = (view: View, folder: DriveNode): DriveNode[] => [
	...folder.children.values(),
	...[...view.trash].filter(({ parent }) => parent === folder),
];

function* inside(view: View, folder: DriveNode): Generator<DriveNode> {
	for (const child of children(view, folder)) {
		yield child;
		yield* inside(view, child);
	}
}

function nodeRow({ drive }: DriveCall, node: DriveNode): Record<string, unknown> {
	const path = drive.pathOf(node);
	return {
		node_id: String(node.node_id),
		name: node.name,
		path,
		absolute_path: node.view.kind === 'home' ? `/Drive${path}` : path,
		file_type: node.isDir ? 1 : 0,
		is_removed: drive.trashRoot(node) !== undefined,
		is_share: false,
		mtime: node.modified_time,
		v_file_size: node.content.size,
		ver_cnt: Math.max(1, node.versions.length),
		view_id: node.view.id,
		permanent_link: node.permanent_link,
		sync_id: String(node.sync_id),
	};
}

/** One at a time: 406 while the last one was not finished. `sync_id` "0" is the newest version. */
function restore(call: DriveCall): ApiReply {
	const { drive, user, params } = call;
	if (drive.restoring) return refuse(406);
	const view = viewOf(call);
	const wanted = objects(params, 'nodes') ?? badParameter('nodes', 'required');
	const override = flag(params, 'override') ?? true;
	const nodes = wanted.map((row) => {
		const id = Number(row.node_id);
		const node = [...inside(view, view.root)].find(({ node_id }) => node_id === id);
		return { node: node ?? refuse(1000, 'list node failed'), sync_id: integer(row, 'sync_id') ?? 0 };
	});
	const work = (): void => {
		for (const { node, sync_id } of nodes) {
			if (drive.trashRoot(node)) drive.restoreAs(user.name, node);
			const version = node.versions.find((one) => one.sync_id === sync_id);
			if (version && override && version !== node.versions[0])
				drive.setContent(node, version.content, user.name, { modified_time: version.modified_time });
		}
	};
	const doneAt = drive.clockNow() + drive.switches.taskMs;
	const task_id = 12_344 + drive.number();
	drive.restoring = { task_id, total: nodes.length, doneAt, work, done: false };
	return { data: { task_id } };
}

function versionOf({ params }: DriveCall, node: DriveNode): Version {
	const id = integer(params, 'version_id') ?? badParameter('version_id', 'required');
	return node.versions.find(({ sync_id }) => sync_id === id) ?? refuse(1000, 'list version failed');
}

/** Versions are listed with the keys that a client reads; nobody captured them (drive.md 11.5). */
function revisionRow({ drive }: DriveCall, version: Version): Record<string, unknown> {
	const { uid, nickname, display_name } = person(drive, version.editor);
	return {
		version_id: version.sync_id,
		created_time: version.created_time,
		modified_time: version.modified_time,
		size: version.content.size,
		hash: version.content.hash,
		editor_uid: String(uid),
		editor_nickname: nickname,
		editor_display_name: display_name,
	};
}

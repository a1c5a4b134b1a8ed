import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { existing, listable, target } from './address';
import { asTask, behaviour, need, nodeOf, used, type DriveCall } from './call';
import { flag, integer, requiredText, requiredTexts, text } from './params';
import { badParameter, Refusal, refuse } from './refusal';
import { contentOf } from './content';
import type { Content, DriveNode, TaskError, TaskOutcome } from './types';
import { fileInfo } from './wire';

/** Files: what changes something, but uploads (drive.md 4). */
export const writeBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Files.create': behaviour(create),
	'SYNO.SynologyDrive.Files.update': behaviour(update),
	'SYNO.SynologyDrive.Files.move': behaviour((call) => transfer(call, 'move')),
	'SYNO.SynologyDrive.Files.copy': behaviour((call) => transfer(call, 'copy')),
	'SYNO.SynologyDrive.Files.delete': behaviour(remove),
	'SYNO.SynologyDrive.Files.star': behaviour((call) => {
		const nodes = filesOf(call);
		const starred = flag(call.params, 'starred') ?? badParameter('starred', 'required');
		for (const node of nodes) call.drive.starAs(call.user.name, node, starred);
		return {};
	}),
	'SYNO.SynologyDrive.Files.label': behaviour((call) => {
		const nodes = filesOf(call);
		if (call.params.labels === undefined) return badParameter('labels', 'required');
		for (const node of nodes) editLabels(call, node, call.params.labels);
		return {};
	}),
};

const filesOf = (call: DriveCall): DriveNode[] =>
	requiredTexts(call.params, 'files').map((address) => existing(call.drive, call.user, address));

const timesOf = (params: DriveCall['params']) => ({
	created_time: integer(params, 'created_time'),
	modified_time: integer(params, 'modified_time'),
	access_time: integer(params, 'access_time'),
});

/** Largest content of `create`. */
const INLINE = 1_048_576;

function create(call: DriveCall): ApiReply {
	const { drive, user, params } = call;
	const kind = requiredText(params, 'type');
	const address = requiredText(params, 'path');
	if (kind !== 'file' && kind !== 'folder') return badParameter('type', 'type');
	const { parent, name } = target(drive, user, address);
	need(call, parent, 'editor');
	const content = contentOf(Buffer.from(text(params, 'file_content') ?? '', 'base64'));
	if (content.size > INLINE) return badParameter('file_content', 'type');
	const isDir = kind === 'folder';
	const node = place(call, parent, name, { isDir, content, conflict: text(params, 'conflict_action') ?? 'stop' });
	if (params.labels !== undefined) editLabels(call, node, params.labels);
	node.encrypted = flag(params, 'encrypted') ?? node.encrypted;
	used(call, node);
	return { data: fileInfo(drive, user, node) };
}

export interface Placing {
	isDir: boolean;
	content?: Content;
	conflict: string;
}

/** Puts something under a name, by the conflict rule (drive.md 13). */
export function place(
	call: DriveCall,
	parent: DriveNode,
	name: string,
	{ isDir, content, conflict }: Placing,
): DriveNode {
	const { drive, user, params } = call;
	const old = drive.child(parent, name);
	const what = { isDir, owner: user.name, ...(content && !isDir && { content }), ...timesOf(params) };
	if (!old || conflict === 'autorename') {
		const node = drive.add(parent, drive.freeName(parent, name), what);
		drive.note(user.name, 'file_created', node);
		return node;
	}
	if (!['overwrite', 'version'].includes(conflict)) return refuse(1022, 'file operation is stopped');
	if (old.isDir !== isDir) return refuse(1022, 'file operation is stopped');
	if (isDir) return old;
	need(call, old, 'editor');
	drive.setContent(old, content ?? contentOf(''), user.name, timesOf(params));
	if (conflict === 'overwrite') old.versions.splice(1);
	drive.note(user.name, 'file_modified', old);
	return old;
}

function update(call: DriveCall): ApiReply {
	const { drive, user, params } = call;
	const node = nodeOf(call);
	need(call, node, 'editor');
	const name = text(params, 'name');
	if (name !== undefined && name !== node.name) {
		drive.rename(node, name);
		drive.note(user.name, 'file_renamed', node);
	}
	for (const [key, value] of Object.entries(timesOf(params)))
		if (value !== undefined) Object.assign(node, { [key]: value });
	if (params.starred !== undefined) drive.starAs(user.name, node, starOf(params.starred));
	if (params.labels !== undefined) editLabels(call, node, params.labels);
	node.encrypted = flag(params, 'encrypted') ?? node.encrypted;
	used(call, node);
	return { data: fileInfo(drive, user, node) };
}

/** A boolean, or a list of StarEditAction. */
const starOf = (value: unknown): boolean =>
	Array.isArray(value) ? (value as { starred?: unknown }[]).some(({ starred }) => starred === true) : value === true;

/** LabelEditAction[], or a plain list of ids, which adds; the empty list removes all. Labels are the caller's own. */
export function editLabels({ drive, user }: DriveCall, node: DriveNode, edits: unknown): void {
	if (!Array.isArray(edits)) return badParameter('labels', 'type');
	const own = drive.labels.filter(({ owner }) => owner === user.name);
	if (edits.length === 0) for (const label of own) label.files.delete(node);
	for (const edit of edits as unknown[]) {
		const { action, label_id, name } =
			typeof edit === 'string' ? { action: 'add', label_id: edit, name: undefined } : (edit as Record<string, unknown>);
		const label = own.find((one) => (label_id === undefined ? one.name === name : one.label_id === label_id));
		if (!label || (action !== 'add' && action !== 'delete')) return refuse(1000, 'invalid arguments');
		if (action === 'add') label.files.add(node);
		else label.files.delete(node);
	}
}

function transfer(call: DriveCall, action: 'move' | 'copy'): ApiReply {
	const { drive, user, params } = call;
	const files = requiredTexts(params, 'files');
	const folder = listable(drive, user, requiredText(params, 'to_parent_folder'));
	const conflict = text(params, 'conflict_action') ?? 'autorename';
	const dry = flag(params, 'dry_run') ?? false;
	return asTask(call, action, files, () =>
		eachOf(call, files, (address) => {
			const node = existing(drive, user, address);
			need(call, folder, 'editor');
			if (action === 'move') need(call, node, 'editor');
			if (drive.isWithin(folder, node)) return refuse(1000, 'invalid arguments');
			const old = drive.child(folder, node.name);
			if (old && (old !== node || action === 'copy')) {
				if (conflict === 'skip') return undefined;
				if (conflict === 'stop') return refuse(1022, 'file operation is stopped');
				if (conflict !== 'autorename' && !dry) return replace(call, action, node, old);
			}
			if (dry || (action === 'move' && node.parent === folder)) return node;
			const name = drive.freeName(folder, node.name);
			if (action === 'copy') {
				const made = drive.copy(node, folder, name, user.name);
				drive.note(user.name, 'file_created', made);
				return made;
			}
			drive.move(node, folder, name);
			drive.note(user.name, 'file_moved', node);
			return node;
		}),
	);
}

/** `overwrite` and `version`: the content goes to what stands there. */
function replace({ drive, user }: DriveCall, action: 'move' | 'copy', node: DriveNode, old: DriveNode): DriveNode {
	if (node.isDir || old.isDir) return refuse(1022, 'file operation is stopped');
	drive.setContent(old, node.content, user.name, { modified_time: node.modified_time });
	if (action === 'move') drive.remove(node);
	drive.note(user.name, 'file_modified', old);
	return old;
}

/** Does something for each file; what fails is a row of `errors` (drive.md 5). */
export function eachOf(
	{ drive }: DriveCall,
	files: string[],
	one: (address: string) => DriveNode | undefined,
): TaskOutcome {
	const errors: TaskError[] = [];
	const targets: DriveNode[] = [];
	for (const address of files) {
		try {
			const node = one(address);
			if (node) targets.push(node);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const node = drive.byId.get(address.replace(/^id:/, ''));
			const name = node?.name ?? address.slice(address.lastIndexOf('/') + 1);
			const { message = '' } = (error.errors ?? {}) as { message?: string };
			errors.push({
				code: error.code,
				message,
				context: { file_type: node?.isDir ? 'dir' : 'file', name, path: address },
			});
		}
	}
	return { errors, targets };
}

/** To the trash; `permanent` only for what is there already: 1004 in the task (drive.md 4.9). */
function remove(call: DriveCall): ApiReply {
	const { drive, user, params } = call;
	const files = requiredTexts(params, 'files');
	const permanent = flag(params, 'permanent') ?? false;
	return asTask(call, 'delete', files, () =>
		eachOf(call, files, (address) => {
			const gone = permanent ? trashed(call, address) : undefined;
			if (gone) {
				drive.purge(gone);
				return gone;
			}
			const node = existing(drive, user, address);
			need(call, node, 'editor');
			if (permanent) return refuse(1004, 'can not delete existing file permanently');
			drive.removeAs(user.name, node);
			return node;
		}),
	);
}

function trashed({ drive }: DriveCall, address: string): DriveNode | undefined {
	const node = drive.byId.get(address.replace(/^id:/, ''));
	return node && drive.trashRoot(node) ? node : undefined;
}

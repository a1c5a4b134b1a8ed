import { createReadStream } from 'node:fs';
import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { sharedWith } from './access';
import { listable, nodeAt } from './address';
import { behaviour, nodeOf, type DriveCall } from './call';
import { flag, integer, object, pageOf, requiredText, text, texts } from './params';
import { badParameter, refuse } from './refusal';
import type { DriveNode } from './types';
import { contentType, extensionOf, fileInfo, mimeOf, sorted } from './wire';

/** Files: what changes nothing (drive.md 3). */
export const readBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Files.get': behaviour((call) => ({ data: fileInfo(call.drive, call.user, nodeOf(call)) })),
	'SYNO.SynologyDrive.Files.list': behaviour((call) => {
		const folder = listable(call.drive, call.user, requiredText(call.params, 'path'));
		return rows(call, filtered(call, [...folder.children.values()]));
	}),
	'SYNO.SynologyDrive.Files.list_starred': behaviour((call) =>
		rows(call, living(call, call.drive.stars.get(call.user.name) ?? [])),
	),
	'SYNO.SynologyDrive.Files.list_labelled': behaviour((call) => {
		const id = requiredText(call.params, 'label_id');
		const label = call.drive.labels.find(({ label_id, owner }) => label_id === id && owner === call.user.name);
		return rows(call, filtered(call, living(call, label?.files ?? refuse(1000, 'list node failed'))));
	}),
	'SYNO.SynologyDrive.Files.shared_with_me': behaviour((call) => rows(call, sharedWith(call.drive, call.user))),
	'SYNO.SynologyDrive.Files.shared_with_others': behaviour((call) => {
		const own = call.drive.walk(call.drive.home(call.user.name));
		return rows(
			call,
			[...own].filter(({ permissions, link }) => permissions.length > 0 || link),
		);
	}),
	'SYNO.SynologyDrive.Files.recent': behaviour((call) => {
		const found = living(call, call.drive.recents.get(call.user.name) ?? []);
		const page = found.slice(integer(call.params, 'offset') ?? 0).slice(0, integer(call.params, 'limit') || 200);
		// Without a total, as the guide's example has it.
		return { data: { items: page.map((node) => fileInfo(call.drive, call.user, node)) } };
	}),
	'SYNO.SynologyDrive.Files.list_ancestor': behaviour((call) => {
		const above: DriveNode[] = [];
		for (let at = nodeOf(call).parent; at; at = at.parent) above.unshift(at);
		return { data: { total: above.length, items: above.map((node) => fileInfo(call.drive, call.user, node)) } };
	}),
	'SYNO.SynologyDrive.Files.list_backup_tasks': behaviour(() => ({ data: { items: [], total: 0 } })),
	'SYNO.SynologyDrive.Files.search': behaviour(search),
	'SYNO.SynologyDrive.Files.get_thumbnail': behaviour((call) => {
		const node = nodeOf(call);
		const size = text(call.params, 'size') ?? 'small';
		if (!['small', 'medium', 'large', 'original'].includes(size)) return badParameter('size', 'type');
		if (contentType(node) !== 'image') return refuse(1000, 'get thumbnail failed');
		// None is made here: "the original image is returned".
		return { ...bytesOf(node), name: node.name, type: mimeOf(node.name), inline: true };
	}),
	'SYNO.SynologyDrive.Files.request_access': behaviour(({ drive, user, params }) => {
		const address = requiredText(params, 'path');
		const node = nodeAt(drive, user, address);
		drive.accessRequests.push({ user: user.name, node: node ?? refuse(1003, 'get file information failed') });
		return {};
	}),
};

/** Bytes of a file as a reply. */
export function bytesOf({ content }: DriveNode): { file: Buffer | ReturnType<typeof createReadStream>; size: number } {
	const { size, bytes, disk } = content;
	return { file: disk === undefined ? (bytes ?? Buffer.alloc(0)) : createReadStream(disk), size };
}

function rows(call: DriveCall, nodes: DriveNode[]): ApiReply {
	const { drive, user, params } = call;
	const order = sorted(nodes, text(params, 'sort_by'), text(params, 'sort_direction'));
	const items = pageOf(order, params).map((node) => fileInfo(drive, user, node));
	return { data: { total: nodes.length, items } };
}

const living = ({ drive }: DriveCall, nodes: Iterable<DriveNode>): DriveNode[] =>
	[...nodes].filter((node) => !drive.trashRoot(node) && drive.byId.has(node.file_id));

function filtered(call: DriveCall, nodes: DriveNode[]): DriveNode[] {
	const filter = object(call.params, 'filter') ?? {};
	const extensions = texts(filter, 'extensions');
	const types = texts(filter, 'type');
	const label = text(filter, 'label_id');
	const starred = flag(filter, 'starred');
	const transient = flag(filter, 'include_transient') ?? false;
	const labelled = call.drive.labels.find(({ label_id, owner }) => label_id === label && owner === call.user.name);
	return nodes.filter(
		(node) =>
			(transient || !node.transient) &&
			(!extensions || extensions.includes(extensionOf(node.name))) &&
			(!types || types.includes(node.isDir ? 'dir' : 'file') || types.includes(contentType(node))) &&
			(label === undefined || labelled?.files.has(node) === true) &&
			(starred === undefined || (call.drive.stars.get(call.user.name)?.has(node) ?? false) === starred),
	);
}

/** Universal Search: unknown parameters are ignored (drive.md 3.3). */
function search(call: DriveCall): ApiReply {
	const { drive, user, params } = call;
	const keyword = (text(params, 'keyword') ?? '').toLowerCase();
	const seen = (node: DriveNode): boolean => node.change_time * 1000 + drive.switches.indexMs <= drive.clockNow();
	const tests = [type(params), owner(call), labels(call), times(params), sizes(params)];
	const found = places(call).filter(
		(node) =>
			node.parent !== undefined &&
			node.name.toLowerCase().includes(keyword) &&
			seen(node) &&
			tests.every((test) => test(node)),
	);
	const order = sorted(found, text(params, 'sort_by'), text(params, 'sort_direction'));
	const page = pageOf(order, { limit: 1000, ...params });
	const snippet = flag(params, 'content_snippet');
	const items = page.map((node) => ({
		...fileInfo(drive, user, node),
		...(snippet && { content_snippet: node.content.bytes?.toString('utf8', 0, 100) ?? '' }),
	}));
	return { data: { total: found.length, items, search_time: 0.035 } };
}

function places({ drive, user, params }: DriveCall): DriveNode[] {
	const location = text(params, 'location') ?? 'any';
	const tree = (roots: Iterable<DriveNode>): DriveNode[] => [...roots].flatMap((root) => [...drive.walk(root)]);
	const teams = drive.views.filter(({ team }) => team?.enabled && team.members.has(user.name)).map(({ root }) => root);
	const home = drive.home(user.name);
	switch (location) {
		case 'any':
			return tree([home, ...teams, ...sharedWith(drive, user)]);
		case 'mydrive':
			return tree([home]);
		case 'team_folders':
			return tree(teams);
		case 'shared_with_me':
			return tree(sharedWith(drive, user));
		case 'shared_with_others':
			return tree([home]).filter(({ permissions }) => permissions.length > 0);
		case 'starred':
			return [...(drive.stars.get(user.name) ?? [])];
		case 'custom':
			return tree([listable(drive, user, requiredText(params, 'custom_location'))]).slice(1);
		default:
			return tree([listable(drive, user, location)]).slice(1);
	}
}

type Test = (node: DriveNode) => boolean;
type Params = Record<string, unknown>;

function type(params: Params): Test {
	const wanted = text(params, 'file_type') ?? 'any';
	if (wanted === 'any') return () => true;
	if (wanted === 'file' || wanted === 'folder') return ({ isDir }) => isDir === (wanted === 'folder');
	if (['odoc', 'osheet', 'oslides'].includes(wanted)) return ({ name }) => extensionOf(name) === wanted;
	const custom = (text(params, 'custom_file_type') ?? '').split(/[,; ]+/).map((part) => part.replace(/^\./, ''));
	return (node) => (wanted === 'custom' ? custom.includes(extensionOf(node.name)) : contentType(node) === wanted);
}

function owner({ user, params }: DriveCall): Test {
	const wanted = text(params, 'owner') ?? 'any';
	const { name } = object(params, 'custom_owner') ?? {};
	if (wanted === 'custom') return (node) => node.owner === name;
	return (node) => wanted === 'any' || (node.owner === user.name) === (wanted === 'me');
}

/** Several labels: the union. */
function labels({ drive, user, params }: DriveCall): Test {
	const ids = texts(params, 'labels') ?? [];
	const chosen = drive.labels.filter(({ label_id, owner: of }) => of === user.name && ids.includes(label_id));
	return (node) => ids.length === 0 || chosen.some(({ files }) => files.has(node));
}

function times(params: Params): Test {
	const field = text(params, 'time') === 'created_time' ? 'created_time' : 'modified_time';
	const [from, to] = [integer(params, 'start_date') ?? 0, integer(params, 'end_date') ?? Infinity];
	return (node) => node[field] >= from && node[field] <= to;
}

function sizes(params: Params): Test {
	const [from, to] = [integer(params, 'min_size') ?? 0, integer(params, 'max_size') ?? Infinity];
	return ({ content }) => content.size >= from && content.size <= to;
}

import type { ApiReply, ApiRequest, BehaviourTable } from '../../core/behaviour';
import { nodeAt } from './address';
import { behaviour, need, nodeOf, type DriveCall } from './call';
import { integer, isObject, objects, requiredText, text } from './params';
import { badParameter, refuse } from './refusal';
import { driveOf } from './state';
import { ROLES, type DriveNode, type FileRequest, type MemberType, type PublicLink, type Role } from './types';

/** Permissions, links and file requests (drive.md 7). */
export const sharingBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Sharing.list': behaviour((call) => ({
		data: {
			items: nodeOf(call).permissions.map(({ name, type, role, permission_id }) => ({
				name,
				type,
				role,
				inherited: false,
				permission_id,
			})),
		},
	})),
	'SYNO.SynologyDrive.Sharing.update': behaviour(updatePermissions),
	'SYNO.SynologyDrive.Sharing.create_link': behaviour((call) => {
		const node = nodeOf(call);
		return { data: { url: `${base(call.request)}/d/f/${node.permanent_link}` } };
	}),
	'SYNO.SynologyDrive.Sharing.get_base_url': behaviour((call) => ({ data: { url: base(call.request) } })),

	'SYNO.SynologyDrive.AdvanceSharing.get': behaviour((call) => {
		const node = linkNode(call);
		return node.link ? { data: linkRow(call, node, node.link) } : refuse(1036, 'sharing link not found');
	}),
	'SYNO.SynologyDrive.AdvanceSharing.create': behaviour((call) => {
		const node = linkNode(call);
		need(call, node, 'organizer');
		node.link ??= {
			sharing_link: call.drive.secret(),
			role: text(call.params, 'role') ?? 'viewer',
			protect_password: '',
			due_date: 0,
			created_time: call.drive.now(),
			owner: call.user.name,
		};
		return { data: linkRow(call, node, node.link) };
	}),
	'SYNO.SynologyDrive.AdvanceSharing.update': behaviour((call) => {
		const { node, link } = ownLink(call);
		const { params } = call;
		const role = text(params, 'role') ?? link.role;
		if (!LINK_ROLES.includes(role)) return badParameter('role', 'type');
		Object.assign(link, {
			role,
			protect_password: text(params, 'protect_password') ?? link.protect_password,
			due_date: integer(params, 'due_date') ?? link.due_date,
		});
		return { data: linkRow(call, node, link) };
	}),
	'SYNO.SynologyDrive.AdvanceSharing.delete': behaviour((call) => {
		delete ownLink(call).node.link;
		return {};
	}),
	'SYNO.SynologyDrive.AdvanceSharing.Public.auth': (request) => auth(request),

	'SYNO.SynologyDrive.FileRequest.list': behaviour((call) => {
		needFileRequests(call);
		const items = call.drive.fileRequests.filter(({ owner }) => owner === call.user.name);
		return { data: { total: items.length, items: items.map((row) => requestRow(call, row)) } };
	}),
	'SYNO.SynologyDrive.FileRequest.get': behaviour((call) => ({ data: requestRow(call, fileRequest(call)) })),
	'SYNO.SynologyDrive.FileRequest.create': behaviour((call) => {
		needFileRequests(call);
		const title = requiredText(call.params, 'title');
		const node = nodeOf(call);
		if (!node.isDir) return refuse(1000, 'invalid arguments');
		const row: FileRequest = {
			file_request_id: call.drive.secret(32),
			sharing_link: call.drive.secret(),
			owner: call.user.name,
			node,
			title,
			created_time: call.drive.now(),
			description: '',
			protect_password: '',
			due_date: 0,
			identifier: text(call.params, 'identifier') ?? 'create_folder',
			file_request_status: 'active',
		};
		call.drive.fileRequests.push(change(row, call));
		return { data: requestRow(call, row) };
	}),
	'SYNO.SynologyDrive.FileRequest.update': behaviour((call) => ({
		data: requestRow(call, change(fileRequest(call), call)),
	})),
	'SYNO.SynologyDrive.FileRequest.delete': behaviour((call) => {
		const rows = call.drive.fileRequests;
		rows.splice(rows.indexOf(fileRequest(call)), 1);
		return {};
	}),
};

const LINK_ROLES = ['accesser', 'previewer', 'viewer', 'commenter', 'editor', 'preview_commenter'];
const TYPES: readonly string[] = ['user', 'group', 'public', 'internal'];

/** The NAS's own idea of its address (drive.md 12). */
const base = ({ nas }: ApiRequest): string => `http://${nas.capabilities.hostname}`;

function updatePermissions(call: DriveCall): ApiReply {
	const node = nodeOf(call);
	need(call, node, 'organizer');
	const edits = objects(call.params, 'permissions') ?? badParameter('permissions', 'required');
	for (const { action, member, role, mounted } of edits) {
		const who = memberOf(call, member);
		if (action === 'delete') {
			node.permissions = node.permissions.filter(({ type, name }) => !(type === who.type && name === who.name));
			continue;
		}
		if (action !== 'update' || !ROLES.includes(role as Role)) return refuse(1000, 'invalid arguments');
		call.drive.shareAs(call.user.name, node, who, role as Role, mounted !== false);
	}
	return {};
}

/** `{type, name | uid | gid}`; the name wins. */
function memberOf({ drive }: DriveCall, member: unknown): { type: MemberType; name: string } {
	if (!isObject(member) || !TYPES.includes(String(member.type))) return refuse(1000, 'invalid arguments');
	const type = member.type as MemberType;
	if (type === 'public' || type === 'internal') return { type, name: type };
	const byId = [...drive.nas.users.values()].find(({ uid }) => uid === member.uid)?.name;
	const name = typeof member.name === 'string' ? member.name : byId;
	const known = type === 'group' || (name !== undefined && drive.userOf(name) !== undefined);
	return name !== undefined && known ? { type, name } : refuse(1000, 'invalid arguments');
}

/** A bad path has a text of its own here. */
function linkNode({ drive, user, params }: DriveCall): DriveNode {
	const node = nodeAt(drive, user, text(params, 'path') ?? '');
	return node && !drive.trashRoot(node) ? node : refuse(1000, "protocol error, reason = 'Invalid path'");
}

function ownLink(call: DriveCall): { node: DriveNode; link: PublicLink } {
	const node = linkNode(call);
	need(call, node, 'organizer');
	const sharing_link = requiredText(call.params, 'sharing_link');
	const { link } = node;
	return link?.sharing_link === sharing_link ? { node, link } : refuse(1036, 'sharing link not found');
}

/** `permanent_id` is a bare number of 64 bit, which JavaScript rounds (drive.md 7.2). */
function linkRow({ request, drive }: DriveCall, node: DriveNode, link: PublicLink): Record<string, unknown> {
	return {
		url: `${base(request)}/d/s/${node.permanent_link}/${link.sharing_link}`,
		sharing_link: link.sharing_link,
		permanent_id: BigInt(node.file_id),
		role: link.role,
		due_date: link.due_date,
		protect_password: link.protect_password,
		uid: drive.userOf(link.owner)?.uid ?? 0,
		capabilities: {},
	};
}

/** Without a session: a visitor with a password. */
function auth({ nas, params }: ApiRequest): ApiReply {
	const drive = driveOf(nas);
	const node = [...drive.byId.values()].find(({ link }) => link?.sharing_link === params.sharing_link);
	if (!node?.link) return { error: 1036, errors: { line: 73, message: 'sharing link not found' } };
	if (node.link.protect_password !== String(params.password ?? ''))
		return { error: 1037, errors: { line: 73, message: 'sharing_link password error' } };
	return { data: { sharing_token: `token.${node.link.sharing_link}` } };
}

function needFileRequests({ drive, user }: DriveCall): void {
	const { fileRequests } = drive.switches;
	const isAllowed = fileRequests === 'all' || (fileRequests === 'administrators' && user.administrator);
	if (!isAllowed) refuse(1076, 'file request is disabled');
}

function fileRequest({ drive, params }: DriveCall): FileRequest {
	const link = requiredText(params, 'sharing_link');
	return drive.fileRequests.find(({ sharing_link }) => sharing_link === link) ?? refuse(1036, 'sharing link not found');
}

function change(row: FileRequest, { params }: DriveCall): FileRequest {
	return Object.assign(row, {
		title: text(params, 'title') ?? row.title,
		description: text(params, 'description') ?? row.description,
		protect_password: text(params, 'protect_password') ?? row.protect_password,
		due_date: integer(params, 'due_date') ?? row.due_date,
		file_request_status: text(params, 'file_request_status') ?? row.file_request_status,
	});
}

function requestRow({ drive, request }: DriveCall, { node, owner, ...row }: FileRequest): Record<string, unknown> {
	return {
		...row,
		url: `${base(request)}/d/r/${row.file_request_id}/${row.sharing_link}`,
		path: drive.pathOf(node),
		display_path: `/mydrive${drive.pathOf(node)}`,
		permanent_link: node.permanent_link,
		is_expired: row.due_date > 0 && row.due_date < drive.now(),
		uid: drive.userOf(owner)?.uid ?? 0,
	};
}

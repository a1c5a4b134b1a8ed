import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { zipSync } from 'fflate';
import type { ApiReply, BehaviourTable, UploadedFile } from '../../core/behaviour';
import type { Nas, User } from '../../core/nas';
import { FileRefusal, read } from '../../core/volume';
import { filesOf } from '../file';
import { existing, listable, target } from './address';
import { asTask, behaviour, need, used, type DriveCall } from './call';
import { flag, requiredText, requiredTexts, text } from './params';
import { parseValue } from '../../core/json';
import { bytesOf } from './reads';
import { badParameter, refuse } from './refusal';
import { contentOf } from './content';
import type { Content, DriveNode } from './types';
import { fileInfo, mimeOf } from './wire';
import { editLabels, place } from './writes';

/** Bytes into Drive and out of it (drive.md 3.6, 4.2, 4.3). */
export const transferBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Files.upload': behaviour(upload),
	'SYNO.SynologyDrive.Files.upload_from_dsm': behaviour(uploadFromDsm),
	'SYNO.SynologyDrive.Files.download': behaviour(download),
};

/** Text fields are bare, in parts or in the query. Parts with a type of their own are refused. */
async function upload(call: DriveCall): Promise<ApiReply> {
	const { request } = call;
	const { http, files, raw } = request;
	if (http.typedParts.length > 0) return refuse(401, 'malformed parameter');
	const params = { ...Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, bareOr(value)])) };
	const plain: DriveCall = { ...call, params };
	if (http.headers['x-type-name'] === 'SLICEUPLOAD') return await slice(plain, files);
	const file = files.find(({ field }) => field === 'file') ?? badParameter('file', 'required');
	return { data: await store(plain, await kept(call, file)) };
}

/** Numbers, booleans and lists are JSON; a path that looks like one stays text. */
function bareOr(value: string): unknown {
	const parsed = parseValue(value);
	return typeof parsed === 'number' ? value : parsed;
}

/** Moves the temporary file to where Drive keeps it. */
async function kept({ drive }: DriveCall, { path, size }: UploadedFile): Promise<Content> {
	const hash = createHash('md5');
	for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
	const disk = drive.keep();
	await rename(path, disk);
	return { size, hash: hash.digest('hex'), disk };
}

async function store(call: DriveCall, content: Content): Promise<Record<string, unknown>> {
	const { drive, user, params } = call;
	const address = requiredText(params, 'path');
	const { parent, name } = target(drive, user, address);
	if (drive.locks.has(address)) return refuse(1054, 'blocked by flock');
	need(call, parent, 'editor');
	const node = place(call, parent, name, {
		isDir: false,
		content,
		conflict: text(params, 'conflict_action') ?? 'stop',
	});
	if (params.labels !== undefined) editLabels(call, node, params.labels);
	if (params.starred === true) drive.starAs(user.name, node);
	used(call, node);
	return { ...fileInfo(drive, user, node), uploaded_size: content.size };
}

/** The web client's way for large files: reserve, then pieces, the last of which ends it (drive.md 4.2). */
async function slice(call: DriveCall, files: UploadedFile[]): Promise<ApiReply> {
	const { drive, params } = call;
	const { headers } = call.request.http;
	const key = String(headers['x-tmp-file'] ?? '');
	const ends = headers['x-file-chunk-end'] === 'true';
	if (key === '') return badParameter('X-Tmp-File', 'required');
	if (params.reserved_size !== undefined) {
		// Reserving and ending at once broke the backend of a device.
		if (ends) return { html: '<html><body>502 Bad Gateway</body></html>', status: 502 };
		drive.slices.set(key, []);
		return { data: { tmp_newly_created: true, uploaded_size: 0 } };
	}
	const pieces = drive.slices.get(key) ?? [];
	drive.slices.set(key, pieces);
	for (const { path } of files) pieces.push(await readFile(path));
	const content = contentOf(Buffer.concat(pieces));
	if (!ends) return { data: { tmp_newly_created: false, uploaded_size: content.size } };
	drive.slices.delete(key);
	return { data: await store(call, content) };
}

async function uploadFromDsm(call: DriveCall): Promise<ApiReply> {
	const { drive, user, params, request } = call;
	const paths = requiredTexts(params, 'dsm_paths');
	const folder = listable(drive, user, requiredText(params, 'path'));
	const found = await Promise.all(paths.map(async (path) => [path, await onVolume(request.nas, user, path)] as const));
	const conflict = text(params, 'conflict_action') ?? 'stop';
	return asTask(call, 'upload', paths, () => {
		const targets: DriveNode[] = [];
		const errors = found.flatMap(([path, content]) => {
			const context = { file_type: 'file', name: basename(path), path };
			if (!content) return [{ code: 1003, message: 'no such file', context }];
			if (conflict === 'stop' && drive.child(folder, basename(path)))
				return [{ code: 1022, message: 'file operation is stopped', context }];
			targets.push(place({ ...call, params: {} }, folder, basename(path), { isDir: false, content, conflict }));
			return [];
		});
		return { errors, targets };
	});
}

/** Content of a file of a shared folder, by its path on the volume; undefined when there is none. */
async function onVolume(nas: Nas, user: User, path: string): Promise<Content | undefined> {
	const files = filesOf(nas);
	files.catchUp();
	try {
		const entry = files.find(user, path.replace(/^\/volume\d+/, ''));
		return entry?.kind === 'file' ? contentOf(await read(entry)) : undefined;
	} catch (error) {
		if (error instanceof FileRefusal) return undefined;
		throw error;
	}
}

async function download(call: DriveCall): Promise<ApiReply> {
	const { drive, user, params, sid } = call;
	const task_id = text(params, 'task_id');
	if (task_id !== undefined) {
		const task = drive.tasks.get(sid)?.get(task_id);
		if (!task?.archive) return refuse(401, 'invalid task id');
		return { file: task.archive, name: String(task.result.archive_name), type: 'application/zip' };
	}
	const addresses = requiredTexts(params, 'files');
	const nodes = addresses.map((address) => existing(drive, user, address));
	for (const node of nodes) need(call, node, 'viewer');
	if (flag(params, 'dry_run')) return { data: { result: null } };
	const [only] = nodes;
	if (nodes.length === 1 && only && !only.isDir) {
		used(call, only);
		// Python's `True` is taken, too (drive.md 3.6).
		const attached = params['force_download'] === 'True' || (flag(params, 'force_download') ?? false);
		const type = attached ? 'application/octet-stream' : mimeOf(only.name);
		return { ...bytesOf(only), name: only.name, type, inline: !attached };
	}
	const name = `${(text(params, 'archive_name') ?? 'download').replace(/\.zip$/i, '')}.zip`;
	const archive = await zip(call, nodes);
	if (drive.switches.zip === 'stream') return { file: archive, name, type: 'application/zip' };
	return asTask(call, 'download', addresses, () => ({
		errors: [],
		targets: [],
		size: archive.length,
		archive,
		archive_name: name,
	}));
}

async function zip({ drive }: DriveCall, nodes: DriveNode[]): Promise<Buffer> {
	const entries: Record<string, Uint8Array> = {};
	for (const root of nodes) {
		const above = root.parent ? drive.pathOf(root).length - root.name.length : 1;
		for (const node of drive.walk(root)) {
			const path = drive.pathOf(node).slice(above);
			if (node.isDir) entries[`${path}/`] = new Uint8Array();
			else entries[path] = node.content.bytes ?? (await readFile(node.content.disk ?? ''));
		}
	}
	return Buffer.from(zipSync(entries, { mtime: new Date(drive.now() * 1000) }));
}

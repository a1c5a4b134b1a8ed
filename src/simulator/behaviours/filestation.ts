import { createReadStream } from 'node:fs';
import { mkdir, rename, utimes } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import type { User } from '../nas';
import {
	childrenOf,
	diskPath,
	existingNode,
	type FileNode,
	FileRefusal,
	fileRow,
	isLegalName,
	nodeAt,
} from '../volume';

/** Listing, folders, upload and download of File Station (filestation.md 4). Folders are not zipped: no download of them. */
export const fileStationBehaviours: BehaviourTable = {
	'SYNO.FileStation.List.list_share': guarded(listShares),
	'SYNO.FileStation.List.list': guarded(listFolder),
	'SYNO.FileStation.List.getinfo': guarded(getInfo),
	'SYNO.FileStation.CreateFolder.create': guarded(createFolders),
	'SYNO.FileStation.Upload.upload': guarded(upload),
	'SYNO.FileStation.Download.download': guarded(download),
};

type FileHandler = (request: ApiRequest, user: User) => Promise<ApiReply>;

/** Turns refusals into error envelopes. */
function guarded(handler: FileHandler) {
	return async (request: ApiRequest): Promise<ApiReply> => {
		if (!request.user) return { error: 119 };
		try {
			return await handler(request, request.user);
		} catch (error) {
			if (error instanceof FileRefusal) return { error: error.code };
			throw error;
		}
	};
}

async function listShares({ nas, params }: ApiRequest, user: User): Promise<ApiReply> {
	const shares = (await childrenOf({ path: '', disk: nas.directory('volume1') })).sort(byName);
	const { offset, rows } = page(shares, params);
	return {
		data: {
			offset,
			shares: rows.map((share) => fileRow(share, user, textList(params.additional))),
			total: shares.length,
		},
	};
}

async function listFolder({ nas, params }: ApiRequest, user: User): Promise<ApiReply> {
	const { folder_path, filetype = 'all', sort_by = 'name', sort_direction = 'asc' } = params;
	if (typeof folder_path !== 'string') return { error: 400 };
	const folder = await existingNode(nas, user, folder_path);
	if (!folder.stats.isDirectory()) return { error: 408 };
	const wanted = (await childrenOf(folder)).filter(
		(node) => filetype === 'all' || node.stats.isDirectory() === (filetype === 'dir'),
	);
	wanted.sort(sort_by === 'size' ? bySize : sort_by === 'mtime' ? byTime : byName);
	if (sort_direction === 'desc') wanted.reverse();
	const { offset, rows } = page(wanted, params);
	return {
		data: { files: rows.map((node) => fileRow(node, user, textList(params.additional))), offset, total: wanted.length },
	};
}

/** A missing path does not fail the call; how it shows is a switch (filestation.md 4.4). */
async function getInfo({ nas, params }: ApiRequest, user: User): Promise<ApiReply> {
	const paths = textList(params.path);
	if (paths.length === 0) return { error: 400 };
	const answer = nas.switches.missingPathAnswer;
	const files: unknown[] = [];
	for (const path of paths) {
		const node = await nodeAt(nas, user, path);
		if (node) files.push(fileRow(node, user, textList(params.additional)));
		else if (answer === 408) return { error: 408 };
		else if (answer === 'entry') files.push({ code: 408, name: '', path });
	}
	return { data: { files } };
}

async function createFolders({ nas, params }: ApiRequest, user: User): Promise<ApiReply> {
	const parents = textList(params.folder_path);
	const names = textList(params.name);
	if (parents.length === 0 || parents.length !== names.length) return { error: 400 };
	const folders: unknown[] = [];
	for (const [index, parent] of parents.entries()) {
		const path = `${parent}/${names[index]}`;
		const code = await createFolder(nas, user, path, params.force_parent === true);
		if (code !== undefined) return { error: 1100, errors: [{ code, path }] };
		folders.push(fileRow(await existingNode(nas, user, path), user, textList(params.additional)));
	}
	return { data: { folders } };
}

/** Code of the failure: 414 exists, 408 no parent, 418 illegal name. */
async function createFolder(
	nas: ApiRequest['nas'],
	user: User,
	path: string,
	force: boolean,
): Promise<number | undefined> {
	try {
		if (await nodeAt(nas, user, path)) return force ? undefined : 414;
		if (!force) await existingNode(nas, user, dirname(path));
		await mkdir(diskPath(nas, user, path), { recursive: force });
		return undefined;
	} catch (error) {
		if (error instanceof FileRefusal) return error.code;
		throw error;
	}
}

/** Values of the parts are bare; parts with a type are refused; the length must be known (filestation.md 4.12). */
async function upload({ nas, raw, files, http, version }: ApiRequest, user: User): Promise<ApiReply> {
	if (http.headers['content-length'] === undefined) return { error: 1800 };
	if (http.typedParts.length > 0) return { error: 101 };
	const [file] = files;
	if (!file || !isLegalName(file.name)) return { error: 1802 };
	if (!raw.path) return { error: 400 };
	const folder = await nodeAt(nas, user, raw.path);
	if (!folder && raw.create_parents !== 'true') return { error: 408 };
	const path = `${raw.path}/${file.name}`;
	if (await nodeAt(nas, user, path)) {
		const wish = overwriteOf(raw.overwrite, version);
		if (wish === undefined) return { error: nas.switches.uploadConflictCode };
		if (!wish) return { data: { blSkip: true, file: file.name } };
	}
	await mkdir(diskPath(nas, user, raw.path), { recursive: true });
	await rename(file.path, diskPath(nas, user, path));
	const asked = Number(raw.mtime || Number.NaN);
	const modified = (Number.isFinite(asked) ? asked : nas.clock.now()) / 1000;
	await utimes(diskPath(nas, user, path), modified, modified);
	return { data: { blSkip: false, file: file.name, pid: process.pid, progress: 1 } };
}

/** v3 also has words for it (C). */
function overwriteOf(value: string | undefined, version: number): boolean | undefined {
	if (value === 'true' || (version === 3 && value === 'overwrite')) return true;
	if (value === 'false' || (version === 3 && value === 'skip')) return false;
	return undefined;
}

/** `open` answers a missing file with HTTP 404, `download` with an envelope (filestation.md 4.13). */
async function download({ nas, params }: ApiRequest, user: User): Promise<ApiReply> {
	const inline = params.mode === 'open';
	const [path] = textList(params.path);
	if (path === undefined) return { error: 400 };
	const node = await nodeAt(nas, user, path);
	if (!node && inline) return { html: '<html><body>404 Not Found</body></html>', status: 404 };
	if (!node) return { error: 408 };
	if (node.stats.isDirectory()) return { error: 401 };
	const type = inline ? mimeOf(path) : 'application/octet-stream';
	return { file: createReadStream(node.disk), name: basename(path), type, size: node.stats.size, inline };
}

function mimeOf(path: string): string {
	const known: Record<string, string> = {
		txt: 'text/plain',
		json: 'application/json',
		png: 'image/png',
		jpg: 'image/jpeg',
		pdf: 'application/pdf',
	};
	const extension = path.replace(/^.*\./, '').toLowerCase();
	return (Object.hasOwn(known, extension) && known[extension]) || 'application/octet-stream';
}

/** A JSON array, or one bare value. A number that was meant as a name is no text: it is dropped (core.md 3.2). */
function textList(value: unknown): string[] {
	const list = Array.isArray(value) ? value : [value];
	return list.filter((item): item is string => typeof item === 'string');
}

/** `limit` 0 = all. */
function page(
	nodes: FileNode[],
	{ offset = 0, limit = 0 }: Record<string, unknown>,
): { offset: number; rows: FileNode[] } {
	const start = Number(offset);
	const count = Number(limit);
	return { offset: start, rows: nodes.slice(start, count === 0 ? undefined : start + count) };
}

function byName(a: FileNode, b: FileNode): number {
	return a.path < b.path ? -1 : 1;
}

function bySize(a: FileNode, b: FileNode): number {
	return a.stats.size - b.stats.size;
}

function byTime(a: FileNode, b: FileNode): number {
	return a.stats.mtimeMs - b.stats.mtimeMs;
}

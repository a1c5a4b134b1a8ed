import { unzipSync, zipSync, type Zippable } from 'fflate';
import { gunzipSync } from 'node:zlib';
import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type FileEntry, FileRefusal, read } from '../../core/volume';
import {
	baseName,
	codeOf,
	dirName,
	type FileCall,
	flagOf,
	guarded,
	numberOf,
	page,
	sorted,
	textList,
	textOf,
} from './call';
import { filesBelow, zipDate } from './download';
import { progressOf, statusOf, stopTask, type Task } from './tasks';

export const archiveBehaviours: BehaviourTable = {
	'SYNO.FileStation.Compress.start': guarded(compress),
	'SYNO.FileStation.Compress.status': guarded(async (call) => await statusOf(call, compressing, 101)),
	'SYNO.FileStation.Compress.stop': guarded(stopTask),
	'SYNO.FileStation.Extract.start': guarded(extract),
	'SYNO.FileStation.Extract.status': guarded(async (call) => await statusOf(call, extracting, 101)),
	'SYNO.FileStation.Extract.stop': guarded(stopTask),
	'SYNO.FileStation.Extract.list': guarded(listItems),
};

const COMPRESS_FAILED = 1300;
const EXTRACT_FAILED = 1400;
const NO_ARCHIVE = 1401;
const WRONG_PASSWORD = 1403;
const NO_ITEM = 1405;

const compressing = (task: Task) => ({
	dest_file_path: String(task.params.dest_file_path),
	progress: progressOf(task),
});
const extracting = (task: Task) => ({
	dest_folder_path: String(task.params.dest_folder_path),
	progress: progressOf(task),
});

/** Archives of the simulator are zip files whatever format was asked for; a password is remembered, not applied. */
function compress(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const paths = textList(params.path);
	const target = textOf(params.dest_file_path);
	const format = textOf(params.format) ?? 'zip';
	const mode = textOf(params.mode) ?? 'add';
	const known = ['zip', '7z'].includes(format) && ['add', 'update', 'refreshen', 'synchronize'].includes(mode);
	if (paths.length === 0 || target === undefined || !known) return { error: 400 };
	if (Buffer.byteLength(baseName(target)) > 255) return { error: 1301 };
	const errors: { code: number; path: string }[] = [];
	const step = async () => {
		for (const path of [target, ...paths]) {
			const code = codeOf(() => (path === target ? mayMake(call, target) : state.get(user, path)));
			if (code !== undefined) errors.push({ code, path });
		}
		if (errors.length > 0) return 0;
		const files = paths.flatMap((path) => [...filesBelow(state.get(user, path), baseName(path))]);
		const fresh: Zippable = {};
		for (const { name, file, mtime } of files) {
			const bytes = file ? await read(file) : Buffer.alloc(0);
			fresh[name] = [bytes, { level: textOf(params.level) === 'store' ? 0 : 6, mtime: zipDate(mtime) }];
		}
		const content = Buffer.from(zipSync({ ...(await present(call, target, mode)), ...fresh }));
		const made = state.volume.addFile(state.folder(user, dirName(target)), baseName(target), {
			owner: user.name,
			content,
			size: content.length,
		});
		if (textOf(params.password)) made.password = String(params.password);
		return content.length;
	};
	return state.tasks.start(call, { steps: [step], total: -1, path: target, code: COMPRESS_FAILED, errors });
}

function mayMake({ state, user }: FileCall, path: string): void {
	state.folder(user, dirName(path));
	state.mayWrite(user, path);
}

/** What an archive holds already: it is added to, unless it shall hold just what is given. */
async function present({ state, user }: FileCall, path: string, mode: string): Promise<Zippable> {
	const there = state.find(user, path);
	return there?.kind === 'file' && mode !== 'synchronize' ? await contentOf(there) : {};
}

/** Items by name. Throws 1401 for what is no archive of a kind that is read here: zip and gzip. */
async function contentOf(file: FileEntry): Promise<Record<string, Uint8Array>> {
	const bytes = await read(file);
	try {
		if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { [file.name.replace(/\.gz$/i, '')]: gunzipSync(bytes) };
		return unzipSync(bytes);
	} catch {
		throw new FileRefusal(NO_ARCHIVE);
	}
}

/** The items of the archive that a call names. */
async function opened({ params, state, user }: FileCall): Promise<[name: string, bytes: Uint8Array][]> {
	const file = state.get(user, textOf(params.file_path) as string);
	if (file.kind !== 'file') throw new FileRefusal(NO_ARCHIVE);
	const items = Object.entries(await contentOf(file));
	if (file.password !== undefined && file.password !== params.password) throw new FileRefusal(WRONG_PASSWORD);
	return items;
}

async function listItems(call: FileCall): Promise<ApiReply> {
	const { params, state, user } = call;
	if (textOf(params.file_path) === undefined) return { error: 400 };
	const file = state.get(user, textOf(params.file_path) as string);
	const all = (await opened(call)).map(([path, bytes], item_id) => ({
		is_dir: path.endsWith('/'),
		item_id,
		mtime: new Date(file.times.mtime).toISOString().replace('T', ' ').slice(0, 19),
		name: baseName(path.replace(/\/$/, '')),
		pack_size: bytes.length,
		path: path.replace(/\/$/, ''),
		size: bytes.length,
	}));
	const { rows } = page(sorted(all, params, 'name'), params);
	return { data: { items: rows, total: all.length } };
}

/** Refusals of the archive itself come with the status. */
async function extract(call: FileCall): Promise<ApiReply> {
	const { params, state, user } = call;
	const source = textOf(params.file_path);
	const destination = textOf(params.dest_folder_path);
	if (source === undefined || destination === undefined) return { error: 400 };
	const errors: { code: number; path: string }[] = [];
	const step = async () => {
		const target = flagOf(params.create_subfolder)
			? `${destination}/${baseName(source).replace(/\.[^.]*$/, '')}`
			: destination;
		const task = [...state.tasks.all.values()].find((one) => one.errors === errors);
		try {
			state.folder(user, destination);
			let bytes = 0;
			for (const [name, content] of chosen(await opened(call), params.item_id))
				bytes += unpack(call, target, name, content);
			return bytes;
		} catch (error) {
			if (!(error instanceof FileRefusal)) throw error;
			if (task && error.code >= EXTRACT_FAILED) task.code = error.code;
			errors.push({ code: error.code, path: source });
			return 0;
		}
	};
	return state.tasks.start(call, { steps: [step], total: -1, path: source, code: EXTRACT_FAILED, errors });
}

function chosen(items: [string, Uint8Array][], wanted: unknown): [string, Uint8Array][] {
	const ids = (Array.isArray(wanted) ? wanted : []).map(numberOf).filter((id) => id !== undefined);
	if (ids.some((id) => items[id] === undefined)) throw new FileRefusal(NO_ITEM);
	return ids.length === 0 ? items : ids.map((id) => items[id] as [string, Uint8Array]);
}

/** Existing files stay unless they may be replaced. */
function unpack({ params, state, user }: FileCall, target: string, name: string, bytes: Uint8Array): number {
	const inner = flagOf(params.keep_dir) === false ? baseName(name) : name;
	const path = `${target}/${inner}`;
	if (name.endsWith('/')) {
		state.makeFolders(user, path.slice(0, -1));
		return 0;
	}
	if (state.find(user, path) && !flagOf(params.overwrite)) return 0;
	state.mayWrite(user, path);
	const content = Buffer.from(bytes);
	state.volume.addFile(state.makeFolders(user, dirName(path)), baseName(path), {
		owner: user.name,
		content,
		size: content.length,
	});
	return content.length;
}

import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { FileRefusal, isLegalName } from '../../core/volume';
import { codeOf, dirName, failed, type FileCall, flagOf, guarded, numberOf, textList, textOf } from './call';
import { rename } from './copymove';
import { rowOf } from './list';

export const writeBehaviours: BehaviourTable = {
	'SYNO.FileStation.CreateFolder.create': guarded(createFolders),
	'SYNO.FileStation.Rename.rename': guarded(renameAll),
	'SYNO.FileStation.Upload.upload': guarded(upload),
	'SYNO.FileStation.CheckPermission.write': guarded(checkPermission),
	'SYNO.FileStation.CheckExist.check': guarded(checkExist),
};

/** Each folder_path goes with the name at the same place of the other list. */
function createFolders(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const parents = textList(params.folder_path);
	const names = textList(params.name);
	if (parents.length === 0 || parents.length !== names.length) return { error: 400 };
	const force = params.force_parent === true || params.force_parent === 'true';
	const folders: unknown[] = [];
	for (const [index, parent] of parents.entries()) {
		const path = `${parent}/${names[index]}`;
		const code = codeOf(() => createFolder(call, path, force));
		if (code !== undefined) return failed(1100, code, path);
		folders.push(rowOf(call, state.get(user, path), path));
	}
	return { data: { folders } };
}

/** 414 exists, 408 no parent, 418 illegal name. */
function createFolder({ state, user }: FileCall, path: string, force: boolean): void {
	const there = state.find(user, path);
	if (there && !(force && there.kind === 'folder')) throw new FileRefusal(414);
	if (there) return;
	if (!force) state.folder(user, dirName(path));
	state.mayWrite(user, path);
	state.makeFolders(user, path);
}

function renameAll(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const paths = textList(params.path);
	const names = textList(params.name);
	if (paths.length === 0 || paths.length !== names.length) return { error: 400 };
	const files: unknown[] = [];
	for (const [index, path] of paths.entries()) {
		const name = names[index] as string;
		const code = isLegalName(name) ? codeOf(() => rename(call, path, name)) : 418;
		if (code !== undefined) return failed(1200, code, path);
		const to = `${dirName(path)}/${name}`;
		files.push(rowOf(call, state.get(user, to), to));
	}
	return { data: { files } };
}

/** Values of the parts are bare; parts with a type are refused; the length must be known (filestation.md 4.12). */
function upload({ nas, raw, files, http, version, state, user }: FileCall): ApiReply {
	if (http.headers['content-length'] === undefined) return { error: 1800 };
	if (http.typedParts.length > 0) return { error: 101 };
	const [file] = files;
	if (!file || !isLegalName(file.name)) return { error: 1802 };
	// Version 1 of the API called it dest_folder_path (4.12).
	const path = raw.path ?? raw.dest_folder_path;
	if (!path) return { error: 400 };
	if (nas.shows('upload.jsonQuotedPart') && /^".*"$/.test(path)) return { error: 401 };
	if (raw.size && Number(raw.size) !== file.size) return { error: 1800 };
	const target = `${path}/${file.name}`;
	const there = state.find(user, target);
	if (!state.find(user, path) && raw.create_parents !== 'true') return { error: 408 };
	const wish = overwriteOf(raw.overwrite, version);
	if (there && (wish === undefined || there.kind === 'folder')) return { error: nas.switches.uploadConflictCode };
	if (there && !wish) return { data: { blSkip: true, file: file.name } };
	state.mayWrite(user, target);
	state.volume.reserve(user.name, file.size - (there?.kind === 'file' ? there.size : 0));
	const folder = state.makeFolders(user, path);
	const { size } = file;
	state.volume.addFile(folder, file.name, {
		owner: user.name,
		content: state.volume.keep(file.path),
		size,
		times: timesOf(raw),
	});
	return { data: { blSkip: false, file: file.name, pid: process.pid, progress: 1 } };
}

/** Milliseconds. A time of creation that was not asked for is now. */
function timesOf(raw: Record<string, string>): Record<string, number> {
	const asked = ['mtime', 'crtime', 'atime'].map((key) => [key, numberOf(raw[key])] as const);
	return Object.fromEntries(asked.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

/** v3 also has words for it (C). */
function overwriteOf(value: string | undefined, version: number): boolean | undefined {
	if (value === 'true' || (version === 3 && value === 'overwrite')) return true;
	if (value === 'false' || (version === 3 && value === 'skip')) return false;
	return undefined;
}

/** v1 has the whole path of the file in `path`. */
function checkPermission({ params, version, state, user }: FileCall): ApiReply {
	const folder = textOf(params.path);
	const name = textOf(params.filename);
	if (folder === undefined || (version > 1 && name === undefined)) return { error: 400 };
	const path = version > 1 ? `${folder}/${name}` : folder;
	const there = state.find(user, path);
	state.folder(user, dirName(path));
	state.mayWrite(user, path);
	// Only a file that is new may be written, unless it is said to overwrite or to skip.
	const createOnly = flagOf(params.create_only) ?? true;
	if (there && createOnly && flagOf(params.overwrite) === undefined) return { error: 414 };
	return {};
}

/** The answer is known from one source only (4.11). */
function checkExist({ params, state, user }: FileCall): ApiReply {
	const folder = textOf(params.path);
	const name = textOf(params.filename);
	if (folder === undefined || name === undefined) return { error: 400 };
	return { data: { blExist: state.find(user, `${folder}/${name}`) !== undefined } };
}

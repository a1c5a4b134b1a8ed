import { createReadStream, existsSync, readdirSync, renameSync, rmdirSync, statSync } from 'node:fs';
import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Nas, User } from './nas';

/** A refusal of a file operation, with its code (filestation.md 2). */
export class FileRefusal extends Error {
	constructor(readonly code: number) {
		super(`File operation refused: ${code}`);
	}
}

/** Milliseconds; the API shows seconds. */
export interface Times {
	crtime: number;
	mtime: number;
	ctime: number;
	atime: number;
}

interface Common {
	name: string;
	parent?: Folder;
	/** Login name. */
	owner: string;
	times: Times;
}

/** Bytes of a file: in memory, or in a file of this machine that copies share. */
export type Content = Buffer | Blob;
interface Blob {
	path: string;
	users: number;
}

export interface FileEntry extends Common {
	kind: 'file';
	size: number;
	content: Content;
	/** Of an archive that was made with one. */
	password?: string;
}

export interface Folder extends Common {
	kind: 'folder';
	children: Map<string, Entry>;
	/** Counts changes of what is listed here. */
	version: number;
}

export type Entry = FileEntry | Folder;

export type Right = 'RW' | 'RO' | 'NA';

/** A shared folder. */
export interface Share {
	folder: Folder;
	/** Rights by login name; others have `otherwise`, administrators RW. */
	rights: Map<string, Right>;
	otherwise: Right;
	/** Of a file system that takes no writes: 411. */
	readOnly: boolean;
	/** What is deleted goes to `#recycle`. */
	recycle: boolean;
}

export interface NewFile {
	owner: string;
	content: Content;
	size: number;
	times?: Partial<Times>;
}

export const RECYCLE = '#recycle';

/**
 * The files of the NAS. Names, times and owners live here, so that every name that DSM takes can be kept whatever the file system of
 * this machine is, and so that times follow the NAS's own clock; large contents lie on the disk.
 */
export class Volume {
	readonly shares = new Map<string, Share>();
	totalBytes = 4_000_000_000_000;
	usedBytes = 0;
	/** Most bytes that an account may own, by login name. */
	readonly quotas = new Map<string, number>();
	private readonly owned = new Map<string, number>();
	private blobs = 0;

	constructor(private readonly nas: Nas) {}

	addShare(name: string, options: Partial<Omit<Share, 'folder'>> = {}): Share {
		const folder: Folder = { ...this.common(name, 'root'), kind: 'folder', children: new Map(), version: 0 };
		const share = { folder, rights: new Map(), otherwise: 'RW', readOnly: false, recycle: false, ...options } as Share;
		this.shares.set(name, share);
		return share;
	}

	/** Adds a file, or replaces the content of one. Throws 415 and 416 before anything changes. */
	addFile(folder: Folder, name: string, { owner, content, size, times }: NewFile): FileEntry {
		const old = folder.children.get(name);
		if (old?.kind === 'folder') throw new FileRefusal(414);
		this.reserve(owner, size - (old?.size ?? 0));
		const fresh = { ...this.common(name, owner), times: { ...this.stamp(), ...times } };
		if (old) {
			this.release(old);
			this.count(old.owner, -old.size);
			this.count(old.owner, size);
			delete old.password;
			Object.assign(old, {
				size,
				content,
				times: { ...old.times, ...this.stamp(), crtime: old.times.crtime, ...times },
			});
			folder.version += 1;
			return old;
		}
		const file: FileEntry = { ...fresh, kind: 'file', size, content };
		this.count(owner, size);
		this.attach(file, folder);
		return file;
	}

	addFolder(parent: Folder, name: string, owner: string): Folder {
		const folder: Folder = { ...this.common(name, owner), kind: 'folder', children: new Map(), version: 0 };
		this.attach(folder, parent);
		return folder;
	}

	/** Puts an entry into a folder under its name. The times of the folder move, as in every file system. */
	attach(entry: Entry, folder: Folder): void {
		entry.parent = folder;
		folder.children.set(entry.name, entry);
		this.touch(folder);
	}

	detach(entry: Entry): void {
		entry.parent?.children.delete(entry.name);
		if (entry.parent) this.touch(entry.parent);
		delete entry.parent;
	}

	/** Another place or name; the entry keeps its times but the time of change. */
	move(entry: Entry, folder: Folder, name = entry.name): void {
		this.detach(entry);
		entry.name = name;
		entry.times.ctime = this.nas.clock.now();
		this.attach(entry, folder);
	}

	/** A copy has its own time of creation and shares the bytes. Folders are copied without what is in them. */
	copy(entry: Entry, folder: Folder, owner: string, name = entry.name): Entry {
		if (entry.kind === 'folder') return this.addFolder(folder, name, owner);
		const { content, size, times } = entry;
		const copy = this.addFile(folder, name, { owner, content, size, times: { mtime: times.mtime } });
		if (!Buffer.isBuffer(content)) content.users += 1;
		if (entry.password !== undefined) copy.password = entry.password;
		return copy;
	}

	/** Takes an entry and all below it away for good. */
	remove(entry: Entry): void {
		if (entry.parent) this.detach(entry);
		for (const one of walk(entry)) {
			if (one.kind !== 'file') continue;
			this.count(one.owner, -one.size);
			this.release(one);
		}
	}

	/** A file of this machine becomes the content of a file of the NAS. */
	keep(path: string): Blob {
		const kept = join(this.nas.directory('blobs'), String(this.blobs++));
		renameSync(path, kept);
		return { path: kept, users: 1 };
	}

	/** Whether so many more bytes fit: 415 and 416. */
	reserve(owner: string, bytes: number): void {
		if (bytes <= 0) return;
		if (this.usedBytes + bytes > this.totalBytes) throw new FileRefusal(416);
		if ((this.owned.get(owner) ?? 0) + bytes > (this.quotas.get(owner) ?? Infinity)) throw new FileRefusal(415);
	}

	/** Takes in what lies in the folder `volume1` of this machine: folders are shares, and what is in them moves into the tree. */
	takeIn(): void {
		const root = join(this.nas.folder, 'volume1');
		if (!existsSync(root)) return;
		for (const name of readdirSync(root)) {
			const share = this.shares.get(name) ?? this.addShare(name);
			this.takeInFolder(join(root, name), share.folder);
		}
	}

	private takeInFolder(disk: string, folder: Folder): void {
		for (const name of readdirSync(disk)) {
			const path = join(disk, name);
			const { size, mtimeMs: mtime, ...stats } = statSync(path);
			if (stats.mode & 0o040000) {
				const known = folder.children.get(name);
				this.takeInFolder(path, known?.kind === 'folder' ? known : this.addFolder(folder, name, 'root'));
				rmdirSync(path);
			} else this.addFile(folder, name, { owner: 'root', content: this.keep(path), size, times: { mtime } });
		}
	}

	private touch(folder: Folder): void {
		const now = this.nas.clock.now();
		Object.assign(folder.times, { mtime: now, ctime: now });
		folder.version += 1;
	}

	private stamp(): Times {
		const now = this.nas.clock.now();
		return { crtime: now, mtime: now, ctime: now, atime: now };
	}

	private common = (name: string, owner: string): Common => ({ name, owner, times: this.stamp() });

	private count(owner: string, bytes: number): void {
		this.usedBytes += bytes;
		this.owned.set(owner, (this.owned.get(owner) ?? 0) + bytes);
	}

	private release({ content }: FileEntry): void {
		if (Buffer.isBuffer(content)) return;
		content.users -= 1;
		if (content.users === 0) void unlink(content.path).catch(() => undefined);
	}
}

/** An entry and all below it, parents first. */
export function* walk(entry: Entry): Generator<Entry> {
	yield entry;
	if (entry.kind === 'folder') for (const child of [...entry.children.values()]) yield* walk(child);
}

/** Bytes of a file, opened anew each time. One that was made with a size only holds zeros. */
export function open({ content, size }: FileEntry): Readable {
	if (!Buffer.isBuffer(content)) return createReadStream(content.path);
	return Readable.from(content.length === size ? [content] : zeros(size), { objectMode: false });
}

function* zeros(size: number): Generator<Buffer> {
	const chunk = Buffer.alloc(65_536);
	for (let left = size; left > 0; left -= chunk.length) yield chunk.subarray(0, Math.min(left, chunk.length));
}

export const read = async ({ content }: FileEntry): Promise<Buffer> =>
	Buffer.isBuffer(content) ? content : await readFile(content.path);

/** Names that DSM takes; else 418. */
export const isLegalName = (name: string): boolean =>
	name !== '' && name !== '.' && name !== '..' && !/[\\/\0-\x1f]/.test(name);

/** Longest name of the file system, in bytes; else 412. */
const LONGEST_NAME = 255;

/** Names from the shared folder down; `/home` is the caller's own. Throws 418 and 412. */
export function segmentsOf(user: User, path: string): string[] {
	const segments = path.split('/').slice(1);
	if (!path.startsWith('/') || segments.some((segment) => !isLegalName(segment))) throw new FileRefusal(418);
	if (segments.some((segment) => Buffer.byteLength(segment) > LONGEST_NAME)) throw new FileRefusal(412);
	return segments[0] === 'home' ? ['homes', user.name, ...segments.slice(1)] : segments;
}

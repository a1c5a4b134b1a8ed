import type { Nas, User } from '../../core/nas';
import {
	type Entry,
	FileRefusal,
	type Folder,
	segmentsOf,
	type Right,
	type Share,
	type Times,
	Volume,
} from '../../core/volume';
import { Tasks } from './tasks';
import type { Favorite, Link, Mount, Search } from './types';

/** What filestation.md leaves undecided or reports to differ by release. */
export interface FileSwitches {
	/** Milliseconds that a task takes. */
	taskMs: number;
	/** So many first status calls of a task answer 599 (4.10). */
	statusRace: number;
	/** Where a failed task says so: in the envelope, in `errors` of a finished status, or there in a single `error` (4.17). */
	taskErrors: 'envelope' | 'data' | 'single';
	/** The status of a task that ended says no more than that (5). */
	bareEnd: boolean;
	/** Deleting, copying or moving what is not there: success without effect, or 408 (1, 4.18). */
	missingPath: 'success' | 408;
	/** Searches that were not cleaned, above which the next start answers 402 (4.5). */
	mostSearches: number;
	/** The first answer of a search that found something says, too early, that it ended with nothing (4.5). */
	prematureSearch: boolean;
	/** So many searches more are discarded right after their start (4.5). */
	lostSearches: number;
	/** Three of five searches are discarded right after their start, and an unknown one answers as a discarded one (4.5). */
	discardsSearches: boolean;
	/** A pattern of a search is a part of the name, and its wildcards mean nothing (4.5). */
	plainPatterns: boolean;
	/** Downloads of one file honour ranges (4.13). */
	ranges: boolean;
	/** Deleting, copying and moving answer success and do nothing (1). */
	deaf: boolean;
	/** Copying and moving a folder leaves out the last of what is in it, and answers success (1). */
	halfFolders: boolean;
}

export interface PersonFile {
	/** Text, bytes, or only a size, for which no bytes are made. */
	content?: string | Buffer;
	size?: number;
	owner?: string;
	times?: Partial<Times>;
}

/** State of File Station, with doors for tests and for the demo: what people do over the network, by SMB or in the browser. */
export class FileState {
	readonly volume: Volume;
	readonly tasks: Tasks;
	readonly searches = new Map<string, Search>();
	readonly links = new Map<string, Link>();
	/** By login name. */
	readonly favorites = new Map<string, Favorite[]>();
	/** Remote folders and images that are mounted. */
	readonly mounts: Mount[] = [];
	readonly switches: FileSwitches;
	/** Searches that were started. */
	searched = 0;

	constructor(readonly nas: Nas) {
		this.switches = switchesOf(nas);
		this.volume = new Volume(nas);
		this.tasks = new Tasks(nas.clock, this.switches);
	}

	/** What came to the disk meanwhile, and what tasks did meanwhile. Runs before each call, since the clock may be a test's. */
	catchUp(): void {
		this.volume.takeIn();
		this.tasks.advance();
	}

	/** The entry at a path as an account sees it; undefined when there is none. Throws 407 without a right, 418 for illegal paths. */
	find(user: User, path: string): Entry | undefined {
		const [name = '', ...rest] = segmentsOf(user, path);
		if (name === 'homes') this.homeOf(user);
		const share = this.volume.shares.get(name);
		if (!share) return undefined;
		if (this.rightOf(user, share, rest) === 'NA') throw new FileRefusal(407);
		let entry: Entry | undefined = share.folder;
		for (const segment of rest) entry = entry?.kind === 'folder' ? entry.children.get(segment) : undefined;
		return entry;
	}

	/** The entry at a path. Throws 408 when there is none. */
	get(user: User, path: string): Entry {
		const entry = this.find(user, path);
		if (!entry) throw new FileRefusal(408);
		return entry;
	}

	/** The folder at a path. Throws 408. */
	folder(user: User, path: string): Folder {
		const entry = this.get(user, path);
		if (entry.kind !== 'folder') throw new FileRefusal(408);
		return entry;
	}

	/** Refuses a write below a path: 407 without the right, 411 on a file system that takes none. */
	mayWrite(user: User, path: string): void {
		const [name = '', ...rest] = segmentsOf(user, path);
		const share = this.volume.shares.get(name);
		if (!share) throw new FileRefusal(408);
		if (this.rightOf(user, share, rest) !== 'RW') throw new FileRefusal(407);
		if (share.readOnly) throw new FileRefusal(411);
	}

	shareOf(user: User, path: string): Share | undefined {
		return this.volume.shares.get(segmentsOf(user, path)[0] ?? '');
	}

	/** Right on a place in a share. In `homes` each account has its own folder only. */
	rightOf(user: User, { folder, rights, otherwise }: Share, rest: readonly string[] = []): Right {
		const own = folder.name === 'homes' && rest[0] === user.name;
		return rights.get(user.name) ?? (own || user.administrator ? 'RW' : otherwise);
	}

	/** Folders down to a path, made where they are missing. */
	makeFolders(user: User, path: string): Folder {
		const found = this.find(user, path);
		if (found?.kind === 'folder') return found;
		if (found) throw new FileRefusal(414);
		const at = path.lastIndexOf('/');
		if (at <= 0) throw new FileRefusal(407);
		this.mayWrite(user, path);
		return this.volume.addFolder(this.makeFolders(user, path.slice(0, at)), path.slice(at + 1), user.name);
	}

	private homeOf(user: User): void {
		const homes = this.volume.shares.get('homes') ?? this.volume.addShare('homes', { otherwise: 'NA' });
		if (!homes.folder.children.has(user.name)) this.volume.addFolder(homes.folder, user.name, user.name);
	}

	/** A person writes a file; folders are made as needed. */
	write(path: string, { content = '', size, owner = 'alice', times = {} }: PersonFile = {}): void {
		const bytes = Buffer.from(content as string);
		const [folder, name] = this.place(path);
		const now = this.nas.clock.now();
		const stamped = { mtime: now, ctime: now, ...times };
		this.volume.addFile(folder, name, { owner, content: bytes, size: size ?? bytes.length, times: stamped });
	}

	/** A person makes a folder, with those above it. */
	mkdir(path: string): Folder {
		return this.place(`${path}/x`)[0];
	}

	/** A person renames or moves. */
	move(from: string, to: string): void {
		const [folder, name] = this.place(to);
		this.volume.move(this.get(this.person, from), folder, name);
	}

	/** A person deletes, past the recycle bin. */
	remove(path: string): void {
		this.volume.remove(this.get(this.person, path));
	}

	/** A person copies; the time of modification stays, as copies on the NAS keep it. */
	copy(from: string, to: string): void {
		const [folder, name] = this.place(to);
		this.volume.copy(this.get(this.person, from), folder, 'alice', name);
	}

	/** A link runs out: yesterday was its last day. */
	expireLink(id: string): void {
		const link = this.links.get(id);
		if (!link) throw new FileRefusal(2000);
		link.date_expired = new Date(this.nas.clock.now() - 86_400_000).toISOString().slice(0, 10);
	}

	private place(path: string): [folder: Folder, name: string] {
		const at = path.lastIndexOf('/');
		const share = path.split('/')[1] ?? '';
		if (!this.volume.shares.has(share)) this.volume.addShare(share);
		return [this.makeFolders(this.person, path.slice(0, at)), path.slice(at + 1)];
	}

	private get person(): User {
		return this.nas.user('alice');
	}
}

/** File Station of a simulated NAS, made on first use. */
export function filesOf(nas: Nas): FileState {
	return nas.service('file', () => new FileState(nas));
}

/** How a release behaves by itself (releases.md 5). */
const switchesOf = (nas: Nas): FileSwitches => ({
	taskMs: 0,
	// One client met it from 7.3 on, not always (releases.md 5.8).
	statusRace: 0,
	taskErrors: 'envelope',
	bareEnd: false,
	missingPath: 'success',
	mostSearches: 20,
	prematureSearch: false,
	lostSearches: 0,
	discardsSearches: nas.shows('search.discardRate'),
	plainPatterns: nas.shows('search.patternSubstring'),
	ranges: true,
	deaf: false,
	halfFolders: false,
});

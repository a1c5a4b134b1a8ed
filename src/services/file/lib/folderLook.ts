import type { Dsm } from '../../../core/dsm';
import { keepBudget } from '../../../core/budget';
import { looksWrong } from '../../../catalog/absence';
import type { Observed, Snapshot } from '../../../catalog/sources';
import { eachInTurn } from '../../../core/turns';
import { parentOf } from '../fields';
import type { LeanEntry } from '../wire/files';
import { fingerprintOf, listFolders, probe, type Listing } from './folderTree';
import { statLean } from './stat';

export interface Watch {
	folder: string;
	recursive: boolean;
	/** Which files and folders count. */
	fits: (row: LeanEntry) => boolean;
	/** Also changes inside files are wanted, which no folder shows: everything is read each time. */
	content: boolean;
	/** Seconds that a file must have stayed as it is. */
	settle: number;
}

/** Kind and size, time of modification, time of creation. Of folders only what stays the same when something in them changes. */
export function fingerprintsOf({ is_dir, size = 0, mtime = 0, crtime = 0 }: LeanEntry): string[] {
	return is_dir ? ['d', '', String(crtime)] : [String(size), String(mtime), String(crtime)];
}

/** One thing as this poll saw it; the row is missing where the snapshot tells what is there. */
export type Seen = Observed<LeanEntry>;
type Items = Snapshot['items'];

/** One look at the watched folders: those whose fingerprint is empty are read, of the others the snapshot tells what is there. */
export class Look {
	readonly things = new Map<string, Seen>();
	/** Folder -> fingerprint. */
	readonly folders: Map<string, string>;
	/** Whether every folder that had to be read was. */
	complete = true;
	readonly #below = new Map<string, Set<string>>();
	#known: Promise<{ items: Items; before: Map<string, string[]> }> | undefined;
	readonly #read = new Set<string>();
	/** Folders that were read in several requests. */
	readonly #paged = new Set<string>();

	constructor(
		readonly watch: Watch,
		readonly dsm: Dsm,
		readonly now: number,
		/** What is known, asked for when a folder is not read: to unpack it takes longer than to read most folders. */
		readonly recall: () => Promise<Items>,
		fingerprints: Readonly<Record<string, string>>,
		/** Rows of folders, and of files that wait. */
		readonly probed = new Map<string, LeanEntry>(),
	) {
		this.folders = new Map(Object.entries(fingerprints));
		for (const path of this.folders.keys()) this.#noteFolder(path);
	}

	async read(goOn: () => boolean): Promise<void> {
		const { watch, dsm, probed } = this;
		let queue = [...this.folders].filter(([, fingerprint]) => fingerprint === '').map(([path]) => path);
		if (!watch.content && !probed.has(watch.folder))
			probed.set(watch.folder, (await probe(dsm, watch.folder, [])).get(watch.folder)!);
		// Whatever the time, one step is made: else a poll that is always late would never come to an end.
		const may = () => this.#read.size === 0 || goOn();
		while (queue.length > 0 && this.complete) {
			const found: string[] = [];
			for await (const [path, listing] of listFolders(dsm, queue, may, watch.folder))
				found.push(...(await this.#take(path, listing)));
			this.complete = queue.every((path) => this.#read.has(path));
			queue = found;
		}
		for (const path of [...this.folders.keys()]) if (!this.#read.has(path)) await this.#keep(path);
	}

	/** Files that wait, in folders that have not changed. */
	addWaiting(waiting: readonly string[]): void {
		for (const path of waiting) {
			const row = this.probed.get(path);
			if (row && !this.#read.has(parentOf(path))) this.#see({ ...row, path });
		}
	}

	/**
	 * What a folder seems to have lost is asked for by name (core.md 20). Between two pages something may slip through; a list of one page
	 * that leaves out what is there is none. Gives what is there all the same.
	 */
	async confirm(known: readonly string[]): Promise<Seen[]> {
		const missed = known.filter((id) => {
			const folder = parentOf(id);
			return this.#read.has(folder) && this.folders.has(folder) && !this.things.has(id);
		});
		if (missed.length === 0) return [];
		const { folder } = this.watch;
		const found = await statLean(this.dsm, [folder, ...missed]);
		if (!found.delete(folder)) throw looksWrong(`it leaves out the folder "${folder}", which can be listed`);
		for (const [path, row] of found) {
			if (!this.#paged.has(parentOf(path))) throw looksWrong(`it leaves out "${path}", which is there`);
			this.#see({ ...row, path });
		}
		return missed.flatMap((id) => this.things.get(id) ?? []);
	}

	/** Takes up what is in a folder; gives the folders below that are new. Those that are gone go with all below them. */
	async #take(folder: string, listing: Listing | undefined): Promise<string[]> {
		this.#read.add(folder);
		if (!this.folders.has(folder)) return [];
		this.folders.set(folder, listing ? fingerprintOf(this.probed.get(folder), this.now) : '');
		if (!listing) {
			await this.#keep(folder);
			return [];
		}
		if (listing.paged) this.#paged.add(folder);
		const below = new Map(
			this.watch.recursive ? listing.rows.filter(({ is_dir }) => is_dir).map((row) => [row.path, row]) : [],
		);
		for (const path of [...(this.#below.get(folder) ?? [])]) if (!below.has(path)) this.#forget(path);
		await eachInTurn(listing.rows, (row) => this.#see(row));
		const fresh = [...below.keys()].filter((path) => !this.folders.has(path));
		for (const path of fresh) {
			this.probed.set(path, below.get(path)!);
			this.folders.set(path, '');
			this.#noteFolder(path);
		}
		this.#checkSize();
		return fresh;
	}

	#see(row: LeanEntry): void {
		if (this.watch.fits(row)) this.things.set(row.path, { id: row.path, fingerprints: fingerprintsOf(row), row });
	}

	/** What was in a folder that is not read now. */
	async #keep(folder: string): Promise<void> {
		const { items, before } = await (this.#known ??= this.#recalled());
		for (const id of before.get(folder) ?? []) this.things.set(id, { id, fingerprints: items[id]! } as unknown as Seen);
	}

	async #recalled(): Promise<{ items: Items; before: Map<string, string[]> }> {
		const items = await this.recall();
		const before = new Map<string, string[]>();
		await eachInTurn(Object.keys(items), (id) => group(before, parentOf(id), id));
		return { items, before };
	}

	#noteFolder(path: string): void {
		const list = this.#below.get(parentOf(path));
		if (list) list.add(path);
		else this.#below.set(parentOf(path), new Set([path]));
	}

	#forget(folder: string): void {
		this.folders.delete(folder);
		this.#below.get(parentOf(folder))?.delete(folder);
		for (const path of [...(this.#below.get(folder) ?? [])]) this.#forget(path);
	}

	#checkSize(): void {
		keepBudget('watchedFiles', this.things.size + this.folders.size, { path: ['folder'] });
	}
}

function group(groups: Map<string, string[]>, key: string, value: string): void {
	const list = groups.get(key);
	if (list) list.push(value);
	else groups.set(key, [value]);
}

import { refuseTwins } from '../../../catalog/absence';
import type { Dsm } from '../../../core/dsm';
import type { DsmError } from '../../../core/errors';
import { inside } from '../fields';
import { LEAN_PAGE, listFolderLean, type LeanEntry } from '../wire/files';
import { missing, statLean } from './stat';

/** What DSM keeps beside the files of people: its recycle bin, snapshots, thumbnails. */
const IGNORED = new Set(['#recycle', '#snapshot', '@eaDir']);

/** Folders whose first pages are asked for in one request. */
const TOGETHER = 10;

/** What is in a folder. */
export interface Listing {
	rows: LeanEntry[];
	/** The folder may have changed between two of its pages. */
	paged: boolean;
}

interface Page {
	rows: LeanEntry[];
	total?: number | undefined;
}

const request = (folder_path: string, offset: number) => ({
	folder_path,
	offset,
	limit: LEAN_PAGE,
	sort_by: 'name',
	additional: ['size', 'time'],
});

/**
 * Lists folders, ten in one request where there are several. One that cannot be read now gives undefined and holds up no other; only the
 * first of all, whose listing is what the poll is about, must be readable.
 */
export async function* listFolders(
	dsm: Dsm,
	folders: readonly string[],
	goOn: () => boolean,
	root: string,
): AsyncGenerator<[string, Listing | undefined]> {
	for (let at = 0; at < folders.length && goOn(); at += TOGETHER) {
		const some = folders.slice(at, at + TOGETHER);
		const answers = await dsm.batch(some.map((folder) => ({ call: listFolderLean, params: request(folder, 0) })));
		for (const [index, answer] of answers.entries()) {
			const folder = some[index]!;
			if ('error' in answer && (folder === root || !isRefusal(answer.error))) throw answer.error;
			yield [folder, 'error' in answer ? undefined : await rest(dsm, folder, answer.data)];
		}
	}
}

/** What the NAS says of one folder; a lost connection is no such thing. */
const isRefusal = ({ code }: DsmError): boolean => code === 'api' || code === 'permission';

/** The pages after the first one. Pages shift when something comes or goes meanwhile: what is seen twice counts once. */
async function rest(dsm: Dsm, folder: string, first: Page): Promise<Listing> {
	const rows = new Map<string, LeanEntry>();
	const add = ({ rows: some }: Page): number => {
		refuseTwins(some, ({ path }) => path);
		for (const row of some) {
			if (IGNORED.has(row.name)) continue;
			const path = inside(folder, row.name);
			rows.set(row.path, row.path === path ? row : { ...row, path });
		}
		return some.length;
	};
	let offset = add(first);
	const paged = offset < (first.total ?? offset);
	for (let total = first.total ?? offset; offset < total;) {
		const page: Page = await dsm.call(listFolderLean, request(folder, offset));
		const count = add(page);
		if (count === 0) break;
		offset += count;
		total = page.total ?? total;
	}
	return { rows: [...rows.values()], paged };
}

/** Rows of folders and of files that wait to be told. Throws when the watched folder itself is gone. */
export async function probe(dsm: Dsm, root: string, paths: readonly string[]): Promise<Map<string, LeanEntry>> {
	const rows = await statLean(dsm, [root, ...paths]);
	if (rows.has(root)) return rows;
	throw missing(root);
}

/** How long ago the last change of a folder must be before the next one is sure to show: times have whole seconds. */
const GRAIN = 2000;

/**
 * Fingerprint of a folder, which changes when something is added to a folder, removed from it or renamed in it. Empty when the last such change is so fresh
 * that another one may bear the same time. The time of change counts, too: programs may set the other one back, but not this one.
 */
export function fingerprintOf(row: LeanEntry | undefined, now: number): string {
	const { mtime, ctime = mtime } = row ?? {};
	if (mtime === undefined || ctime === undefined || ctime * 1000 > now - GRAIN) return '';
	return `${mtime}.${ctime}`;
}

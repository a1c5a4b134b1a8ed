import type { Dsm } from '../../core/dsm';
import { DsmApiError, type DsmError } from '../../core/errors';
import { fileCode } from '../../core/codes';
import { stat } from './background';
import { listFolder } from './calls';
import { inside, type FileRow } from './fields';

/** What DSM keeps beside the files of people: its recycle bin, snapshots, thumbnails. */
const IGNORED = new Set(['#recycle', '#snapshot', '@eaDir']);

/** Rows per request: above some thousands one answer gets slow and heavy (filestation.md 4.3). */
export const PAGE = 2000;
/** Folders whose first pages are asked for in one request. */
const TOGETHER = 10;

/** What is in a folder. */
export interface Listing {
	rows: FileRow[];
	/** The folder may have changed between two of its pages. */
	paged: boolean;
}

interface Page {
	files?: FileRow[];
	total?: number;
}

const request = (folder_path: string, offset: number) => ({
	folder_path,
	offset,
	limit: PAGE,
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
		const answers = await dsm.batch(some.map((folder) => ({ call: listFolder, params: request(folder, 0) })));
		for (const [index, answer] of answers.entries()) {
			const folder = some[index]!;
			if ('error' in answer && (folder === root || !isRefusal(answer.error))) throw answer.error;
			yield [folder, 'error' in answer ? undefined : await rest(dsm, folder, answer.data as Page)];
		}
	}
}

/** What the NAS says of one folder; a lost connection is no such thing. */
const isRefusal = ({ code }: DsmError): boolean => code === 'api' || code === 'permission';

/** The pages after the first one. Pages shift when something comes or goes meanwhile: what is seen twice counts once. */
async function rest(dsm: Dsm, folder: string, first: Page): Promise<Listing> {
	const rows = new Map<string, FileRow>();
	const add = ({ files = [] }: Page): number => {
		for (const row of files) if (!IGNORED.has(row.name)) rows.set(row.path, row);
		return files.length;
	};
	let offset = add(first);
	const paged = offset < (first.total ?? offset);
	for (let total = first.total ?? offset; offset < total;) {
		const page = (await dsm.call(listFolder, request(folder, offset))) as Page;
		const count = add(page);
		if (count === 0) break;
		offset += count;
		total = page.total ?? total;
	}
	return { rows: [...rows.values()].map((row) => ({ ...row, path: inside(folder, row.name) })), paged };
}

/** Rows of folders and of files that wait to be told. Throws when the watched folder itself is gone. */
export async function probe(dsm: Dsm, root: string, paths: readonly string[]): Promise<Map<string, FileRow>> {
	const rows = await stat(dsm, [root, ...paths], ['size', 'time']);
	if (rows.has(root)) return rows;
	const { cause, remedy } = fileCode(408)!;
	throw new DsmApiError(`${cause}: ${root} (code 408).`, { dsmCode: 408, hint: remedy });
}

/** How long ago the last change of a folder must be before the next one is sure to show: times have whole seconds. */
const GRAIN = 2000;

/**
 * Text that changes when something is added to a folder, removed from it or renamed in it. Empty when the last such change is so fresh
 * that another one may bear the same time. The time of change counts, too: programs may set the other one back, but not this one.
 */
export function printOf(row: FileRow | undefined, now: number): string {
	const { mtime, ctime = mtime } = row?.additional?.time ?? {};
	if (mtime === undefined || ctime === undefined || ctime * 1000 > now - GRAIN) return '';
	return `${mtime}.${ctime}`;
}

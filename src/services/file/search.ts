import type { Dsm } from '../../core/dsm';
import { moment } from '../../catalog/fields';
import { procedure } from '../../catalog/operation';
import { timeout, waitFor } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { searching } from './calls';
import { additional, fileRow, filetype, folder, pattern, type FileRow } from './fields';

const bytes = (title: string, description: string) =>
	z.coerce.number<number | string>().int().min(0).optional().meta({ title, description, advanced: true });
const when = (title: string, description: string) => moment().optional().meta({ title, description, advanced: true });

const params = z.object({
	folder: folder(),
	pattern,
	recursive: z
		.boolean()
		.default(true)
		.meta({ title: 'Search Below', description: 'Whether the folders below are searched, too' }),
	filetype,
	extension: z.string().optional().meta({
		title: 'Extension',
		description: 'Extensions of the files, with commas between them',
		placeholder: 'e.g. pdf',
		advanced: true,
	}),
	search_content: z.boolean().default(false).meta({
		title: 'Search in Content',
		description: 'Whether the content of indexed files is searched, too',
		advanced: true,
	}),
	size_from: bytes('Smallest Size', 'Bytes that a file has at least'),
	size_to: bytes('Largest Size', 'Bytes that a file has at most'),
	mtime_from: when('Modified From', 'Earliest time of modification'),
	mtime_to: when('Modified To', 'Latest time of modification'),
	crtime_from: when('Created From', 'Earliest time of creation'),
	crtime_to: when('Created To', 'Latest time of creation'),
	owner: z
		.string()
		.optional()
		.meta({ title: 'Owner', description: 'Login name of the owner', placeholder: 'e.g. alice', advanced: true }),
	additional,
	timeout: timeout(300),
});
type Params = z.output<typeof params>;

const seconds = (milliseconds: number | undefined) =>
	milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);

/** Files and folders are always asked for: without `filetype` DSM leaves folders out (filestation.md 4.5). */
const request = ({ folder: folder_path, pattern: names, ...given }: Params) => ({
	folder_path,
	recursive: given.recursive,
	filetype: given.filetype,
	...(names !== '' && { pattern: /[?*]/.test(names) ? names : `*${names}*` }),
	...(given.search_content && { search_content: true }),
	extension: given.extension,
	size_from: given.size_from,
	size_to: given.size_to,
	mtime_from: seconds(given.mtime_from),
	mtime_to: seconds(given.mtime_to),
	crtime_from: seconds(given.crtime_from),
	crtime_to: seconds(given.crtime_to),
	owner: given.owner,
});

const PAGE = 1000;
/** Further looks before a search that ended at once with nothing is believed: some releases say so too early. */
const DOUBTS = 2;

interface Page {
	files?: FileRow[];
	finished?: boolean;
	total?: number;
}

async function* found(given: Params, dsm: Dsm): AsyncGenerator<FileRow> {
	const { taskid } = (await dsm.call(searching.start, request(given))) as { taskid: string };
	// A signal of its own: what the search leaves on the NAS must go also when the flow has been stopped.
	const free = dsm.with({ signal: new AbortController().signal });
	const stop = async (by: Dsm) => await by.call(searching.stop, { taskid });
	const ask = async (offset: number, limit: number) =>
		(await dsm.call(searching.list, { taskid, offset, limit, additional: given.additional })) as Page;
	try {
		let doubts = 0;
		const isDone = ({ finished, total = 0 }: Page) => finished === true && (total > 0 || doubts++ >= DOUBTS);
		const { total = 0 } = await waitFor(dsm, {
			status: async () => await ask(0, 1),
			isDone,
			stop,
			timeout: given.timeout,
			what: 'The search',
		});
		for (let offset = 0; offset < total;) {
			const { files = [] } = await ask(offset, PAGE);
			if (files.length === 0) return;
			yield* files;
			offset += files.length;
		}
	} finally {
		await stop(free).catch(() => undefined);
		await free.call(searching.clean, { taskid }).catch(() => undefined);
	}
}

/** The search under way on each NAS: several at once exhaust its service (filestation.md 4.5). */
const running = new Map<string, Promise<void>>();

/** Rows of one search after the other. */
async function* inTurn(given: Params, dsm: Dsm): AsyncGenerator<FileRow> {
	const before = running.get(dsm.url) ?? Promise.resolve();
	let free = (): void => undefined;
	const mine = before.then(async () => await new Promise<void>((resolve) => void (free = resolve)));
	running.set(dsm.url, mine);
	await before;
	try {
		yield* found(given, dsm);
	} finally {
		free();
		if (running.get(dsm.url) === mine) running.delete(dsm.url);
	}
}

export const search = procedure({
	title: 'Search for files and folders',
	summary:
		'Looks for files and folders by name, size, time, owner or content, waits until the NAS has looked everywhere, and tidies up.',
	uses: Object.values(searching),
	params,
	result: z.array(fileRow),
	readOnly: true,
	basis: 'guide',
	each: inTurn,
});

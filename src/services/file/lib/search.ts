import type { Dsm } from '../../../core/dsm';
import { DsmApiError } from '../../../core/errors';
import { waitFor } from '../../../catalog/tasks';
import type { Entry } from '../wire/files';
import { searching } from '../wire/tasks';

export interface Searching {
	/** What the search is started with. */
	wire: Record<string, unknown>;
	additional: readonly string[];
	/** Seconds. */
	timeout: number;
	/** Of the rows. */
	order: { sort_by: string; sort_direction: string };
}

const PAGE = 1000;
/** Further looks before a search that ended at once with nothing is believed: some releases say so too early. */
const DOUBTS = 2;
/** The NAS may forget a search at any moment: it is begun again so often (filestation.md 4.5). */
const STARTS = 20;
const PAUSE = 200;

/** One look; undefined: the NAS does not know the search any more, and says so twice. */
type Look = { finished: boolean; total: number; files: Entry[] } | undefined;

/** Rows of a search, begun again when the NAS has lost it; none comes twice. */
async function* found(given: Searching, dsm: Dsm): AsyncGenerator<Entry> {
	const seen = new Set<string>();
	const end = dsm.now() + given.timeout * 1000;
	for (let start = 1; start <= STARTS; start++) {
		const seconds = Math.max(1, Math.ceil((end - dsm.now()) / 1000));
		const { isLost } = yield* once({ ...given, timeout: seconds }, dsm, seen);
		if (!isLost) return;
		await dsm.sleep(PAUSE);
	}
	throw new DsmApiError('The NAS lost the search again and again.', {
		retryable: true,
		hint: 'Try again in a minute, or search a folder further down.',
	});
}

async function* once(
	given: Searching,
	dsm: Dsm,
	seen: Set<string>,
): AsyncGenerator<Entry, { isLost: boolean }, undefined> {
	const { taskid } = await dsm.call(searching.start, given.wire);
	// A signal of its own: what the search leaves on the NAS must go also when the flow has been stopped.
	const free = dsm.with({ signal: new AbortController().signal });
	const stop = async (by: Dsm) => await by.call(searching.stop, { taskid });
	const ask = async (offset: number, limit: number): Promise<Look> => {
		for (let again = 0; again < 2; again++) {
			const answer = await dsm.call(searching.list, {
				taskid,
				offset,
				limit,
				additional: given.additional,
				...given.order,
			});
			const { finished, total, files } = answer;
			if (total !== undefined || files !== undefined) return { finished, total: total ?? 0, files: files ?? [] };
		}
		return undefined;
	};
	try {
		let doubts = 0;
		const first = await waitFor(dsm, {
			status: async () => await ask(0, 1),
			isDone: (look) => !look || (look.finished && (look.total > 0 || doubts++ >= DOUBTS)),
			stop,
			timeout: given.timeout,
			what: 'The search',
		});
		for (let offset = 0; offset < (first?.total ?? 0);) {
			const look = await ask(offset, PAGE);
			if (!look) return { isLost: true };
			if (look.files.length === 0) break;
			for (const row of look.files) {
				if (seen.has(row.path)) continue;
				seen.add(row.path);
				yield row;
			}
			offset += look.files.length;
		}
		return { isLost: first === undefined };
	} finally {
		await stop(free).catch(() => undefined);
		await free.call(searching.clean, { taskid }).catch(() => undefined);
	}
}

/** The search under way on each NAS: several at once exhaust its service (filestation.md 4.5). */
const running = new Map<string, Promise<void>>();

/** Rows of one search after the other. */
export async function* search(given: Searching, dsm: Dsm): AsyncGenerator<Entry> {
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

import type { Dsm } from '../../../core/dsm';
import { DsmApiError, type DsmError } from '../../../core/errors';
import { errors } from '../errors';
import { getInfo, getInfoLean, type Entry, type LeanEntry, type LookedUp } from '../wire/files';

/** What has a row like an entry of a folder, or only says that it is not there. */
interface Seen {
	path: string;
	name?: string | undefined;
	is_dir?: boolean | undefined;
	code?: number | undefined;
}

/**
 * Rows of what is there, by path. How DSM says that something is not differs: a row with a code, one without a name, none, or an error
 * for the whole call, which `about` of the call takes care of (filestation.md 4.4).
 */
function present<S extends Seen, E extends S>(rows: readonly S[], asked: readonly string[]): Map<string, E> {
	const isThere = (row: S): row is E => row.code === undefined && !!row.name && row.is_dir !== undefined;
	return new Map(rows.filter(isThere).map((row) => [asked.length === 1 ? asked[0]! : row.path, row]));
}

/** Rows of the paths that exist, out of those that the NAS gave for them. */
export const entriesOf = (rows: readonly LookedUp[], asked: readonly string[]): Map<string, Entry> =>
	present<LookedUp, Entry & LookedUp>(rows, asked);

export const DETAILS = ['size', 'time', 'type'];

/** Rows of paths that exist. */
export const stat = async (
	dsm: Dsm,
	paths: readonly string[],
	additional: readonly string[] = DETAILS,
): Promise<Map<string, Entry>> => entriesOf(await dsm.list(getInfo, { path: paths, additional }, READ), paths);

/** The same for triggers. */
export async function statLean(dsm: Dsm, paths: readonly string[]): Promise<Map<string, LeanEntry>> {
	const rows = await dsm.list(getInfoLean, { path: paths, additional: ['size', 'time'] }, READ);
	return present<(typeof rows)[number], LeanEntry & (typeof rows)[number]>(rows, paths);
}

const READ = { readOnly: true };

/** The error of a path where nothing is. */
export function missing(path: string, cause?: unknown): DsmApiError {
	const { cause: text, remedy } = errors[408]!;
	return new DsmApiError(`${text}: ${path} (code 408).`, {
		dsmCode: 408,
		hint: remedy,
		...(cause !== undefined && { cause }),
	});
}

/** Looks, and the pause between two of them in milliseconds, at what the NAS may be deleting. */
const LOOKS = 10;
const PAUSE = 1500;

/** How a deletion ended whose start got no answer: nothing is there any more. What stays leaves it unknown. */
export async function whenGone(
	dsm: Dsm,
	paths: readonly string[],
	lost: DsmError,
): Promise<{ is: 'gone'; id: string }> {
	for (let look = 1; look <= LOOKS; look++) {
		if ((await stat(dsm, paths, [])).size === 0) return { is: 'gone', id: '' };
		await dsm.sleep(PAUSE);
	}
	throw lost;
}

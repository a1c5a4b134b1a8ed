import { randomUUID } from 'node:crypto';
import type { FileSource } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, DsmInputError, isDsmError, withDetails } from '../../../core/errors';
import { checked } from '../../../core/misfit';
import { settled } from '../../../core/outcome';
import { timeOf } from '../../../catalog/row';
import { inside, name, overwriteOf, type Conflict } from '../fields';
import { renameEntry, upload, type Entry } from '../wire/files';
import { DETAILS, stat } from './stat';

export interface Uploading {
	folder: string;
	file: FileSource;
	filename?: string | undefined;
	conflict: Conflict;
	create_parents: boolean;
	/** Milliseconds. */
	mtime?: number | undefined;
	crtime?: number | undefined;
	atime?: number | undefined;
}

type Uploaded = Entry & { skipped: boolean };

/** Sends a file under the name that was asked for, and looks whether all of it arrived. */
export async function send(given: Uploading, dsm: Dsm): Promise<Uploaded> {
	const wanted = given.filename ?? fitting(given.file.name);
	return wanted.includes('"') ? await sendRenamed(given, wanted, dsm) : await sendAs(given, wanted, dsm);
}

/** The name of the file itself has to be one that DSM takes, as one that was typed has. */
function fitting(own: string): string {
	const result = checked(name(), own);
	if ('data' in result) return result.data;
	throw new DsmInputError(`The name of the file does not fit: ${result.misfit.text}.`, {
		path: ['filename'],
		hint: 'Enter a file name.',
	});
}

/**
 * Quotes do not get through the header of the part, and what the NAS makes of them is not known (core.md 10.6): such a file is sent under
 * another name and renamed. What is there is never replaced that way.
 */
async function sendRenamed(given: Uploading, wanted: string, dsm: Dsm): Promise<Uploaded> {
	const target = inside(given.folder, wanted);
	const there = (await stat(dsm, [target])).get(target);
	if (there && given.conflict === 'skip') return { ...there, skipped: true };
	if (there && given.conflict === 'error') throw exists(target);
	if (there)
		throw new DsmInputError(`"${target}" cannot be overwritten: the name has quotes, which an upload does not take.`, {
			path: ['filename'],
			hint: 'Delete the old file first, or choose a name without quotes.',
		});
	const sent = await sendAs({ ...given, conflict: 'error' }, `${randomUUID()}.part`, dsm);
	const wire = { path: [sent.path], name: [wanted], additional: DETAILS };
	const renamed = await dsm.call(renameEntry, wire).catch((error: unknown) => {
		if (!isDsmError(error)) throw error;
		throw withDetails(error, {}, `${error.message} The file was sent, and lies at "${sent.path}".`);
	});
	return { ...sent, ...renamed, path: target, name: wanted, skipped: false };
}

/** An answer may be lost, a `blSkip` inside a success says that the existing file was kept, and a proxy may have cut the body short. */
async function sendAs(
	{ folder: path, file: source, conflict, create_parents, filename: _, ...times }: Uploading,
	as: string,
	dsm: Dsm,
): Promise<Uploaded> {
	const sent: FileSource = { ...source, name: as, open: () => source.open() };
	const wire = { path, create_parents, ...overwriteOf(conflict), ...times, file: sent };
	const target = inside(path, as);
	const { blSkip: kept = false, file: stored } = await settled(
		dsm,
		async () => await dsm.call(upload, wire),
		async (since) => ((await arrived(dsm, target, sent.size, since)) ? { blSkip: false } : undefined),
	);
	if (stored && stored.normalize() !== as.normalize()) throw misnamed(inside(path, stored), target);
	if (kept && conflict !== 'skip') throw exists(target);
	const row = (await stat(dsm, [target])).get(target);
	if (!row)
		throw new DsmApiError(`DSM reported success, but "${target}" is not there.`, {
			outcomeUnknown: true,
			hint: 'Look at the folder on the NAS, then try again.',
		});
	const size = row.size ?? sent.size;
	if (!kept && size !== sent.size) throw incomplete(target, size, sent.size);
	return { ...row, skipped: kept };
}

/** Looks at a file that may still be written by the NAS, in all, and the pause between two of them in milliseconds. */
const LOOKS = 30;
const PAUSE = 2000;
/** So often nothing is found before that is believed: the NAS moves a file into its place when it has all of it. */
const DOUBTS = 3;

/** Whether a file came whole since then; false: nothing of it is there. Throws when it came in part. */
async function arrived(dsm: Dsm, path: string, size: number, since: number): Promise<boolean> {
	let last: number | undefined;
	for (let look = 1; look <= LOOKS; look++) {
		if (look > 1) await dsm.sleep(PAUSE);
		const row = (await stat(dsm, [path])).get(path);
		const isNew = row !== undefined && timeOf(row.ctime ?? row.mtime) >= since;
		if (isNew && row.size === size) return true;
		if (!isNew && look >= DOUBTS) return false;
		if (isNew && row.size === last) break;
		last = isNew ? row.size : undefined;
	}
	throw incomplete(path, last ?? 0, size);
}

const exists = (path: string): Error =>
	new DsmApiError(`"${path}" exists and was kept: nothing was written.`, {
		dsmCode: 414,
		hint: 'Choose another name, or allow overwriting.',
	});

const misnamed = (path: string, wanted: string): Error =>
	new DsmApiError(`DSM stored the file as "${path}" instead of "${wanted}".`, {
		hint: 'Rename it, or choose a name without special characters.',
	});

const incomplete = (path: string, size: number, wanted: number): Error =>
	new DsmApiError(`"${path}" has ${size} bytes on the NAS instead of ${wanted}.`, {
		hint: 'The upload was cut short on its way, or somebody else changed the file just then. Upload it again, overwriting.',
	});

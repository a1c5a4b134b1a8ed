import type { Dsm } from '../../../core/dsm';
import type { DsmError } from '../../../core/errors';
import { settled } from '../../../core/outcome';
import { unlessAbsent } from '../../../catalog/lost';
import { nothing, procedure } from '../../../catalog/operation';
import { namePattern } from '../../../catalog/pattern';
import { timeOf } from '../../../catalog/row';
import { timeout } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { anyFile, anyFolder, files, namePattern as pattern } from '../fields';
import { carryOut, outcome, waiting, type Outcome } from '../lib/driveTask';
import { ABSENT, isFolder, isMissing } from '../lib/files';
import { wholeList } from '../lib/wholeList';
import { deleteFiles, getFile, listFolder, type DriveFile } from '../wire/files';

const permanent = z.boolean().default(false).meta({
	title: 'Permanently',
	description: 'Whether it is deleted for ever, instead of being put into the trash',
});

/** Only what is in the trash can be deleted for ever, by its id, which survives (drive.md 4.9). */
async function discard(dsm: Dsm, addresses: string[], forEver: boolean, seconds: number): Promise<Outcome[]> {
	const take = async (list: string[], permanent: boolean): Promise<Outcome[]> => {
		if (list.length === 0) return [];
		const params = { files: list, ...(permanent && { permanent }) };
		const work = async () => await carryOut(dsm, { call: deleteFiles, params, timeout: seconds, what: 'Deleting' });
		if (permanent) return await work();
		return await settled(dsm, work, async (_, lost) => await whenTrashed(dsm, list, lost));
	};
	if (!forEver) return await take(addresses, false);
	const found = await idsOf(dsm, addresses);
	const living = found.filter(({ removed }) => !removed).map(({ id }) => id);
	await take(living, false);
	return await take(
		found.map(({ id }) => id),
		true,
	);
}

/** Looks, and the pause between two of them in milliseconds, at what the NAS may be deleting. */
const LOOKS = 10;
const PAUSE = 1500;

/** Outcomes of a deletion whose start got no answer: nothing is there any more. What stays leaves it unknown. */
async function whenTrashed(dsm: Dsm, addresses: string[], lost: DsmError): Promise<Outcome[]> {
	for (let look = 1; look <= LOOKS; look++) {
		const found = await Promise.all(
			addresses.map(async (path) => await unlessAbsent(dsm.call(getFile, { path }), ABSENT)),
		);
		if (found.every((one) => one === undefined || one.removed)) return addresses.map((path) => ({ done: true, path }));
		await dsm.sleep(PAUSE);
	}
	throw lost;
}

/** An id is taken as it is: what lies in the trash may not be found by asking for it. */
async function idsOf(dsm: Dsm, addresses: string[]): Promise<{ id: string; removed: boolean }[]> {
	const found: { id: string; removed: boolean }[] = [];
	for (const address of addresses) {
		try {
			const { file_id, removed = false } = await dsm.call(getFile, { path: address });
			found.push({ id: `id:${file_id}`, removed });
		} catch (error) {
			if (!isMissing(error) || !/^id:\d+$/.test(address)) throw error;
			found.push({ id: address, removed: true });
		}
	}
	return found;
}

export const remove = procedure({
	title: 'Delete a file or folder',
	summary: 'Puts a file or folder into the trash, or deletes it for ever.',
	uses: [getFile, deleteFiles, ...waiting],
	params: z.object({ path: anyFile(), permanent, timeout: timeout() }),
	result: nothing,
	destructive: true,
	deletes: true,
	async run(wanted, dsm) {
		await discard(dsm, [wanted.path], wanted.permanent, wanted.timeout);
		return {};
	},
});

export const removeMany = procedure({
	title: 'Delete several files',
	summary: 'Puts several files and folders into the trash, or deletes them for ever; what failed is a row of its own.',
	uses: [getFile, deleteFiles, ...waiting],
	params: z.object({ files: files('Files', 'Files and folders to delete', 1), permanent, timeout: timeout() }),
	result: z.array(outcome),
	destructive: true,
	run: async (wanted, dsm) => await discard(dsm, wanted.files, wanted.permanent, wanted.timeout),
});

export const deleteOldest = procedure({
	title: 'Delete the oldest files',
	summary: 'Keeps the newest files of a folder, as for backups, and deletes the others.',
	uses: [listFolder, getFile, deleteFiles, ...waiting],
	params: z.object({
		folder: anyFolder('Folder', 'Folder to thin out; its subfolders stay'),
		keep: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.default(7)
			.meta({ title: 'Keep', description: 'Files that stay' }),
		pattern: pattern('files').meta({ placeholder: 'e.g. dump-*.sql.gz' }),
		by: z
			.enum(['created_time', 'modified_time'])
			.default('created_time')
			.meta({
				title: 'Newest By',
				description: 'Which time decides',
				labels: { created_time: 'Created in Drive', modified_time: 'Modified' },
				advanced: true,
			}),
		permanent,
		timeout: timeout(),
	}),
	result: z.array(outcome),
	destructive: true,
	async run({ folder, pattern: names, by, keep, permanent: forEver, timeout: seconds }, dsm) {
		const fits = namePattern(names);
		const found = (await wholeList(dsm, listFolder, { path: folder })).filter(
			(row) => !isFolder(row) && fits(row.name),
		);
		const time = (row: DriveFile): number => timeOf(row[by]) || 0;
		// Of one second the later number is the newer file.
		const order = found.sort((a, b) => time(b) - time(a) || Number(b.sync_id ?? 0) - Number(a.sync_id ?? 0));
		const old = order.slice(keep).map(({ file_id }) => `id:${file_id}`);
		return old.length === 0 ? [] : await discard(dsm, old, forEver, seconds);
	},
});

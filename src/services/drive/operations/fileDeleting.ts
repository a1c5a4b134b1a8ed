import type { Dsm } from '../../core/dsm';
import { procedure } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { calls, isFolder, isMissing, nothing, type WireFile } from './fields';
import { anyFile, anyFolder, files } from './place';
import { carryOut, outcome, waiting, type Outcome } from './tasks';

const permanent = z.boolean().default(false).meta({
	title: 'Permanently',
	description: 'Whether it is deleted for ever, instead of being put into the trash',
});

/** Only what is in the trash can be deleted for ever, by its id, which survives (drive.md 4.9). */
async function discard(dsm: Dsm, addresses: string[], forEver: boolean, seconds: number): Promise<Outcome[]> {
	const take = async (list: string[], permanent: boolean): Promise<Outcome[]> => {
		if (list.length === 0) return [];
		const params = { files: list, ...(permanent && { permanent }) };
		return await carryOut(dsm, { call: calls.delete, params, timeout: seconds, what: 'Deleting' });
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

/** An id is taken as it is: what lies in the trash may not be found by asking for it. */
async function idsOf(dsm: Dsm, addresses: string[]): Promise<{ id: string; removed: boolean }[]> {
	const found: { id: string; removed: boolean }[] = [];
	for (const address of addresses) {
		try {
			const row = (await dsm.call(calls.get, { path: address }, { readOnly: true })) as WireFile;
			found.push({ id: `id:${row.file_id}`, removed: row.removed === true });
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
	uses: [calls.get, calls.delete, ...waiting],
	params: z.object({ path: anyFile(), permanent, timeout: timeout() }),
	result: nothing,
	destructive: true,
	basis: 'capture',
	async run(wanted, dsm) {
		await discard(dsm, [wanted.path], wanted.permanent, wanted.timeout);
		return {};
	},
});

export const removeMany = procedure({
	title: 'Delete several files',
	summary: 'Puts several files and folders into the trash, or deletes them for ever; what failed is a row of its own.',
	uses: [calls.get, calls.delete, ...waiting],
	params: z.object({ files: files('Files', 'Files and folders to delete', 1), permanent, timeout: timeout() }),
	result: z.array(outcome),
	destructive: true,
	basis: 'capture',
	run: async (wanted, dsm) => await discard(dsm, wanted.files, wanted.permanent, wanted.timeout),
});

/** Matches a file name: `*` stands for any text, `?` for one character. */
export const matcher = (pattern: string): ((name: string) => boolean) => {
	if (pattern === '') return () => true;
	const source = pattern
		.normalize('NFC')
		.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
		.replaceAll('*', '.*')
		.replaceAll('?', '.');
	const expression = new RegExp(`^${source}$`, 'isu');
	return (name) => expression.test(name.normalize('NFC'));
};

export const keepNewest = procedure({
	title: 'Keep the newest files',
	summary: 'Deletes the oldest files of a folder until only so many are left, as for backups.',
	uses: [calls.list, calls.get, calls.delete, ...waiting],
	params: z.object({
		folder: anyFolder('Folder', 'Folder to thin out; its subfolders stay'),
		keep: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.default(7)
			.meta({ title: 'Keep', description: 'Files that stay' }),
		pattern: z.string().default('').meta({
			title: 'Name Pattern',
			description: 'Only files of such names count, * for any text',
			placeholder: 'e.g. dump-*.sql.gz',
		}),
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
	basis: 'guide',
	async run(wanted, dsm) {
		const rows = (await dsm.call(calls.list, { path: wanted.folder }, { readOnly: true })) as { items: WireFile[] };
		const fits = matcher(wanted.pattern);
		const found = rows.items.filter((row) => !isFolder(row) && fits(row.name));
		const age = (row: WireFile): number => Number(row[wanted.by] ?? 0);
		// Of one second the later number is the newer file.
		const order = found.sort((a, b) => age(b) - age(a) || Number(b.sync_id ?? 0) - Number(a.sync_id ?? 0));
		const old = order.slice(wanted.keep).map(({ file_id }) => `id:${file_id}`);
		return old.length === 0 ? [] : await discard(dsm, old, wanted.permanent, wanted.timeout);
	},
});

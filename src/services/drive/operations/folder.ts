import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { textId } from '../../catalog/fields';
import { procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls, conflict, file, type WireFile } from './fields';
import { anyFolder, fileName } from './place';
import { folderAt } from './uploading';

const folder = z.looseObject({ file_id: textId(), display_path: z.string(), name: z.string().optional() });

/** Roots first, since the search finds only what lies in them. */
export const list = procedure({
	title: 'List folders',
	summary: 'Lists My Drive, the team folders, and the folders below them that the NAS has indexed.',
	uses: [calls.get, calls.teamFolders, calls.search],
	params: z.object({
		keyword: z.string().default('').meta({ title: 'Keyword', description: 'Text of the name; empty: all' }),
	}),
	result: z.array(folder),
	readOnly: true,
	basis: 'guide',
	async *each({ keyword }, dsm) {
		for (const root of await roots(dsm))
			if (root.display_path.toLowerCase().includes(keyword.toLowerCase())) yield root;
		for (let offset = 0; ;) {
			const params = { file_type: 'folder', sort_by: 'name', offset, limit: 1000, ...(keyword !== '' && { keyword }) };
			const { items = [], total = 0 } = (await dsm.call(calls.search, params)) as {
				items?: WireFile[];
				total?: number;
			};
			yield* items;
			offset += items.length;
			if (items.length === 0 || offset >= total) return;
		}
	},
});

/** An account without a home folder has no My Drive. */
async function roots(dsm: Dsm): Promise<{ file_id: string; display_path: string; name: string }[]> {
	const [home, teams] = await Promise.all([
		dsm
			.call(calls.get, { path: '/mydrive' })
			.catch((error: unknown) =>
				isDsmError(error) && error.code === 'api' ? undefined : Promise.reject(error as Error),
			),
		dsm.call(calls.teamFolders, {}),
	]);
	const rows = ((teams as { items?: { file_id: string; name: string }[] } | undefined)?.items ?? []).map(
		({ file_id, name }) => ({ file_id, name, display_path: `/team-folders/${name}` }),
	);
	return [
		...(home ? [{ file_id: (home as WireFile).file_id, name: 'My Drive', display_path: '/mydrive' }] : []),
		...rows,
	];
}

export const create = procedure({
	title: 'Create a folder',
	summary: 'Creates a folder, with those above it that are missing.',
	uses: [calls.get, calls.create],
	params: z.object({
		folder: anyFolder('In Folder', 'Folder that gets the new one'),
		name: fileName('Name of the new folder'),
		conflict_action: conflict(['stop', 'autorename', 'overwrite'], 'stop').meta({
			title: 'If the Name Is Taken',
			description: 'What happens when the folder exists',
			labels: { stop: 'Stop', autorename: 'Keep Both (Rename)', overwrite: 'Use the Existing One' },
		}),
	}),
	result: file,
	basis: 'guide',
	async run({ folder: parent, name, conflict_action }, dsm) {
		const path = `${await folderAt(dsm, parent, true)}/${name}`;
		return await dsm.call(calls.create, { path, type: 'folder', conflict_action });
	},
});

export const folders = resource('Folder', { list, create });

import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { settled } from '../../../core/outcome';
import { procedure, resource } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { anyFolder, conflict, fileName } from '../fields';
import { folderAt } from '../lib/folderAt';
import { madeFolder } from '../lib/uploaded';
import { createNode, file, getFile, listFolder, searchFiles } from '../wire/files';
import { listTeamFolders } from '../wire/people';

const folder = file.with({ type: field.text().optional(), display_path: field.text() });

/** Roots first, since the search finds only what lies in them. */
export const list = procedure({
	title: 'List folders',
	summary: 'Lists My Drive, the team folders, and the folders below them that the NAS has indexed.',
	uses: [getFile, listTeamFolders, searchFiles],
	params: z.object({
		keyword: z
			.string()
			.default('')
			.meta({ title: 'Keyword', description: 'Text of the name; empty: all', placeholder: 'e.g. report' }),
	}),
	result: z.array(folder),
	readOnly: true,
	async *each({ keyword }, dsm) {
		for (const root of await roots(dsm))
			if (root.display_path.toLowerCase().includes(keyword.toLowerCase())) yield root;
		yield* dsm.rows(searchFiles, { file_type: 'folder', sort_by: 'name', ...(keyword !== '' && { keyword }) });
	},
});

/** An account without a home folder has no My Drive. */
async function roots(dsm: Dsm): Promise<{ file_id: string; display_path: string; name: string }[]> {
	const [home, teams] = await Promise.all([
		dsm.call(getFile, { path: '/mydrive' }).catch((error: unknown) => {
			if (isDsmError(error) && error.code === 'api') return undefined;
			throw error;
		}),
		dsm.list(listTeamFolders),
	]);
	return [
		...(home ? [{ file_id: home.file_id, name: 'My Drive', display_path: '/mydrive' }] : []),
		...teams.map(({ file_id, name }) => ({ file_id, name, display_path: `/team-folders/${name}` })),
	];
}

export const create = procedure({
	title: 'Create a folder',
	summary: 'Creates a folder, with those above it that are missing.',
	uses: [getFile, createNode, listFolder],
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
	async run({ folder: parent, name, conflict_action }, dsm) {
		const at = await folderAt(dsm, parent, true);
		const make = async () => await dsm.call(createNode, { path: `${at}/${name}`, type: 'folder', conflict_action });
		return await settled(dsm, make, async (since, lost) => {
			const mayBeOld = conflict_action === 'overwrite';
			return await madeFolder(dsm, { folder: at, name }, mayBeOld ? 0 : since, lost);
		});
	},
});

export const folders = resource('Folder', { list, create });

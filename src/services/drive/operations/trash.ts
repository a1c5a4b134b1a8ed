import { DsmInputError } from '../../../core/errors';
import { operation, procedure, resource } from '../../../catalog/operation';
import { timeout } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { anyFolder, orMyDrive, teamFolder } from '../fields';
import { restoreCalls, restoreNode, viewOf } from '../lib/restore';
import { emptyTrash, listNodes, node } from '../wire/history';

const team_folder = teamFolder('Team folder whose trash is meant; empty: My Drive');

/** All nodes of a view, the removed ones among them (drive.md 11.4). */
const removedOf = (team: string, pattern: string) => ({
	target: viewOf(team),
	list_removed: true,
	recursive: true,
	pattern,
});

export const list = operation({
	title: 'List files in the trash',
	summary: 'Lists what was deleted from My Drive or a team folder and can be restored.',
	call: listNodes,
	params: z.object({ team_folder }),
	request: ({ team_folder: team }) => removedOf(team, ''),
	keep: ({ is_removed }) => is_removed === true,
});

export const restore = procedure({
	title: 'Restore from the trash',
	summary: 'Brings a deleted file or folder back to where it was.',
	uses: [listNodes, ...restoreCalls],
	params: z.object({
		path: z
			.string()
			.regex(/^\/./, 'is no path in My Drive or the team folder, e.g. /docs/old.txt')
			.meta({
				title: 'Path',
				description: 'Where it was, as the trash lists it',
				placeholder: 'e.g. /docs/old.txt',
				widget: 'picker',
				choices: { from: 'drive.trash.list', value: 'path', label: 'path' },
				by: { path: 'e.g. /docs/old.txt' },
			}),
		team_folder,
		timeout: timeout(),
	}),
	result: node,
	async run({ path, team_folder: team, timeout: seconds }, dsm) {
		const name = path.slice(path.lastIndexOf('/') + 1);
		const nodes = await dsm.list(listNodes, removedOf(team, name), { readOnly: true });
		const found = nodes.find((one) => one.is_removed && one.path === path);
		if (!found)
			throw new DsmInputError(`The trash holds nothing of the path "${path}".`, {
				path: ['path'],
				hint: 'List the trash to see the paths.',
			});
		await restoreNode(dsm, viewOf(team), found, seconds);
		return found;
	},
});

const place = orMyDrive(anyFolder('Place', 'Team folder whose trash is meant; empty: My Drive'));

export const clear = operation({
	title: 'Empty the trash',
	summary: 'Deletes for ever what lies in the trash of My Drive or a team folder.',
	call: emptyTrash,
	params: z.object({ place }),
	request: ({ place: path }) => ({ path }),
	destructive: true,
});

export const trash = resource('Trash', { list, restore, clear });

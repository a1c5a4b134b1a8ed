import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { textId } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { calls, nothing, toNothing } from './fields';
import { anyFolder, orMyDrive } from './place';
import { restoreCalls, restoreNodes, type WireNode } from './revision';

const removed = z.looseObject({
	node_id: textId(),
	name: z.string(),
	path: z.string(),
	file_type: z.coerce.number<number | string>().optional(),
	mtime: z.coerce.number<number | string>().optional(),
	v_file_size: z.coerce.number<number | string>().optional(),
	permanent_link: z.string().optional(),
});

const team_folder = z
	.string()
	.default('')
	.meta({
		title: 'Team Folder',
		description: 'Team folder whose trash is meant; empty: My Drive',
		widget: 'picker',
		choices: { from: 'drive.teamFolder.list', value: 'name', label: 'name' },
		by: { id: 'e.g. Family' },
	});
const targetOf = (team: string): string => (team === '' ? 'user' : `@${team}`);

/** All nodes of a view, the removed ones among them, with what is needed to bring them back (drive.md 11.4). */
async function* removedNodes(dsm: Dsm, team: string, pattern: string): AsyncGenerator<WireNode> {
	const wire = { target: targetOf(team), list_removed: true, recursive: true, pattern, limit: 1000 };
	for (let offset = 0; ;) {
		const data = (await dsm.call(calls.nodes, { ...wire, offset }, { readOnly: true })) as
			{ items?: WireNode[]; total?: number } | undefined;
		const { items = [], total = 0 } = data ?? {};
		for (const node of items) if (node.is_removed) yield node;
		offset += items.length;
		if (items.length === 0 || offset >= total) return;
	}
}

export const list = procedure({
	title: 'List the trash',
	summary: 'Lists what was deleted from My Drive or a team folder and can be restored.',
	uses: [calls.nodes],
	params: z.object({ team_folder }),
	result: z.array(removed),
	readOnly: true,
	basis: 'capture',
	each: (wanted, dsm) => removedNodes(dsm, wanted.team_folder, ''),
});

export const restore = procedure({
	title: 'Restore from the trash',
	summary: 'Brings a deleted file or folder back to where it was.',
	uses: [calls.nodes, ...restoreCalls],
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
	result: removed,
	basis: 'capture',
	async run(wanted, dsm) {
		const name = wanted.path.slice(wanted.path.lastIndexOf('/') + 1);
		let node: WireNode | undefined;
		for await (const one of removedNodes(dsm, wanted.team_folder, name)) if (one.path === wanted.path) node ??= one;
		if (!node)
			throw new DsmInputError(`The trash holds nothing of the path "${wanted.path}".`, {
				path: ['path'],
				hint: 'List the trash to see the paths.',
			});
		await restoreNodes(dsm, targetOf(wanted.team_folder), [node], wanted.timeout);
		return { ...node };
	},
});

const root = orMyDrive(anyFolder('Place', 'Team folder whose trash is meant; empty: My Drive'));

/** The parameter was never captured: a path, since the call fails without one (drive.md 11.5). */
export const empty = operation({
	title: 'Empty the trash',
	summary: 'Deletes for ever what lies in the trash of My Drive or a team folder.',
	call: { api: 'SYNO.SynologyDrive.Trash', method: 'empty', version: 1 },
	params: z.object({ place: root }),
	request: ({ place }) => ({ path: place }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'inferred',
});

export const trash = resource('Trash', { list, restore, empty });

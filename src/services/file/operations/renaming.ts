import { operation } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { entry_path, inside, name, parentOf } from '../fields';
import { DETAILS, stat } from '../lib/stat';
import { getInfo, renameEntry } from '../wire/files';

export const rename = operation({
	title: 'Rename a file or folder',
	summary: 'Gives a file or folder another name in the same folder.',
	call: renameEntry,
	params: z.object({
		path: entry_path,
		name: name().meta({
			title: 'New Name',
			description: 'New name, without a path',
			placeholder: 'e.g. report-2026.pdf',
		}),
	}),
	request: (given) => ({ path: [given.path], name: [given.name], additional: DETAILS }),
	lost: {
		uses: [getInfo],
		async look(given, dsm) {
			const target = inside(parentOf(given.path), given.name);
			const there = await stat(dsm, [given.path, target]);
			return there.has(given.path) ? undefined : there.get(target);
		},
	},
});

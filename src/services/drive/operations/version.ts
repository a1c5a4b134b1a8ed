import { fileAnswer, textId } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { anyFile } from '../fields';
import { inView } from '../lib/restore';
import { getFile } from '../wire/files';
import { downloadRevision, listVersions, restoreRevision } from '../wire/history';

/** Digits that must stay text on the wire (drive.md 1.1). */
const version_id = textId().regex(/^\d+$/, 'is no ID (digits only)').meta({
	title: 'Version',
	description: 'Version by its number: sync_id of the list',
	placeholder: 'e.g. 3',
});

export const list = operation({
	title: 'List versions of a file',
	summary: 'Lists the versions of a file of My Drive or a team folder, the newest first.',
	params: z.object({ path: anyFile() }),
	known: { call: getFile, request: ({ path }) => ({ path }) },
	call: listVersions,
	request: (_, file) => inView(file),
});

export const download = operation({
	title: 'Download a version of a file',
	summary: 'Gives an older version of a file.',
	call: downloadRevision,
	params: z.object({ path: anyFile(), version_id }),
	size: {
		uses: [getFile, listVersions],
		async look(params, dsm) {
			const file = await dsm.call(getFile, { path: params.path });
			return (await dsm.list(listVersions, inView(file))).find((one) => one.sync_id === params.version_id)?.size;
		},
	},
	result: fileAnswer(),
	returns: 'file',
});

/** Not marked as destructive: the present version stays as one of the older ones. */
export const restore = operation({
	title: 'Restore a version of a file',
	summary: 'Makes an older version of a file the present one.',
	call: restoreRevision,
	params: z.object({ path: anyFile(), version_id }),
});

export const versions = resource('Version', { list, download, restore });

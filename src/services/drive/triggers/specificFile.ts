import { changesOf, oneThing } from '../../../catalog/oneThing';
import type { Change } from '../../../catalog/sources';
import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import { anyFile } from '../fields';
import { waiting } from '../lib/driveTask';
import { download, fileEvent, fileOf } from '../lib/fileEvent';
import { isClosed, isFolder, isMissing } from '../lib/files';
import { CONTENT, fingerprintsOf, isSettling, NAME, PARENT, VERSION } from '../lib/walk';
import { downloadFiles, exportDocument, getFile, type DriveFile } from '../wire/files';

const CHANGES = {
	updated: 'Its Content Changes',
	renamed: 'It Is Renamed',
	moved: 'It Is Moved',
	deleted: 'It Is Gone',
	appeared: 'It Appears',
};
type What = keyof typeof CHANGES;

/** The file at an address; undefined: it is in the trash, not there, or closed to the account. */
async function fileAt(dsm: Dsm, path: string): Promise<DriveFile | undefined> {
	try {
		const file = await dsm.call(getFile, { path });
		return file.removed ? undefined : file;
	} catch (error) {
		if (isMissing(error) || isClosed(error)) return undefined;
		throw error;
	}
}

/** What differs: a new number of an Office document that stayed where it was and kept its name is a new content. */
function changesIn({ row, parts }: Extract<Change<DriveFile>, { kind: 'changed' }>): What[] {
	const [moved, renamed, content] = [parts.includes(PARENT), parts.includes(NAME), parts.includes(CONTENT)];
	const updated = !isFolder(row) && (content || (parts.includes(VERSION) && !moved && !renamed));
	return [
		...(moved ? ['moved' as const] : []),
		...(renamed ? ['renamed' as const] : []),
		...(updated ? ['updated' as const] : []),
	];
}

export const specificFileChanged = oneThing({
	title: 'Specific file changed',
	summary: 'Starts when one file or folder is changed, renamed, moved, is gone, or appears where it was.',
	params: z.object({
		path: anyFile('File', 'File or folder to watch: one that is picked is followed when it is moved'),
		changes: changesOf(CHANGES),
		download,
	}),
	filters: ['changes', 'download'],
	uses: [getFile, downloadFiles, exportDocument, ...waiting],
	/** By its address; else by its ID, where it was moved; else where it was last: IDs change when the NAS builds its database anew. */
	async look({ path }, { file_id, display_path }, dsm) {
		const addresses = [path, file_id && `id:${file_id}`, display_path].filter((one) => one !== undefined && one !== '');
		for (const address of new Set(addresses)) {
			const found = await fileAt(dsm, address!);
			if (found) return found;
		}
		return undefined;
	},
	fingerprints: fingerprintsOf,
	facts: ({ file_id, name, type, display_path = '' }) => ({ file_id, name, type, display_path }),
	isStill: (row, _given, _since, now) => !isSettling(row, now),
	tell(change, last) {
		if (change.kind === 'deleted') return [{ ...last, previous_path: last['display_path'], change: 'deleted' }];
		if (change.kind === 'created') return [{ ...change.row, change: 'appeared' }];
		const before = { previous_path: last['display_path'], previous_name: last['name'] };
		return changesIn(change).map((what) => ({ ...change.row, ...(what !== 'updated' && before), change: what }));
	},
	show: (row) => ({ ...row }),
	event: fileEvent.with({ change: z.enum(['updated', 'renamed', 'moved', 'deleted', 'appeared']) }).as({
		simple: ['event_id', 'change', 'file_id', 'name', 'type', 'display_path', 'size', 'modified_time', 'previous_path'],
	}),
	file: async (event, given, dsm) => (event.change === 'deleted' ? undefined : await fileOf(event, given, dsm)),
});

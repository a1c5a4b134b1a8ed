import { looksWrong } from '../../../catalog/absence';
import { changesOf, oneThing } from '../../../catalog/oneThing';
import { z } from '../../../vendor/zod';
import { file_path, parentOf } from '../fields';
import { isStill } from '../lib/folderPoll';
import { fingerprintsOf } from '../lib/folderLook';
import { missing, statLean } from '../lib/stat';
import { download as downloadCall, getInfoLean } from '../wire/files';
import { download, event, fileOf, settle, toEvent } from './folderEvents';

const CHANGES = { changed: 'Its Content Changes', deleted: 'It Is Gone', appeared: 'It Appears' };

/** The shared folder that a path begins with. */
const shareOf = (path: string): string => `/${path.split('/')[1]}`;

export const specificFileChanged = oneThing({
	title: 'Specific file changed',
	summary:
		'Starts when one file is changed, is gone, or appears at its path. A file that is moved or renamed is gone from there.',
	params: z.object({ path: file_path, changes: changesOf(CHANGES), download, settle }),
	filters: ['changes', 'download', 'settle'],
	uses: [getInfoLean, downloadCall],
	async check({ path }, dsm) {
		const folder = parentOf(path) || path;
		if (!(await statLean(dsm, [folder])).has(folder)) throw missing(folder);
	},
	/** Its shared folder comes last in the same question: an answer without that is cut, or proves nothing. */
	async look({ path }, _last, dsm) {
		const share = shareOf(path);
		const found = await statLean(dsm, [path, share]);
		if (!found.has(share)) throw looksWrong(`it leaves out the shared folder "${share}"`);
		return found.get(path);
	},
	fingerprints: fingerprintsOf,
	facts: () => ({}),
	isStill: (row, given, since, now) => isStill(given, row, since, now),
	tell: (change, _last, { path: id }) => [
		{ ...toEvent({ ...change, id }), change: change.kind === 'created' ? 'appeared' : change.kind },
	],
	show: (row) => toEvent({ kind: 'created', id: row.path, event_id: '', row, now: fingerprintsOf(row) }),
	event: event.extend({ change: z.enum(['changed', 'deleted', 'appeared']) }),
	file: fileOf,
});

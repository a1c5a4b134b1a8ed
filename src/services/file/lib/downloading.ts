import type { FileAnswer } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { timeOf } from '../../../catalog/row';
import { download } from '../wire/files';
import { stat } from './stat';

/** Whether a file is still the one whose transfer began at `since`, by the clock of the NAS: nothing of it changed since then. */
const unchanged =
	(dsm: Dsm, path: string) =>
	async (since: number): Promise<boolean> => {
		const { mtime, ctime } = (await stat(dsm, [path], ['time'])).get(path) ?? {};
		const last = Math.max(timeOf(mtime), ctime === undefined ? 0 : timeOf(ctime));
		return last < Math.floor(since / 1000) * 1000;
	};

/** A file of the NAS; a folder as a zip archive. What comes without its length is measured at the end. */
export const fetch = async (dsm: Dsm, path: string): Promise<FileAnswer> =>
	await dsm.file(
		download,
		{ path: [path], mode: 'download' },
		{
			unchanged: unchanged(dsm, path),
			size: async () => {
				const row = (await stat(dsm, [path], ['size'])).get(path);
				return row?.is_dir === false ? row.size : undefined;
			},
		},
	);

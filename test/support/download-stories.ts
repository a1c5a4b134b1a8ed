import type { DownloadState } from '../../src/simulator/services/download/state';
import { filesOf } from '../../src/simulator/services/file';

/** One event of Download Station, as a host's user would see it. */
export interface DownloadStory {
	event: string;
	/** Parameters as text. */
	params?: Record<string, string>;
	/** Before anybody looks. */
	prepare?: (downloads: DownloadState) => void;
	/** Makes it happen; gives the value that the event holds under `field`. */
	happen: (downloads: DownloadState) => string;
	field: string;
}

const seeding = 'Seeding, still';

/** Every trigger once, each on a task of its own. */
export const downloadStories: readonly DownloadStory[] = [
	{
		event: 'taskAdded',
		field: 'title',
		happen: (downloads) => downloads.add({ uri: 'https://files.example/new “1”.iso', state: 'paused' }).title,
	},
	{
		event: 'taskFinished',
		field: 'title',
		happen: (downloads) => downloads.add({ uri: 'https://files.example/done.iso', state: 'finished' }).title,
	},
	{
		event: 'taskFailed',
		field: 'error_detail',
		happen: (downloads) => {
			downloads.fail(downloads.add({ uri: 'https://files.example/bad.iso' }), 'disk_full');
			return 'disk_full';
		},
	},
	{
		event: 'seedingFinished',
		field: 'title',
		prepare: (downloads) => {
			downloads.switches.seedMs = 1e9;
			downloads.add({ uri: 'magnet:?x', title: seeding, type: 'bt', state: 'seeding' });
		},
		happen: (downloads) => {
			for (const task of downloads.tasks.values()) if (task.title === seeding) task.state = 'finished';
			return seeding;
		},
	},
	{
		event: 'rssItemAdded',
		field: 'title',
		happen: (downloads) => {
			downloads.sites[0]!.items.unshift({ title: 'Episode, 2', uri: 'https://files.example/2', at: downloads.now() });
			return 'Episode, 2';
		},
	},
	{
		event: 'spaceLow',
		params: { folder: 'docs', megabytes: '1000' },
		field: 'name',
		happen: (downloads) => {
			const { volume } = filesOf(downloads.nas);
			volume.totalBytes = volume.usedBytes + 1000;
			return 'docs';
		},
	},
];

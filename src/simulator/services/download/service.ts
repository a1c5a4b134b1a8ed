import type { Nas } from '../../core/nas';
import type { Scene } from '../../core/life';
import type { SimulatedService } from '../../core/service';
import { newerBehaviours } from './newer';
import { smallBehaviours } from './small';
import { downloadsOf } from './state';
import { taskBehaviours } from './tasks';

/** Tasks that are kept in a demo that runs for weeks. */
const KEPT = 30;

const scenes: Scene[] = [
	(nas, round) => {
		const downloads = downloadsOf(nas);
		downloads.add({ uri: `https://files.example/release-${round + 1}.iso`, size: 4_000_000, user: 'alice' });
		const [oldest] = downloads.tasks.keys();
		if (downloads.tasks.size > KEPT && oldest !== undefined) downloads.tasks.delete(oldest);
	},
	(nas, round) => {
		const downloads = downloadsOf(nas);
		const [site] = downloads.sites;
		site?.items.unshift({
			title: `Episode ${round + 1}`,
			uri: `https://files.example/episode-${round + 1}.torrent`,
			at: downloads.now(),
		});
		site?.items.splice(KEPT);
	},
];

/** One task that is done, one feed with an item; alice and bob have a default destination. */
function seed(nas: Nas): void {
	const downloads = downloadsOf(nas);
	for (const name of ['alice', 'bob']) downloads.defaults.set(name, 'home');
	const at = downloads.now() - 3_600_000;
	downloads.add({
		uri: 'https://files.example/a, b.iso',
		title: 'a, b.iso',
		state: 'finished',
		done: 10_000_000,
		createdAt: at,
		completedAt: at + 60_000,
	});
	downloads.sites.push({
		id: 1,
		title: 'News',
		url: 'https://feed.example/rss',
		updatedAt: at,
		items: [{ title: 'Item 1', uri: 'https://files.example/1.torrent', at }],
	});
}

export const download: SimulatedService = {
	id: 'download',
	package: {
		id: 'DownloadStation',
		name: 'Download Station',
		version: '4.0.3-4720',
		apis: ['SYNO.DownloadStation'],
	},
	application: { id: 'SYNO.SDS.DownloadStation.Application', sessionName: 'DownloadStation' },
	alias: 'download',
	behaviours: { ...taskBehaviours, ...newerBehaviours, ...smallBehaviours },
	caseless: 'SYNO.DownloadStation.',
	seed,
	scenes,
};

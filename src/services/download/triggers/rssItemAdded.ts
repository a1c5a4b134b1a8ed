import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { listItems, listSites, rssItem } from '../wire/station';

/** One thing may stand in a feed under one address only. */
export const rssItemAdded = listTrigger({
	title: 'Feed item added',
	summary: 'Starts when an RSS feed of Download Station has a new item; the NAS reads feeds by its own schedule.',
	params: z.object({
		site_id: z.coerce
			.string<string | number>()
			.min(1)
			.optional()
			.meta({
				title: 'Feed',
				description: 'Feed that is watched; all feeds when empty',
				widget: 'picker',
				choices: { from: 'download.feed.list', value: 'id', label: 'title' },
				by: { id: 'e.g. 1' },
			}),
	}),
	uses: [listItems, listSites],
	async look({ site_id: only }, dsm) {
		const sites = only === undefined ? (await dsm.list(listSites)).map(({ id }) => id) : [only];
		const found = [];
		for (const id of sites) for (const row of await dsm.list(listItems, { id })) found.push({ ...row, site_id: id });
		// Feeds have their newest item first.
		return found.reverse();
	},
	id: ({ site_id, download_uri }) => `${site_id} ${download_uri}`,
	idsRepeat: true,
	on: 'created',
	event: rssItem.with({ event_id: z.string(), site_id: z.string() }),
});

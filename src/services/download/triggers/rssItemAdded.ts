import { listTrigger, type Part } from '../../../catalog/listTrigger';
import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { listItems, listSites, rssItem } from '../wire/station';

type Item = z.output<typeof rssItem> & { site_id: string };

/**
 * Items of the feeds that can be read; those of the others stay as they were. Throws where none can be read, and where the fault is none of
 * a feed.
 */
async function look({ site_id: only }: { site_id?: string | undefined }, dsm: Dsm): Promise<Part<Item>> {
	const sites = only === undefined ? await dsm.list(listSites) : [{ id: only, title: only }];
	const rows: Item[] = [];
	const failed: { id: string; title: string; error: Error }[] = [];
	for (const { id, title } of sites) {
		try {
			for (const row of await dsm.list(listItems, { id })) rows.push({ ...row, site_id: id });
		} catch (error) {
			if (!isDsmError(error) || (error.code !== 'api' && error.code !== 'protocol')) throw error;
			failed.push({ id, title, error });
		}
	}
	const [first] = failed;
	if (first && failed.length === sites.length) throw first.error;
	// Feeds have their newest item first.
	return {
		rows: rows.reverse(),
		unread: failed.map(({ id }) => id),
		why:
			failed.map(({ title, error }) => `The feed "${title}" cannot be read: ${error.message}`).join(' ') || undefined,
	};
}

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
	look,
	id: ({ site_id, download_uri }) => `${site_id} ${download_uri}`,
	idsRepeat: true,
	on: 'created',
	event: rssItem.with({ event_id: z.string(), site_id: z.string() }),
});

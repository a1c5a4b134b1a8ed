import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { addFeed, deleteFeed, listItems, listSites, refreshSite } from '../wire/station';

const site_id = z.coerce
	.string<string | number>()
	.min(1)
	.meta({
		title: 'Feed',
		description: 'RSS feed to work with',
		widget: 'picker',
		choices: { from: 'download.feed.list', value: 'id', label: 'title' },
		by: { id: 'e.g. 1' },
	});
const listFeeds = operation({
	title: 'List feeds',
	summary: 'Gives the RSS feeds that Download Station reads.',
	call: listSites,
	params: z.object({}),
});
const listFeedItems = operation({
	title: 'List items of a feed',
	summary: 'Gives the items of an RSS feed with the addresses to download.',
	call: listItems,
	params: z.object({ site_id }),
	request: ({ site_id: id }) => ({ id }),
});
const refresh = operation({
	title: 'Refresh a feed',
	summary: 'Lets the NAS read an RSS feed now.',
	call: refreshSite,
	params: z.object({ site_id }),
	request: ({ site_id: id }) => ({ id }),
});
const refreshAll = operation({
	title: 'Refresh all feeds',
	summary: 'Lets the NAS read all RSS feeds now.',
	call: refreshSite,
	params: z.object({}),
	request: () => ({ id: 'ALL' }),
});
const add = operation({
	title: 'Add a feed',
	summary: 'Lets Download Station read an RSS feed.',
	call: addFeed,
	params: z.object({
		url: z
			.string()
			.regex(/^https?:\/\/\S+$/, 'is no address, e.g. https://feed.example/rss')
			.meta({ title: 'Address', description: 'Address of the feed', placeholder: 'e.g. https://feed.example/rss' }),
	}),
});
const removeFeed = operation({
	title: 'Remove a feed',
	summary: 'Lets Download Station read an RSS feed no more.',
	call: deleteFeed,
	params: z.object({ site_id }),
	request: ({ site_id: id }) => ({ id: [Number(id)] }),
	destructive: true,
	deletes: true,
	basis: 'inferred',
});
export const feeds = resource('Feed', {
	list: listFeeds,
	listItems: listFeedItems,
	refresh,
	refreshAll,
	add,
	remove: removeFeed,
});

import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { needed_destination } from '../fields';
import {
	addFeed,
	addFilter,
	deleteFeed,
	deleteFilter,
	listFilters,
	listItems,
	listSites,
	refreshSite,
} from '../wire/station';

const feed = {
	title: 'Feed',
	description: 'RSS feed to work with',
	widget: 'picker',
	choices: { from: 'download.feed.list', value: 'id', label: 'title' },
	by: { id: 'e.g. 1' },
} as const;
const anyId = z.coerce.string<string | number>().min(1);
const site_id = anyId.meta(feed);
/** Feeds are numbers in the newer family, whose values are JSON. */
const feedNumber = anyId.refine((id) => /^\d+$/.test(id), 'is no ID of a feed, e.g. 1').meta(feed);
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
	lost: { made: listSites, is: (row, params) => row.url === params.url, answer: () => ({}) },
});

const removeFeed = operation({
	title: 'Remove a feed',
	summary: 'Lets Download Station read an RSS feed no more.',
	call: deleteFeed,
	params: z.object({ site_id: feedNumber }),
	request: ({ site_id: id }) => ({ id: [Number(id)] }),
	lost: { gone: listSites, is: (row, params) => row.id === params.site_id },
	destructive: true,
	deletes: true,
	basis: 'inferred',
});
const listFeedFilters = operation({
	title: 'List filters of a feed',
	summary: 'Gives the filters of an RSS feed, by which Download Station downloads new items by itself.',
	call: listFilters,
	params: z.object({ site_id: feedNumber }),
	request: ({ site_id: id }) => ({ feed_id: Number(id) }),
});
const addFeedFilter = operation({
	title: 'Add a filter to a feed',
	summary: 'Lets Download Station download new items of an RSS feed whose titles fit.',
	call: addFilter,
	params: z.object({
		site_id: feedNumber,
		name: z.string().min(1).meta({ title: 'Name', description: 'Name of the filter', placeholder: 'e.g. Releases' }),
		match: z.string().min(1).meta({
			title: 'Matches',
			description: 'Text that stands in the title of items to download',
			placeholder: 'e.g. 1080p',
		}),
		not_match: z.string().default('').meta({
			title: 'Does Not Match',
			description: 'Text that stands in the title of items not to download',
			placeholder: 'e.g. trailer',
			advanced: true,
		}),
		destination: needed_destination,
		is_regex: z.boolean().default(false).meta({
			title: 'Regular Expressions',
			description: 'Whether both texts are regular expressions',
			advanced: true,
		}),
	}),
	request: ({ site_id: id, ...rest }) => ({ feed_id: Number(id), ...rest }),
	lost: {
		made: listFilters,
		request: (params) => ({ feed_id: Number(params.site_id) }),
		is: (row, params) => row.name === params.name,
		has: ({ match, not_match, destination, is_regex }) => ({ match, not_match, destination, is_regex }),
		answer: () => ({}),
	},
});
const removeFeedFilter = operation({
	title: 'Remove a filter of a feed',
	summary: 'Takes a filter away from an RSS feed; what it downloaded stays.',
	call: deleteFilter,
	params: z.object({
		filter_id: z.coerce.number<number | string>().int().min(0).meta({
			title: 'Filter',
			description: 'ID of the filter, as the list of filters gives it',
			placeholder: 'e.g. 1',
		}),
	}),
	request: ({ filter_id }) => ({ id: [filter_id] }),
	destructive: true,
	deletes: true,
});
export const feeds = resource('Feed', {
	list: listFeeds,
	listItems: listFeedItems,
	refresh,
	refreshAll,
	add,
	remove: removeFeed,
	listFilters: listFeedFilters,
	addFilter: addFeedFilter,
	removeFilter: removeFeedFilter,
});

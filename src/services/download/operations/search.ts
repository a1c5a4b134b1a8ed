import { operation, procedure, resource } from '../../../catalog/operation';
import { waitFor } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { cleanSearch, listCategories, listModules, listResults, searchResult, startSearch } from '../wire/station';

/** Code: starts a search, asks until it has ended, and cleans up after it. */
const search = procedure({
	title: 'Search torrents',
	summary: 'Asks the search engines of Download Station for torrents, and waits for all results.',
	uses: [startSearch, listResults, cleanSearch],
	readOnly: true,
	params: z.object({
		keyword: z
			.string()
			.min(1)
			.meta({ title: 'Search Text', description: 'What is looked for', placeholder: 'e.g. debian' }),
		engine: z
			.string()
			.min(1)
			.optional()
			.meta({
				title: 'Search Engine',
				description: 'Search engine that is asked; all that are switched on when empty',
				widget: 'picker',
				choices: { from: 'download.search.listEngines', value: 'id', label: 'title' },
				by: { id: 'e.g. m1' },
			}),
		category: z
			.string()
			.min(1)
			.optional()
			.meta({
				title: 'Category',
				description: 'Category that results belong to; all when empty',
				widget: 'picker',
				choices: { from: 'download.search.listCategories', value: 'id', label: 'title' },
				by: { id: 'e.g. _allcat_' },
			}),
		sort_by: z
			.enum(['seeds', 'peers', 'leechs', 'size', 'date', 'title', 'provider'])
			.default('seeds')
			.meta({
				title: 'Sort By',
				description: 'What results are sorted by, the largest first',
				labels: { leechs: 'Leechers' },
				advanced: true,
			}),
		timeout: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.max(600)
			.default(60)
			.meta({ title: 'Timeout', description: 'Seconds to wait for the search engines', advanced: true }),
	}),
	result: z.array(searchResult),
	async run({ keyword, engine = 'enabled', category: filter_category, sort_by, timeout: seconds }, dsm) {
		const { taskid } = await dsm.call(startSearch, { keyword, module: engine });
		const asked = { taskid, offset: 0, limit: 500, sort_by, sort_direction: 'desc' };
		const stop = async (open = dsm) => await open.call(cleanSearch, { taskid });
		const end = await waitFor(dsm, {
			status: async () => await dsm.call(listResults, { ...asked, ...(filter_category && { filter_category }) }),
			isDone: ({ finished }) => finished,
			stop,
			timeout: seconds,
			what: 'The search',
		});
		await stop();
		return end.rows;
	},
});
const engines = operation({
	title: 'List search engines',
	summary: 'Gives the search engines for torrents.',
	call: listModules,
	params: z.object({}),
});
const categories = operation({
	title: 'List search categories',
	summary: 'Gives the categories by which search engines sort torrents.',
	call: listCategories,
	params: z.object({}),
});
export const searches = resource('Torrent search', { search, listEngines: engines, listCategories: categories });

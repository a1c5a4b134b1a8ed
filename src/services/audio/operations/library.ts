import { operation, procedure, resource } from '../../../catalog/operation';
import { timeout, waitFor } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { library } from '../fields';
import { getIndexing, getInfo, listMediaServers, searchAll, startIndexing } from '../wire/library';
import { SONG_DETAILS } from '../wire/rows';

const getLibrary = operation({
	title: 'Get the state of the package',
	summary: 'Gives the release of Audio Station, what it can do, and what the account may do in it.',
	call: getInfo,
	params: z.object({}),
});

const search = operation({
	title: 'Search the library',
	summary: 'Gives the albums, artists and songs whose names hold a text.',
	call: searchAll,
	params: z.object({
		keyword: z
			.string()
			.min(1)
			.meta({ title: 'Search Text', description: 'Part of a name, whatever the case', placeholder: 'e.g. lantern' }),
		library,
	}),
	request: (given) => ({ ...given, additional: SONG_DETAILS, sort_by: 'title', sort_direction: 'ASC' }),
});

const startIndex = operation({
	title: 'Start indexing',
	summary: 'Builds the index of the music library anew; songs may get other IDs by it. Needs an administrator.',
	right: 'administrator',
	call: startIndexing,
	params: z.object({}),
});

const checkIndex = operation({
	title: 'Check whether indexing is going on',
	summary: 'Tells whether the index of the music library is being built. Needs an administrator.',
	right: 'administrator',
	call: getIndexing,
	params: z.object({}),
});

/** Code: asks until it has ended. */
const waitIndex = procedure({
	title: 'Wait for the end of indexing',
	summary:
		'Waits until the index of the music library is complete, for which it is not stopped. Needs an administrator.',
	right: 'administrator',
	uses: [getIndexing],
	readOnly: true,
	params: z.object({
		timeout: timeout(3600).meta({
			title: 'Timeout',
			description: 'Seconds to wait; after that the operation fails, while indexing goes on',
			advanced: true,
		}),
	}),
	result: z.object({ reindexing: z.boolean() }),
	run: async ({ timeout: seconds }, dsm) =>
		await waitFor(dsm, {
			status: async () => await dsm.call(getIndexing),
			isDone: ({ reindexing }) => !reindexing,
			timeout: seconds,
			what: 'Indexing',
		}),
});

const listServers = operation({
	title: 'Find media servers',
	summary: 'Gives what Audio Station knows of the media servers in the network.',
	call: listMediaServers,
	params: z.object({}),
});

export const libraries = resource('Library', {
	get: getLibrary,
	search,
	startIndexing: startIndex,
	checkIndexing: checkIndex,
	waitIndexing: waitIndex,
	findMediaServers: listServers,
});

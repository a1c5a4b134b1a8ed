import type { Explanation } from '../../catalog/operation';

const TASK = 'Check the task and its destination in Download Station.';

/** Codes of tasks and settings (downloadstation.md 2). */
export const errors: Readonly<Record<number, Explanation>> = {
	400: { cause: 'The file of the download task could not be uploaded', remedy: TASK },
	401: { cause: 'There are too many download tasks', remedy: 'Remove finished ones first.' },
	402: { cause: 'The account may not write to the destination', remedy: 'Grant it the permission for the folder.' },
	403: {
		cause: 'The destination does not exist',
		remedy: 'Create the folder, or set another default destination: it is not created by itself.',
	},
	404: { cause: 'There is no such download task', remedy: 'It may have been removed; list the tasks.' },
	405: {
		cause: 'The download task is in a state that does not allow this',
		remedy: 'A task that is done cannot be paused, one that runs cannot be resumed.',
	},
	406: {
		cause: 'There is no default destination',
		remedy: 'Give a destination, or set the default of this account once in Download Station.',
	},
	407: { cause: 'The destination could not be set', remedy: TASK },
	408: { cause: 'The file does not exist', remedy: TASK },
	501: { cause: 'The default destination cannot be cleared', remedy: 'Set another one.' },
	522: { cause: 'The watched folder is not valid', remedy: 'Give a folder that exists.' },
};

const ENGINES = 'Check the search engines in Download Station.';

/** The torrent search has the same numbers for other things. */
export const searchErrors: Readonly<Record<number, Explanation>> = {
	400: { cause: 'The torrent search failed', remedy: ENGINES },
	401: { cause: 'A parameter of the torrent search is not valid', remedy: 'Check the search text.' },
	402: { cause: 'The settings of the torrent search cannot be read', remedy: ENGINES },
	403: { cause: 'The categories of the torrent search cannot be read', remedy: ENGINES },
	404: { cause: 'The results of the torrent search cannot be read', remedy: 'Search again.' },
	405: { cause: 'The account has no settings for the torrent search', remedy: ENGINES },
};

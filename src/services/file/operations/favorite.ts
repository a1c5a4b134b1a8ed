import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { folder, path } from '../fields';
import {
	addFavorite,
	clearBrokenFavorites,
	deleteFavorite,
	editFavorite,
	listFavorites,
	replaceFavorites,
} from '../wire/station';

const favorite_path = path().meta({
	title: 'Favorite',
	description: 'Folder of the favorite',
	widget: 'picker',
	choices: { from: 'file.favorite.list', value: 'path', label: 'name' },
	by: { path: 'e.g. /docs/reports' },
});

const label = z
	.string()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the favorite', placeholder: 'e.g. Reports' });

const list = operation({
	title: 'List favorites',
	summary: 'Gives the favorite folders of the account.',
	call: listFavorites,
	params: z.object({
		status_filter: z.enum(['all', 'valid', 'broken']).default('all').meta({
			title: 'State',
			description: 'Favorites whose folder exists, or is gone',
			advanced: true,
		}),
	}),
});

const add = operation({
	title: 'Add a favorite',
	summary: 'Adds a folder to the favorites of the account.',
	call: addFavorite,
	params: z.object({
		folder: folder(),
		name: label,
		index: z.coerce
			.number<number | string>()
			.int()
			.min(-1)
			.default(-1)
			.meta({ title: 'Position', description: 'Place in the list, from 0; -1: the last', advanced: true }),
	}),
	request: ({ folder: where, ...rest }) => ({ path: where, ...rest }),
	lost: {
		made: listFavorites,
		is: (row, { folder: where }) => row.path === where,
		has: ({ name }) => ({ name }),
		answer: () => ({}),
	},
});

/** The new name goes in `name`: some clients send `new_name`, which does nothing (filestation.md 4.7). */
const rename = operation({
	title: 'Rename a favorite',
	summary: 'Gives a favorite another name; the folder stays as it is.',
	call: editFavorite,
	params: z.object({ path: favorite_path, name: label }),
});

const remove = operation({
	title: 'Remove a favorite',
	summary: 'Takes a folder from the favorites; the folder stays.',
	call: deleteFavorite,
	params: z.object({ path: favorite_path }),
	lost: { gone: listFavorites, is: (row, { path: where }) => row.path === where },
	destructive: true,
	deletes: true,
});

const clearBroken = operation({
	title: 'Clear broken favorites',
	summary: 'Takes all favorites whose folder is gone from the list.',
	call: clearBrokenFavorites,
	params: z.object({}),
	destructive: true,
});

const setAll = operation({
	title: 'Set all favorites',
	summary: 'Replaces all favorites of the account with these.',
	call: replaceFavorites,
	params: z.object({
		favorites: z.array(z.object({ path: path(), name: label })).meta({
			title: 'Favorites',
			description: 'Path and name of each favorite',
			placeholder: 'e.g. [{"path":"/docs/reports","name":"Reports"}]',
			widget: 'json',
		}),
	}),
	request: ({ favorites }) => ({ path: favorites.map((one) => one.path), name: favorites.map((one) => one.name) }),
	destructive: true,
});

export const favorites = resource('Favorite', { list, add, rename, remove, clearBroken, setAll });

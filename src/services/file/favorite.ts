import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { favorite } from './calls';
import { folder, nothing, path, toNothing } from './fields';

const row = z.looseObject({
	path: z.string(),
	name: z.string(),
	isdir: z.boolean().optional(),
	status: z.string().optional(),
});

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
	call: favorite('list'),
	params: z.object({
		status_filter: z.enum(['all', 'valid', 'broken']).default('all').meta({
			title: 'State',
			description: 'Favorites whose folder exists, or is gone',
			advanced: true,
		}),
	}),
	page: { items: 'favorites', max: 500 },
	result: z.array(row),
	readOnly: true,
	basis: 'guide',
});

const create = operation({
	title: 'Add a favorite',
	summary: 'Adds a folder to the favorites of the account.',
	call: favorite('add'),
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
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

/** The new name goes in `name`: some clients send `new_name`, which does nothing (filestation.md 4.7). */
const update = operation({
	title: 'Rename a favorite',
	summary: 'Gives a favorite another name; the folder stays as it is.',
	call: favorite('edit'),
	params: z.object({ path: favorite_path, name: label }),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

const remove = operation({
	title: 'Delete a favorite',
	summary: 'Takes a folder from the favorites; the folder stays.',
	call: favorite('delete'),
	params: z.object({ path: favorite_path }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'guide',
});

const clearBroken = operation({
	title: 'Delete broken favorites',
	summary: 'Takes all favorites whose folder is gone from the list.',
	call: favorite('clear_broken'),
	params: z.object({}),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'guide',
});

const replaceAll = operation({
	title: 'Replace all favorites',
	summary: 'Puts these favorites in the place of all that there are.',
	call: favorite('replace_all'),
	params: z.object({
		favorites: z.array(z.object({ path: path(), name: label })).meta({
			title: 'Favorites',
			description: 'Path and name of each favorite',
			placeholder: 'e.g. [{"path":"/docs/reports","name":"Reports"}]',
			widget: 'json',
		}),
	}),
	request: ({ favorites }) => ({ path: favorites.map((one) => one.path), name: favorites.map((one) => one.name) }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'guide',
});

export const favorites = resource('Favorite', { list, create, update, delete: remove, clearBroken, replaceAll });

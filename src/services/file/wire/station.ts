import { call, repeatable } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { textList } from '../lib/forms';
import { entryFields, lift, prefix, rename, volumeFields } from './files';

export const getStation = call('SYNO.FileStation.Info', 'get', 2, {
	answer: z.preprocess(
		(data) => textList(data, 'support_virtual_protocol', 'support_virtual'),
		row({
			hostname: field.text(),
			is_manager: field.flag(),
			support_sharing: field.flag().optional(),
			support_vfs: field.flag().optional(),
			/** Kinds of remote folders; some releases send them as one text. */
			support_virtual_protocol: z.array(z.string()),
		}),
	),
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.1',
});
const mount = row(
	{ ...entryFields, ...volumeFields, is_dir: field.flag().optional() },
	{
		lift: [...lift, 'volume_status'],
		prefix,
		rename: { ...rename, readonly: 'volume_readonly' },
		simple: ['path', 'name', 'mount_point_type', 'real_path', 'freespace', 'totalspace'],
	},
);

export const listMounts = call('SYNO.FileStation.VirtualFolder', 'list', 2, {
	list: 'folders',
	of: mount,
	page: 500,
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.6',
});

const favoriteRow = row(
	{ path: field.text(), name: field.text(), is_dir: field.flag().optional(), status: field.text().optional() },
	{ rename: { isdir: 'is_dir' } },
);
export const listFavorites = call('SYNO.FileStation.Favorite', 'list', 2, {
	list: 'favorites',
	of: favoriteRow,
	page: 500,
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.7',
});
const favorite = (method: string) =>
	call('SYNO.FileStation.Favorite', method, 2, { basis: 'guide', source: 'filestation.md 4.7' });
export const addFavorite = favorite('add');
export const editFavorite = repeatable(favorite('edit'));
export const deleteFavorite = favorite('delete');
export const clearBrokenFavorites = repeatable(favorite('clear_broken'));
export const replaceFavorites = repeatable(favorite('replace_all'));

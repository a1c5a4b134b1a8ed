import { call, repeatable } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { neverDay } from '../lib/forms';

/** Days are `YYYY-MM-DD`, with a time of day on some devices; null: none. They have no zone: the NAS means its own. */
export const link = row(
	{
		id: field.id(),
		url: field.text(),
		path: field.text(),
		name: field.text().optional(),
		is_folder: field.flag().optional(),
		status: field.text().optional(),
		has_password: field.flag().optional(),
		date_expired: neverDay().optional(),
		date_available: neverDay().optional(),
		link_owner: field.text().optional(),
		expire_times: field.number().optional(),
		enable_upload: field.flag().optional(),
	},
	{
		rename: { isFolder: 'is_folder' },
		simple: ['id', 'url', 'path', 'name', 'is_folder', 'status', 'has_password', 'date_expired', 'date_available'],
	},
);
export type Link = z.output<typeof link>;

const SHARING = 'SYNO.FileStation.Sharing';
const links = { page: 500, list: 'links', readOnly: true, source: 'filestation.md 4.14' } as const;
export const listLinks = call(SHARING, 'list', 3, { ...links, of: link, basis: 'guide' });
export const listLinksForMe = call(SHARING, 'list_share_me', 3, {
	...links,
	of: link.with({ url: field.text().optional(), path: field.text().optional() }),
	basis: 'inferred',
});
export const getLink = call(SHARING, 'getinfo', 3, {
	answer: link,
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.14',
});
const sharing = (method: string) => call(SHARING, method, 3, { basis: 'guide', source: 'filestation.md 4.14' });
export const editLink = repeatable(sharing('edit'));
export const deleteLink = repeatable(sharing('delete'), { done: [2000] });
export const clearInvalidLinks = repeatable(sharing('clear_invalid'));
export const createLinks = call(SHARING, 'create', 3, {
	answer: z.object({
		links: z.array(
			row({
				path: field.text(),
				id: field.id().optional(),
				url: field.text().optional(),
				/** PNG in base64. */
				qrcode: field.text().optional(),
				/** 0 or nothing: it was made. */
				error: field.number().optional(),
			}),
		),
	}),
	basis: 'guide',
	source: 'filestation.md 4.14',
});

import { listTrigger } from '../../../catalog/listTrigger';
import { call } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { folder } from '../fields';

/** Downloads lie in shared folders: how much space their volumes have is known to File Station. */
export const listSpace = call('SYNO.FileStation.List', 'list_share', 2, {
	list: 'shares',
	of: row(
		{
			name: field.text(),
			path: field.text().optional(),
			freespace: field.bytes().optional(),
			totalspace: field.bytes().optional(),
		},
		{ lift: ['additional', 'volume_status'] },
	),
	page: 500,
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.2',
});

const MEGA = 1_000_000;
/** Above the threshold by so much counts as enough again. */
const MARGIN = 1.1;

type Params = { folder: string; megabytes: number };

/** Between threshold and margin nothing changes. */
const isBetween = (free: number, { megabytes }: Params): boolean =>
	free >= megabytes * MEGA && free < megabytes * MEGA * MARGIN;

export const spaceLow = listTrigger({
	title: 'Space low',
	summary:
		'Starts when the volume of a shared folder has less free space than wanted, once until there is enough again.',
	params: z.object({
		folder: folder.meta({
			title: 'Shared Folder',
			description: 'Name of the shared folder that downloads go to',
			widget: 'picker',
			choices: { from: 'file.share.list', value: 'path', label: 'name' },
			by: { path: 'e.g. downloads' },
		}),
		megabytes: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.default(10_000)
			.meta({ title: 'Free Space', description: 'Megabytes that shall be free' }),
	}),
	call: listSpace,
	request: () => ({ additional: ['volume_status'] }),
	id: ({ name }) => name,
	fingerprints: ({ name, freespace = Infinity }, given) =>
		name === given.folder ? [freespace < given.megabytes * MEGA ? 'low' : 'enough'] : [''],
	isTooFresh: ({ name, freespace = Infinity }, given) => name === given.folder && isBetween(freespace, given),
	on: 'changed',
	keep: ({ name, freespace = Infinity }, given) => name === given.folder && freespace < given.megabytes * MEGA,
	event: z.looseObject({
		event_id: z.string(),
		name: z.string(),
		freespace: z.number().optional(),
		totalspace: z.number().optional(),
	}),
});

import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { link, listLinks } from '../wire/links';

/** The NAS says itself in `status` whether a link still opens (filestation.md 3): dates are not compared with a clock here. */
export const linkExpired = listTrigger({
	title: 'Sharing link expired',
	summary: 'Starts when a sharing link of the account has expired.',
	params: z.object({
		include_broken: z.boolean().default(false).meta({
			title: 'Include Broken',
			description: 'Whether links whose file or folder is gone are told, too',
		}),
	}),
	filters: ['include_broken'],
	call: listLinks,
	id: ({ id }) => id,
	fingerprints: ({ status }) => (status === undefined ? undefined : [status]),
	on: 'changed',
	keep: ({ status }, { include_broken }) => status === 'expired' || (include_broken && status === 'broken'),
	event: link.with({ event_id: z.string() }),
});

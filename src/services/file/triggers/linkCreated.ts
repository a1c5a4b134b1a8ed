import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { link, listLinks } from '../wire/links';

export const linkCreated = listTrigger({
	title: 'Sharing link created',
	summary: 'Starts when the account has a new sharing link, in File Station or by this package.',
	params: z.object({}),
	call: listLinks,
	id: ({ id }) => id,
	on: 'created',
	event: link.with({ event_id: z.string() }),
});

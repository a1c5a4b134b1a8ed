import { listTrigger } from '../../../catalog/listTrigger';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { wholeList } from '../lib/wholeList';
import { listNotifications, notification } from '../wire/people';

/** No item was ever captured: an id that it may carry, else all of it, tells one from another (drive.md 9.6). */
export const notificationReceived = listTrigger({
	title: 'Notification received',
	summary: 'Starts when Drive has a notification for the account; its fields are as Drive gives them.',
	params: z.object({}),
	call: listNotifications,
	// The newest come first.
	look: async (_, dsm) => (await wholeList(dsm, listNotifications)).reverse(),
	id: (row) => row.notification_id ?? row.id ?? digest(row),
	on: 'created',
	event: notification.with({ event_id: z.string() }),
});

import { textId } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { deleteNotification, listNotifications } from '../wire/people';

export const list = operation({
	title: 'List notifications',
	summary: 'Lists the notifications of the account as Drive gives them.',
	call: listNotifications,
	params: z.object({}),
});

const remove = operation({
	title: 'Delete a notification',
	summary: 'Dismisses a notification.',
	call: deleteNotification,
	params: z.object({
		notification_id: textId().meta({
			title: 'Notification ID',
			description: 'ID that the list gives',
			placeholder: 'e.g. 5',
		}),
	}),
	lost: { gone: listNotifications, is: (row, params) => row.notification_id === params.notification_id },
	destructive: true,
	deletes: true,
});

export const notifications = resource('Notification', { list, delete: remove });

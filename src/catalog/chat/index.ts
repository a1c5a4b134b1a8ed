import { service } from '../operation';
import { channels } from './channel';
import { errors } from './errors';
import { files } from './file';
import { messages } from './message';
import { newMessage } from './newMessage';
import { polls } from './poll';
import { reactions } from './reaction';
import { reminders } from './reminder';
import { schedules } from './schedule';
import { users } from './user';

export const chat = service({
	id: 'chat',
	title: 'Chat',
	summary: 'Messages, files, channels and users of Synology Chat, as the account of the connection.',
	package: 'Synology Chat Server',
	privilege: 'Synology Chat',
	apis: 'SYNO.Chat.',
	errors,
	resources: {
		message: messages,
		file: files,
		reaction: reactions,
		channel: channels,
		user: users,
		poll: polls,
		schedule: schedules,
		reminder: reminders,
	},
	triggers: { newMessage },
});

import { service } from '../operation';
import { chatbots, incomingWebhooks, outgoingWebhooks, slashCommands } from './administration';
import { bots, webhooks } from './bot';
import { channels } from './channel';
import { errors } from './errors';
import { files } from './file';
import { messages } from './message';
import { newMessage } from './newMessage';
import { polls } from './poll';
import { botMessage, buttonPress, slashCommand, webhookMessage } from './push';
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
	// Clients settled on half a second to a second (chat.md 8, 17.3).
	spacing: { 'SYNO.Chat.Post create': 600, 'SYNO.Chat.External incoming': 600, 'SYNO.Chat.External chatbot': 600 },
	resources: {
		message: messages,
		file: files,
		reaction: reactions,
		channel: channels,
		user: users,
		poll: polls,
		schedule: schedules,
		reminder: reminders,
		bot: bots,
		webhook: webhooks,
		chatbot: chatbots,
		incomingWebhook: incomingWebhooks,
		outgoingWebhook: outgoingWebhooks,
		slashCommand: slashCommands,
	},
	triggers: { newMessage },
	pushes: { webhookMessage, slashCommand, botMessage, buttonPress },
});

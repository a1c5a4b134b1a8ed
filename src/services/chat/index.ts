import { service } from '../../catalog/operation';
import { chatbots, incomingWebhooks, outgoingWebhooks, slashCommands } from './administration';
import { bots, webhooks } from './bot';
import { messageEdited, messagePinned } from './changes';
import { channels } from './channel';
import { conversations } from './conversation';
import { errors } from './errors';
import { files } from './file';
import { hashtags } from './hashtag';
import { memberJoined, memberLeft } from './members';
import { messages } from './message';
import { messageDeleted } from './messageDeleted';
import { directMessage, hashtag, keyword, mention, newFile, pollCreated, threadReply } from './messageKinds';
import { newChannel } from './newChannel';
import { newMessage } from './newMessage';
import { polls } from './poll';
import { botMessage, buttonPress, slashCommand, webhookMessage } from './push';
import { pollClosed } from './pollClosed';
import { reactions } from './reaction';
import { reminderDue } from './reminderDue';
import { reminders } from './reminder';
import { schedules } from './schedule';
import { scheduledSent } from './scheduledSent';
import { settings } from './setting';
import { chatThreads } from './thread';
import { unread } from './unread';
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
		thread: chatThreads,
		hashtag: hashtags,
		channel: channels,
		conversation: conversations,
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
		setting: settings,
	},
	triggers: {
		newMessage,
		directMessage,
		mention,
		keyword,
		hashtag,
		newFile,
		threadReply,
		messageEdited,
		messageDeleted,
		messagePinned,
		pollCreated,
		pollClosed,
		newChannel,
		memberJoined,
		memberLeft,
		reminderDue,
		scheduledSent,
		unread,
	},
	pushes: { webhookMessage, slashCommand, botMessage, buttonPress },
});

import { service } from '../../catalog/operation';
import { errors, errorsOf } from './errors';
import { bots, webhooks } from './operations/bot';
import { channels } from './operations/channel';
import { conversations } from './operations/conversation';
import { files } from './operations/file';
import { hashtags } from './operations/hashtag';
import { chatbots, incomingWebhooks, outgoingWebhooks, slashCommands } from './operations/integration';
import { messages } from './operations/message';
import { polls } from './operations/poll';
import { reactions } from './operations/reaction';
import { reminders } from './operations/reminder';
import { schedules } from './operations/schedule';
import { settings } from './operations/setting';
import { threads } from './operations/thread';
import { users } from './operations/user';
import { channelAdded } from './triggers/channelAdded';
import { memberJoined, memberLeft } from './triggers/memberJoined';
import { messageEdited, messagePinned } from './triggers/messageChanged';
import { messageDeleted } from './triggers/messageDeleted';
import {
	accountMentioned,
	directMessageReceived,
	fileReceived,
	hashtagFound,
	keywordFound,
	messageReceived,
	pollCreated,
	replyReceived,
} from './triggers/messageReceived';
import { pollClosed } from './triggers/pollClosed';
import { reminderDue } from './triggers/reminderDue';
import { scheduledMessageSent } from './triggers/scheduledMessageSent';
import { unreadReached } from './triggers/unreadReached';
import {
	botMessageReceived,
	buttonPressed,
	slashCommandReceived,
	webhookMessageReceived,
} from './triggers/webhookCalled';

export const chat = service({
	id: 'chat',
	title: 'Chat',
	summary: 'Messages, files, channels and users of Synology Chat, as the account of the connection.',
	package: 'Synology Chat Server',
	privilege: 'Synology Chat',
	apis: 'SYNO.Chat.',
	errors,
	errorsOf,
	// Clients settled on half a second to a second (chat.md 8, 17.3).
	spacing: { 'SYNO.Chat.Post create': 600, 'SYNO.Chat.External incoming': 600, 'SYNO.Chat.External chatbot': 600 },
	resources: {
		message: messages,
		file: files,
		reaction: reactions,
		thread: threads,
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
		messageReceived,
		directMessageReceived,
		accountMentioned,
		keywordFound,
		hashtagFound,
		fileReceived,
		replyReceived,
		messageEdited,
		messageDeleted,
		messagePinned,
		pollCreated,
		pollClosed,
		channelAdded,
		memberJoined,
		memberLeft,
		reminderDue,
		scheduledMessageSent,
		unreadReached,
	},
	pushes: { webhookMessageReceived, slashCommandReceived, botMessageReceived, buttonPressed },
});

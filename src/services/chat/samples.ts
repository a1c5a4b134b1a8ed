import type { Samples } from '../../catalog/samples';

/** A post's id is its channel's id * 2^32 + a running number (chat.md 1.3). Channel 1 is General on every NAS. */
const post = (channel: number, number: number): string => String(channel * 2 ** 32 + number);

/** What `stageBots` makes: the first of the integrations, and the conversation with the bot. */
const BOTS = 12;
const TALK = 7;
const HOOK = 'https://flows.example.com/hook/chat';

const integrations = (resource: string, user_id: number, create: Record<string, unknown>): Samples => ({
	[`${resource}.create`]: create,
	[`${resource}.update`]: { user_id, nickname: 'Renamed' },
	...Object.fromEntries(
		['get', 'enable', 'disable', 'renewToken', 'delete'].map((name) => [`${resource}.${name}`, { user_id }]),
	),
});

export const samples: Samples = {
	'*': { post_id: post(1, 1), thread_id: post(1, 1), user_id: 3 },
	'file.download': { post_id: post(2, 4) },
	'file.downloadThumbnail': { post_id: post(5, 3) },
	'poll.listChoices': { post_id: post(5, 4) },
	'poll.vote': { post_id: post(5, 4), choice_ids: ['1'] },
	'poll.removeVote': { post_id: post(5, 4) },
	'poll.addChoice': { post_id: post(5, 4) },
	'poll.close': { post_id: post(5, 4) },
	'poll.delete': { post_id: post(5, 4) },
	'message.sendToMany': { channel_ids: [1], user_ids: [3] },
	'channel.setPreference': { name: 'notify', value: 'mention' },
	'channel.update': { channel_id: 2, name: 'servers' },
	'channel.find': { name: 'ops' },
	'user.find': { name: 'alice' },
	'conversation.convert': { channel_id: 5, name: 'team' },
	'channel.join': { channel_id: 4 },
	'channel.invite': { channel_id: 2, user_ids: [4] },
	'channel.removeMembers': { channel_id: 2, user_ids: [3] },
	'channel.create': { name: 'plans' },
	'bot.send': { text: 'Deploy?', buttons: [{ text: 'Go', value: 'yes', style: 'green' }], callback_id: 'deploy-17' },
	'bot.listMessages': { channel_id: TALK },
	'bot.downloadFile': { post_id: post(TALK, 1) },
	'webhook.send': { text: 'Build 17 ok <https://ci.example.com/17|log>' },
	...integrations('chatbot', BOTS, { nickname: 'Helper' }),
	...integrations('incomingWebhook', BOTS + 1, { nickname: 'Build', channel_id: 2 }),
	...integrations('outgoingWebhook', BOTS + 2, { nickname: 'Deploy', url: HOOK, trigger_word: 'deploy' }),
	...integrations('slashCommand', BOTS + 3, { nickname: 'Status', command: '/status', url: HOOK }),
};

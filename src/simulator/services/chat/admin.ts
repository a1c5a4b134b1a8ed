import { randomBytes } from 'node:crypto';
import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, type ChatCall } from './call';
import { flag, integer, requiredText, text } from './params';
import { refuse } from './refusal';
import type { ChatStore } from './store';
import type { Bot, BotKind } from './types';

/** At most so many chatbots per user (chat.md 7). */
const mostChatbots = 5;

/** Webhooks and bots, made and managed with a user session (chat.md 7). */
export const adminBehaviours: BehaviourTable = {
	'SYNO.Chat.Webhook.Incoming.create': behaviour((call) => created(call, 'incoming')),
	'SYNO.Chat.Webhook.Incoming.set': behaviour((call) => bound(call, 'incoming')),
	'SYNO.Chat.Webhook.Incoming.get': behaviour((call) => withToken(webhook(call, 'incoming'))),
	'SYNO.Chat.Webhook.Incoming.list': behaviour((call) => ({ data: { webhook_incomings: rows(call, 'incoming') } })),

	'SYNO.Chat.Webhook.Outgoing.create': behaviour((call) => created(call, 'outgoing')),
	'SYNO.Chat.Webhook.Outgoing.set': behaviour((call) => bound(call, 'outgoing')),
	'SYNO.Chat.Webhook.Outgoing.get': behaviour((call) => withToken(webhook(call, 'outgoing'))),
	'SYNO.Chat.Webhook.Outgoing.list': behaviour((call) => ({ data: { webhook_outgoings: rows(call, 'outgoing') } })),

	// By analogy with the others (chat.md 7, C). `get` without a right is 105; the key of `list` was not captured (unverified).
	'SYNO.Chat.Webhook.Slash.create': behaviour((call) => created(call, 'slash')),
	'SYNO.Chat.Webhook.Slash.set': behaviour((call) => {
		const bot = webhook(call, 'slash');
		bot.command = text(call.params, 'command') ?? bot.command;
		bot.url = text(call.params, 'url') ?? bot.url;
		return done;
	}),
	'SYNO.Chat.Webhook.Slash.list': behaviour((call) => ({ data: { webhook_slashes: rows(call, 'slash') } })),
	'SYNO.Chat.Webhook.Slash.get': behaviour((call) => {
		const bot = ownBot(call);
		return bot?.kind === 'slash' ? withToken(bot) : refuse(105, 'no webhook permission');
	}),

	'SYNO.Chat.Chatbot.create': behaviour(createChatbot),
	'SYNO.Chat.Chatbot.set': behaviour((call) => {
		const bot = chatbot(call);
		bot.url = text(call.params, 'url') ?? bot.url;
		bot.purpose = text(call.params, 'purpose') ?? bot.purpose;
		bot.welcome_note = text(call.params, 'welcome_note') ?? bot.welcome_note;
		if (call.params['hide_from_user'] !== undefined) bot.hide_from_user = flag(call.params, 'hide_from_user');
		return done;
	}),
	'SYNO.Chat.Chatbot.get': behaviour((call) => withToken(chatbot(call))),
	'SYNO.Chat.Chatbot.list': behaviour((call) => ({ data: { chatbots: rows(call, 'chatbot') } })),

	'SYNO.Chat.Bot.set': changing((bot, { params }) => {
		bot.nickname = text(params, 'nickname') ?? bot.nickname;
	}),
	'SYNO.Chat.Bot.enable': changing((bot) => {
		bot.is_disabled = false;
	}),
	'SYNO.Chat.Bot.disable': changing((bot) => {
		bot.is_disabled = true;
	}),
	'SYNO.Chat.Bot.delete': changing((bot, { chat, params }) => {
		bot.deleted = true;
		if (flag(params, 'real_delete')) chat.bots.delete(bot.user_id);
	}),
	'SYNO.Chat.Bot.regen_token': behaviour((call) => {
		const bot = ownBot(call) ?? refuse(117);
		bot.token = newToken();
		return { data: { token: bot.token } };
	}),
};

/** A bot user in the making; webhooks are dead until they have channel, nickname and are enabled. */
export function newBot(chat: ChatStore, creator_id: number, kind: BotKind, nickname = ''): Bot {
	const bot: Bot = {
		user_id: chat.takeUserId(),
		kind,
		token: newToken(),
		nickname,
		channel_id: 0,
		creator_id,
		create_at: chat.now(),
		url: '',
		trigger_word: '',
		command: '',
		is_disabled: kind !== 'chatbot',
		deleted: false,
		purpose: '',
		welcome_note: '',
		hide_from_user: false,
	};
	chat.bots.set(bot.user_id, bot);
	return bot;
}

/** 64 characters. */
function newToken(): string {
	return randomBytes(48).toString('base64').replaceAll('+', 'A').replaceAll('/', 'B');
}

/** Further parameters such as a channel are ignored: the binding is a step of its own. */
function created({ chat, me }: ChatCall, kind: Exclude<BotKind, 'chatbot'>) {
	if (!chat.switches.integrations) return refuse(105, 'no webhook permission');
	const { token, user_id } = newBot(chat, me.user_id, kind);
	return { data: { token, user_id } };
}

function createChatbot({ chat, me, params }: ChatCall) {
	const own = [...chat.bots.values()].filter((bot) => bot.kind === 'chatbot' && isOf(bot, me.user_id));
	if (!chat.switches.integrations || own.length >= mostChatbots) return refuse(105, 'no chatbot permission');
	const { token, user_id } = newBot(chat, me.user_id, 'chatbot', requiredText(params, 'nickname'));
	return { data: { token, user_id } };
}

/** Channel 0 (any) asks for a trigger word; which code its lack gives was not captured: 120 (unverified). */
function bound(call: ChatCall, kind: 'incoming' | 'outgoing') {
	const { chat, params } = call;
	const bot = webhook(call, kind);
	const channel_id = integer(params, 'channel_id') ?? bot.channel_id;
	if (channel_id !== 0 && !chat.channels.has(channel_id)) return refuse(403);
	const trigger_word = text(params, 'trigger_word') ?? bot.trigger_word;
	if (kind === 'outgoing' && channel_id === 0 && trigger_word === '') return refuse(120);
	Object.assign(bot, { channel_id, trigger_word, url: text(params, 'url') ?? bot.url });
	return done;
}

/** A change of an own bot of any kind, by `user_id`; 117 for another's or an unknown one. */
function changing(change: (bot: Bot, call: ChatCall) => void) {
	return behaviour((call) => {
		change(ownBot(call) ?? refuse(117), call);
		return done;
	});
}

function ownBot({ chat, me, params }: ChatCall): Bot | undefined {
	const bot = chat.bots.get(integer(params, 'user_id') ?? 0);
	return bot && isOf(bot, me.user_id) ? bot : undefined;
}

function isOf(bot: Bot, user_id: number): boolean {
	return bot.creator_id === user_id && !bot.deleted;
}

function webhook(call: ChatCall, kind: Exclude<BotKind, 'chatbot'>): Bot {
	const bot = ownBot(call);
	return bot?.kind === kind ? bot : refuse(117, `cannot get webhook ${kind}`);
}

function chatbot(call: ChatCall): Bot {
	const bot = ownBot(call);
	return bot?.kind === 'chatbot' ? bot : refuse(105, 'no chatbot permission');
}

function withToken(bot: Bot) {
	return { data: { ...row(bot), token: bot.token } };
}

function rows({ chat, me }: ChatCall, kind: BotKind): Record<string, unknown>[] {
	return [...chat.bots.values()].filter((bot) => bot.kind === kind && isOf(bot, me.user_id)).map(row);
}

/** Fields of a list item (chat.md 7); the values of `bot_type`, `type` and `app_id` were not captured. */
function row(bot: Bot): Record<string, unknown> {
	const { user_id, channel_id, creator_id, create_at, nickname, deleted, is_disabled, url, trigger_word } = bot;
	const { command, purpose, welcome_note, hide_from_user } = bot;
	return {
		...{ user_id, bot_type: bot.kind, type: '', app_id: 0, channel_id, creator_id, create_at },
		...{ nickname, deleted, is_disabled },
		...(bot.kind === 'outgoing' && { url, trigger_word }),
		...(bot.kind === 'slash' && { url, command }),
		...(bot.kind === 'chatbot' && { url, chatbot_props: { hide_from_user, purpose, welcome_note } }),
	};
}

import type { BehaviourTable } from '../../core/behaviour';
import { anyChannel, behaviour, done, joinedChannel, type ChatCall } from './call';
import { flag, ids, integer, requiredText, text } from './params';
import { refuse } from './refusal';
import type { Channel, ChannelType } from './types';
import { channelRow } from './wire';

/** `Channel.Named`, `Channel.Anonymous` and `Channel.Chatbot` (chat.md 4.5, 4.6, 4.7). */
export const namedBehaviours: BehaviourTable = {
	'SYNO.Chat.Channel.Named.create': behaviour(create),
	'SYNO.Chat.Channel.Named.join': behaviour((call) => {
		const channel = anyChannel(call);
		if (channel.type !== 'public' || channel.members.has(call.me.user_id)) return refuse(117, 'cannot join');
		call.chat.join(channel, call.me);
		return done;
	}),
	'SYNO.Chat.Channel.Named.disjoin': behaviour((call) => {
		call.chat.part(joinedChannel(call), call.me);
		return done;
	}),
	'SYNO.Chat.Channel.Named.invite': behaviour(invite),
	'SYNO.Chat.Channel.Named.kick': behaviour(kick),
	'SYNO.Chat.Channel.Named.set': behaviour(set),
	'SYNO.Chat.Channel.Anonymous.initiate': behaviour(initiate),
	// Makes a conversation a named channel: private, with the same members (C).
	'SYNO.Chat.Channel.Anonymous.promote': behaviour((call) => {
		const channel = joinedChannel(call);
		if (channel.type !== 'anonymous') return refuse(117);
		channel.name = legalName(requiredText(call.params, 'name'));
		channel.type = 'private';
		return channelData(call, channel);
	}),
	'SYNO.Chat.Channel.Chatbot.initiate': behaviour((call) => {
		const bot_id = integer(call.params, 'user_id') ?? refuse(101);
		const bot = call.chat.bots.get(bot_id);
		if (bot?.kind !== 'chatbot' || bot.deleted) return refuse(117);
		return channelData(call, call.chat.conversation([call.me.user_id, bot.user_id], call.me.user_id, 'chatbot'));
	}),
};

function create(call: ChatCall) {
	const { chat, me, params } = call;
	if (params['member_ids'] !== undefined) return refuse(119);
	const name = legalName(requiredText(params, 'name'));
	const type = channelType(requiredText(params, 'type'));
	const encrypted = flag(params, 'encrypted');
	if (encrypted) mayEncrypt(call, type);
	const purpose = text(params, 'purpose') ?? '';
	const members = [me.user_id];
	return channelData(call, chat.createChannel({ name, type, purpose, encrypted, creator_id: me.user_id, members }));
}

function legalName(name: string): string {
	if (name === '' || /\s/.test(name)) return refuse(152);
	return name;
}

function channelType(type: string): ChannelType {
	return type === 'public' || type === 'private' ? type : refuse(101);
}

function mayEncrypt({ chat, me }: ChatCall, type: ChannelType): void {
	if (type === 'public') refuse(422);
	if (!chat.keyPairs.has(me.user_id)) refuse(408);
}

function invite(call: ChatCall) {
	const channel = joinedChannel(call);
	const guests = ids(call.params, 'user_ids') ?? refuse(101);
	// The text "[]" is not an array (chat.md 4.5).
	const keys: unknown = call.params['channel_key_encs'];
	// An encrypted channel wants its key for each guest (chat.md 9); which code a missing one gives was not captured.
	if (!Array.isArray(keys) || (channel.encrypted && keys.length < guests.length)) return refuse(101);
	const users = guests.map((id) => call.chat.users.get(id) ?? refuse(117));
	for (const user of users) {
		if (!channel.members.has(user.user_id)) call.chat.join(channel, user);
	}
	return done;
}

/** Parameters of `kick` and `set` are not established (chat.md 15): unverified. */
function kick(call: ChatCall) {
	const channel = managedChannel(call);
	for (const id of ids(call.params, 'user_ids') ?? refuse(101)) {
		const user = call.chat.users.get(id);
		if (!user || !channel.members.has(id)) return refuse(117);
		call.chat.part(channel, user);
	}
	return done;
}

function set(call: ChatCall) {
	const channel = managedChannel(call);
	const name = text(call.params, 'name');
	if (name !== undefined && legalName(name) !== channel.name) {
		channel.name = name;
		call.chat.systemPost(channel, call.me.user_id, `@u:${call.me.user_id} renamed the channel to ${name}`);
	}
	channel.purpose = text(call.params, 'purpose') ?? channel.purpose;
	return done;
}

/** A joined channel that the caller owns, or any joined one for an administrator. */
function managedChannel(call: ChatCall): Channel {
	const channel = joinedChannel(call);
	const owner = channel.creator_id === call.me.user_id || call.request.user?.administrator === true;
	return owner ? channel : refuse(105);
}

/** Takes the others; a full list must begin with the caller (chat.md 4.6). */
function initiate(call: ChatCall) {
	const { chat, me, params } = call;
	const given = ids(params, 'user_ids') ?? refuse(101);
	if (flag(params, 'encrypted') && !chat.keyPairs.has(me.user_id)) return refuse(408);
	const others = given.filter((id) => id !== me.user_id);
	if (others.length === 0) return refuse(given.length > 0 ? 400 : 101);
	if (given.indexOf(me.user_id) > 0) return refuse(117, 'cannot join');
	if (!others.every((id) => chat.users.has(id))) return refuse(117, 'cannot join');
	return channelData(call, chat.conversation([me.user_id, ...others], me.user_id));
}

function channelData({ chat, me }: ChatCall, channel: Channel) {
	return { data: channelRow(chat, channel, me.user_id) };
}

import type { BehaviourTable } from '../../core/behaviour';
import { anyChannel, behaviour, done, joinedChannel, type ChatCall } from './call';
import { integer } from './params';
import { refuse } from './refusal';
import type { Channel } from './types';
import { channelRow } from './wire';

/** `SYNO.Chat.Channel` and `Channel.Member` (chat.md 4.2, 4.3, 4.4, 4.7). */
export const channelBehaviours: BehaviourTable = {
	// limit and offset are accepted and not honoured: the answer is the full list.
	'SYNO.Chat.Channel.list': behaviour(({ chat, me }) => {
		const visible = [...chat.channels.values()].filter(
			(channel) => !channel.archived && (channel.type === 'public' || channel.members.has(me.user_id)),
		);
		return { data: { channels: visible.map((channel) => channelRow(chat, channel, me.user_id)) } };
	}),
	'SYNO.Chat.Channel.get': behaviour((call) => {
		const channel = channelRow(call.chat, joinedChannel(call, 401), call.me.user_id);
		return { data: call.chat.switches.bareObjects ? channel : { channel } };
	}),
	'SYNO.Chat.Channel.view': behaviour((call) => {
		const channel = joinedChannel(call);
		channel.viewed.set(call.me.user_id, integer(call.params, 'last_view_at') ?? refuse(101));
		return done;
	}),
	// Presence only: the client opens or closes the view of the channel.
	'SYNO.Chat.Channel.enter': behaviour(present),
	'SYNO.Chat.Channel.leave': behaviour(present),
	'SYNO.Chat.Channel.archive': behaviour(archive),
	'SYNO.Chat.Channel.close': behaviour(archive),
	'SYNO.Chat.Channel.star': behaviour((call) => {
		joinedChannel(call).starredBy.add(call.me.user_id);
		return done;
	}),
	'SYNO.Chat.Channel.unstar': behaviour((call) => {
		joinedChannel(call).starredBy.delete(call.me.user_id);
		return done;
	}),
	// Out of the sidebar, for oneself or for all: the list still has it, since its flag for that was not captured (C).
	'SYNO.Chat.Channel.hide': behaviour((call) => {
		joinedChannel(call).hiddenBy.add(call.me.user_id);
		return done;
	}),
	'SYNO.Chat.Channel.hide_global': behaviour((call) => {
		const channel = joinedChannel(call);
		for (const member of channel.members) channel.hiddenBy.add(member);
		return done;
	}),
	// Takes a channel out of the archive (inference).
	'SYNO.Chat.Channel.rescue': behaviour((call) => {
		joinedChannel(call).archived = false;
		return done;
	}),
	'SYNO.Chat.Channel.Member.get': behaviour((call) => {
		const channel = anyChannel(call);
		if (!mayLookInto(channel, call)) return refuse(401);
		return { data: { user_ids: [...channel.members], broken_user_ids: [] } };
	}),
	// The field names were not captured: what was written comes back.
	'SYNO.Chat.Channel.Preference.get': behaviour((call) => ({
		data: { ...joinedChannel(call, 401).preferences.get(call.me.user_id) },
	})),
	'SYNO.Chat.Channel.Preference.set': behaviour((call) => {
		const { preferences } = joinedChannel(call, 401);
		const { channel_id, ...fields } = call.params;
		preferences.set(call.me.user_id, { ...preferences.get(call.me.user_id), ...fields });
		return done;
	}),
	// Its parameters were not captured: 101 without any, the caller's archived channels with one (unverified).
	'SYNO.Chat.Archive.list': behaviour(({ chat, me, params }) => {
		if (Object.keys(params).length === 0) return refuse(101);
		const archived = [...chat.channels.values()].filter(
			(channel) => channel.archived && channel.members.has(me.user_id),
		);
		return { data: { channels: archived.map((channel) => channelRow(chat, channel, me.user_id)) } };
	}),
};

function mayLookInto(channel: Channel, { me }: ChatCall): boolean {
	return channel.type === 'public' || channel.members.has(me.user_id);
}

function present(call: ChatCall) {
	joinedChannel(call);
	return done;
}

/** Archived channels and closed conversations leave `Channel.list`; their messages stay. */
function archive(call: ChatCall) {
	const channel = joinedChannel(call);
	channel.archived = true;
	call.chat.news.tell({ name: 'channel.close', channel });
	return done;
}

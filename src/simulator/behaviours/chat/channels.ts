import type { BehaviourTable } from '../../behaviour';
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
	'SYNO.Chat.Channel.Member.get': behaviour((call) => {
		const channel = anyChannel(call);
		if (!mayLookInto(channel, call)) return refuse(401);
		return { data: { user_ids: [...channel.members], broken_user_ids: [] } };
	}),
	// The field names of the per-channel preferences were not captured.
	'SYNO.Chat.Channel.Preference.get': behaviour((call) => {
		joinedChannel(call, 401);
		return { data: {} };
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
	joinedChannel(call).archived = true;
	return done;
}

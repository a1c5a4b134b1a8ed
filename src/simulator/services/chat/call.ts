import type { ApiReply, ApiRequest, Behaviour } from '../../core/behaviour';
import { integer } from './params';
import { Refusal, refuse } from './refusal';
import { chatOf, type ChatState } from './state';
import type { Channel, ChatUser, Post } from './types';

/** One Chat call of a logged-in user. */
export interface ChatCall {
	chat: ChatState;
	me: ChatUser;
	params: Record<string, unknown>;
	request: ApiRequest;
}

export type ChatHandler = (call: ChatCall) => ApiReply | Promise<ApiReply>;

/** Makes a behaviour of a handler: finds the Chat user, sends what is due, and turns refusals into error envelopes. */
export function behaviour(handler: ChatHandler): Behaviour {
	return guarded(async (request) => {
		const chat = chatOf(request.nas);
		const me = (request.user && chat.userOf(request.user.name)) ?? refuse(105);
		return await handler({ chat, me, params: request.params, request });
	});
}

/** The same without a user: token calls and public ones. */
export function guarded(handler: (request: ApiRequest) => ApiReply | Promise<ApiReply>): Behaviour {
	return async (request) => {
		try {
			chatOf(request.nas).sendDue();
			return await handler(request);
		} catch (error) {
			if (error instanceof Refusal) return { error: error.code, errors: error.errors };
			throw error;
		}
	};
}

/** Channel of parameter `channel_id` that the caller has joined. A missing id gives 403 or 401, by call (probe). */
export function joinedChannel(call: ChatCall, whenMissing: 401 | 403 = 403): Channel {
	const channel = anyChannel(call, whenMissing);
	if (!channel.members.has(call.me.user_id)) return refuse(401);
	return channel;
}

/** Channel of parameter `channel_id`, joined or not. */
export function anyChannel({ chat, params }: ChatCall, whenMissing: 401 | 403 = 403): Channel {
	const id = integer(params, 'channel_id');
	if (id === undefined) return refuse(whenMissing);
	return chat.channels.get(id) ?? refuse(403);
}

/** Living post of parameter `post_id` in a channel that the caller has joined. */
export function readablePost({ chat, me, params }: ChatCall): Post {
	const post = chat.post(integer(params, 'post_id') ?? refuse(402)) ?? refuse(402);
	if (!chat.channelOf(post).members.has(me.user_id)) return refuse(401);
	return post;
}

/** `{"success":true}` without `data`. */
export const done: ApiReply = {};

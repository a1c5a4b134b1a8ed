import type { ApiRequest, BehaviourTable } from '../../core/behaviour';
import { guarded } from './call';
import { download } from './files';
import { ids, integer, isObject } from './params';
import { postPayload } from './outgoing';
import { listPosts } from './reading';
import { refuse } from './refusal';
import { chatOf, type ChatState } from './state';
import type { Bot, BotKind, Channel } from './types';
import { postRow, userRow } from './wire';

/** One call with a token instead of a session. */
interface TokenCall {
	chat: ChatState;
	bot: Bot;
	params: Record<string, unknown>;
	request: ApiRequest;
}

/** `SYNO.Chat.External` (chat.md 8). `broadcast` is left out: its fields are not established. */
export const externalBehaviours: BehaviourTable = {
	'SYNO.Chat.External.incoming': withBot('incoming', async ({ chat, bot, request }) => {
		const channel = chat.channels.get(bot.channel_id) ?? refuse(404);
		const payload = payloadOf(request);
		await postPayload(chat, bot.user_id, channel, payload, `token:${bot.token}`);
		return {};
	}),
	'SYNO.Chat.External.chatbot': withBot('chatbot', async ({ chat, bot, request }) => {
		const payload = payloadOf(request);
		const user_id = receiver(chat, payload);
		const channel = chat.conversation([user_id, bot.user_id], bot.user_id, 'chatbot');
		const post = await postPayload(chat, bot.user_id, channel, payload, `token:${bot.token}`);
		return { data: { fail: null, succ: { user_id_post_map: { [user_id]: post.post_id } } } };
	}),
	'SYNO.Chat.External.user_list': withBot('chatbot', ({ chat }) => {
		chat.syncUsers();
		return { data: { users: [...chat.users.values()].map(userRow) } };
	}),
	'SYNO.Chat.External.channel_list': withBot('chatbot', ({ chat, bot }) => {
		const joined = [...chat.channels.values()].filter((channel) => channel.members.has(bot.user_id));
		return { data: { channels: joined.map(externalChannel) } };
	}),
	'SYNO.Chat.External.post_list': withBot('chatbot', (call) => {
		const { chat, bot, params } = call;
		const prev_count = integer(params, 'prev_count');
		const next_count = integer(params, 'next_count');
		const counts =
			prev_count === undefined && next_count === undefined ? { prev_count: 10 } : { prev_count, next_count };
		const query = { thread_id: 0, post_id: integer(params, 'post_id'), last_view_at: chat.now(), ...counts };
		const posts = listPosts(chat, botChannel(call, integer(params, 'channel_id')), query);
		return { data: { posts: posts.map((post) => postRow(chat, post, bot.user_id)) } };
	}),
	'SYNO.Chat.External.post_file_get': withBot('chatbot', (call) => {
		const post = call.chat.post(integer(call.params, 'post_id') ?? refuse(101)) ?? refuse(402);
		botChannel(call, post.channel_id);
		return download(post);
	}),
};

type TokenReply = ReturnType<typeof download>;

/** Finds the bot of the token; 404 until it is usable, and for a token of another kind (chat.md 2, 13.6). */
function withBot(kind: BotKind, handler: (call: TokenCall) => TokenReply | Promise<TokenReply>) {
	return guarded((request) => {
		const chat = chatOf(request.nas);
		// Read raw: the UI's quoted form and the bare one are the same token.
		const token = (request.raw['token'] ?? '').replace(/^"(.*)"$/, '$1');
		const bot = [...chat.bots.values()].find((candidate) => candidate.token === token);
		if (bot?.kind !== kind || bot.is_disabled || bot.deleted || bot.nickname === '') return refuse(404);
		return handler({ chat, bot, params: request.params, request });
	});
}

/** `payload` is one JSON object, as a field or as the whole body: 101 when empty, 120 when it is something else. */
function payloadOf({ params, http }: ApiRequest): Record<string, unknown> {
	const payload = params['payload'] ?? http.jsonBody;
	if (payload === undefined || payload === '') return refuse(101);
	return isObject(payload) ? payload : refuse(120);
}

/** More than one user is reported not to work (chat.md 8); here it fails loudly (117, unverified). */
function receiver(chat: ChatState, payload: Record<string, unknown>): number {
	const [user_id, ...others] = ids(payload, 'user_ids') ?? [];
	if (user_id === undefined) return refuse(101);
	chat.syncUsers();
	return others.length === 0 && chat.users.has(user_id) ? user_id : refuse(117);
}

function botChannel({ chat, bot }: TokenCall, channel_id: number | undefined): Channel {
	const channel = chat.channels.get(channel_id ?? 0);
	return channel?.members.has(bot.user_id) ? channel : refuse(401);
}

function externalChannel({ channel_id, name, type, creator_id, members }: Channel): Record<string, unknown> {
	return { channel_id, name, type, creator_id, members: [...members] };
}

import { basename } from 'node:path';
import { isObject } from './params';
import { refuse } from './refusal';
import { isReply, type ChatStore } from './store';
import type { Bot, Channel, ChatUser, Post, StoredFile } from './types';

/** `file_url` limit of chat.md 8, whatever the admin setting. */
const urlLimit = 32 * 1024 * 1024;

/** Tells outgoing webhooks and chatbots of a person's post, and posts what they answer (chat.md 8.2, 8.3). */
export async function notifyOutgoing(chat: ChatStore, user: ChatUser, post: Post): Promise<void> {
	if (isReply(post)) return;
	const channel = chat.channelOf(post);
	for (const bot of chat.bots.values()) {
		if (listens(bot, channel, post)) await deliver(chat, bot, channel, user, post);
	}
}

function listens(bot: Bot, channel: Channel, post: Post): boolean {
	if (bot.is_disabled || bot.deleted || bot.url === '') return false;
	if (bot.kind === 'chatbot') return channel.type === 'chatbot' && channel.members.has(bot.user_id);
	if (bot.kind !== 'outgoing' || bot.nickname === '') return false;
	const here = bot.channel_id === channel.channel_id || (bot.channel_id === 0 && bot.trigger_word !== '');
	return here && post.message.startsWith(bot.trigger_word);
}

async function deliver(chat: ChatStore, bot: Bot, channel: Channel, user: ChatUser, post: Post): Promise<void> {
	const body = new URLSearchParams({
		token: bot.token,
		...(bot.kind === 'outgoing' && { channel_id: String(channel.channel_id), channel_name: channel.name }),
		user_id: String(user.user_id),
		username: user.username,
		post_id: String(post.post_id),
		timestamp: String(post.create_at),
		text: post.message,
		...(bot.kind === 'outgoing' && { trigger_word: bot.trigger_word }),
	});
	try {
		const response = await fetch(bot.url, { method: 'POST', body });
		await postAnswer(chat, bot, channel, await response.text());
	} catch {
		// A receiver that is down costs the NAS nothing: Chat does not repeat the call.
	}
}

async function postAnswer(chat: ChatStore, bot: Bot, channel: Channel, answer: string): Promise<void> {
	if (answer.trim() === '') return;
	const reply: unknown = JSON.parse(answer);
	if (!isObject(reply)) return;
	await postPayload(chat, bot.user_id, channel, reply);
}

/** Posts `{text, file_url?}` as a bot (chat.md 8). Refuses with 101, 117, 409 and 410. */
export async function postPayload(
	chat: ChatStore,
	creator_id: number,
	channel: Channel,
	payload: Record<string, unknown>,
): Promise<Post> {
	const { text = '', file_url } = payload;
	if (typeof text !== 'string' || (text === '' && file_url === undefined)) return refuse(101);
	if (text.length > chat.switches.maxLength) return refuse(410);
	if (file_url === undefined) return chat.append(channel, { creator_id, message: text });
	if (typeof file_url !== 'string') return refuse(101);
	const file = await fetchFile(file_url, Math.min(chat.switches.maxFileSize, urlLimit));
	return chat.append(channel, { creator_id, message: text, file });
}

/** The NAS itself fetches the file; one that it cannot get, or an illegal name, is 117 (chat.md 8). */
async function fetchFile(url: string, limit: number): Promise<StoredFile> {
	const response = await fetch(url).catch(() => refuse(117));
	if (!response.ok) return refuse(117);
	const name = decodeURIComponent(basename(new URL(url).pathname));
	if (name === '' || /[\\/:*?"<>|]/.test(name)) return refuse(117);
	const content = Buffer.from(await response.arrayBuffer());
	if (content.length > limit) return refuse(409);
	const mime = response.headers.get('content-type') ?? 'application/octet-stream';
	return { name, mime, size: content.length, content };
}

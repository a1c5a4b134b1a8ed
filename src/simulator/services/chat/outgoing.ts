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

/** What pressing a button of an interactive message says to the receiver (chat.md 8.1). */
export interface Press {
	callback_id: unknown;
	action: Record<string, unknown>;
}

/** Tells the bot whose message it is of a pressed button. A JSON answer replaces the message, an empty one leaves it (C). */
export async function notifyPress(chat: ChatStore, user: ChatUser, post: Post, press: Press): Promise<void> {
	const bot = chat.bots.get(post.creator_id);
	if (!bot || bot.is_disabled || bot.deleted || bot.url === '') return;
	const payload = JSON.stringify({
		actions: [press.action],
		callback_id: press.callback_id,
		post_id: String(post.post_id),
		token: bot.token,
		user: { user_id: user.user_id, username: user.username },
	});
	const answer = await ask(bot.url, { payload });
	if (answer === undefined) return;
	chat.edit(post, typeof answer['text'] === 'string' ? answer['text'] : post.message);
	post.attachments = attachmentsOf(answer);
}

/** Runs a slash command as typed, `/deploy prod`; the answer's text, which only the caller sees, or undefined (chat.md 8.4). */
export async function runCommand(chat: ChatStore, user: ChatUser, line: string): Promise<string | undefined> {
	const [command] = line.split(' ');
	const isMeant = (bot: Bot) => bot.kind === 'slash' && bot.command === command && bot.nickname !== '';
	const bot = [...chat.bots.values()].find(
		(candidate) => isMeant(candidate) && !candidate.is_disabled && !candidate.deleted,
	);
	if (!bot || bot.url === '') return undefined;
	const { user_id, username } = user;
	const answer = await ask(bot.url, { token: bot.token, user_id: String(user_id), username, text: line });
	return typeof answer?.['text'] === 'string' ? answer['text'] : undefined;
}

/** Posts a form; the JSON object of the answer, or undefined for anything else. */
async function ask(url: string, form: Record<string, string>): Promise<Record<string, unknown> | undefined> {
	try {
		const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
		const reply: unknown = JSON.parse(await response.text());
		return isObject(reply) ? reply : undefined;
	} catch {
		return undefined;
	}
}

async function postAnswer(chat: ChatStore, bot: Bot, channel: Channel, answer: string): Promise<void> {
	if (answer.trim() === '') return;
	const reply: unknown = JSON.parse(answer);
	if (!isObject(reply)) return;
	await postPayload(chat, bot.user_id, channel, reply);
}

/** Posts `{text, file_url?, attachments?}` as a bot (chat.md 8). Refuses with 101, 117, 409, 410, and 411 for a hasty `sender`. */
export async function postPayload(
	chat: ChatStore,
	creator_id: number,
	channel: Channel,
	payload: Record<string, unknown>,
	sender?: string,
): Promise<Post> {
	const { text = '', file_url } = payload;
	const attachments = attachmentsOf(payload);
	const isEmpty = text === '' && file_url === undefined && attachments.length === 0;
	if (typeof text !== 'string' || isEmpty) return refuse(101);
	if (text.length > chat.switches.maxLength) return refuse(410);
	const draft = { creator_id, message: text, attachments };
	if (file_url !== undefined && typeof file_url !== 'string') return refuse(101);
	const file = file_url && (await fetchFile(file_url, Math.min(chat.switches.maxFileSize, urlLimit)));
	if (sender !== undefined) chat.claimTurn(sender);
	return chat.append(channel, { ...draft, ...(file && { file }) });
}

/** Actions need a `callback_id`, and only buttons exist (chat.md 8.1); the code for others was not captured: 120 (unverified). */
function attachmentsOf({ attachments = [] }: Record<string, unknown>): Record<string, unknown>[] {
	if (!Array.isArray(attachments) || !attachments.every(isObject)) return refuse(120);
	for (const { actions = [], callback_id } of attachments) {
		if (!Array.isArray(actions) || !actions.every((action) => isObject(action) && action['type'] === 'button'))
			refuse(120);
		if ((actions as unknown[]).length > 0 && callback_id === undefined) refuse(120);
	}
	return attachments;
}

/** The NAS itself fetches the file; one that it cannot get, or an illegal name, is 117 (chat.md 8). */
async function fetchFile(url: string, limit: number): Promise<StoredFile> {
	if (!/^https?:\/\//i.test(url)) return refuse(117);
	const response = await fetch(url).catch(() => refuse(117));
	if (!response.ok) return refuse(117);
	const name = decoded(basename(new URL(url).pathname));
	if (name === '' || /[\\/:*?"<>|]/.test(name)) return refuse(117);
	const content = Buffer.from(await response.arrayBuffer().catch(() => refuse(117)));
	if (content.length > limit) return refuse(409);
	const mime = response.headers.get('content-type') ?? 'application/octet-stream';
	return { name, mime, size: content.length, content };
}

/** Empty, which is no name, for text with broken escapes. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return '';
	}
}

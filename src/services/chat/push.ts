import type { Fields } from '../../core/receive';
import { push } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { command, purpose, trigger_word, welcome_note } from './administration';
import { channel_id } from './fields';
import { chatbot, outgoing, registeringCalls, slash, type Kind } from './integration';
import { ensure, isThere, remove } from './registration';

const MINUTE = 60_000;
/** No two messages share an ID and a time. */
const MESSAGE_WINDOW = 10 * MINUTE;
/** A press bears no time, and the same person may press the same button again. */
const PRESS_WINDOW = 5_000;

const nickname = z.string().trim().min(1).default('Synoflow').meta({
	title: 'Name in Chat',
	description: 'Name under which it appears in Chat when it is registered automatically',
});

const presses = z.boolean().default(true).meta({
	title: 'Button Presses',
	description: 'Whether pressed buttons of its messages start the flow too',
	advanced: true,
});

/** A call of Chat; which fields there are depends on what happened. Times are Unix milliseconds. */
const event = z.object({
	kind: z.enum(['message', 'command', 'press']),
	text: z.string(),
	user_id: z.number().optional(),
	username: z.string(),
	post_id: z.string().optional(),
	channel_id: z.number().optional(),
	channel_name: z.string().optional(),
	trigger_word: z.string().optional(),
	argument: z.string().optional(),
	timestamp: z.number().optional(),
	callback_id: z.string().optional(),
	name: z.string().optional(),
	value: z.string().optional(),
});
type PushEvent = z.output<typeof event>;

const asText = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const asNumber = (value: unknown): number | undefined =>
	asText(value) !== undefined && asText(value) !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;

/** Fields that are there. */
const given = <T extends object>(fields: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** A pressed button (chat.md 8.1), or undefined for another call. */
function pressOf(fields: Fields): PushEvent | undefined {
	const { actions, user } = fields;
	const action = Array.isArray(actions) ? (actions[0] as Fields | undefined) : undefined;
	if (!action) return undefined;
	const who = (typeof user === 'object' && user !== null ? user : fields) as Fields;
	return {
		kind: 'press',
		text: asText(action['text']) ?? '',
		username: asText(who['username']) ?? '',
		...given({
			user_id: asNumber(who['user_id']),
			post_id: asText(fields['post_id']),
			callback_id: asText(fields['callback_id']),
			name: asText(action['name']),
			value: asText(action['value']),
		}),
	};
}

/** What stands after a word. */
const after = (text: string, word: string | undefined): string | undefined =>
	word !== undefined && text.startsWith(word) ? text.slice(word.length).trim() : undefined;

/** A message or a command (chat.md 8.2-8.4); channel fields and times may be missing. */
function messageOf(fields: Fields, kind: 'message' | 'command', word?: string): PushEvent | undefined {
	const text = asText(fields['text']);
	if (fields['actions'] !== undefined || (text === undefined && fields['post_id'] === undefined)) return undefined;
	const trigger = word ?? asText(fields['trigger_word']);
	return {
		kind,
		text: text ?? '',
		username: asText(fields['username']) ?? '',
		...given({
			user_id: asNumber(fields['user_id']),
			post_id: asText(fields['post_id']),
			channel_id: asNumber(fields['channel_id']),
			channel_name: asText(fields['channel_name']),
			trigger_word: trigger,
			argument: after(text ?? '', trigger),
			timestamp: asNumber(fields['timestamp']),
		}),
	};
}

/** Slash commands come without an ID or a time: a repeated one cannot be told from one that was typed twice. */
function markOf({ kind, post_id, timestamp, callback_id, user_id, name, value }: PushEvent) {
	if (kind === 'press')
		return { key: JSON.stringify([post_id, callback_id, user_id, name, value]), window: PRESS_WINDOW };
	if (post_id === undefined && timestamp === undefined) return undefined;
	return { key: JSON.stringify([post_id, timestamp, user_id]), window: MESSAGE_WINDOW };
}

/** What all of one kind share: what is registered is found again by its address. */
const registering = (kind: Kind) => ({
	uses: registeringCalls(kind),
	event,
	mark: markOf,
	isThere: async (url: string, dsm: Parameters<typeof isThere>[2]) => await isThere(kind, url, dsm),
	remove: async (url: string, dsm: Parameters<typeof remove>[2]) => await remove(kind, url, dsm),
});

export const webhookMessage = push({
	title: 'Message to an outgoing webhook',
	summary:
		'Tells at once of a message that a person writes in a channel or that begins with a word; replies, edits and messages of programs are not told.',
	place: 'Chat > Integration > Outgoing Webhooks > URL',
	params: z.object({
		nickname,
		channel_id: channel_id
			.optional()
			.meta({ ...channel_id.meta(), description: 'Channel to listen in; all channels when left out' }),
		trigger_word,
		presses,
	}),
	...registering(outgoing),
	basis: 'guide',
	read: (fields, params) => messageOf(fields, 'message') ?? (params.presses ? pressOf(fields) : undefined),
	ensure: async (params, url, dsm) =>
		await ensure(
			outgoing,
			params.nickname,
			{ url, channel_id: params.channel_id ?? 0, trigger_word: params.trigger_word ?? '' },
			dsm,
		),
});

export const slashCommand = push({
	title: 'Slash command',
	summary: 'Tells at once of a command that a person types; only that person sees the answer.',
	place: 'Chat > Integration > Slash Commands > Request URL',
	params: z.object({ nickname, command }),
	...registering(slash),
	basis: 'inferred',
	read: (fields, params) => messageOf(fields, 'command', params.command),
	ensure: async (params, url, dsm) => await ensure(slash, params.nickname, { url, command: params.command }, dsm),
});

const botParams = { nickname, purpose, welcome_note };

export const botMessage = push({
	title: 'Message to a bot',
	summary: 'Tells at once of a message that a person writes to the bot, and of buttons that are pressed.',
	place: 'Chat > Integration > Bots > Outgoing URL',
	params: z.object({ ...botParams, presses }),
	...registering(chatbot),
	basis: 'clients',
	read: (fields, params) => messageOf(fields, 'message') ?? (params.presses ? pressOf(fields) : undefined),
	ensure: async ({ nickname: name, presses: _, ...params }, url, dsm) =>
		await ensure(chatbot, name, { url, ...params }, dsm),
});

export const buttonPress = push({
	title: 'Button pressed',
	summary: 'Tells at once of a pressed button below a message of the bot; an answer takes the place of the message.',
	place: 'Chat > Integration > Bots > Outgoing URL',
	params: z.object(botParams),
	...registering(chatbot),
	basis: 'clients',
	read: pressOf,
	ensure: async ({ nickname: name, ...params }, url, dsm) => await ensure(chatbot, name, { url, ...params }, dsm),
});

import type { Fields } from '../../../core/receive';
import type { Dsm } from '../../../core/dsm';
import { push } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { flag } from '../fields';
import { anyChannel, command, purpose, trigger_word, welcome_note } from '../lib/integrationFields';
import { chatbot, outgoing, registeringCalls, slash, type Kind } from '../lib/integrations';
import { ensure, isThere, remove } from '../lib/registration';

const MINUTE = 60_000;
/** No two messages share an ID and a time. */
const MESSAGE_WINDOW = 10 * MINUTE;
/** A press bears no time, and the same person may press the same button again. */
const PRESS_WINDOW = 5_000;

const nickname = z.string().trim().min(1).default('Synoflow').meta({
	title: 'Name in Chat',
	description: 'Name under which it appears in Chat when it is registered automatically',
});

const presses = flag('Button Presses', 'Whether pressed buttons of its messages also start the flow', true);

/** A call of Chat; which fields there are depends on what happened. */
const event = row(
	{
		kind: z.enum(['message', 'command', 'press']),
		text: z.string(),
		user_id: field.id().optional(),
		username: z.string(),
		post_id: field.id().optional(),
		channel_id: field.id().optional(),
		channel_name: z.string().optional(),
		trigger_word: z.string().optional(),
		argument: z.string().optional(),
		timestamp: field.milliseconds().optional(),
		callback_id: z.string().optional(),
		name: z.string().optional(),
		value: z.string().optional(),
	},
	{
		simple: [
			'kind',
			'text',
			'user_id',
			'username',
			'post_id',
			'channel_id',
			'channel_name',
			'argument',
			'timestamp',
			'value',
		],
	},
);
type PushEvent = z.output<typeof event>;

const asText = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
/** An id, or a moment in milliseconds. */
const asDigits = (value: unknown): string | undefined =>
	/^\d+$/.test(asText(value) ?? '') ? asText(value) : undefined;

/** The event of the fields that are there. */
const eventOf = (fields: Record<string, unknown>): PushEvent =>
	event.parse(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));

/** A pressed button (chat.md 8.1), or undefined for another call. */
function pressOf(fields: Fields): PushEvent | undefined {
	const { actions, user } = fields;
	const action = Array.isArray(actions) ? (actions[0] as Fields | undefined) : undefined;
	if (!action) return undefined;
	const who = (typeof user === 'object' && user !== null ? user : fields) as Fields;
	return eventOf({
		kind: 'press',
		text: asText(action['text']) ?? '',
		username: asText(who['username']) ?? '',
		user_id: asDigits(who['user_id']),
		post_id: asText(fields['post_id']) || undefined,
		callback_id: asText(fields['callback_id']),
		name: asText(action['name']),
		value: asText(action['value']),
	});
}

/** What stands after a word. */
const after = (text: string, word: string | undefined): string | undefined =>
	word !== undefined && text.startsWith(word) ? text.slice(word.length).trim() : undefined;

/** A message or a command (chat.md 8.2-8.4); channel fields and times may be missing. */
function messageOf(fields: Fields, kind: 'message' | 'command', word?: string): PushEvent | undefined {
	const text = asText(fields['text']);
	if (fields['actions'] !== undefined || (text === undefined && fields['post_id'] === undefined)) return undefined;
	const trigger = word ?? asText(fields['trigger_word']);
	return eventOf({
		kind,
		text: text ?? '',
		username: asText(fields['username']) ?? '',
		user_id: asDigits(fields['user_id']),
		post_id: asText(fields['post_id']) || undefined,
		channel_id: asDigits(fields['channel_id']),
		channel_name: asText(fields['channel_name']),
		trigger_word: trigger,
		argument: after(text ?? '', trigger),
		timestamp: asDigits(fields['timestamp']),
	});
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
	isThere: async (url: string, dsm: Dsm) => await isThere(kind, url, dsm),
	remove: async (url: string, dsm: Dsm) => await remove(kind, url, dsm),
});

export const webhookMessageReceived = push({
	title: 'Outgoing webhook message received',
	summary:
		'Starts at once when a person writes a message in a channel or one that begins with a word; not for replies, edits and messages of programs.',
	place: 'Chat > Integration > Outgoing Webhooks > URL',
	params: z.object({
		nickname,
		channel_id: anyChannel,
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

export const slashCommandReceived = push({
	title: 'Slash command received',
	summary: 'Starts at once when a person types the command; only that person sees the answer.',
	place: 'Chat > Integration > Slash Commands > Request URL',
	params: z.object({ nickname, command }),
	...registering(slash),
	basis: 'inferred',
	read: (fields, params) => messageOf(fields, 'command', params.command),
	ensure: async (params, url, dsm) => await ensure(slash, params.nickname, { url, command: params.command }, dsm),
});

const botParams = { nickname, purpose, welcome_note };

export const botMessageReceived = push({
	title: 'Bot message received',
	summary: 'Starts at once when a person writes a message to the bot or presses a button of it.',
	place: 'Chat > Integration > Bots > Outgoing URL',
	params: z.object({ ...botParams, presses }),
	...registering(chatbot),
	basis: 'clients',
	read: (fields, params) => messageOf(fields, 'message') ?? (params.presses ? pressOf(fields) : undefined),
	ensure: async ({ nickname: name, presses: _, ...params }, url, dsm) =>
		await ensure(chatbot, name, { url, ...params }, dsm),
});

export const buttonPressed = push({
	title: 'Button pressed',
	summary:
		'Starts at once when a person presses a button below a message of the bot; an answer takes the place of the message.',
	place: 'Chat > Integration > Bots > Outgoing URL',
	params: z.object(botParams),
	...registering(chatbot),
	basis: 'clients',
	read: pressOf,
	ensure: async ({ nickname: name, ...params }, url, dsm) => await ensure(chatbot, name, { url, ...params }, dsm),
});

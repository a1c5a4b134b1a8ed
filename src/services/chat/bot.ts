import type { Dsm } from '../../core/dsm';
import { DsmApiError, isDsmError } from '../../core/errors';
import { fileAnswer, id } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { content, hasContent, notEmpty, payloadOf } from './buttons';
import { asNumber, digits, nothing, post_id, toNothing } from './fields';
import { post, postsOf } from './post';
import type { WireChannel } from './people';
import { shown, user } from './user';

const external = (method: string) => ({ api: 'SYNO.Chat.External', method, version: 2 }) as const;

const user_ids = z
	.array(id())
	.min(1)
	.meta({
		title: 'Users',
		description: 'Users of Chat who get the message',
		widget: 'picker',
		choices: { from: 'chat.bot.listUsers', value: 'user_id', label: 'label' },
	});

const channel_id = id().meta({
	title: 'Channel',
	description: 'Channel that the bot is a member of',
	widget: 'picker',
	choices: { from: 'chat.bot.listChannels', value: 'channel_id', label: 'label' },
});

const sent = z.object({
	user_id: z.number(),
	sent: z.boolean(),
	post_id: digits().optional(),
	error: z.string().optional(),
	code: z.number().optional(),
});

/** What became of the message to one user: ids come as numbers or texts, and a failure may hide in a success (chat.md 8). */
async function sendTo(user_id: number, payload: object, dsm: Dsm): Promise<z.input<typeof sent>> {
	const data = (await dsm.call(external('chatbot'), { payload: { ...payload, user_ids: [user_id] } })) as
		{ fail?: unknown; succ?: { user_id_post_map?: Record<string, number | string> } } | undefined;
	const made = data?.succ?.user_id_post_map?.[user_id];
	if (made !== undefined || !data?.fail) return { user_id, sent: true, ...(made !== undefined && { post_id: made }) };
	throw new DsmApiError(`Chat did not deliver the message to user ${user_id}: ${JSON.stringify(data.fail)}.`);
}

/** More than one user in a call does not work on all releases: each gets a call of his own (chat.md 8). */
const send = procedure({
	title: 'Send a message as bot',
	summary: 'Sends a message of the bot to users, one conversation each, and tells for each whether it arrived.',
	uses: [external('chatbot')],
	params: z.object({ user_ids, ...content }).refine(hasContent, notEmpty),
	result: z.array(sent),
	token: true,
	basis: 'clients',
	async run({ user_ids: users, ...given }, dsm) {
		const rows: z.input<typeof sent>[] = [];
		const failures: unknown[] = [];
		for (const user_id of users) {
			try {
				rows.push(await sendTo(user_id, payloadOf(given), dsm));
			} catch (error) {
				if (!isDsmError(error) || error.code !== 'api') throw error;
				failures.push(error);
				rows.push({ user_id, sent: false, error: error.message, ...(error.dsmCode && { code: error.dsmCode }) });
			}
		}
		if (failures.length === users.length) throw failures[0];
		return rows;
	},
});

const listUsers = operation({
	title: 'List users as bot',
	summary: 'Lists the users that the bot can write to.',
	call: external('user_list'),
	params: z.object({}),
	page: { items: 'users' },
	response: shown,
	result: z.array(user),
	readOnly: true,
	token: true,
	basis: 'clients',
});

const channelRow = z.looseObject({ channel_id: z.number(), type: z.string().optional(), label: z.string().optional() });

/** Conversations have no name, or `false` for one (chat.md 4.1). */
const listChannels = operation({
	title: 'List channels as bot',
	summary: 'Lists the channels and conversations that the bot is a member of.',
	call: external('channel_list'),
	params: z.object({}),
	page: { items: 'channels' },
	response: (row: WireChannel) => ({
		...row,
		name: row.name || '',
		label: row.name || `${row.type} ${row.channel_id}`,
	}),
	result: z.array(channelRow),
	readOnly: true,
	token: true,
	basis: 'clients',
});

const listMessages = procedure({
	title: 'List messages as bot',
	summary: 'Gives messages of a channel that the bot is a member of, oldest first.',
	uses: [external('post_list')],
	params: z.object({
		channel_id,
		count: z.coerce.number<number | string>().int().min(1).max(100).default(20).meta({
			title: 'Count',
			description: 'Most messages to give; Chat may give fewer at a time',
		}),
		before: post_id.optional().meta({
			title: 'Before',
			description: 'ID of a message: only older ones are given',
			placeholder: 'e.g. 309237645323',
			advanced: true,
		}),
	}),
	result: z.array(post),
	readOnly: true,
	token: true,
	basis: 'clients',
	async run({ channel_id: channel, count, before }, dsm) {
		const anchor = before === undefined ? {} : { post_id: Number(before) };
		const call = { channel_id: channel, prev_count: count, next_count: 0, ...anchor };
		// The anchor itself is in the answer (chat.md 5.2).
		return postsOf(await dsm.call(external('post_list'), call)).flatMap((row) =>
			String(row.post_id) === before ? [] : [{ ...row }],
		);
	},
});

const downloadFile = operation({
	title: 'Download a file as bot',
	summary: 'Gives the file of a message in a channel that the bot is a member of.',
	call: external('post_file_get'),
	params: z.object({ post_id }),
	request: asNumber,
	returns: 'file',
	result: fileAnswer(),
	readOnly: true,
	token: true,
	basis: 'clients',
});

export const bots = resource('Bot', { send, listUsers, listChannels, listMessages, downloadFile });

const incomingSend = operation({
	title: 'Send a message by webhook',
	summary: 'Posts a message to the channel of an incoming webhook.',
	call: external('incoming'),
	params: z.object(content).refine(hasContent, notEmpty),
	request: (given) => ({ payload: payloadOf(given) }),
	response: toNothing,
	result: nothing,
	token: true,
	basis: 'guide',
});

export const webhooks = resource('Webhook', { send: incomingSend });

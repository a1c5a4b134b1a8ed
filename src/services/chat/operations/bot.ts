import { keepBudget } from '../../../core/budget';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, isDsmError } from '../../../core/errors';
import { fileAnswer, id } from '../../../catalog/fields';
import { nothing, operation, procedure, resource } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { CHANNELS, messageId, postNumber } from '../fields';
import { content, hasContent, notEmpty } from '../lib/buttons';
import { partsIn } from '../lib/inParts';
import { sendContent } from '../lib/integrationSend';
import { labeledChannel, labeledUser, userWithLabel } from '../lib/labels';
import { mentions, toStored } from '../lib/mentions';
import { userRef, usersNamed } from '../lib/named';
import { inOrder } from '../lib/posts';
import { keepPosts } from '../lib/splitText';
import * as wire from '../wire/external';

const user_ids = z
	.array(userRef)
	.min(1)
	.meta({
		title: 'Users',
		description: 'Users of Chat who get the message: IDs, login names or nicknames',
		widget: 'picker',
		choices: { from: 'chat.bot.listUsers', value: 'user_id', label: 'label' },
	});

const channel_id = id().meta({
	title: 'Channel',
	description: 'Channel that the bot is a member of',
	widget: 'picker',
	choices: { ...CHANNELS.choices, from: 'chat.bot.listChannels' },
	by: CHANNELS.by,
});

const sent = row({
	user_id: field.id(),
	sent: z.boolean(),
	post_id: field.id().optional(),
	/** IDs of all messages that a long text became. */
	parts: z.array(z.string()).optional(),
	error: z.string().optional(),
	code: z.number().optional(),
});
type Sent = z.output<typeof sent>;

/** Sends one payload to one user and gives the id of the message: a failure may hide in a success (chat.md 8). */
async function sendTo(user_id: number, payload: object, dsm: Dsm): Promise<string | undefined> {
	const { fail, succ } = await dsm.call(wire.sendAsBot, { payload: { ...payload, user_ids: [user_id] } });
	const post = succ?.user_id_post_map?.[user_id];
	if (post === undefined && fail)
		throw new DsmApiError(`Chat did not deliver the message to user ${user_id}: ${JSON.stringify(fail)}.`);
	return post;
}

/** More than one user in a call does not work on all releases: each gets a call of his own (chat.md 8). */
const send = procedure({
	title: 'Send a message as bot',
	summary: 'Sends a message of the bot to users, one conversation each, and says for each whether it arrived.',
	uses: [wire.sendAsBot, wire.listBotUsers],
	params: z.object({ user_ids, ...content, mentions }).refine(hasContent, notEmpty),
	result: z.array(sent),
	token: true,
	async run({ user_ids: refs, mentions: resolves, ...given }, dsm) {
		keepPosts(given.text, given.part_length, 'text');
		const from = wire.listBotUsers;
		const users = await usersNamed(dsm, refs, { from });
		const text = await toStored(dsm, given.text, resolves, { path: 'text', from });
		const rows: Sent[] = [];
		const failures: unknown[] = [];
		for (const user_id of new Set(users)) {
			try {
				const ids = await sendContent(
					dsm,
					{ ...given, text },
					async (payload) => await sendTo(user_id, payload, dsm),
					(post_id) => post_id,
				);
				const post_id = ids[0];
				rows.push({
					user_id: String(user_id),
					sent: true,
					...(post_id !== undefined && { post_id }),
					...partsIn(ids),
				});
			} catch (error) {
				if (!isDsmError(error) || error.code !== 'api') throw error;
				failures.push(error);
				const code = error.dsmCode === undefined ? {} : { code: error.dsmCode };
				rows.push({ user_id: String(user_id), sent: false, error: error.message, ...code });
			}
		}
		if (failures.length === rows.length) throw failures[0];
		return rows;
	},
});

const listUsers = operation({
	title: 'List users as bot',
	summary: 'Lists the users that the bot can write to.',
	call: wire.listBotUsers,
	params: z.object({}),
	response: userWithLabel,
	result: z.array(labeledUser),
	token: true,
});

/** Conversations have no name. */
const listChannels = operation({
	title: 'List channels as bot',
	summary: 'Lists the channels and conversations that the bot is a member of.',
	call: wire.listBotChannels,
	params: z.object({}),
	response: (channel) => ({
		...channel,
		label: channel.name || `${channel.type ?? 'channel'} ${channel.channel_id}`,
	}),
	result: z.array(labeledChannel),
	token: true,
});

/** The anchor itself is in the answer (chat.md 5.2). */
const listMessages = operation({
	title: 'List messages as bot',
	summary: 'Lists messages of a channel that the bot is a member of, oldest first.',
	call: wire.listBotPosts,
	params: z.object({
		channel_id,
		count: z.coerce.number<number | string>().int().min(1).max(100).default(20).meta({
			title: 'Count',
			description: 'Most messages to give; Chat may give fewer at a time',
		}),
		before: messageId().optional().meta({
			title: 'Before',
			description: 'ID of a message: only older ones are given',
			placeholder: 'e.g. 309237645323',
			advanced: true,
		}),
	}),
	request: ({ channel_id: channel, count, before }) => ({
		channel_id: channel,
		prev_count: count,
		next_count: 0,
		...(before !== undefined && { post_id: Number(before) }),
	}),
	pick: (posts, { before }) => inOrder(posts.filter((post) => post.post_id !== before)),
	token: true,
});

const downloadFile = operation({
	title: 'Download a file as bot',
	summary: 'Gives the file of a message in a channel that the bot is a member of.',
	call: wire.getBotFile,
	params: z.object({ post_id: messageId() }),
	request: postNumber,
	returns: 'file',
	result: fileAnswer(),
	token: true,
});

export const bots = resource('Bot', { send, listUsers, listChannels, listMessages, downloadFile });

const sendByWebhook = procedure({
	title: 'Send a message by webhook',
	summary: 'Posts a message to the channel of an incoming webhook.',
	uses: [wire.postByWebhook],
	params: z.object(content).refine(hasContent, notEmpty),
	result: nothing,
	token: true,
	async run(given, dsm) {
		keepPosts(given.text, given.part_length, 'text');
		keepBudget('message', given.text.length, { path: ['text'] });
		const send = async (payload: object) => await dsm.call(wire.postByWebhook, { payload });
		await sendContent(dsm, given, send, () => undefined);
		return {};
	},
});

export const webhooks = resource('Webhook', { send: sendByWebhook });

import type { FileSource } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { namedFile } from '../../../catalog/fields';
import { z } from '../../../vendor/zod';
import { channelOf } from '../fields';
import { listChannels } from '../wire/channels';
import { createPost, post as postRow } from '../wire/posts';
import { listUsers } from '../wire/users';
import { part_length, partsIn, sendParts } from './inParts';
import { mentions, toStored } from './mentions';
import { knownChannels } from './people';
import { idOf } from './posts';
import { keepPosts } from './splitText';

/** What has to be known before anything is written: whether the channel takes it, and whom it mentions. */
export const checkCalls = [listChannels, listUsers] as const;

/** Calls of everything that sends. */
export const sendCalls = [createPost, ...checkCalls] as const;

/** What every operation that sends a message takes. */
export const letter = {
	message: z.string().default('').meta({
		title: 'Message',
		description: 'Text of the message; may stay empty when a file is sent',
		widget: 'multiline',
	}),
	file: namedFile().optional().meta({ title: 'File', description: 'File to attach', widget: 'file' }),
	mentions,
	part_length,
} as const;

export interface Letter {
	message: string;
	file?: FileSource | undefined;
	mentions: boolean;
	part_length: number;
}

/** What was sent. */
export const sentPost = postRow.with({
	/** IDs of all messages that a long text became. */
	parts: z.array(z.string()).optional(),
});
export type SentPost = z.output<typeof sentPost>;

/** For `.refine` of the parameters. */
export const hasContent = (value: { message: string; file?: unknown }): boolean =>
	value.message.trim() !== '' || value.file !== undefined;
export const notEmpty = { message: 'is empty: a message needs a text or a file', path: ['message'] };

/**
 * Refuses channels that are encrypted end to end, before anything is sent: only the Chat apps hold their keys (chat.md 9).
 * Costs a request only when the channels were not listed lately. Throws DsmInputError.
 */
export async function refuseEncrypted(dsm: Dsm, channel_ids: readonly number[], path = 'channel_id'): Promise<void> {
	const channels = await knownChannels(dsm, channel_ids);
	const closed = channels.find((row) => row.encrypted && channel_ids.includes(idOf(row)));
	if (!closed) return;
	const name = closed.name ? `The channel "${closed.name}"` : 'The conversation';
	throw new DsmInputError(`${name} is encrypted: only the Chat apps can write to it.`, {
		path: [path],
		hint: 'Use a channel without encryption.',
	});
}

/** A text as Chat stores it, for a channel that takes it. Throws DsmInputError when the channel is encrypted. */
export async function textFor(
	dsm: Dsm,
	given: { message: string; mentions: boolean },
	channel_ids: readonly number[],
	path?: string,
): Promise<string> {
	const [text] = await Promise.all([
		toStored(dsm, given.message, given.mentions),
		refuseEncrypted(dsm, channel_ids, path),
	]);
	return text;
}

/** The same for the channel of a message. */
export const textForPost = async (
	dsm: Dsm,
	given: { post_id: string; message: string; mentions: boolean },
): Promise<string> => await textFor(dsm, given, [channelOf(given.post_id)], 'post_id');

/** Where a message goes. */
interface Address {
	channel_id: number;
	thread_id?: number;
}

/** Sends a text with its file; a long text in several messages, in their order. Gives the first one, with the ids of all in `parts`. */
export async function deliver(dsm: Dsm, address: Address, given: Letter): Promise<SentPost> {
	keepPosts(given.message, given.part_length);
	const path = address.thread_id === undefined ? 'channel_id' : 'thread_id';
	return await post(dsm, address, { ...given, message: await textFor(dsm, given, [address.channel_id], path) });
}

/** The same for a channel that is known to take messages, with a text as Chat stores it. */
export async function post(dsm: Dsm, address: Address, { file: attached, ...given }: Letter): Promise<SentPost> {
	const sent = await sendParts(
		dsm,
		{ text: given.message, part_length: given.part_length, path: 'message' },
		async ({ text, index }) => {
			const attach = index === 0 && attached ? { file: attached } : {};
			return await dsm.call(createPost, { ...address, ...wireOf(text, attach) });
		},
		({ post_id }) => post_id,
	);
	return { ...sent[0], ...partsIn(sent.map(({ post_id }) => post_id)) };
}

const wireOf = (message: string, attach: { file?: FileSource }) => ({
	type: attach.file ? 'file' : 'normal',
	message,
	is_thread: false,
	...attach,
});

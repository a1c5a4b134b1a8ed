import type { FileSource } from '../../../core/call';
import { keepBudget } from '../../../core/budget';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError, isDsmError, withDetails } from '../../../core/errors';
import { file } from '../../../catalog/fields';
import { z } from '../../../vendor/zod';
import { channelOf } from '../fields';
import { listChannels } from '../wire/channels';
import { createPost, post as postRow, type Post } from '../wire/posts';
import { listUsers } from '../wire/users';
import { mentions, toStored } from './mentions';
import { knownChannels } from './people';
import { idOf } from './posts';
import { keepPosts, partsOf, SHORTEST } from './splitText';

/** What has to be known before anything is written: whether the channel takes it, and whom it mentions. */
export const checkCalls = [listChannels, listUsers] as const;

/** Calls of everything that sends. */
export const sendCalls = [createPost, ...checkCalls] as const;

/** Two messages of one account that follow closer are refused with 411 (chat.md 17.3). */
export const PAUSE = 600;

/** What every operation that sends a message takes. */
export const letter = {
	message: z.string().default('').meta({
		title: 'Message',
		description: 'Text of the message; may stay empty when a file is sent',
		widget: 'multiline',
	}),
	file: file().optional().meta({ title: 'File', description: 'File to attach', widget: 'file' }),
	mentions,
	part_length: z.coerce
		.number<number | string>()
		.int()
		.min(0)
		.default(2000)
		.refine((value) => value === 0 || value >= SHORTEST, `is too short: 0, or ${SHORTEST} and more`)
		.meta({
			title: 'Longest Part',
			description: 'Characters after which a long text goes on in a further message; 0: it is never split',
			advanced: true,
		}),
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

/**
 * Sends a text with its file; a long text in several messages, in their order. Gives the first one, with the ids of all in `parts`.
 * What Chat calls too long all the same is halved: it stored nothing.
 */
export async function deliver(dsm: Dsm, address: Address, given: Letter): Promise<SentPost> {
	keepPosts(given);
	const path = address.thread_id === undefined ? 'channel_id' : 'thread_id';
	return await post(dsm, address, { ...given, message: await textFor(dsm, given, [address.channel_id], path) });
}

/** The same for a channel that is known to take messages, with a text as Chat stores it. */
export async function post(dsm: Dsm, address: Address, { file: attached, ...given }: Letter): Promise<SentPost> {
	const waiting = partsOf(given.message, given.part_length);
	const sent: Post[] = [];
	for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
		if (sent.length > 0) await dsm.sleep(PAUSE);
		try {
			keepBudget('posts', sent.length + 1 + waiting.length, { path: ['message'] });
			const attach = sent.length === 0 && attached ? { file: attached } : {};
			sent.push(await dsm.call(createPost, { ...address, ...wireOf(part, attach) }));
		} catch (error) {
			const half = Math.floor(part.length / 2);
			if (isTooLong(error) && given.part_length > 0 && half >= SHORTEST) waiting.unshift(...partsOf(part, half));
			else throw withProgress(error, sent, waiting.length + 1);
		}
	}
	const [first] = sent;
	return sent.length > 1 ? { ...first!, parts: sent.map(({ post_id }) => post_id) } : first!;
}

const isTooLong = (error: unknown): boolean => isDsmError(error) && error.dsmCode === 410;

const wireOf = (message: string, attach: { file?: FileSource }) => ({
	type: attach.file ? 'file' : 'normal',
	message,
	is_thread: false,
	...attach,
});

/** An error that says what was sent before it, so that nobody sends it twice. */
function withProgress(error: unknown, sent: Post[], missing: number): unknown {
	if (sent.length === 0 || !isDsmError(error)) return error;
	const ids = sent.map(({ post_id }) => post_id).join(', ');
	const told = `${error.message} ${sent.length} of ${sent.length + missing} parts were sent before: ${ids}.`;
	return withDetails(error, {}, told);
}

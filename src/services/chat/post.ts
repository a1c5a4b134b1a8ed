import { DsmApiError } from '../../core/errors';
import { z } from '../../vendor/zod';
import { digits } from './fields';

/** A post as Chat gives it (chat.md 5.1). More fields pass through; times are Unix milliseconds, 0 means never. */
export const post = z.looseObject({
	post_id: digits(),
	channel_id: z.number().optional(),
	creator_id: z.number().optional(),
	type: z.string().optional(),
	message: z.string().optional(),
	/** The message with names in place of the ids of mentioned users. */
	text: z.string().optional(),
	create_at: z.number().optional(),
	update_at: z.number().optional(),
	thread_id: digits().optional(),
	file_props: z.looseObject({ name: z.string(), size: z.number() }).nullish(),
	comment_count: z.number().optional(),
	/** Ids of all messages that a long text became. */
	parts: z.array(z.string()).optional(),
});

/** A post on the wire: ids are numbers, or texts on some releases. */
export interface WirePost {
	[field: string]: unknown;
	post_id: number | string;
	channel_id?: number;
	creator_id?: number;
	type?: string;
	message?: string;
	create_at?: number;
	update_at?: number;
	last_pin_at?: number;
	delete_at?: number;
	thread_id?: number | string;
	comment_count?: number;
	last_comment_at?: number;
	mentions?: unknown[];
	file_props?: { name: string; size: number } | null;
	props?: { vote?: { state?: string; choices?: unknown[] }; remind_at?: number } | null;
	text?: string;
	parts?: string[];
	encrypted?: boolean;
}

export const idOfPost = (row: WirePost): number => Number(row.post_id);

/** `0`: ordinary post; own id: start of a thread; anything else: a reply. */
export const isReply = (row: WirePost): boolean =>
	Number(row.thread_id ?? 0) !== 0 && Number(row.thread_id) !== idOfPost(row);

/** Rows of an answer, oldest first. Lists are under `posts` or `search_results`, in no promised order (chat.md 5.2, 17). */
export function postsOf(data: unknown): WirePost[] {
	const { posts, search_results } = (data ?? {}) as { posts?: WirePost[]; search_results?: WirePost[] };
	return [...(posts ?? search_results ?? [])].sort((a, b) => idOfPost(a) - idOfPost(b));
}

/** What Chat says of a message that is not there (any more). */
export const noSuchPost = (): DsmApiError =>
	new DsmApiError('There is no such message (code 402).', { dsmCode: 402, hint: 'The message may have been deleted.' });

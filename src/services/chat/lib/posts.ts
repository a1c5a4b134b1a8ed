import { timeOf } from '../../../catalog/row';
import { DsmApiError } from '../../../core/errors';
import { channelOf } from '../fields';
import type { Channel } from '../wire/channels';
import type { Post } from '../wire/posts';

/** Ids of posts rise within a channel, and stay exact as numbers below 2^53 (chat.md 1.3): so they are compared. */
export const numberOf = (row: Post): number => Number(row.post_id);

/** Id of a channel as requests and cursors hold it. */
export const idOf = ({ channel_id }: Channel): number => Number(channel_id);

/** Channel that a post lies in. */
export const channelIdOf = (row: Post): number => channelOf(row.post_id);

/** Milliseconds of a moment; 0 where there is none, as Chat has it on the wire. */
export const millisecondsOf = (moment: string | null | undefined): number => timeOf(moment) || 0;

export const createdAt = (row: Post | undefined): number => millisecondsOf(row?.create_at);

export const isReply = (row: Post): boolean =>
	Number(row.thread_id ?? 0) !== 0 && Number(row.thread_id) !== numberOf(row);

/** Oldest first. */
export const inOrder = (rows: readonly Post[]): Post[] => [...rows].sort((a, b) => numberOf(a) - numberOf(b));

/** What Chat says of a message that is not there (any more). */
export const noSuchPost = (): DsmApiError =>
	new DsmApiError('There is no such message (code 402).', { dsmCode: 402, hint: 'The message may have been deleted.' });

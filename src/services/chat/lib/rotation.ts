import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import { anyOf } from '../fields';
import type { Channel } from '../wire/channels';
import { watchedNow } from './newMessages';
import { idOf } from './posts';
import { settled } from './refusals';

/**
 * Reminders and scheduled messages can only be asked for channel by channel (chat.md 5.11, 5.12). Chosen channels are asked at every
 * poll; of all channels those in which something comes due, and a few more in turn, so that a poll stays one request.
 */
const IN_TURN = 5;

export const rotationChannels = anyOf('channel', {
	title: 'Channels',
	description: `Channels to watch, all of them at every poll; none: all that the account has joined, ${IN_TURN} at a time in turn`,
});

/** Where the next turn begins, and since when channels are watched that are not known yet. */
export const rotationCursor = { next: z.number(), at: z.number() } as const;

interface Round<T> {
	watched: Map<number, Channel>;
	/** What was read, by channel; a channel that refuses is left out. */
	read: Map<number, T>;
	next: number;
}

/** Reads the channels whose turn it is, in the batch that asks for the channels, and then those that are new. */
export async function readInTurn<T>(
	dsm: Dsm,
	chosen: number[],
	known: { ids: number[]; next: number; isDue: (channel_id: number) => boolean },
	readOne: (channel_id: number) => Promise<T>,
): Promise<Round<T>> {
	const { ids, next } = chosen.length > 0 ? { ids: known.ids, next: 0 } : turnOf(known);
	const read = new Map<number, T>();
	const take = async (channel_id: number): Promise<void> => {
		const found = await settled(readOne(channel_id));
		if (found !== undefined) read.set(channel_id, found);
	};
	const [rows] = await Promise.all([watchedNow({ channels: chosen }, dsm, known.ids), ...ids.map(take)]);
	const watched = new Map(rows.map((row) => [idOf(row), row]));
	await Promise.all([...watched.keys()].filter((id) => !known.ids.includes(id)).map(take));
	return { watched, read, next };
}

function turnOf({ ids, next, isDue }: { ids: number[]; next: number; isDue: (channel_id: number) => boolean }) {
	const from = ids.length === 0 ? 0 : next % ids.length;
	const few = [...ids.slice(from), ...ids.slice(0, from)].slice(0, IN_TURN);
	return { ids: [...new Set([...ids.filter(isDue), ...few])], next: from + few.length };
}

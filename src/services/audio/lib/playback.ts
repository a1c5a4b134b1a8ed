import type { Dsm } from '../../../core/dsm';
import { DsmApiError, isDsmError } from '../../../core/errors';
import type { Waiting } from '../../../core/operation';
import { control, getQueue, getStatus, updateQueue } from '../wire/players';
import type { Player, Song, Status } from '../wire/rows';

/** Longest queue that Audio Station takes (audiostation.md 3). */
export const QUEUE_MAX = 8192;
/** Players begin within five seconds (audiostation.md 4.15). */
const BEGIN_MS = 15_000;
const LOOK_MS = 500;

export const asksStatus = (id: string) => ({ id, additional: ['song_tag', 'song_audio', 'subplayer_volume'] });
export const asksQueue = (id: string) => ({
	id,
	offset: 0,
	limit: QUEUE_MAX,
	additional: ['song_tag', 'song_audio', 'song_rating'],
});

/** What is put into a queue: songs by ID, or everything in a collection. */
export interface Content {
	songs?: readonly string[];
	containers?: readonly object[];
}

const NOTHING = '';

/** Wire values of a splice; the collections go as one JSON text, as all values of this CGI are bare. */
export const splice = (id: string, offset: number, limit: number, { songs = [], containers = [] }: Content) => ({
	id,
	library: 'shared',
	offset,
	limit,
	songs: songs.length === 0 ? NOTHING : songs,
	containers_json: JSON.stringify(containers),
});

/** A queue of these alone, which the player begins to play. */
export const replacing = (id: string, known: readonly unknown[], content: Content) => ({
	...splice(id, 0, known.length, content),
	play: true,
	keep_shuffle_order: false,
});

export const statusOf = async (dsm: Dsm, id: string): Promise<Status> =>
	await dsm.call(getStatus, asksStatus(id), { readOnly: true });

/** Waits until a player is heard. Throws when it does not begin, or has got nothing to play. */
export async function untilPlaying(dsm: Dsm, id: string): Promise<Status> {
	const end = dsm.now() + BEGIN_MS;
	for (;;) {
		const status = await statusOf(dsm, id);
		if (status.state === 'playing') return status;
		if (status.playlist_total === 0)
			throw new DsmApiError('There is nothing to play: the library has none of it.', {
				hint: 'Check names and IDs; those of songs change when the library is indexed anew.',
			});
		if (dsm.now() >= end)
			throw new DsmApiError(`The player does not begin to play: it is "${status.state}".`, {
				retryable: true,
				hint: 'Check that the device is switched on and in the network, and whether it takes this kind of file.',
			});
		await dsm.sleep(LOOK_MS);
	}
}

const order = async (dsm: Dsm, id: string, action: string, value?: number | string): Promise<void> =>
	void (await dsm.call(control, { id, action, value }));

/**
 * Replaces what a player plays: stop, new queue, play. Some renderers stay stopped although the queue says that it shall be played,
 * hence the order to play (audiostation.md 4.15).
 */
export async function playNow(dsm: Dsm, id: string, wire: Record<string, unknown>): Promise<Status> {
	await order(dsm, id, 'stop');
	await dsm.call(updateQueue, wire);
	await order(dsm, id, 'play', 0);
	return await untilPlaying(dsm, id);
}

/** For operations that play something: the answer is what the player does then. */
export const beginning: Waiting<Status> = {
	uses: [control, getStatus],
	run: async (dsm, _start, wire) => await playNow(dsm, String(wire['id']), wire),
};

/** What a player did before something was put in between. */
export interface Before {
	status: Status;
	queue: readonly Song[];
	player: Player;
}

export async function remember(dsm: Dsm, player: Player): Promise<Before> {
	return {
		player,
		status: await statusOf(dsm, player.id),
		queue: await dsm.list(getQueue, asksQueue(player.id), { readOnly: true }),
	};
}

/**
 * Puts queue, volume and modes back, and goes on where the player was when it played. A device that went away may be back in a moment:
 * tried for some seconds.
 */
export async function restore(dsm: Dsm, before: Before, isLouder: boolean): Promise<boolean> {
	const end = dsm.now() + BEGIN_MS;
	for (;;) {
		try {
			return await putBack(dsm, before, isLouder);
		} catch (error) {
			if (!isDsmError(error) || error.code !== 'api' || dsm.now() >= end) throw error;
			await dsm.sleep(4 * LOOK_MS);
		}
	}
}

async function putBack(dsm: Dsm, { player, status, queue }: Before, isLouder: boolean): Promise<boolean> {
	const { id } = player;
	const { length: added } = await dsm.list(getQueue, asksQueue(id), { readOnly: true });
	await order(dsm, id, 'stop');
	await dsm.call(updateQueue, {
		...splice(id, 0, added, { songs: queue.map((song) => song.id) }),
		play: false,
		keep_shuffle_order: true,
	});
	if (isLouder && status.volume !== undefined) await order(dsm, id, 'set_volume', status.volume);
	if (status.repeat !== undefined && status.repeat !== 'none') await order(dsm, id, 'set_repeat', status.repeat);
	const wasPlaying = (status.state === 'playing' || status.state === 'transitioning') && queue.length > 0;
	if (!wasPlaying) return false;
	await order(dsm, id, 'play', status.index ?? 0);
	await untilPlaying(dsm, id);
	const { position = 0 } = status;
	if (position > 0 && player.support_seek !== false) await order(dsm, id, 'seek', position);
	return true;
}

const turns = new Map<string, Promise<unknown>>();

/** One after the other: who comes second on the same player waits, lest it take what the first one does for what was playing. */
export async function inTurn<T>(dsm: Dsm, id: string, run: () => Promise<T>): Promise<T> {
	const key = `${dsm.url} ${id}`;
	const turn = (turns.get(key) ?? Promise.resolve()).then(run);
	const over = turn.catch(() => undefined);
	turns.set(key, over);
	try {
		return await turn;
	} finally {
		if (turns.get(key) === over) turns.delete(key);
	}
}

/** Waits until the only song of a queue has ended. What players tell of a station is not known: only that they are silent counts there. */
export async function untilSilent(dsm: Dsm, id: string, seconds: number, isStation: boolean): Promise<void> {
	const end = dsm.now() + seconds * 1000;
	for (;;) {
		const { state, song_id } = await statusOf(dsm, id);
		if (state === 'stopped' || state === 'none' || (state === 'playing' && song_id === undefined && !isStation)) return;
		if (dsm.now() >= end) return;
		await dsm.sleep(LOOK_MS);
	}
}

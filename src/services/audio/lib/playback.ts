import type { Dsm } from '../../../core/dsm';
import { DsmApiError } from '../../../core/errors';
import { control, getStatus, updateQueue } from '../wire/players';
import type { Status } from '../wire/rows';

/** Longest queue that Audio Station takes (audiostation.md 3). */
export const QUEUE_MAX = 8192;
/** Players begin within five seconds (audiostation.md 4.15). */
export const BEGIN_MS = 15_000;
export const LOOK_MS = 500;

export const asksStatus = (id: string) => ({ id, additional: ['song_tag', 'song_audio', 'subplayer_volume'] });
export const asksQueue = (id: string) => ({
	id,
	offset: 0,
	limit: QUEUE_MAX,
	additional: ['song_tag', 'song_audio', 'song_rating'],
});

/** A collection as the queue takes it (audiostation.md 4.15): `album`, `artist` and so on beside its type, or the ID of a list or folder. */
export type Box = { type: 'album' | 'artist' | 'composer' | 'genre' | 'playlist' | 'folder' } & Record<string, unknown>;

/** What is put into a queue: songs by ID, or everything in a collection. */
export interface Content {
	songs?: readonly string[];
	containers?: readonly Box[];
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

export const order = async (dsm: Dsm, id: string, action: string, value?: number | string): Promise<void> =>
	void (await dsm.call(control, { id, action, value }));

/**
 * Replaces what a player plays: stop, new queue, play. Some renderers stay stopped although the queue says that it shall be played,
 * hence the order to play (audiostation.md 4.15).
 */
export async function playNow(dsm: Dsm, id: string, queued: number, content: Content): Promise<Status> {
	await order(dsm, id, 'stop');
	await dsm.call(updateQueue, { ...splice(id, 0, queued, content), play: true, keep_shuffle_order: false });
	await order(dsm, id, 'play', 0);
	return await untilPlaying(dsm, id);
}

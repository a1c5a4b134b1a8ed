import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { getQueue, updateQueue } from '../wire/players';
import type { Player, Song, Status } from '../wire/rows';
import { asksQueue, BEGIN_MS, LOOK_MS, order, splice, statusOf, untilPlaying } from './playback';

/** Title of an announcement from an address, by which other processes know it. */
export const ANNOUNCEMENT = 'Announcement';

/** What a player did before something was put in between. */
export interface Before {
	status: Status;
	queue: readonly Song[];
	player: Player;
	/** What is played in between. */
	between: string;
}

export async function remember(dsm: Dsm, player: Player, between: string): Promise<Before> {
	return {
		player,
		between,
		status: await statusOf(dsm, player.id),
		queue: await dsm.list(getQueue, asksQueue(player.id), { readOnly: true }),
	};
}

/**
 * Puts queue, volume and modes back, except for a queue that somebody chose meanwhile, and goes on where the player was when it played. A device that went away may be back in a moment:
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

/** Whether somebody chose something else meanwhile. How a queue names a station is not known: one entry that is no song counts as it. */
function isTaken(now: readonly Song[], { queue, between }: Before): boolean {
	const isAsBefore = now.length === queue.length && now.every(({ id }, index) => id === queue[index]?.id);
	const isOurs = now.length < 2 && now.every(({ id }) => id === between || !id.startsWith('music_'));
	return !isAsBefore && !isOurs;
}

async function putBack(dsm: Dsm, before: Before, isLouder: boolean): Promise<boolean> {
	const { player, status, queue } = before;
	const { id } = player;
	const now = await dsm.list(getQueue, asksQueue(id), { readOnly: true });
	const isLeft = isTaken(now, before);
	if (!isLeft) {
		await order(dsm, id, 'stop');
		await dsm.call(updateQueue, {
			...splice(id, 0, now.length, { songs: queue.map((song) => song.id) }),
			play: false,
			keep_shuffle_order: true,
		});
	}
	if (isLouder && status.volume !== undefined) await order(dsm, id, 'set_volume', status.volume);
	if (status.repeat !== undefined && status.repeat !== 'none') await order(dsm, id, 'set_repeat', status.repeat);
	if (isLeft) return false;
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

/**
 * Waits until the only song of a queue has ended, or somebody chose something else. What players tell of a station is not known: only that
 * they are silent counts there.
 */
export async function untilSilent(dsm: Dsm, before: Before, seconds: number): Promise<void> {
	const { player, between } = before;
	const isStation = !between.startsWith('music_');
	const end = dsm.now() + seconds * 1000;
	for (;;) {
		const { state, song_id } = await statusOf(dsm, player.id);
		if (state === 'stopped' || state === 'none' || (state === 'playing' && song_id === undefined && !isStation)) return;
		const isOther = song_id !== undefined && song_id !== between;
		if (isOther && isTaken(await dsm.list(getQueue, asksQueue(player.id), { readOnly: true }), before)) return;
		if (dsm.now() >= end) return;
		await dsm.sleep(LOOK_MS);
	}
}

/** Waits for an announcement that another process began: what it interrupted would be lost otherwise. One of a song looks like any song. */
export async function untilFree(dsm: Dsm, id: string, seconds: number): Promise<void> {
	const end = dsm.now() + seconds * 1000;
	for (;;) {
		const { state, song_title, playlist_total } = await statusOf(dsm, id);
		const isBusy = (state === 'playing' || state === 'transitioning') && song_title === ANNOUNCEMENT;
		if (!isBusy || playlist_total !== 1 || dsm.now() >= end) return;
		await dsm.sleep(LOOK_MS);
	}
}

import { operation } from '../../../catalog/operation';
import { DsmApiError, DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { player_id } from '../fields';
import { asksPlayers } from '../lib/naming';
import { asksStatus } from '../lib/playback';
import { control, controlMore, controlMoreTo, controlTo, getStatus, listPlayers } from '../wire/players';
import type { Player } from '../wire/rows';

const order = (title: string, summary: string, action: 'pause' | 'stop' | 'next' | 'prev') =>
	operation({
		title,
		summary,
		call: action === 'pause' || action === 'stop' ? controlTo : control,
		params: z.object({ player_id }),
		request: ({ player_id: id }) => ({ id, action }),
	});

const resume = operation({
	title: 'Start a player',
	summary: 'Lets a player play its queue, from where it was or from a song on.',
	known: { call: getStatus, request: ({ player_id: id }: { player_id?: unknown }) => asksStatus(String(id)) },
	call: control,
	params: z.object({
		player_id,
		index: z.coerce
			.number<number | string>()
			.int()
			.min(0)
			.optional()
			.meta({ title: 'Position in the Queue', description: 'Song to begin with, from 0; where it was when empty' }),
	}),
	/** The NAS says success to an order that nothing follows. */
	request({ player_id: id, index }, { playlist_total: total }) {
		if (total === 0)
			throw new DsmApiError('The queue of the player is empty: there is nothing to play.', {
				hint: 'Add songs to the queue, or play something instead.',
			});
		if (index !== undefined && total !== undefined && index >= total)
			throw new DsmInputError(`The queue of the player has ${total} songs: there is none at ${index}.`, {
				path: ['index'],
				hint: 'Positions begin with 0.',
			});
		return { id, action: 'play', value: index };
	},
});

/** Devices that lack it ignore the order in silence (audiostation.md 6). */
function able(players: readonly Player[], id: string, what: 'support_set_volume' | 'support_seek'): void {
	const player = players.find((one) => one.id === id);
	if (player?.[what] !== false) return;
	const cannot = what === 'support_seek' ? 'cannot go to a place in a song' : 'does not let its volume be set';
	throw new DsmApiError(`The player "${player.name}" ${cannot}.`, { hint: 'Set it at the device itself.' });
}

const setVolume = operation({
	title: 'Set the volume of a player',
	summary: 'Makes a player louder or lower.',
	known: { call: listPlayers, request: asksPlayers },
	call: controlTo,
	params: z.object({
		player_id,
		volume: z.coerce
			.number<number | string>()
			.int()
			.min(0)
			.max(100)
			.meta({ title: 'Volume', description: 'Volume from 0 to 100' }),
	}),
	request({ player_id: id, volume: value }, known) {
		able(known, id, 'support_set_volume');
		return { id, action: 'set_volume', value };
	},
});

const setPosition = operation({
	title: 'Go to a place in the song',
	summary: 'Lets a player go on from a place in the song that it plays.',
	known: { call: listPlayers, request: asksPlayers },
	call: controlMore,
	params: z.object({
		player_id,
		seconds: z.coerce
			.number<number | string>()
			.min(0)
			.meta({ title: 'Position', description: 'Seconds from the beginning of the song' }),
	}),
	request({ player_id: id, seconds: value }, known) {
		able(known, id, 'support_seek');
		return { id, action: 'seek', value };
	},
});

const setRepeat = operation({
	title: 'Set what a player repeats',
	summary: 'Lets a player repeat its queue, the song, or nothing.',
	call: controlMoreTo,
	params: z.object({
		player_id,
		repeat: z
			.enum(['none', 'one', 'all'])
			.default('all')
			.meta({
				title: 'Repeat',
				description: 'What is repeated',
				labels: { none: 'Nothing', one: 'The song', all: 'The queue' },
			}),
	}),
	request: ({ player_id: id, repeat: value }) => ({ id, action: 'set_repeat', value }),
});

/** Clients differ in the values (audiostation.md 4.15). */
const setShuffle = operation({
	title: 'Set whether a player shuffles',
	summary: 'Lets a player play its queue in any order, or in its own.',
	call: controlMoreTo,
	params: z.object({
		player_id,
		shuffle: z.boolean().default(true).meta({ title: 'Shuffle', description: 'Whether the order is left to chance' }),
	}),
	request: ({ player_id: id, shuffle }) => ({ id, action: 'set_shuffle', value: shuffle ? 'auto' : 'none' }),
	basis: 'inferred',
});

/** What one does at the front of a player. */
export const steering = {
	start: resume,
	pause: order('Pause a player', 'Pauses a player; "Start a player" goes on from there.', 'pause'),
	stop: order('Stop a player', 'Stops a player; its queue stays.', 'stop'),
	playNext: order(
		'Play the next song',
		'Lets a player go to the next song of its queue; after the last one it stops.',
		'next',
	),
	playPrevious: order('Play the previous song', 'Lets a player go back to the song before in its queue.', 'prev'),
	setVolume,
	setPosition,
	setRepeat,
	setShuffle,
};

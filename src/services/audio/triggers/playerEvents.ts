import { listTrigger, type Part } from '../../../catalog/listTrigger';
import { field, row } from '../../../catalog/row';
import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { player_id } from '../fields';
import { asksPlayers } from '../lib/naming';
import { asksStatus } from '../lib/playback';
import { getStatus, listPlayers } from '../wire/players';
import type { Status } from '../wire/rows';

const watched = {
	player_id: player_id.optional().meta({
		title: 'Player',
		description: 'Player that is watched; all players that the NAS finds when empty',
		widget: 'picker',
		choices: { from: 'audio.player.list', value: 'id', label: 'name' },
		by: { id: 'e.g. 0006785AC8AE' },
	}),
};

type Seen = Status & { player_id: string; player_name?: string };

/** What players do now. One that does not answer, as one that is switched off, stays as it was and hides none of the others. */
async function look({ player_id: only }: { player_id?: string | undefined }, dsm: Dsm): Promise<Seen[] | Part<Seen>> {
	if (only !== undefined) return [{ ...(await dsm.call(getStatus, asksStatus(only))), player_id: only }];
	const seen: Seen[] = [];
	const unread: string[] = [];
	for (const { id, name } of await dsm.list(listPlayers, asksPlayers())) {
		try {
			seen.push({ ...(await dsm.call(getStatus, asksStatus(id))), player_id: id, player_name: name });
		} catch (error) {
			if (!isDsmError(error) || error.code !== 'api') throw error;
			unread.push(id);
		}
	}
	return { rows: seen, unread };
}

const event = row(
	{
		event_id: field.text(),
		player_id: field.id(),
		player_name: field.text().optional(),
		state: field.text(),
		volume: field.number().optional(),
		position: field.number().optional(),
		song_id: field.id().optional(),
		song_title: field.text().optional(),
		song_artist: field.text().optional(),
		song_album: field.text().optional(),
		song_duration: field.number().optional(),
		song_path: field.text().optional(),
	},
	{
		simple: [
			'player_id',
			'player_name',
			'state',
			'volume',
			'song_id',
			'song_title',
			'song_artist',
			'song_album',
			'song_duration',
		],
	},
);

const players = { look, uses: [listPlayers, getStatus], id: ({ player_id: id }: Seen) => id } as const;

const isSilent = ({ state }: Seen): boolean => state === 'none' || state === 'stopped';

/** A pause, or the moment before a song is heard, changes nothing: what played before still counts. */
export const songStarted = listTrigger({
	...players,
	title: 'Now playing changed',
	summary: 'Starts when a player plays another song; songs shorter than the time between two looks may be missed.',
	params: z.object(watched),
	fingerprints(seen) {
		const { song_id, song_title, index } = seen;
		return [isSilent(seen) ? '' : JSON.stringify([song_id ?? song_title ?? null, index ?? null])];
	},
	isTooFresh: ({ state }) => state === 'pause' || state === 'transitioning',
	on: ['created', 'changed'],
	keep: ({ state }) => state === 'playing',
	event,
});

/** An empty queue is as silent as one that was stopped. */
const stateOf = (seen: Seen): string => (isSilent(seen) ? 'stopped' : seen.state);

export const playerStateChanged = listTrigger({
	...players,
	title: 'Player started or stopped',
	summary: 'Starts when a player begins to play, pauses or stops.',
	params: z.object({
		...watched,
		states: z
			.enum(['any', 'playing', 'pause', 'stopped'])
			.default('any')
			.meta({
				title: 'New State',
				description: 'What the player does now',
				labels: { any: 'Any', playing: 'Plays', pause: 'Pauses', stopped: 'Is stopped' },
			}),
	}),
	filters: ['states'],
	fingerprints: (seen) => [stateOf(seen)],
	isTooFresh: ({ state }) => state === 'transitioning',
	on: 'changed',
	keep: (seen, { states }) => states === 'any' || stateOf(seen) === states,
	tell: (change) => (change.kind === 'changed' ? [{ state: change.now[0], previous_state: change.was[0] }] : [{}]),
	event: event.with({ previous_state: field.text().optional() }),
});

export const volumeChanged = listTrigger({
	...players,
	title: 'Volume changed',
	summary: 'Starts when a player was made louder or lower.',
	params: z.object(watched),
	fingerprints: ({ volume }) => [String(volume ?? '')],
	on: 'changed',
	tell: (change) => (change.kind === 'changed' ? [{ previous_volume: Number(change.was[0]) }] : [{}]),
	event: event.with({ previous_volume: field.number().optional() }),
});

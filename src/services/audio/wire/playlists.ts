import { call, repeatable } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { DOSSIER, made, onlyOf, playlist, song } from './rows';

const PLAYLIST = 'SYNO.AudioStation.Playlist';
const read = { readOnly: true } as const;
const at = { source: `${DOSSIER} 4.12` } as const;

export const listPlaylists = call(PLAYLIST, 'list', 3, {
	list: 'playlists',
	of: playlist,
	page: 1000,
	...read,
	...at,
	basis: 'capture',
});

export const getPlaylist = call(PLAYLIST, 'getinfo', 3, {
	answer: z.preprocess((data) => onlyOf(data, 'playlists', 'playlist'), playlist),
	...read,
	...at,
	basis: 'capture',
});

/** The songs stand two levels below, with a total of their own. */
function songsOf(data: unknown): unknown {
	const only = onlyOf(data, 'playlists', 'playlist') as { additional?: Record<string, unknown> } | undefined;
	const { songs, songs_total: total } = only?.additional ?? {};
	return { songs, ...(total !== undefined && { total }) };
}

/** `additional` of songs has `songs_` before each name here (audiostation.md 6). */
export const listPlaylistSongs = call(PLAYLIST, 'getinfo', 3, {
	list: 'songs',
	of: song,
	within: songsOf,
	...read,
	...at,
	basis: 'capture',
});

const write = (method: string) => call(PLAYLIST, method, 3, { ...at, basis: 'capture' });
const making = (method: string) => call(PLAYLIST, method, 3, { ...at, answer: made, basis: 'capture' });
export const createPlaylist = making('create');
/** The id of a personal playlist holds its name: it is another one afterwards. */
export const renamePlaylist = making('rename');
export const createSmart = call(PLAYLIST, 'createsmart', 3, { ...at, answer: made, basis: 'clients' });
export const updateSmart = call(PLAYLIST, 'updatesmart', 3, { ...at, answer: made, basis: 'inferred' });
/** Success may hold failures of single playlists. */
export const deletePlaylist = call(PLAYLIST, 'delete', 3, {
	...at,
	answer: z.object({ errors: z.array(z.unknown()).optional() }),
	basis: 'capture',
});
/** A splice: takes `limit` songs from `offset` away and puts `songs` there; offset -1 appends. */
export const updateSongs = write('updatesongs');
export const removeMissing = repeatable(write('removemissing'));
export const saveQueue = call(PLAYLIST, 'saveplaying', 3, { ...at, basis: 'inferred' });

export const addTracks = call('SYNO.AudioStation.Browse.Playlist', 'add_track', 1, { ...at, basis: 'inferred' });

const PIN = 'SYNO.AudioStation.Pin';
const pins = { source: `${DOSSIER} 4.13` } as const;
export const listPins = call(PIN, 'list', 1, {
	list: 'items',
	of: row({ id: field.id(), name: field.text().optional(), type: field.text().optional() }),
	...read,
	...pins,
	basis: 'clients',
});
export const pin = call(PIN, 'pin', 1, { ...pins, basis: 'inferred' });
export const unpin = repeatable(call(PIN, 'unpin', 1, { ...pins, basis: 'clients' }), { done: [] });
export const renamePin = repeatable(call(PIN, 'rename', 1, { ...pins, basis: 'clients' }));
export const reorderPins = repeatable(call(PIN, 'reorder', 1, { ...pins, basis: 'clients' }));

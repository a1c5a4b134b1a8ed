import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { keywords } from '../fields';
import { listAlbums, listArtists, listGenres, searchSongs } from '../wire/library';
import { listPlayers } from '../wire/players';
import { listPlaylists } from '../wire/playlists';
import type { Player } from '../wire/rows';
import type { Box, Content } from './playback';

export const asksPlayers = () => ({ type: 'all', additional: ['subplayer_list'] });

const lower = (text: string): string => text.trim().toLowerCase();

/** The row whose name is meant: the same name, else one that begins so, else one that holds it. */
export function bestOf<T>(rows: readonly T[], nameOf: (row: T) => string, wanted: string): T | undefined {
	const text = lower(wanted);
	const names = rows.map((row) => [lower(nameOf(row)), row] as const);
	const found =
		names.find(([name]) => name === text) ??
		names.find(([name]) => name.startsWith(text)) ??
		names.find(([name]) => name.includes(text));
	return found?.[1];
}

/** A player by its id or by what one calls it. */
export async function playerBy(dsm: Dsm, wanted: string): Promise<Player> {
	const players = await dsm.list(listPlayers, asksPlayers(), { readOnly: true });
	const found = players.find(({ id }) => id === wanted) ?? bestOf(players, ({ name }) => name, wanted);
	if (found) return found;
	throw new DsmInputError(`There is no player "${wanted}".`, {
		path: ['player'],
		hint: `Players now: ${players.map(({ name }) => name).join(', ') || 'none'}. The NAS finds them live; try again in a moment.`,
	});
}

export const KINDS = ['album', 'artist', 'song', 'playlist', 'genre'] as const;
export type Kind = (typeof KINDS)[number];

type Found = { content: Content; name: string } | undefined;
const READ = { readOnly: true } as const;
const library = 'all';

const FIND: Record<Kind, (dsm: Dsm, name: string) => Promise<Found>> = {
	async album(dsm, name) {
		const found = bestOf(await dsm.list(listAlbums, { library, ...keywords(name) }, READ), (row) => row.name, name);
		return found && { name: found.name, content: { containers: [albumBox(found.name, found.album_artist ?? '')] } };
	},
	async artist(dsm, name) {
		const found = bestOf(await dsm.list(listArtists, { library, ...keywords(name) }, READ), (row) => row.name, name);
		return found && { name: found.name, content: { containers: [artistBox(found.name)] } };
	},
	async genre(dsm, name) {
		const found = bestOf(await dsm.list(listGenres, { library, ...keywords(name) }, READ), (row) => row.name, name);
		return found && { name: found.name, content: { containers: [genreBox(found.name)] } };
	},
	async song(dsm, name) {
		const rows = await dsm.list(searchSongs, { library, title: name, keyword: name }, READ);
		const found = bestOf(rows, ({ title = '' }) => title, name);
		return found && { name: found.title ?? name, content: { songs: [found.id] } };
	},
	async playlist(dsm, name) {
		const found = bestOf(await dsm.list(listPlaylists, { library }, READ), (row) => row.name, name);
		return found && { name: found.name, content: { containers: [playlistBox(found.id)] } };
	},
};

/** What is meant by a name. Throws when the library has nothing like it. */
export async function contentBy(dsm: Dsm, kind: Kind, name: string): Promise<NonNullable<Found>> {
	const found = await FIND[kind](dsm, name);
	if (found) return found;
	throw new DsmInputError(`The library has no ${kind} like "${name}".`, { path: ['name'] });
}

const byTrack = { sort_by: 'track', sort_direction: 'ASC' };
const byTitle = { sort_by: 'title', sort_direction: 'ASC' };

/** Collections as the queue takes them (audiostation.md 4.15). */
export const albumBox = (album: string, album_artist: string): Box => ({
	type: 'album',
	album,
	album_artist,
	...byTrack,
});
export const artistBox = (artist: string): Box => ({ type: 'artist', artist, ...byTitle });
export const genreBox = (genre: string): Box => ({ type: 'genre', genre, ...byTitle });
export const composerBox = (composer: string): Box => ({ type: 'composer', composer, ...byTitle });
export const playlistBox = (id: string): Box => ({ type: 'playlist', id });
export const folderBox = (id: string, recursive: boolean): Box => ({ type: 'folder', id, recursive, ...byTitle });
/** A station goes as a song whose id is its title and address; commas would part it. */
export const stationOf = (title: string, url: string): string =>
	`radio_${title.replaceAll(',', ' ')} ${url.replaceAll(',', '%2C')}`;

import { operation, resource } from '../../../catalog/operation';
import { DsmApiError, DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { library, libraryOf, playlist_id, shared, song_ids } from '../fields';
import { albumBox, artistBox, composerBox, genreBox } from '../lib/naming';
import { asksPlaylist, everySong, madePlaylist, playlistsBefore } from '../lib/playlists';
import { whereThereIs } from '../lib/presence';
import { made, playlist } from '../wire/rows';
import {
	addTracks,
	createPlaylist,
	deletePlaylist,
	getPlaylist,
	listPlaylists,
	listPlaylistSongs,
	removeMissing as missingCall,
	renamePlaylist,
	updateSongs,
} from '../wire/playlists';
import { smart } from './smartPlaylist';

const new_name = z
	.string()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the playlist', placeholder: 'e.g. Party' });
const index = (title: string, description: string) =>
	z.coerce.number<number | string>().int().min(0).meta({ title, description });
const count = z.coerce
	.number<number | string>()
	.int()
	.min(1)
	.default(1)
	.meta({ title: 'Number of Songs', description: 'How many songs, counted from the first one' });

const list = operation({
	title: 'List playlists',
	summary: 'Gives the playlists of the account and those that are shared by all.',
	call: listPlaylists,
	params: z.object({ library }),
	request: (given) => ({ ...given, sort_by: 'name', sort_direction: 'ASC' }),
});

const find = operation({
	title: 'Find playlists by name',
	summary: 'Gives the playlists of a name; a personal and a shared one may have the same.',
	call: listPlaylists,
	params: z.object({ name: new_name }),
	request: () => ({ library: 'all' }),
	keep: (row, { name }) => row.name === name,
});

const get = operation({
	title: 'Get a playlist',
	summary: 'Gives a playlist with its number of songs, its sharing and, where it is a smart one, its rules.',
	call: getPlaylist,
	params: z.object({ playlist_id }),
	request: ({ playlist_id: id }) => asksPlaylist(id),
	response: ({ songs: _, songs_offset: __, ...rest }) => rest,
	result: playlist,
});

const listSongs = operation({
	title: 'List songs of a playlist',
	summary: 'Gives the songs of a playlist in their order.',
	call: listPlaylistSongs,
	params: z.object({ playlist_id }),
	request: ({ playlist_id: id }) => everySong(id),
});

const create = operation({
	title: 'Create a playlist',
	summary: 'Creates a playlist, with songs in it if wanted.',
	call: createPlaylist,
	params: z.object({ name: new_name, shared, song_ids: song_ids.optional() }),
	request: ({ name, shared: isShared, song_ids: songs }) => ({ name, library: libraryOf(isShared), songs }),
	known: playlistsBefore,
	lost: madePlaylist,
});

/** A playlist of the same songs: the call that would copy is not known well enough (audiostation.md 10). */
const copy = operation({
	title: 'Copy a playlist',
	summary: 'Creates a playlist with the songs that another one holds now.',
	known: { call: listPlaylistSongs, request: ({ playlist_id: id }) => everySong(id) },
	call: createPlaylist,
	params: z.object({ playlist_id, name: new_name, shared }),
	request: ({ name, shared: isShared }, songs) => ({
		name,
		library: libraryOf(isShared),
		songs: songs.map(({ id }) => id),
	}),
});

const rename = operation({
	title: 'Rename a playlist',
	summary: 'Gives a playlist another name; a personal one gets another ID by it, which the result tells.',
	call: renamePlaylist,
	params: z.object({ playlist_id, name: new_name }),
	request: ({ playlist_id: id, name }) => ({ id, new_name: name }),
	lost: {
		uses: [listPlaylists],
		async look({ playlist_id: id, name }, dsm) {
			const rows = await dsm.list(listPlaylists, { library: 'all' });
			const old = rows.find((row) => row.id === id);
			const kindOf = (one: string) => one.split('/')[0];
			return old ? undefined : rows.find((row) => row.name === name && kindOf(row.id) === kindOf(id));
		},
	},
	result: made,
	response: (answer) => answer,
});

const remove = operation({
	title: 'Delete a playlist',
	summary: 'Deletes a playlist; its songs stay in the library.',
	call: deletePlaylist,
	params: z.object({ playlist_id }),
	request: ({ playlist_id: id }) => ({ id }),
	lost: {
		gone: listPlaylists,
		request: () => ({ library: 'all' }),
		is: (row, params) => row.id === params.playlist_id,
	},
	// Failures of single playlists come in a success (audiostation.md 4.12).
	response({ errors = [] }, { params: { playlist_id: id } }) {
		if (errors.length === 0) return {};
		throw new DsmApiError(`Audio Station did not delete the playlist "${id}".`, {
			errors,
			hint: 'It may be gone, or the account may not edit shared playlists.',
		});
	},
	result: z.object({}),
	destructive: true,
	deletes: true,
});

const songsIn = ({ song_ids: songs }: { playlist_id: string; song_ids: string[] }) => ({ songs });
const nothingMore = async (): Promise<void> => await Promise.resolve();

const addSongs = operation({
	title: 'Add songs to a playlist',
	summary: 'Puts songs at the end of a playlist.',
	known: whereThereIs([], songsIn, nothingMore),
	call: updateSongs,
	params: z.object({
		playlist_id,
		song_ids,
		skip_duplicates: z.boolean().default(false).meta({
			title: 'Skip Duplicates',
			description: 'Whether songs are left out that the playlist holds already',
			advanced: true,
		}),
	}),
	request: ({ playlist_id: id, song_ids: songs, skip_duplicates: skip }) => ({
		id,
		offset: -1,
		limit: 0,
		songs,
		...(skip && { skip_duplicate: true }),
	}),
});

const BOXES = { album: albumBox, artist: artistBox, composer: composerBox, genre: genreBox };

const addCollection = operation({
	title: 'Add a collection to a playlist',
	summary: 'Puts all songs of an album, artist, composer or genre at the end of a playlist.',
	known: whereThereIs(
		[],
		({ kind, name, album_artist }: { kind: keyof typeof BOXES; name: string; album_artist: string }) => ({
			containers: [BOXES[kind](name, album_artist)],
		}),
		nothingMore,
	),
	call: addTracks,
	params: z.object({
		playlist_id,
		kind: z
			.enum(['album', 'artist', 'composer', 'genre'])
			.default('album')
			.meta({ title: 'Kind', description: 'What is added' }),
		name: z.string().min(1).meta({
			title: 'Name',
			description: 'Name of what is added, exactly as it is stored',
			placeholder: 'e.g. Night Drive',
		}),
		album_artist: z.string().default('').meta({
			title: 'Album Artist',
			description: 'Of an album: its artist, exactly as it is stored',
			placeholder: 'e.g. The Lanterns',
		}),
	}),
	request: ({ playlist_id: id, kind, name, album_artist }) => ({
		id,
		[kind]: name,
		...(kind === 'album' && { album_artist }),
	}),
});

const removeSongs = operation({
	title: 'Remove songs from a playlist by position',
	summary: 'Takes songs that stand one after another out of a playlist; the songs stay in the library.',
	call: updateSongs,
	params: z.object({ playlist_id, index: index('First Song', 'Position of the first song, from 0'), count }),
	request: ({ playlist_id: id, index: offset, count: limit }) => ({ id, offset, limit, songs: '' }),
	destructive: true,
});

/** The smallest range that holds all of them is replaced by what stays of it, in one request. */
const removeById = operation({
	title: 'Remove songs from a playlist by ID',
	summary: 'Takes songs out of a playlist wherever they stand in it; the songs stay in the library.',
	known: { call: listPlaylistSongs, request: ({ playlist_id: id }) => everySong(id) },
	call: updateSongs,
	params: z.object({ playlist_id, song_ids }),
	request({ playlist_id: id, song_ids: gone }, songs) {
		const ids = songs.map((song) => song.id);
		const places = ids.flatMap((one, place) => (gone.includes(one) ? [place] : []));
		const [offset] = places;
		if (offset === undefined)
			throw new DsmInputError('The playlist holds none of these songs.', { path: ['song_ids'] });
		const limit = places.at(-1)! - offset + 1;
		const kept = ids.slice(offset, offset + limit).filter((one) => !gone.includes(one));
		return { id, offset, limit, songs: kept };
	},
	destructive: true,
});

const setSongs = operation({
	title: 'Set the songs of a playlist',
	summary: 'Replaces all songs of a playlist with these.',
	known: whereThereIs(
		[listPlaylistSongs],
		songsIn,
		async ({ playlist_id: id }, dsm) => await dsm.list(listPlaylistSongs, everySong(id), { readOnly: true }),
	),
	call: updateSongs,
	params: z.object({ playlist_id, song_ids }),
	request: ({ playlist_id: id, song_ids: songs }, known) => ({ id, offset: 0, limit: known.length, songs }),
	destructive: true,
});

const moveSongs = operation({
	title: 'Move songs in a playlist',
	summary: 'Puts songs that stand one after another at another place of the playlist.',
	known: { call: listPlaylistSongs, request: ({ playlist_id: id }) => everySong(id) },
	call: updateSongs,
	params: z.object({
		playlist_id,
		index: index('First Song', 'Position of the first song, from 0'),
		count,
		to: index('New Position', 'Position that the first of them gets, from 0'),
	}),
	request({ playlist_id: id, index: first, count: many, to }, known) {
		const ids = known.map((song) => song.id);
		if (first + many > ids.length || to + many > ids.length)
			throw new DsmInputError(`The playlist has ${ids.length} songs only.`, { path: ['index'] });
		const moved = [...ids];
		moved.splice(to, 0, ...moved.splice(first, many));
		const offset = Math.min(first, to);
		const limit = Math.max(first, to) + many - offset;
		return { id, offset, limit, songs: moved.slice(offset, offset + limit) };
	},
});

const removeMissing = operation({
	title: 'Remove missing songs from a playlist',
	summary: 'Takes the songs out of a playlist whose files are gone.',
	call: missingCall,
	params: z.object({ playlist_id }),
	request: ({ playlist_id: id }) => ({ id }),
	destructive: true,
});

export const playlists = resource('Playlist', {
	list,
	find,
	get,
	listSongs,
	create,
	...smart,
	copy,
	rename,
	delete: remove,
	addSongs,
	addCollection,
	removeSongs,
	removeSongsById: removeById,
	setSongs,
	moveSongs,
	removeMissing,
});

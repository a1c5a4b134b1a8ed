import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { libraryOf, player_id, shared, song_ids } from '../fields';
import { albumBox, artistBox, composerBox, folderBox, genreBox, playlistBox } from '../lib/naming';
import { asksQueue, splice, statusOf } from '../lib/playback';
import { whereThereIs } from '../lib/presence';
import { getQueue, getStatus, updateQueue } from '../wire/players';
import { saveQueue } from '../wire/playlists';

const list = operation({
	title: 'List songs in the queue of a player',
	summary: 'Gives the songs that a player plays one after another.',
	call: getQueue,
	params: z.object({ player_id }),
	request: ({ player_id: id }) => asksQueue(id),
});

const place = z
	.enum(['end', 'next'])
	.default('end')
	.meta({
		title: 'Place',
		description: 'Where in the queue they come',
		labels: { end: 'At the end', next: 'After the current song' },
	});

/** An offset beyond the end appends as well; the queue keeps its order under shuffle. */
const placed = (
	at: 'end' | 'next',
	{ index, playlist_total = 0 }: { index?: number | null | undefined; playlist_total?: number | undefined },
) => (at === 'end' || index === null || index === undefined ? playlist_total : index + 1);

const adding = { play: false, keep_shuffle_order: true };

const addSongs = operation({
	title: 'Add songs to the queue of a player',
	summary: 'Puts songs into the queue of a player, at its end or after the song that it plays.',
	known: whereThereIs(
		[getStatus],
		({ song_ids: songs }: { player_id: string; song_ids: string[] }) => ({ songs }),
		async ({ player_id: id }, dsm) => await statusOf(dsm, id),
	),
	call: updateQueue,
	params: z.object({ player_id, song_ids, place }),
	request: ({ player_id: id, song_ids: songs, place: at }, known) => ({
		...splice(id, placed(at, known), 0, { songs }),
		...adding,
	}),
});

const BOXES = {
	album: (name: string, album_artist: string) => albumBox(name, album_artist),
	artist: (name: string) => artistBox(name),
	composer: (name: string) => composerBox(name),
	genre: (name: string) => genreBox(name),
	playlist: (id: string) => playlistBox(id),
	folder: (id: string) => folderBox(id, true),
};

type Collection = { player_id: string; kind: keyof typeof BOXES; name: string; album_artist: string };

const addCollection = operation({
	title: 'Add a collection to the queue of a player',
	summary: 'Puts all songs of an album, artist, composer, genre, playlist or folder into the queue of a player.',
	known: whereThereIs(
		[getStatus],
		({ kind, name, album_artist }: Collection) => ({ containers: [BOXES[kind](name, album_artist)] }),
		async ({ player_id: id }, dsm) => await statusOf(dsm, id),
	),
	call: updateQueue,
	params: z.object({
		player_id,
		kind: z
			.enum(['album', 'artist', 'composer', 'genre', 'playlist', 'folder'])
			.default('album')
			.meta({ title: 'Kind', description: 'What is added' }),
		name: z.string().min(1).meta({
			title: 'Name',
			description: 'Name of it, exactly as it is stored; of a playlist or folder its ID',
			placeholder: 'e.g. Night Drive',
		}),
		album_artist: z.string().default('').meta({
			title: 'Album Artist',
			description: 'Of an album: its artist, exactly as it is stored',
			placeholder: 'e.g. The Lanterns',
		}),
		place,
	}),
	request: ({ player_id: id, kind, name, album_artist, place: at }, known) => ({
		...splice(id, placed(at, known), 0, { containers: [BOXES[kind](name, album_artist)] }),
		...adding,
	}),
});

const removeSongs = operation({
	title: 'Remove songs from the queue of a player',
	summary: 'Takes songs that stand one after another out of the queue of a player.',
	call: updateQueue,
	params: z.object({
		player_id,
		index: z.coerce
			.number<number | string>()
			.int()
			.min(0)
			.meta({ title: 'First Song', description: 'Position of the first song, from 0' }),
		count: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.default(1)
			.meta({ title: 'Number of Songs', description: 'How many songs, counted from the first one' }),
	}),
	request: ({ player_id: id, index, count }) => ({ ...splice(id, index, count, {}), ...adding }),
	destructive: true,
});

const clear = operation({
	title: 'Clear the queue of a player',
	summary: 'Takes all songs out of the queue of a player, which falls silent by it.',
	known: { call: getQueue, request: ({ player_id: id }) => asksQueue(String(id)) },
	call: updateQueue,
	params: z.object({ player_id }),
	request: ({ player_id: id }, known) => ({
		...splice(id, 0, known.length, {}),
		play: false,
		updated_index: -1,
	}),
	destructive: true,
});

const save = operation({
	title: 'Create a playlist of the queue',
	summary: 'Creates a playlist of the songs that are in the queue of a player.',
	call: saveQueue,
	params: z.object({
		player_id,
		name: z.string().min(1).meta({ title: 'Name', description: 'Name of the playlist', placeholder: 'e.g. Party' }),
		shared,
	}),
	request: ({ player_id: id, name, shared: isShared }) => ({ id, name, library: libraryOf(isShared) }),
});

export const queues = resource('Queue', { list, addSongs, addCollection, removeSongs, clear, createPlaylist: save });

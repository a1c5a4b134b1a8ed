import { operation, procedure, resource, type CallOperation } from '../../../catalog/operation';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import {
	album_artist,
	album_name,
	artist_name,
	composer_name,
	folder_id,
	genre_name,
	player_id,
	playlist_id,
	song_id,
	song_ids,
} from '../fields';
import {
	albumBox,
	artistBox,
	asksPlayers,
	composerBox,
	contentBy,
	folderBox,
	genreBox,
	KINDS,
	playerBy,
	playlistBox,
	stationOf,
} from '../lib/naming';
import { ANNOUNCEMENT, inTurn, remember, restore, untilFree, untilSilent } from '../lib/announcing';
import { LOOKS, refuseNothing } from '../lib/presence';
import { asksQueue, asksStatus, playNow, splice, type Content } from '../lib/playback';
import { findSongs, listAlbums, listArtists, listGenres, searchSongs } from '../wire/library';
import { control, controlMore, getQueue, getStatus, listPlayers, setPassword, updateQueue } from '../wire/players';
import { listPlaylists } from '../wire/playlists';
import { status } from '../wire/rows';
import { steering } from './steering';

const list = operation({
	title: 'List players',
	summary: 'Gives the players that the NAS finds now. Needs the right to use players.',
	call: listPlayers,
	params: z.object({}),
	request: asksPlayers,
});

const find = operation({
	title: 'Find players by name',
	summary: 'Gives the players of a name; one device may be there twice, by DLNA and by AirPlay.',
	call: listPlayers,
	params: z.object({
		name: z.string().min(1).meta({ title: 'Name', description: 'Name of the player', placeholder: 'e.g. Kitchen' }),
	}),
	request: asksPlayers,
	keep: (row, { name }) => row.name === name,
});

const getState = operation({
	title: 'Get the state of a player',
	summary: 'Gives what a player plays, how far it is, its volume and its modes.',
	call: getStatus,
	params: z.object({ player_id }),
	request: ({ player_id: id }) => asksStatus(id),
});

const unlock = operation({
	title: 'Set the password of a player',
	summary: 'Gives the NAS the password that an AirPlay device asks for.',
	call: setPassword,
	params: z.object({
		player_id,
		password: z
			.string()
			.min(1)
			.meta({ title: 'Password', description: 'Password of the AirPlay device', widget: 'secret' }),
	}),
	request: ({ player_id: id, password }) => ({ id, password }),
});

type Playing<S extends z.ZodRawShape> = CallOperation<z.ZodObject<S & { player_id: typeof player_id }>, typeof status>;

/** An operation that replaces what is played: what a player does is told once it is heard. */
const playing = <S extends z.ZodRawShape>(
	title: string,
	what: string,
	shape: S,
	content: (given: z.output<z.ZodObject<S>>) => Content,
): Playing<S> =>
	operation({
		title,
		summary: `Replaces the queue of a player with ${what}, and waits until it plays.`,
		known: { call: getQueue, request: ({ player_id: id }: { player_id?: unknown }) => asksQueue(String(id)) },
		call: updateQueue,
		params: z.object({ player_id, ...shape }) as z.ZodObject,
		request: (given, known) =>
			splice(String(given['player_id']), 0, known.length, content(given as z.output<z.ZodObject<S>>)),
		wait: {
			uses: [...LOOKS, control, getStatus],
			run: async (dsm, _, { limit }, given) => {
				const wanted = content(given as z.output<z.ZodObject<S>>);
				await refuseNothing(dsm, wanted);
				return await playNow(dsm, String(given['player_id']), Number(limit), wanted);
			},
		},
		result: status,
		response: (told) => told,
	}) as Playing<S>;

const station = {
	url: z
		.string()
		.regex(/^https?:\/\/\S+$/, 'is no address, e.g. http://radio.example/fm')
		.meta({
			title: 'Address',
			description: 'Address of a stream or of a file',
			placeholder: 'e.g. http://radio.example/fm',
		}),
	title: z.string().min(1).default('Stream').meta({
		title: 'Title',
		description: 'What the player shows',
		placeholder: 'e.g. Example FM',
		advanced: true,
	}),
};

const playSongs = playing('Play songs', 'songs', { song_ids }, ({ song_ids: songs }) => ({ songs }));
const playAlbum = playing(
	'Play an album',
	'an album',
	{ album: album_name, album_artist },
	({ album, album_artist: of }) => ({ containers: [albumBox(album, of)] }),
);
const playArtist = playing('Play an artist', 'all songs of an artist', { artist: artist_name }, ({ artist }) => ({
	containers: [artistBox(artist)],
}));
const playGenre = playing('Play a genre', 'all songs of a genre', { genre: genre_name }, ({ genre }) => ({
	containers: [genreBox(genre)],
}));
const playComposer = playing(
	'Play a composer',
	'all songs of a composer',
	{ composer: composer_name },
	({ composer }) => ({ containers: [composerBox(composer)] }),
);
const playPlaylist = playing('Play a playlist', 'a playlist', { playlist_id }, ({ playlist_id: id }) => ({
	containers: [playlistBox(id)],
}));
const recursive = z.boolean().default(true).meta({
	title: 'Subfolders',
	description: 'Whether songs in folders below are played, too',
	advanced: true,
});
const playFolder = playing(
	'Play a folder',
	'the songs of a folder',
	{ folder_id, recursive },
	({ folder_id: id, recursive: deep }) => ({ containers: [folderBox(id, deep)] }),
);
const playUrl = playing('Play an address', 'a radio station or a file of the web', station, ({ title, url }) => ({
	songs: [stationOf(title, url)],
}));

/** Code: what is meant by the names is looked up first. */
const playByName = procedure({
	title: 'Play something by name',
	summary:
		'Looks for an album, artist, song, playlist or genre by its name and plays it on the player of a name: "play Night Drive in the kitchen".',
	uses: [
		listPlayers,
		listAlbums,
		listArtists,
		listGenres,
		searchSongs,
		listPlaylists,
		getQueue,
		...LOOKS,
		updateQueue,
		control,
		getStatus,
	],
	params: z.object({
		kind: z.enum(KINDS).default('album').meta({ title: 'Kind', description: 'What is looked for' }),
		name: z.string().min(1).meta({
			title: 'Name',
			description: 'Name of it, or a part of the name',
			placeholder: 'e.g. night drive',
		}),
		player: z.string().min(1).meta({
			title: 'Player',
			description: 'Name of the player, or a part of the name, or its ID',
			placeholder: 'e.g. kitchen',
		}),
	}),
	result: z.looseObject({ player_id: z.string(), player_name: z.string(), name: z.string(), state: z.string() }),
	async run({ kind, name, player: wanted }, dsm) {
		const player = await playerBy(dsm, wanted);
		const found = await contentBy(dsm, kind, name);
		await refuseNothing(dsm, found.content);
		const queue = await dsm.list(getQueue, asksQueue(player.id), { readOnly: true });
		const told = await playNow(dsm, player.id, queue.length, found.content);
		return { player_id: player.id, player_name: player.name, name: found.name, ...told };
	},
});

/** Code: plays something in between and puts back what was there, also when it fails. */
const playAnnouncement = procedure({
	title: 'Play an announcement',
	summary:
		'Interrupts a player for a song of the library or a file of the web, and lets it go on afterwards where it was: a doorbell, a spoken message. Announcements wait for each other; those that several processes of the host make at once do so only for files of the web.',
	uses: [listPlayers, getStatus, getQueue, findSongs, updateQueue, control, controlMore],
	params: z.object({
		player_id,
		song_id: song_id.optional(),
		url: station.url.optional().meta({
			title: 'Address',
			description: 'Address of a sound file that the player can reach; instead of a song of the library',
			placeholder: 'e.g. http://media.example/doorbell.mp3',
		}),
		volume: z.coerce.number<number | string>().int().min(0).max(100).optional().meta({
			title: 'Volume',
			description: 'Volume of the announcement; as it is when empty',
		}),
		seconds: z.coerce.number<number | string>().int().min(1).max(3600).default(60).meta({
			title: 'Longest Time',
			description: 'Seconds after which the announcement is ended; files of the web may have no end',
			advanced: true,
		}),
	}),
	result: z.object({ player_id: z.string(), resumed: z.boolean() }),
	async run({ player_id: wanted, song_id: song, url, volume, seconds }, dsm) {
		if ((song === undefined) === (url === undefined))
			throw new DsmInputError('Give a song or an address, and not both.', { path: ['song_id'] });
		const player = await playerBy(dsm, wanted);
		const { id } = player;
		const between = song ?? stationOf(ANNOUNCEMENT, url!);
		const isLouder = volume !== undefined && player.support_set_volume !== false;
		return await inTurn(dsm, id, async () => {
			await refuseNothing(dsm, { songs: [between] });
			await untilFree(dsm, id, seconds);
			const before = await remember(dsm, player, between);
			// A signal of its own: when the flow is stopped, what was playing is put back all the same.
			const after = dsm.with({ signal: new AbortController().signal });
			try {
				if (before.status.repeat !== undefined && before.status.repeat !== 'none')
					await dsm.call(controlMore, { id, action: 'set_repeat', value: 'none' });
				if (isLouder) await dsm.call(control, { id, action: 'set_volume', value: volume });
				await playNow(dsm, id, before.queue.length, { songs: [between] });
				await untilSilent(dsm, before, seconds);
			} catch (error) {
				// Why the announcement failed says more than that nothing could be put back.
				await restore(after, before, isLouder).catch(() => false);
				throw error;
			}
			return { player_id: id, resumed: await restore(after, before, isLouder) };
		});
	},
});

export const players = resource('Player', {
	list,
	find,
	getState,
	...steering,
	playByName,
	playSongs,
	playAlbum,
	playArtist,
	playComposer,
	playGenre,
	playFolder,
	playPlaylist,
	playUrl,
	playAnnouncement,
	setPassword: unlock,
});

import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type AudioCall, guarded, holds, keywordOf, needed, page, sorted } from './call';
import { songRow } from './rows';
import type { Privilege, Song } from './types';

type Entry = [id: string, song: Song];

/** Songs of the library that was asked for; personal ones do not exist here. */
const all = ({ state, text }: AudioCall): Entry[] => (text('library') === 'personal' ? [] : [...state.songs]);

const PRIVILEGES: Privilege[] = ['playlist_edit', 'remote_player', 'sharing', 'tag_edit', 'upnp_browse'];

/** Version 1 has another shape; all later ones tell the session and the serial number (audiostation.md 3). */
function info({ version, user, state, nas, session }: AudioCall): ApiReply {
	const { version: installed } = nas.packages.get('AudioStation') ?? { version: '7.0.0-5068' };
	const [major = '7', minor = '0'] = installed.split('.');
	const build = installed.split('-')[1] ?? '5068';
	if (version === 1) return { data: { path: '/webman/3rdparty/AudioStation', version: { build, major, minor } } };
	const data = {
		browse_personal_library: 'all',
		dsd_decode_capability: true,
		enable_equalizer: false,
		enable_personal_library: false,
		enable_user_home: true,
		has_music_share: true,
		is_manager: user.administrator,
		playing_queue_max: state.switches.queueMax,
		privilege: Object.fromEntries(PRIVILEGES.map((name) => [name, state.has(user, name)])),
		remote_controller: false,
		same_subnet: true,
		serial_number: nas.capabilities.serial,
		settings: {
			audio_show_virtual_library: true,
			disable_upnp: false,
			enable_download: false,
			prefer_using_html5: true,
			transcode_to_mp3: true,
		},
		sid: session?.sid,
		support_bluetooth: false,
		support_usb: false,
		support_virtual_library: true,
		transcode_capability: ['wav', 'mp3'],
		version: Number(build),
		version_string: installed,
	};
	return { data };
}

const FILTERS = ['artist', 'album_artist', 'album', 'composer', 'genre'] as const;

/** Filters on names are exact; an empty one that was sent means the empty name (audiostation.md 4.4). */
function filtered(call: AudioCall, except: readonly string[] = []): Entry[] {
	const { text, number } = call;
	const wanted = FILTERS.filter((name) => !except.includes(name) && text(name) !== undefined);
	const least = number('song_rating_meq') ?? 0;
	const most = number('song_rating_leq') ?? 5;
	return all(call).filter(
		([, song]) => wanted.every((name) => song[name] === text(name)) && song.rating >= least && song.rating <= most,
	);
}

const average = (songs: readonly Song[]): number => {
	const rated = songs.filter(({ rating }) => rating > 0);
	return rated.length === 0 ? 0 : rated.reduce((sum, { rating }) => sum + rating, 0) / rated.length;
};

function groups(entries: readonly Entry[], keyOf: (song: Song) => string): Song[][] {
	const found = new Map<string, Song[]>();
	for (const [, song] of entries) found.set(keyOf(song), [...(found.get(keyOf(song)) ?? []), song]);
	return [...found.values()];
}

const wantsRating = ({ list }: AudioCall): boolean => list('additional').includes('avg_rating');
const ratingOf = (call: AudioCall, songs: readonly Song[]) =>
	wantsRating(call) ? { additional: { avg_rating: { rating: average(songs) } } } : {};

function albums(call: AudioCall, entries: readonly Entry[]): Record<string, unknown>[] {
	const found = groups(entries, ({ album, album_artist }) => JSON.stringify([album, album_artist])).map((songs) => {
		const { album, album_artist, artist } = songs[0]!;
		const row = {
			name: album,
			album_artist,
			artist,
			display_artist: album_artist || artist,
			year: Math.max(...songs.map(({ year }) => year)),
			...ratingOf(call, songs),
		};
		return { row, time: Math.max(...songs.map(({ addedAt }) => addedAt)) };
	});
	const keys = {
		name: ({ row }: (typeof found)[0]) => row.name,
		album_artist: ({ row }: (typeof found)[0]) => row.album_artist,
		artist: ({ row }: (typeof found)[0]) => row.artist,
		display_artist: ({ row }: (typeof found)[0]) => row.display_artist,
		year: ({ row }: (typeof found)[0]) => row.year,
		time: ({ time }: (typeof found)[0]) => time,
	};
	return sorted(call, found, keys, 'name').map(({ row }) => row);
}

function listAlbums(call: AudioCall): ApiReply {
	const name = call.text('name');
	const keyword = keywordOf(call);
	const rows = albums(call, filtered(call, ['album'])).filter(
		(row) => (name === undefined || row.name === name) && holds(String(row.name), keyword),
	);
	const { offset, total, rows: albumRows } = page(call, rows);
	return { data: { albums: albumRows, offset, total } };
}

/** Names of one field, with songs that have none under the empty name. */
const listNames = (field: 'artist' | 'composer' | 'genre', key: string) =>
	guarded((call) => {
		const keyword = keywordOf(call);
		const found = groups(filtered(call, [field]), (song) => song[field])
			.map((songs) => ({ name: songs[0]![field], ...ratingOf(call, songs) }))
			.filter(({ name }) => holds(name, keyword));
		const { offset, total, rows } = page(call, sorted(call, found, { name: ({ name }) => name }, 'name'));
		return { data: { [key]: rows, offset, total } };
	});

/** Folders come first, so that the first song stands at `folder_total` (audiostation.md 3). */
function listFolder(call: AudioCall): ApiReply {
	const { state, text, list } = call;
	const id = text('id');
	const path = id === undefined || id === '' ? '/music' : pathOf(call, id);
	const inside = (one: string) => one.startsWith(`${path}/`) && !one.slice(path.length + 1).includes('/');
	const folders = [...state.folders]
		.filter(([one]) => inside(one))
		.map(([one, n]) => ({
			id: `dir_${n}`,
			is_personal: false,
			path: one,
			title: one.slice(path.length + 1),
			type: 'folder',
		}))
		.sort((a, b) => a.title.localeCompare(b.title));
	const songs = all(call).filter(([, song]) => inside(song.path));
	const ordered = sorted(call, songs, SORTS, 'title').map(([n, song]) => songRow(n, song, list('additional')));
	const { offset, total, rows } = page(call, [...folders, ...ordered] as Record<string, unknown>[]);
	return { data: { folder_total: folders.length, id: id ?? '', items: rows, offset, total } };
}

export function pathOf({ state }: AudioCall, id: string): string {
	const found = [...state.folders].find(([, n]) => `dir_${n}` === id);
	return needed(found)[0];
}

const SORTS: Record<string, (entry: Entry) => string | number> = {
	title: ([, { title }]) => title,
	song_rating: ([, { rating }]) => rating,
	album: ([, { album }]) => album,
	album_artist: ([, { album_artist }]) => album_artist,
	artist: ([, { artist }]) => artist,
	year: ([, { year }]) => year,
	track: ([, { disc, track }]) => disc * 1000 + track,
	disc: ([, { disc }]) => disc,
	duration: ([, { duration }]) => duration,
	genre: ([, { genre }]) => genre,
	comment: ([, { comment }]) => comment,
	random: ([, { n }]) => (n * 7919) % 101,
	name: ([, { title }]) => title,
};

function songs(call: AudioCall, entries: readonly Entry[]): ApiReply {
	const { offset, total, rows } = page(call, sorted(call, entries, SORTS, 'title'));
	return { data: { offset, songs: rows.map(([id, song]) => songRow(id, song, call.list('additional'))), total } };
}

const listSongs = (call: AudioCall): ApiReply => {
	const keyword = keywordOf(call);
	return songs(
		call,
		filtered(call).filter(([, song]) => holds(song.title, keyword)),
	);
};

/** Title and keyword: whichever is there must be in the title. */
function searchSongs(call: AudioCall): ApiReply {
	const words = [call.text('title') ?? '', keywordOf(call)];
	return songs(
		call,
		filtered(call).filter(([, { title }]) => words.every((word) => holds(title, word))),
	);
}

/** Unknown ids are left out (audiostation.md 4.6). */
function songInfo({ state, list, text }: AudioCall): ApiReply {
	needed(text('id'));
	const rows = list('id').flatMap((id) => {
		const song = state.songs.get(id);
		return song ? [songRow(id, song, list('additional'))] : [];
	});
	return { data: { songs: rows } };
}

function setRating({ state, list, text, number }: AudioCall): ApiReply {
	needed(text('id'));
	const rating = needed(number('rating'));
	if (!Number.isInteger(rating) || rating < 0 || rating > 5) return { error: 101 };
	for (const id of list('id')) {
		const song = state.songs.get(id);
		if (song) song.rating = rating;
	}
	return {};
}

/** Totals in camel case, here alone (audiostation.md 4.9). */
function search(call: AudioCall): ApiReply {
	const keyword = call.text('keyword') ?? '';
	const entries = all(call);
	const albumRows = albums(call, entries).filter(({ name }) => holds(String(name), keyword));
	const artists = groups(entries, ({ artist }) => artist)
		.map((found) => ({ name: found[0]!.artist }))
		.filter(({ name }) => holds(name, keyword));
	const found = entries.filter(([, { title }]) => holds(title, keyword));
	return {
		data: {
			albumTotal: albumRows.length,
			albums: page(call, albumRows).rows,
			artistTotal: artists.length,
			artists: page(call, artists).rows,
			songTotal: found.length,
			songs: page(call, found).rows.map(([id, song]) => songRow(id, song, call.list('additional'))),
		},
	};
}

export const libraryBehaviours: BehaviourTable = {
	'SYNO.AudioStation.Info.getinfo': guarded(info),
	'SYNO.AudioStation.Album.list': guarded(listAlbums),
	'SYNO.AudioStation.Artist.list': listNames('artist', 'artists'),
	'SYNO.AudioStation.Composer.list': listNames('composer', 'composers'),
	'SYNO.AudioStation.Genre.list': listNames('genre', 'genres'),
	'SYNO.AudioStation.Genre.list_default_genre': guarded(() => ({
		data: { default_genres: ['Blues', 'Classical', 'Jazz', 'Pop', 'Rock'].map((name) => ({ name })) },
	})),
	'SYNO.AudioStation.Folder.list': guarded(listFolder),
	'SYNO.AudioStation.Song.list': guarded(listSongs),
	'SYNO.AudioStation.Song.search': guarded(searchSongs),
	'SYNO.AudioStation.Song.getinfo': guarded(songInfo),
	'SYNO.AudioStation.Song.setrating': guarded(setRating),
	'SYNO.AudioStation.Search.list': guarded(search),
	'SYNO.AudioStation.MediaServer.list': guarded(() => ({ data: {} })),
};

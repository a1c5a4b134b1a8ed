import { call, repeatable } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { album, DOSSIER, entry, named, onlyOf, song } from './rows';

const PAGE = 1000;
const read = { readOnly: true } as const;

/** The answer holds the session and the serial number: neither goes on (audiostation.md 6). */
const withoutSecrets = (data: unknown): unknown => {
	if (typeof data !== 'object' || data === null) return data;
	const { sid: _sid, serial_number: _serial, ...rest } = data as Record<string, unknown>;
	return rest;
};

export const getInfo = call('SYNO.AudioStation.Info', 'getinfo', 6, {
	answer: z.preprocess(
		withoutSecrets,
		row(
			{
				version_string: field.text(),
				is_manager: field.flag().optional(),
				enable_personal_library: field.flag().optional(),
				browse_personal_library: field.text().optional(),
				has_music_share: field.flag().optional(),
				playing_queue_max: field.number().optional(),
				support_usb: field.flag().optional(),
				support_bluetooth: field.flag().optional(),
				transcode_capability: z.array(z.string()).optional(),
				privilege_playlist_edit: field.flag().optional(),
				privilege_remote_player: field.flag().optional(),
				privilege_sharing: field.flag().optional(),
				privilege_tag_edit: field.flag().optional(),
				privilege_upnp_browse: field.flag().optional(),
				settings_enable_download: field.flag().optional(),
				settings_transcode_to_mp3: field.flag().optional(),
			},
			{
				prefix: ['privilege', 'settings'],
				simple: [
					'version_string',
					'is_manager',
					'enable_personal_library',
					'has_music_share',
					'playing_queue_max',
					'transcode_capability',
					'privilege_playlist_edit',
					'privilege_remote_player',
					'privilege_tag_edit',
				],
			},
		),
	),
	...read,
	basis: 'capture',
	source: `${DOSSIER} 4.1`,
});

const browse = { page: PAGE, ...read, source: `${DOSSIER} 4.2` } as const;
export const listAlbums = call('SYNO.AudioStation.Album', 'list', 3, {
	list: 'albums',
	of: album,
	...browse,
	basis: 'capture',
});
export const listArtists = call('SYNO.AudioStation.Artist', 'list', 4, {
	list: 'artists',
	of: named,
	...browse,
	basis: 'capture',
});
export const listComposers = call('SYNO.AudioStation.Composer', 'list', 2, {
	list: 'composers',
	of: named,
	...browse,
	basis: 'capture',
});
export const listGenres = call('SYNO.AudioStation.Genre', 'list', 3, {
	list: 'genres',
	of: named,
	...browse,
	basis: 'capture',
});
/** Genres that have a picture of their own; rows are names alone or objects. */
export const listDefaultGenres = call('SYNO.AudioStation.Genre', 'list_default_genre', 3, {
	list: 'default_genres',
	of: z.preprocess((value) => (typeof value === 'string' ? { name: value } : value), named),
	...read,
	basis: 'inferred',
	source: `${DOSSIER} 4.2`,
});

export const listFolder = call('SYNO.AudioStation.Folder', 'list', 3, {
	list: 'items',
	of: entry,
	page: PAGE,
	...read,
	basis: 'capture',
	source: `${DOSSIER} 4.3`,
});

const songs = { list: 'songs', of: song, ...read } as const;
export const listSongs = call('SYNO.AudioStation.Song', 'list', 3, {
	...songs,
	page: PAGE,
	basis: 'capture',
	source: `${DOSSIER} 4.4`,
});
export const searchSongs = call('SYNO.AudioStation.Song', 'search', 3, {
	...songs,
	page: PAGE,
	basis: 'clients',
	source: `${DOSSIER} 4.5`,
});
/** Unknown ids are left out of an answer that is a success (audiostation.md 4.6). */
export const getSong = call('SYNO.AudioStation.Song', 'getinfo', 3, {
	answer: z.preprocess((data) => onlyOf(data, 'songs', 'song'), song),
	...read,
	basis: 'capture',
	source: `${DOSSIER} 4.6`,
});
/** The same of several; those that are not there are left out. */
export const findSongs = call('SYNO.AudioStation.Song', 'getinfo', 3, {
	...songs,
	basis: 'capture',
	source: `${DOSSIER} 4.6`,
});
export const setRating = repeatable(
	call('SYNO.AudioStation.Song', 'setrating', 3, {
		basis: 'capture',
		source: `${DOSSIER} 4.7`,
	}),
);

/** Totals are in camel case here, unlike anywhere else (audiostation.md 4.9). */
export const searchAll = call('SYNO.AudioStation.Search', 'list', 1, {
	answer: z
		.looseObject({
			albums: z.array(album),
			artists: z.array(named),
			songs: z.array(song),
			albumTotal: field.number().optional(),
			artistTotal: field.number().optional(),
			songTotal: field.number().optional(),
		})
		.transform(({ albumTotal, artistTotal, songTotal, ...rest }) => ({
			...rest,
			album_total: albumTotal ?? rest.albums.length,
			artist_total: artistTotal ?? rest.artists.length,
			song_total: songTotal ?? rest.songs.length,
		})),
	...read,
	basis: 'capture',
	source: `${DOSSIER} 4.9`,
});

/** Nobody has written down what a media server looks like in this list. */
export const listMediaServers = call('SYNO.AudioStation.MediaServer', 'list', 1, {
	answer: z.looseObject({}),
	...read,
	basis: 'inferred',
	source: `${DOSSIER} 4.18`,
});

/** Needs the cookie of a session; answers flat (audiostation.md 4.20). */
const INDEXING = {
	site: '/webman/3rdparty/AudioStation/webUI/audio_userman.cgi',
	basis: 'capture',
	source: `${DOSSIER} 4.20`,
} as const;
export const startIndexing = call('SYNO.AudioStation.Info', 'do_reindex', 6, INDEXING);
export const getIndexing = call('SYNO.AudioStation.Info', 'load_reindex', 6, {
	...INDEXING,
	...read,
	answer: z.object({ reindexing: field.flag() }),
});

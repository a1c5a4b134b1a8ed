import { field, row } from '../../../catalog/row';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';

export const DOSSIER = 'audiostation.md';

/** Path from the shared folder on; some answers leave the first slash out (audiostation.md 3). Addresses of radio stay. */
const path = () =>
	z.preprocess((value) => (typeof value === 'string' && /^[^/:]+\//.test(value) ? `/${value}` : value), field.text());

const SONG_LIFT = ['additional', 'song_tag', 'song_audio', 'song_rating'];
const songFields = {
	id: field.id(),
	title: field.text().optional(),
	path: path().optional(),
	type: field.text().optional(),
	artist: field.text().optional(),
	album: field.text().optional(),
	album_artist: field.text().optional(),
	composer: field.text().optional(),
	genre: field.text().optional(),
	comment: field.text().optional(),
	track: field.number().optional(),
	disc: field.number().optional(),
	year: field.number().optional(),
	/** 0: none, else 1 to 5. */
	rating: field.number().optional(),
	/** Seconds. */
	duration: field.number().optional(),
	/** Bits per second. */
	bitrate: field.number().optional(),
	frequency: field.number().optional(),
	channel: field.number().optional(),
	codec: field.text().optional(),
	container: field.text().optional(),
	filesize: field.bytes().optional(),
};

/** Keys are missing where a player or a radio station does not tell them (audiostation.md 3). */
export const song = row(songFields, {
	lift: SONG_LIFT,
	simple: ['id', 'title', 'artist', 'album', 'album_artist', 'track', 'year', 'duration', 'rating', 'path'],
});
export type Song = z.output<typeof song>;

/** Details that songs come with. */
export const SONG_DETAILS = ['song_tag', 'song_audio', 'song_rating'];

const rated = { lift: ['additional', 'avg_rating'], rename: { rating: 'avg_rating' } };

/** An album has no id: its name and the artist of the album name it. */
export const album = row(
	{
		name: field.text(),
		album_artist: field.text().optional(),
		artist: field.text().optional(),
		display_artist: field.text().optional(),
		year: field.number().optional(),
		avg_rating: field.number().optional(),
	},
	rated,
);
export type Album = z.output<typeof album>;

/** An artist, composer or genre: an empty name stands for unknown. */
export const named = row({ name: field.text(), avg_rating: field.number().optional() }, rated);

/** A folder, or a song in it. */
export const entry = row(
	{ ...songFields, is_personal: field.flag().optional() },
	{ lift: SONG_LIFT, simple: ['id', 'type', 'title', 'path', 'artist', 'album', 'track', 'duration', 'rating'] },
);

export const playlist = row(
	{
		id: field.id(),
		name: field.text(),
		library: field.text().optional(),
		type: field.text().optional(),
		path: field.text().optional(),
		sharing_status: field.text().optional(),
		songs_total: field.number().optional(),
		rules: z
			.array(z.looseObject({ tag: z.number(), op: z.number(), tagval: z.string(), interval: z.number().optional() }))
			.optional(),
		rules_conjunction: field.text().optional(),
	},
	{ lift: ['additional'], prefix: ['sharing_info'] },
);
export type Playlist = z.output<typeof playlist>;

export const player = row(
	{
		id: field.id(),
		name: field.text(),
		type: field.text().optional(),
		is_multiple: field.flag().optional(),
		password_protected: field.flag().optional(),
		support_seek: field.flag().optional(),
		support_set_volume: field.flag().optional(),
		/** Devices of a group. */
		subplayer_list: z.array(z.unknown()).optional(),
	},
	{ lift: ['additional'] },
);
export type Player = z.output<typeof player>;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const SONG_OF_STATUS = ['id', 'title', 'artist', 'album', 'album_artist', 'duration', 'path'] as const;

/** Other spellings of one client's devices. */
const STATES: Record<string, string> = { transition: 'transitioning', 'no-media': 'none' };

/** The song's fields with `song_` before them; none when nothing is loaded. */
function withSong(data: unknown): unknown {
	if (!isObject(data)) return data;
	const { song: playing, state, ...rest } = data;
	const parsed = song.safeParse(playing);
	const told = parsed.success ? SONG_OF_STATUS.map((name) => [`song_${name}`, parsed.data[name]] as const) : [];
	const known = told.filter(([, value]) => value !== undefined);
	return {
		...rest,
		...(state !== undefined && { state: typeof state === 'string' ? (STATES[state] ?? state) : state }),
		...Object.fromEntries(known),
	};
}

/** What a player does. `state` is `playing`, `pause`, `stopped`, `transitioning` or `none` in DSM's own words. */
export const status = z.preprocess(
	withSong,
	row(
		{
			state: field.text(),
			volume: field.number().optional(),
			/** Seconds into the song. */
			position: field.number().optional(),
			/** Place in the queue, from 0; nothing is loaded when there is none. */
			index: z.number().nullable().optional(),
			repeat: field.text().optional(),
			shuffle: z.union([field.flag(), field.text()]).optional(),
			playlist_total: field.number().optional(),
			playlist_timestamp: field.secondsOrNever().optional(),
			song_id: field.id().optional(),
			song_title: field.text().optional(),
			song_artist: field.text().optional(),
			song_album: field.text().optional(),
			song_album_artist: field.text().optional(),
			song_duration: field.number().optional(),
			song_path: field.text().optional(),
		},
		{
			lift: ['play_mode'],
			simple: [
				'state',
				'song_title',
				'song_artist',
				'song_album',
				'song_id',
				'position',
				'song_duration',
				'volume',
				'index',
				'playlist_total',
			],
		},
	),
);
export type Status = z.output<typeof status>;

/** Answers of writes that name what they made. */
export const made = z.looseObject({ id: field.id() });

/** The one row of a list in an answer; an empty list says that there is no such thing. */
export function onlyOf(data: unknown, list: string, what: string): unknown {
	const rows = isObject(data) ? data[list] : undefined;
	if (!Array.isArray(rows) || rows.length > 0) return Array.isArray(rows) ? rows[0] : undefined;
	throw new DsmApiError(`Audio Station has no such ${what}.`, {
		hint: 'IDs change when the library is indexed anew, and when a personal playlist is renamed: list them.',
	});
}

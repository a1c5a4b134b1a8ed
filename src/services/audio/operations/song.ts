import { operation, resource } from '../../../catalog/operation';
import { fileAnswer } from '../../../catalog/fields';
import { z } from '../../../vendor/zod';
import { directionOf, keyword, library, song_id, sort_direction } from '../fields';
import { noCover } from '../lib/cover';
import { getSong, listSongs, searchSongs, setRating as rate } from '../wire/library';
import { getSongCover, streamMp3, streamSong, streamWav } from '../wire/media';
import { SONG_DETAILS } from '../wire/rows';

const sorting = z.object({
	library,
	sort_by: z
		.enum([
			'title',
			'song_rating',
			'album',
			'album_artist',
			'artist',
			'year',
			'track',
			'disc',
			'duration',
			'genre',
			'comment',
			'random',
		])
		.default('title')
		.meta({
			title: 'Sort By',
			description: 'What songs are sorted by; by chance, a limit gives other songs each time',
			advanced: true,
			labels: { song_rating: 'Rating', album_artist: 'Album artist', random: 'Random' },
		}),
	sort_direction,
});
const asked = ({ sort_direction: direction, ...rest }: z.output<typeof sorting>) => ({
	...rest,
	sort_direction: directionOf(direction),
	additional: SONG_DETAILS,
});

const exact = (title: string, what: string, example: string) =>
	z
		.string()
		.optional()
		.meta({ title, description: `${what}, exactly as it is stored`, placeholder: `e.g. ${example}`, advanced: true });

const least_rating = z.coerce.number<number | string>().int().min(0).max(5).default(0).meta({
	title: 'Lowest Rating',
	description: 'Only songs with so many stars or more; 0: all songs',
	advanced: true,
});

/** The server's own name for it is known of one source only: rows are left out here. */
const most_rating = z.coerce.number<number | string>().int().min(0).max(5).default(5).meta({
	title: 'Highest Rating',
	description: 'Only songs with so many stars or fewer; 5: all songs',
	advanced: true,
});

const list = operation({
	title: 'List songs',
	summary: 'Gives the songs of the library, all or those of an album, artist, composer or genre.',
	call: listSongs,
	params: sorting.extend({
		album: exact('Album', 'Name of the album', 'Night Drive'),
		album_artist: exact('Album Artist', 'Artist of the album', 'The Lanterns'),
		artist: exact('Artist', 'Artist of the song', 'The Lanterns'),
		composer: exact('Composer', 'Composer of the song', 'J. Lantern'),
		genre: exact('Genre', 'Genre of the song', 'Rock'),
		keyword: keyword
			.optional()
			.meta({ title: 'Search Text', description: 'Part of the title, whatever the case', advanced: true }),
		least_rating,
		most_rating,
	}),
	request: ({
		album,
		album_artist,
		artist,
		composer,
		genre,
		keyword: text,
		least_rating: least,
		most_rating: _,
		...rest
	}) => ({
		album,
		album_artist,
		artist,
		composer,
		genre,
		...(text !== undefined && { keyword: text }),
		...(least > 0 && { song_rating_meq: least }),
		...asked(rest),
	}),
	keep: ({ rating = 0 }, { most_rating: most }) => rating <= most,
});

/** Both names of the text are sent: the guide of neither is known (audiostation.md 4.5). */
const search = operation({
	title: 'Search songs',
	summary: 'Gives the songs whose titles hold a text.',
	call: searchSongs,
	params: sorting.extend({ keyword }),
	request: ({ keyword: text, ...rest }) => ({ title: text, keyword: text, ...asked(rest) }),
});

const get = operation({
	title: 'Get a song',
	summary: 'Gives what Audio Station knows of a song: tags, sound and rating.',
	call: getSong,
	params: z.object({ song_id }),
	request: ({ song_id: id }) => ({ id, additional: SONG_DETAILS }),
});

const setRating = operation({
	title: 'Rate a song',
	summary: 'Gives a song one to five stars, or takes its rating away.',
	call: rate,
	params: z.object({
		song_id,
		rating: z.coerce
			.number<number | string>()
			.int()
			.min(0)
			.max(5)
			.meta({ title: 'Rating', description: 'Number of stars; 0: no rating' }),
	}),
	request: ({ song_id: id, rating }) => ({ id, rating }),
});

/** Seconds with at most four digits, and only when there is something to leave out (audiostation.md 4.10). */
const position = z.coerce.number<number | string>().min(0).default(0).meta({
	title: 'Position',
	description: 'Seconds of the song to leave out at its beginning',
	advanced: true,
});
const from = (seconds: number) => (seconds > 0 ? { position: Number(seconds.toPrecision(4)) } : {});

const download = operation({
	title: 'Download a song',
	summary: 'Gives the file of a song as it is.',
	call: streamSong,
	params: z.object({ song_id, position }),
	request: ({ song_id: id, position: seconds }) => ({ id, ...from(seconds) }),
	size: {
		uses: [getSong],
		look: async ({ song_id: id, position: seconds }, dsm) =>
			seconds > 0 ? undefined : (await dsm.call(getSong, { id, additional: 'song_audio' })).filesize,
	},
	returns: 'file',
	result: fileAnswer(),
});

const downloadCompressed = operation({
	title: 'Download a song as MP3',
	summary: 'Gives a song converted to MP3; its size is not known exactly before.',
	call: streamMp3,
	params: z.object({
		song_id,
		bitrate: z
			.enum(['320000', '256000', '192000', '128000'])
			.default('192000')
			.meta({
				title: 'Bit Rate',
				description: 'Quality of the MP3',
				labels: { 320000: '320 kbit/s', 256000: '256 kbit/s', 192000: '192 kbit/s', 128000: '128 kbit/s' },
			}),
		position,
	}),
	request: ({ song_id: id, bitrate, position: seconds }) => ({ id, format: 'mp3', bitrate, ...from(seconds) }),
	returns: 'file',
	result: fileAnswer(),
});

const downloadUncompressed = operation({
	title: 'Download a song as WAV',
	summary: 'Gives a song converted to WAV, without loss.',
	call: streamWav,
	params: z.object({ song_id, position }),
	request: ({ song_id: id, position: seconds }) => ({ id, format: 'wav', ...from(seconds) }),
	returns: 'file',
	result: fileAnswer(),
});

const downloadCover = operation({
	title: 'Download the cover of a song',
	summary: 'Gives the picture of a song.',
	call: getSongCover,
	params: z.object({ song_id }),
	request: ({ song_id: id }) => ({ id }),
	failed: noCover,
	returns: 'file',
	result: fileAnswer(),
});

export const songs = resource('Song', {
	list,
	search,
	get,
	setRating,
	download,
	downloadCompressed,
	downloadUncompressed,
	downloadCover,
});

import { operation, resource } from '../../../catalog/operation';
import { fileAnswer } from '../../../catalog/fields';
import { z } from '../../../vendor/zod';
import {
	album_artist,
	album_name,
	default_cover,
	directionOf,
	keyword,
	keywords,
	library,
	ratingDetail,
	sort_direction,
	with_rating,
} from '../fields';
import { noCover } from '../lib/cover';
import { listAlbums, listSongs } from '../wire/library';
import { getCover } from '../wire/media';
import { SONG_DETAILS } from '../wire/rows';

const filter = (title: string, what: string, example: string) =>
	z
		.string()
		.min(1)
		.optional()
		.meta({ title, description: `${what}, exactly as it is stored`, placeholder: `e.g. ${example}`, advanced: true });

const sorting = z.object({
	library,
	sort_by: z
		.enum(['name', 'album_artist', 'artist', 'display_artist', 'year', 'time'])
		.default('name')
		.meta({
			title: 'Sort By',
			description: 'What albums are sorted by',
			advanced: true,
			labels: {
				album_artist: 'Album artist',
				display_artist: 'Artist as shown',
				time: 'When they came into the library',
			},
		}),
	sort_direction,
	with_rating,
});
type Sorting = z.output<typeof sorting>;

const asked = ({ sort_direction: direction, with_rating: rated, ...rest }: Sorting) => ({
	...rest,
	sort_direction: directionOf(direction),
	...ratingDetail(rated),
});

const list = operation({
	title: 'List albums',
	summary: 'Gives the albums of the library, all or those of an artist, composer or genre.',
	call: listAlbums,
	params: sorting.extend({
		artist: filter('Artist', 'Artist of songs in it', 'The Lanterns'),
		album_artist: filter('Album Artist', 'Artist of the album', 'The Lanterns'),
		composer: filter('Composer', 'Composer of songs in it', 'J. Lantern'),
		genre: filter('Genre', 'Genre of songs in it', 'Rock'),
		name: filter('Name', 'Name of the album', 'Night Drive'),
	}),
	request: ({ artist, album_artist: of, composer, genre, name, ...rest }) => ({
		artist,
		album_artist: of,
		composer,
		genre,
		name,
		...asked(rest),
	}),
});

const search = operation({
	title: 'Search albums',
	summary: 'Gives the albums whose names hold a text.',
	call: listAlbums,
	params: sorting.extend({ keyword }),
	request: ({ keyword: text, ...rest }) => ({ ...keywords(text), ...asked(rest) }),
});

const listNewest = operation({
	title: 'List new albums',
	summary: 'Gives the albums of the library, those that came last first.',
	call: listAlbums,
	params: z.object({ library }),
	request: (given) => ({ ...given, sort_by: 'time', sort_direction: 'DESC', additional: ['avg_rating'] }),
});

const songsOf = operation({
	title: 'List songs of an album',
	summary: 'Gives the songs of an album in their order.',
	call: listSongs,
	params: z.object({ album: album_name, album_artist, library }),
	request: (given) => ({ ...given, sort_by: 'track', sort_direction: 'ASC', additional: SONG_DETAILS }),
});

const downloadCover = operation({
	title: 'Download the cover of an album',
	summary: 'Gives the cover of an album as a picture.',
	call: getCover,
	params: z.object({ album: album_name, album_artist, library, default_cover }),
	request: ({ album, album_artist: of, library: where, default_cover: output_default }) => ({
		album_name: album,
		album_artist_name: of,
		library: where,
		...(output_default && { output_default }),
	}),
	failed: noCover,
	returns: 'file',
	result: fileAnswer(),
});

export const albums = resource('Album', { list, search, listNewest, listSongs: songsOf, downloadCover });

import { operation, resource } from '../../../catalog/operation';
import { fileAnswer } from '../../../catalog/fields';
import { z } from '../../../vendor/zod';
import {
	artist_name,
	composer_name,
	default_cover,
	directionOf,
	folder_id,
	genre_name,
	keyword,
	keywords,
	library,
	ratingDetail,
	sort_direction,
	with_rating,
} from '../fields';
import { noCover } from '../lib/cover';
import { listArtists, listComposers, listDefaultGenres, listFolder, listGenres } from '../wire/library';
import { getCover, getFolderCover } from '../wire/media';
import { SONG_DETAILS } from '../wire/rows';

const browsing = z.object({ library, sort_direction, with_rating });
type Browsing = z.output<typeof browsing>;

const asked = ({ library: where, sort_direction: direction, with_rating: rated }: Browsing) => ({
	library: where,
	sort_by: 'name',
	sort_direction: directionOf(direction),
	...ratingDetail(rated),
});

const listAllArtists = operation({
	title: 'List artists',
	summary: 'Gives the artists of the library; an empty name stands for songs without one.',
	call: listArtists,
	params: browsing,
	request: asked,
});

const listOfGenre = operation({
	title: 'List artists of a genre',
	summary: 'Gives the artists who have songs of a genre.',
	call: listArtists,
	params: browsing.extend({ genre: genre_name }),
	request: ({ genre, ...rest }) => ({ genre, ...asked(rest) }),
});

const searchArtists = operation({
	title: 'Search artists',
	summary: 'Gives the artists whose names hold a text.',
	call: listArtists,
	params: browsing.extend({ keyword }),
	request: ({ keyword: text, ...rest }) => ({ ...keywords(text), ...asked(rest) }),
});

const artistCover = operation({
	title: 'Download the picture of an artist',
	summary: 'Gives a picture of an artist, mostly the cover of an album.',
	call: getCover,
	params: z.object({ artist: artist_name, library, default_cover }),
	request: ({ artist, library: where, default_cover: output_default }) => ({
		artist_name: artist,
		library: where,
		...(output_default && { output_default }),
	}),
	failed: noCover,
	returns: 'file',
	result: fileAnswer(),
});

export const artists = resource('Artist', {
	list: listAllArtists,
	listByGenre: listOfGenre,
	search: searchArtists,
	downloadCover: artistCover,
});

const listAllComposers = operation({
	title: 'List composers',
	summary: 'Gives the composers of the library; an empty name stands for songs without one.',
	call: listComposers,
	params: browsing,
	request: asked,
});

const searchComposers = operation({
	title: 'Search composers',
	summary: 'Gives the composers whose names hold a text.',
	call: listComposers,
	params: browsing.extend({ keyword }),
	request: ({ keyword: text, ...rest }) => ({ ...keywords(text), ...asked(rest) }),
});

const composerCover = operation({
	title: 'Download the picture of a composer',
	summary: 'Gives a picture of a composer, mostly the cover of an album.',
	call: getCover,
	params: z.object({ composer: composer_name, library, default_cover }),
	request: ({ composer, library: where, default_cover: output_default }) => ({
		composer_name: composer,
		library: where,
		...(output_default && { output_default }),
	}),
	failed: noCover,
	returns: 'file',
	result: fileAnswer(),
	basis: 'inferred',
});

export const composers = resource('Composer', {
	list: listAllComposers,
	search: searchComposers,
	downloadCover: composerCover,
});

const listAllGenres = operation({
	title: 'List genres',
	summary: 'Gives the genres of the library; an empty name stands for songs without one.',
	call: listGenres,
	params: browsing,
	request: asked,
});

const searchGenres = operation({
	title: 'Search genres',
	summary: 'Gives the genres whose names hold a text.',
	call: listGenres,
	params: browsing.extend({ keyword }),
	request: ({ keyword: text, ...rest }) => ({ ...keywords(text), ...asked(rest) }),
});

const listDefault = operation({
	title: 'List genres with a picture',
	summary: 'Gives the genres that Audio Station has a picture of in stock.',
	call: listDefaultGenres,
	params: z.object({}),
});

const genreCover = operation({
	title: 'Download the picture of a genre',
	summary: 'Gives a picture of a genre, mostly the cover of an album.',
	call: getCover,
	params: z.object({ genre: genre_name, library, default_cover }),
	request: ({ genre, library: where, default_cover: output_default }) => ({
		genre_name: genre,
		library: where,
		...(output_default && { output_default }),
	}),
	failed: noCover,
	returns: 'file',
	result: fileAnswer(),
	basis: 'inferred',
});

export const genres = resource('Genre', {
	list: listAllGenres,
	search: searchGenres,
	listDefault,
	downloadCover: genreCover,
});

const folderSort = z
	.enum(['title', 'track', 'name'])
	.default('title')
	.meta({ title: 'Sort By', description: 'What songs are sorted by; folders come first', advanced: true });

const folders_ = z.object({ library, sort_by: folderSort, sort_direction });
const inFolder = ({ sort_direction: direction, ...rest }: z.output<typeof folders_>) => ({
	...rest,
	sort_direction: directionOf(direction),
	additional: SONG_DETAILS,
});

const listTop = operation({
	title: 'List top folders',
	summary: 'Gives the folders at the top of the music library.',
	call: listFolder,
	params: folders_,
	request: inFolder,
});

const listInside = operation({
	title: 'List content of a folder',
	summary: 'Gives the folders and songs in a folder of the music library.',
	call: listFolder,
	params: folders_.extend({ folder_id }),
	request: ({ folder_id: id, ...rest }) => ({ id, ...inFolder(rest) }),
});

const folderCover = operation({
	title: 'Download the picture of a folder',
	summary: 'Gives the cover of the songs in a folder.',
	call: getFolderCover,
	params: z.object({ folder_id }),
	request: ({ folder_id: id }) => ({ id }),
	failed: noCover,
	returns: 'file',
	result: fileAnswer(),
});

export const folders = resource('Music folder', { listTop, list: listInside, downloadCover: folderCover });

import { z } from '../../../vendor/zod';
import { libraryOf } from '../fields';
import { listPlaylists } from '../wire/playlists';
import { SONG_DETAILS, type Playlist } from '../wire/rows';

/** More than a playlist holds. */
const ALL = 100_000;

/**
 * What asks for all songs of a playlist. Two clients page by different names, so both are sent; details have `songs_` before them
 * (audiostation.md 4.12).
 */
export const everySong = (id: string): Record<string, unknown> => ({
	id,
	library: 'all',
	offset: 0,
	limit: ALL,
	songs_offset: 0,
	songs_limit: ALL,
	additional: SONG_DETAILS.map((name) => `songs_${name}`),
});

/** What asks for a playlist itself, with the number of its songs. */
export const asksPlaylist = (id: string): Record<string, unknown> => ({
	id,
	library: 'all',
	offset: 0,
	limit: 1,
	songs_offset: 0,
	songs_limit: 1,
	additional: ['songs', 'sharing_info', 'rules'],
});

/** Numbers of the fields that rules are about (audiostation.md 4.12). */
const TAGS = {
	artist: 1,
	album: 2,
	genre: 3,
	path: 4,
	year: 7,
	bitrate: 8,
	date_added: 9,
	album_artist: 11,
	composer: 12,
	rating: 13,
} as const;
const OPERATORS = {
	is: 1,
	is_not: 2,
	contains: 3,
	contains_not: 4,
	before: 16,
	after: 32,
	greater: 256,
	less: 512,
} as const;

const namesOf = <T extends object>(table: T) => Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];

const rule = z.object({
	field: z.enum(namesOf(TAGS)),
	comparison: z
		.enum(namesOf(OPERATORS))
		.default('is')
		.meta({ labels: { contains_not: 'Does not contain' } }),
	value: z.coerce.string<string | number>(),
});

export const ruleFields = {
	match: z
		.enum(['and', 'or'])
		.default('and')
		.meta({ title: 'Match', description: 'Which rules a song has to fit', labels: { and: 'All', or: 'One of them' } }),
	rules: z.array(rule).min(1).meta({
		title: 'Rules',
		description:
			'Field (artist, album, genre, path, year, bitrate, date_added, album_artist, composer, rating), comparison (is, is_not, contains, contains_not, before, after, greater, less) and value of each rule',
		placeholder: 'e.g. [{"field":"genre","comparison":"is","value":"Jazz"}]',
		widget: 'json',
	}),
};

/** Rules as Audio Station takes them, in one text. */
export const rulesOf = (rules: readonly z.output<typeof rule>[]): string =>
	JSON.stringify(
		rules.map(({ field, comparison, value }) => ({
			tag: TAGS[field],
			op: OPERATORS[comparison],
			tagval: value,
			interval: 0,
		})),
	);

/** All playlists, before one is made: a personal and a shared one may have the same name. */
export const playlistsBefore = { call: listPlaylists, request: () => ({ library: 'all' }) };

/** The playlist that was made, where the answer was lost. */
export const madePlaylist = {
	made: listPlaylists,
	request: () => ({ library: 'all' }),
	is: (row: Playlist, { name, shared }: { name: string; shared: boolean }) =>
		row.name === name && (row.library === undefined || row.library === libraryOf(shared)),
	id: (row: Playlist) => row.id,
	answer: ({ id }: Playlist) => ({ id }),
};

import { operation, procedure, resource } from '../../../catalog/operation';
import { DsmApiError, DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { keyword, song_id } from '../fields';
import { applyTags, fileTags, getLyrics, loadTags, searchLyrics, setLyrics, type FileTags } from '../wire/media';

/** One or more paths of the library, from the shared folder on. */
const paths = z
	.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
	.transform((given, context) => {
		const list = typeof given === 'string' ? given.split('\n').map((one) => one.trim()) : given;
		const wrong = list.find((one) => !/^\/[^\\]+$/.test(one));
		if (wrong === undefined) return list;
		context.addIssue({
			code: 'custom',
			message: `"${wrong}" is no path of a song, e.g. /music/Artist/Album/01 Song.mp3`,
		});
		return z.NEVER;
	})
	.meta({
		title: 'Songs',
		description:
			'Paths of the files as lists of songs give them: one, several in lines, or an array from an expression',
		placeholder: 'e.g. /music/Artist/Album/01 Song.mp3',
		widget: 'multiline',
	});

const infosOf = (files: readonly object[]) => JSON.stringify(files);
const loading = (given: readonly string[]) => ({
	audioInfos: infosOf(given.map((path) => ({ path }))),
	requestFrom: '',
});

const get = operation({
	title: 'Get the tags of songs',
	summary: 'Reads the tags that stand in the files of songs. Needs the right to edit tags.',
	call: loadTags,
	params: z.object({ paths }),
	request: ({ paths: given }) => loading(given),
	response: ({ files, lyrics }) => files.map((file) => ({ ...file, ...(files.length === 1 && { lyrics }) })),
	result: z.array(fileTags.with({ lyrics: z.string().optional() })),
});

const TEXTS = {
	title: ['Title', 'Title of the song'],
	artist: ['Artist', 'Artist of the song'],
	album: ['Album', 'Name of the album'],
	album_artist: ['Album Artist', 'Artist of the album'],
	composer: ['Composer', 'Composer of the song'],
	genre: ['Genre', 'Genre of the song'],
	comment: ['Comment', 'Comment on the song'],
} as const;
const NUMBERS = {
	track: ['Track', 'Number of the song on its disc'],
	disc: ['Disc', 'Number of the disc'],
	year: ['Year', 'Year of release'],
} as const;
const text = ([title, what]: readonly [string, string]) =>
	z
		.string()
		.optional()
		.meta({ title, description: `${what}; what is left out stays, an empty text clears it`, advanced: true });
const number = ([title, what]: readonly [string, string]) =>
	z.coerce
		.number<number | string>()
		.int()
		.min(0)
		.optional()
		.meta({ title, description: `${what}; what is left out stays`, advanced: true });
const changes = z.object({
	title: text(TEXTS.title),
	artist: text(TEXTS.artist),
	album: text(TEXTS.album),
	album_artist: text(TEXTS.album_artist),
	composer: text(TEXTS.composer),
	genre: text(TEXTS.genre),
	comment: text(TEXTS.comment),
	track: number(NUMBERS.track),
	disc: number(NUMBERS.disc),
	year: number(NUMBERS.year),
	lyrics: z.string().optional().meta({
		title: 'Lyrics',
		description: 'Text of the song; what is left out stays',
		widget: 'multiline',
		advanced: true,
	}),
});
type Changes = z.output<typeof changes>;

const FIELDS = [...Object.keys(TEXTS), ...Object.keys(NUMBERS)] as (keyof FileTags & string)[];

/** What goes into one file: everything it held, and the changes. Whatever is left out would be erased (audiostation.md 4.19). */
function changed(file: FileTags, lyrics: string, given: Changes): object {
	const kept = Object.fromEntries(FIELDS.map((name) => [name, file[name]]));
	const wished = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
	return {
		...kept,
		lyrics,
		...wished,
		path: null,
		audioInfos: [file],
		coverType: 'original_image',
		coverPath: '',
		codePage: 'SYNO_NO_CODE_PAGE_CONVERT',
	};
}

/**
 * Code: each file is read and written by itself, since a write puts all fields into all files that it names, and the lyrics are told of
 * one file only.
 */
const update = procedure({
	title: 'Update the tags of songs',
	summary:
		'Changes tags in the files of songs; the library learns of it some seconds later. Needs the right to edit tags.',
	uses: [loadTags, applyTags],
	params: z.object({ paths, ...changes.shape }),
	result: z.array(z.object({ path: z.string(), done: z.boolean(), error: z.string().optional() })),
	// What a tag held before is overwritten only where a new value was given for it: not marked as destructive.
	async run({ paths: given, ...wished }, dsm) {
		if (Object.values(wished).every((value) => value === undefined))
			throw new DsmInputError('There is nothing to change: give at least one tag.');
		const outcomes: { path: string; done: boolean; error?: string }[] = [];
		for (const path of given) {
			const { files, lyrics = '' } = await dsm.call(loadTags, loading([path]), { readOnly: true });
			const [file] = files;
			if (!file) {
				outcomes.push({ path, done: false, error: 'The file cannot be read.' });
				continue;
			}
			const answer = await dsm.call(applyTags, { data: JSON.stringify([changed(file, lyrics, wished)]) });
			const isWritten = (answer.write_fail_files ?? []).length === 0;
			outcomes.push({ path, done: isWritten, ...(!isWritten && { error: 'The file cannot be written.' }) });
		}
		if (outcomes.every(({ done }) => !done))
			throw new DsmApiError(`${outcomes[0]?.path}: ${outcomes[0]?.error ?? ''}`, {
				hint: 'Check the path, and whether the account may write there.',
			});
		return outcomes;
	},
});

export const tags = resource('Tag', { get, update });

const getText = operation({
	title: 'Get the lyrics of a song',
	summary: 'Gives the lyrics that are stored for a song; empty where there are none.',
	call: getLyrics,
	params: z.object({ song_id }),
	request: ({ song_id: id }) => ({ id }),
});

const setText = operation({
	title: 'Set the lyrics of a song',
	summary: 'Stores the lyrics of a song in place of those it has. Needs the right to edit tags.',
	call: setLyrics,
	params: z.object({
		song_id,
		lyrics: z.string().meta({ title: 'Lyrics', description: 'Text of the song; empty: none', widget: 'multiline' }),
	}),
	request: ({ song_id: id, lyrics }) => ({ id, lyrics }),
	destructive: true,
});

const search = operation({
	title: 'Search lyrics',
	summary: 'Asks the lyrics plug-ins of Audio Station for the lyrics of a song; that may take a while or give nothing.',
	call: searchLyrics,
	params: z.object({
		keyword: keyword.meta({ title: 'Title', description: 'Title of the song', placeholder: 'e.g. Hello Again' }),
		artist: z.string().default('').meta({
			title: 'Artist',
			description: 'Artist of the song',
			placeholder: 'e.g. The Lanterns',
		}),
	}),
	request: ({ keyword: title, artist }) => ({ title, artist, limit: 10, additional: ['full_lyrics'] }),
});

export const lyrics = resource('Lyric', { get: getText, set: setText, search });

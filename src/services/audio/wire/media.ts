import { call, repeatable } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { DOSSIER } from './rows';

const read = { readOnly: true } as const;

/** Answered with HTTP 404 where there is no picture. */
const cover = (method: string, basis: 'capture' | 'clients') =>
	call('SYNO.AudioStation.Cover', method, 3, { ...read, basis, source: `${DOSSIER} 4.11` });
export const getCover = cover('getcover', 'capture');
export const getSongCover = cover('getsongcover', 'clients');
export const getFolderCover = cover('getfoldercover', 'clients');

const stream = { ...read, basis: 'capture', source: `${DOSSIER} 4.10` } as const;
export const streamSong = call('SYNO.AudioStation.Stream', 'stream', 2, stream);
/** The name in the address says what the answer shall be; its number means nothing. */
export const streamMp3 = call('SYNO.AudioStation.Stream', 'transcode', 2, { ...stream, as: '0.mp3' });
export const streamWav = call('SYNO.AudioStation.Stream', 'transcode', 2, { ...stream, as: '0.wav' });

export const getLyrics = call('SYNO.AudioStation.Lyrics', 'getlyrics', 2, {
	answer: z.object({ lyrics: field.text() }),
	...read,
	basis: 'clients',
	source: `${DOSSIER} 4.14`,
});
export const setLyrics = repeatable(
	call('SYNO.AudioStation.Lyrics', 'setlyrics', 2, {
		basis: 'clients',
		source: `${DOSSIER} 4.14`,
	}),
);
export const searchLyrics = call('SYNO.AudioStation.LyricsSearch', 'searchlyrics', 2, {
	list: 'lyrics',
	of: row(
		{
			id: field.id(),
			artist: field.text().nullable().optional(),
			title: field.text().nullable().optional(),
			plugin: field.text().optional(),
			partial_lyrics: field.text().optional(),
			full_lyrics: field.text().optional(),
		},
		{ lift: ['additional'] },
	),
	...read,
	basis: 'capture',
	source: `${DOSSIER} 4.14`,
});

export const fileTags = row(
	{
		path: field.text(),
		title: field.text().optional(),
		artist: field.text().optional(),
		album: field.text().optional(),
		album_artist: field.text().optional(),
		composer: field.text().optional(),
		genre: field.text().optional(),
		comment: field.text().optional(),
		track: field.number().optional(),
		disc: field.number().optional(),
		year: field.number().optional(),
	},
	{
		simple: ['path', 'title', 'artist', 'album', 'album_artist', 'composer', 'genre', 'track', 'disc', 'year'],
	},
);
export type FileTags = z.output<typeof fileTags>;

/** No Web API: needs the cookie of a session, and answers flat (audiostation.md 4.19). */
const TAGS = {
	site: '/webman/3rdparty/AudioStation/tagEditorUI/tag_editor.cgi',
	basis: 'capture',
	source: `${DOSSIER} 4.19`,
} as const;
export const loadTags = call('SYNO.AudioStation.Info', 'load', 6, {
	...TAGS,
	...read,
	answer: z.object({
		files: z.array(fileTags),
		lyrics: field.text().optional(),
		read_fail_count: field.number().optional(),
	}),
});
export const applyTags = repeatable(
	call('SYNO.AudioStation.Info', 'apply', 6, {
		...TAGS,
		answer: z.object({
			files: z.array(fileTags).optional(),
			read_fail_count: field.number().optional(),
			write_fail_files: z.array(z.unknown()).optional(),
		}),
	}),
);

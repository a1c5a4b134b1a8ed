import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { picture } from '../file/picture';
import { type AudioCall, guarded, holds, needed } from './call';
import { pathOf } from './library';
import { mp3, soundOf, wav } from './sound';
import type { Song } from './types';

/** Nginx's page: covers have no envelope for "none" (audiostation.md 1). */
const NONE: ApiReply = { html: '<html><body>404 Not Found</body></html>', status: 404 };

const shown = (name: string): ApiReply => ({ file: picture(48), name, type: 'image/png', inline: true });

const coverOf = (found: readonly Song[]): ApiReply => (found.some(({ cover }) => cover) ? shown('cover.png') : NONE);

function cover(call: AudioCall): ApiReply {
	const { text, state } = call;
	const by = [
		['album_name', 'album'],
		['album_artist_name', 'album_artist'],
		['artist_name', 'artist'],
		['composer_name', 'composer'],
		['genre_name', 'genre'],
	] as const;
	const wanted = by.filter(([name]) => text(name) !== undefined);
	if (wanted.length === 0 && text('default_genre_name') === undefined) return { error: 101 };
	const found = [...state.songs.values()].filter((song) => wanted.every(([name, key]) => song[key] === text(name)));
	const answer = coverOf(found);
	return answer === NONE && text('output_default') === 'true' ? shown('default.png') : answer;
}

const songCover = ({ text, state }: AudioCall): ApiReply => {
	const song = state.songs.get(needed(text('id')));
	return song ? coverOf([song]) : NONE;
};

const folderCover = (call: AudioCall): ApiReply => {
	const path = pathOf(call, needed(call.text('id')));
	return coverOf([...call.state.songs.values()].filter((song) => song.path.startsWith(`${path}/`)));
};

const TYPES: Record<string, string> = { mp3: 'audio/mpeg', wav: 'audio/x-wav', flac: 'audio/x-flac' };

/** A song that is not there is an envelope with HTTP 200 in place of sound. */
function songOf({ state, text }: AudioCall): Song | ApiReply {
	const song = state.songs.get(needed(text('id')));
	return song && !song.missing ? song : { error: state.switches.unknownCode };
}

function stream(call: AudioCall): ApiReply {
	const song = songOf(call);
	if (!('path' in song)) return song;
	return { file: soundOf(song), name: 'stream', type: TYPES[song.codec] ?? 'audio/mpeg', inline: true };
}

const RATES = [320_000, 256_000, 192_000, 128_000];

/** What is left from a position on, in seconds. */
function transcode(call: AudioCall): ApiReply {
	const song = songOf(call);
	if (!('path' in song)) return song;
	const { text, number } = call;
	const left = Math.max(0, song.duration - (number('position') ?? 0));
	const format = needed(text('format'));
	if (format === 'wav') return { file: wav(left), name: 'stream', type: 'audio/x-wav', inline: true };
	const rate = number('bitrate') ?? 128_000;
	if (format !== 'mp3' || !RATES.includes(rate)) return { error: 101 };
	return { file: mp3(left, rate), name: 'stream', type: 'audio/mpeg', inline: true };
}

function getLyrics({ state, text }: AudioCall): ApiReply {
	const song = state.songs.get(needed(text('id')));
	return song ? { data: { lyrics: song.lyrics } } : { error: state.switches.unknownCode };
}

function setLyrics({ state, text, user }: AudioCall): ApiReply {
	const song = state.songs.get(needed(text('id')));
	const lyrics = text('lyrics');
	if (lyrics === undefined) return { error: 101 };
	if (!state.has(user, 'tag_edit')) return { error: 105 };
	if (!song) return { error: state.switches.unknownCode };
	song.lyrics = lyrics;
	return {};
}

/** One plug-in that knows the songs of this library. */
function searchLyrics({ state, text, list, number }: AudioCall): ApiReply {
	const title = needed(text('title'));
	const full = list('additional').includes('full_lyrics');
	const found = [...state.songs.values()]
		.filter((song) => song.lyrics !== '' && holds(song.title, title) && holds(song.artist, text('artist') ?? ''))
		.slice(0, number('limit') ?? 10);
	const lyrics = found.map((song) => ({
		id: `plugin_${song.n}`,
		artist: song.artist || null,
		title: song.title,
		plugin: 'Example lyrics',
		partial_lyrics: song.lyrics.slice(0, 40),
		...(full && { additional: { full_lyrics: song.lyrics } }),
	}));
	return { data: { lyrics } };
}

export const mediaBehaviours: BehaviourTable = {
	'SYNO.AudioStation.Cover.getcover': guarded(cover),
	'SYNO.AudioStation.Cover.getsongcover': guarded(songCover),
	'SYNO.AudioStation.Cover.getfoldercover': guarded(folderCover),
	'SYNO.AudioStation.Stream.stream': guarded(stream),
	'SYNO.AudioStation.Stream.transcode': guarded(transcode),
	'SYNO.AudioStation.Lyrics.getlyrics': guarded(getLyrics),
	'SYNO.AudioStation.Lyrics.setlyrics': guarded(setLyrics),
	'SYNO.AudioStation.LyricsSearch.searchlyrics': guarded(searchLyrics),
};

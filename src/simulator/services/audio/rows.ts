import { soundOf } from './sound';
import type { AudioState } from './state';
import type { Player, Song } from './types';

/** A song as lists show it; details only where they were asked for, each in its own block. */
export function songRow(id: string, song: Song, additional: readonly string[] = []): Record<string, unknown> {
	const { path, title, artist, album, album_artist, composer, genre, comment, track, disc, year } = song;
	const blocks: Record<string, unknown> = {
		song_audio: {
			bitrate: song.bitrate,
			channel: 2,
			codec: song.codec,
			container: song.codec,
			duration: song.duration,
			filesize: soundOf(song).length,
			frequency: 44_100,
		},
		song_rating: { rating: song.rating },
		song_tag: {
			album,
			album_artist,
			artist,
			comment,
			composer,
			disc,
			genre,
			rg_album_gain: '',
			rg_album_peak: '',
			rg_track_gain: '',
			rg_track_peak: '',
			track,
			year,
		},
	};
	const wanted = Object.entries(blocks).filter(([name]) => additional.includes(name));
	return { id, path, title, type: 'file', ...(wanted.length > 0 && { additional: Object.fromEntries(wanted) }) };
}

/** What stands in a queue: a song, or a station by its title and address. */
export function queueRow(state: AudioState, id: string, additional: readonly string[]): Record<string, unknown> {
	const song = state.songs.get(id);
	if (song) return songRow(id, song, additional);
	const [, title = id, url = ''] = /^radio_(.*) (\S+)$/.exec(id) ?? [];
	return { id, path: url, title, type: 'radio' };
}

/** On renderers of the network the details are not those of the file (audiostation.md 3). */
export function statusRow(state: AudioState, player: Player, additional: readonly string[]): Record<string, unknown> {
	const { queue, index, repeat, shuffle, timestamp, volume } = player;
	const id = index === null ? undefined : queue[index];
	const song = id === undefined ? null : queueRow(state, id, additional);
	if (song && player.type === 'upnp') strip(song);
	if (song && state.switches.bareStatusPath) song.path = String(song.path).replace(/^\//, '');
	return {
		index,
		play_mode: { repeat, shuffle },
		playlist_timestamp: timestamp,
		playlist_total: queue.length,
		position: Math.floor(state.playing.positionOf(player)),
		song,
		state: player.state,
		stop_index: index === null ? -1 : 0,
		subplayer_volume: null,
		volume,
	};
}

function strip(song: Record<string, unknown>): void {
	const audio = (song.additional as Record<string, Record<string, unknown>> | undefined)?.song_audio;
	if (!audio) return;
	Object.assign(audio, { filesize: 1, frequency: 0, channel: 1 });
	delete audio.codec;
	delete audio.container;
}

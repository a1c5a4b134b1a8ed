import type { Scene } from '../../core/life';
import { audioOf, type AudioState } from './state';

type AudioScene = (audio: AudioState, round: number) => void;

const KITCHEN = '0006785AC8AE';
/** Albums that are kept, so that a demo may run for weeks. */
const KEPT = 20;

const kitchen = (audio: AudioState) => audio.players.get(KITCHEN);
const albumOf = (round: number): string => `Session ${round + 1}`;

const scenes: AudioScene[] = [
	(audio, round) => {
		const player = kitchen(audio);
		if (!player) return;
		if (player.queue.length === 0) audio.playing.splice(player, 0, 0, [...audio.songs.keys()].slice(0, 8));
		audio.playing.play(player, round % player.queue.length);
	},
	(audio, round) => {
		const player = kitchen(audio);
		if (player) player.volume = 30 + ((round * 5) % 40);
	},
	(audio, round) => {
		const album = albumOf(round);
		const artist = 'Garage Band';
		audio.addSong({
			path: `/music/${artist}/${album}/01 Take.mp3`,
			title: 'Take',
			artist,
			album,
			album_artist: artist,
			genre: 'Rock',
		});
		const old = [...audio.songs].filter(([, song]) => song.artist === artist)[0];
		if (round >= KEPT && old) audio.removeSong(old[0]);
	},
	(audio) => {
		const player = kitchen(audio);
		if (player) audio.playing.pause(player);
	},
];

/** The kitchen plays, louder and lower; a new album arrives; silence. */
export const audioScenes: Scene[] = scenes.map((scene) => (nas, round) => scene(audioOf(nas), round));

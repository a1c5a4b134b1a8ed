import type { AudioState } from '../../src/simulator/services/audio';

/** One event of Audio Station, as a host's user would see it. */
export interface AudioStory {
	event: string;
	/** Makes it happen; gives the value that the event holds under `field`. */
	happen: (audio: AudioState) => string;
	field: string;
	/** The event is told at the second look only. */
	late?: true;
}

export const KITCHEN = '0006785AC8AE';

/** A player with something to play; no pause before the sound, since the clock of these tests stands for that of the NAS. */
export function prepare(audio: AudioState): void {
	audio.switches.transitionMs = 0;
	audio.playing.splice(audio.players.get(KITCHEN)!, 0, 0, ['music_1', 'music_2']);
}

const kitchen = (audio: AudioState) => audio.players.get(KITCHEN)!;

/** Every trigger once; the order matters where one event makes another. */
export const audioStories: readonly AudioStory[] = [
	{
		event: 'songStarted',
		field: 'song_title',
		happen: (audio) => {
			audio.playing.play(kitchen(audio), 1);
			return 'Long Road';
		},
	},
	{
		event: 'playerStateChanged',
		field: 'state',
		happen: (audio) => {
			audio.playing.play(kitchen(audio), 0);
			audio.playing.pause(kitchen(audio));
			return 'pause';
		},
	},
	{
		event: 'volumeChanged',
		field: 'player_id',
		happen: (audio) => {
			kitchen(audio).volume = 61;
			return KITCHEN;
		},
	},
	{
		event: 'songAdded',
		field: 'title',
		happen: (audio) => {
			audio.addSong({
				path: '/music/Odd “Name”/01 Söng.mp3',
				title: 'Söng',
				album: 'Night Drive',
				album_artist: 'The Lanterns',
			});
			return 'Söng';
		},
	},
	{
		event: 'albumAdded',
		field: 'name',
		happen: (audio) => {
			audio.addSong({ path: '/music/Fresh/01.mp3', title: 'One', album: 'Fresh, Fresher', album_artist: 'New' });
			return 'Fresh, Fresher';
		},
	},
	{
		event: 'playlistChanged',
		field: 'name',
		happen: (audio) => audio.addPlaylist({ name: 'Evening', library: 'personal', owner: 'alice' }).name,
	},
	{
		event: 'songRated',
		field: 'title',
		happen: (audio) => {
			audio.songs.get('music_1')!.rating = 5;
			return 'Hello Again';
		},
	},
];

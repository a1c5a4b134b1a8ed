import { describe, expect, test } from '@jest/globals';
import { audio } from '../../../src/services/audio';
import { clockOf, Follower, following } from '../../support/follow';
import { withNas, type Scene } from '../../support/nas';
import { tellsEachOnce } from '../../support/trigger-suite';
import { KITCHEN, later, library, PARTY, player, state } from './stage';

const {
	songStarted,
	playerStateChanged,
	volumeChanged,
	songAdded,
	albumAdded,
	playlistChanged,
	songRated,
	indexingFinished,
} = audio.triggers;

/** Players enough that each event can be about another one; each has a queue and is silent. */
const manyPlayers = (scene: Scene) => {
	const audioState = state(scene);
	audioState.switches.transitionMs = 0;
	for (let n = 0; n < 12; n++)
		audioState.addPlayer({
			id: `p${n}`,
			name: `Player ${n}`,
			type: 'airplay',
			queue: ['music_1', 'music_2'],
			index: 0,
			state: 'stopped',
		});
};
const play = (scene: Scene, n: number): string => {
	state(scene).playing.play(player(scene, `p${n}`));
	return `p${n}`;
};
const playerOf = ({ player_id }: { player_id: string }): string => player_id;
const louder = (scene: Scene) => void (player(scene).volume = 41);

tellsEachOnce({
	trigger: songStarted,
	given: {},
	// Time ends songs.
	pause: 0,
	before: manyPlayers,
	happen: play,
	nameOf: playerOf,
	noise: louder,
	anyOrder: true,
});
tellsEachOnce({
	trigger: playerStateChanged,
	given: { states: 'playing' },
	isFleeting: true,
	before: manyPlayers,
	happen: play,
	nameOf: playerOf,
	noise: louder,
	anyOrder: true,
});
tellsEachOnce({
	trigger: volumeChanged,
	given: {},
	before: manyPlayers,
	happen: (scene, n) => {
		player(scene, `p${n}`).volume = 60;
		return `p${n}`;
	},
	nameOf: playerOf,
	noise: (scene) => state(scene).playing.play(player(scene)),
	anyOrder: true,
});

const add = (scene: Scene, n: number) => {
	const album = `Album, ${n}`;
	state(scene).addSong({
		path: `/music/New/${album}/01.mp3`,
		title: `New ${n}`,
		album,
		album_artist: 'New',
		artist: 'New',
	});
	return album;
};

tellsEachOnce({
	trigger: albumAdded,
	given: {},
	happen: add,
	nameOf: ({ name }) => name,
	noise: (scene) => state(scene).addSong({ path: '/music/x.mp3', album: 'Night Drive', album_artist: 'The Lanterns' }),
	many: 1100,
});
tellsEachOnce({
	trigger: songAdded,
	given: {},
	happen: (scene, n) => add(scene, n).replace('Album,', 'New'),
	nameOf: ({ title = '' }) => title,
	noise: (scene) => void (state(scene).songs.get('music_1')!.rating = 3),
	many: 1100,
	anyOrder: true,
});
tellsEachOnce({
	trigger: songRated,
	given: {},
	before: (scene) => {
		for (let n = 0; n < 12; n++) state(scene).addSong({ path: `/music/r/${n}.mp3`, title: `R${n}` });
	},
	happen: (scene, n) => {
		[...state(scene).songs.values()].find(({ title }) => title === `R${n}`)!.rating = 1 + (n % 5);
		return `R${n}`;
	},
	nameOf: ({ title = '' }) => title,
	noise: (scene) => state(scene).addSong({ path: '/music/unrated.mp3' }),
	anyOrder: true,
});
tellsEachOnce({
	trigger: playlistChanged,
	given: {},
	happen: (scene, n) => state(scene).addPlaylist({ name: `List ${n}`, library: 'personal', owner: 'alice' }).name,
	nameOf: ({ name }) => name,
	noise: (scene) => void state(scene).radios.get('Favorite')!.push({ title: 'a', url: 'http://a', desc: '' }),
	anyOrder: true,
});

const index = (scene: Scene) => void (state(scene).indexingUntil = Infinity);
tellsEachOnce({
	trigger: indexingFinished,
	given: {},
	before: index,
	reset: index,
	happen: (scene) => {
		state(scene).indexingUntil = 0;
		return 'false';
	},
	nameOf: ({ reindexing }) => String(reindexing),
	noise: louder,
});

describe('players', () => {
	test('a pause and what comes back after it are no other song; the next song is', async () => {
		await following(songStarted, { player_id: KITCHEN }, async (follower, scene) => {
			const { playing, players, switches } = state(scene);
			switches.transitionMs = 0;
			const kitchen = players.get(KITCHEN)!;
			playing.splice(kitchen, 0, 0, ['music_1', 'music_2', 'music_1']);
			playing.play(kitchen, 0);
			expect(await follower.poll()).toMatchObject([{ song_title: 'Hello Again', player_id: KITCHEN }]);
			playing.pause(kitchen);
			expect(await follower.poll()).toEqual([]);
			playing.play(kitchen);
			expect(await follower.poll()).toEqual([]);
			later(scene, 200);
			expect(await follower.poll()).toMatchObject([{ song_title: 'Long Road' }]);
			later(scene, 190);
			expect(await follower.poll()).toMatchObject([{ song_title: 'Hello Again' }]);
		});
	});

	test('what is about to begin is told once it is heard, with what was before', async () => {
		await following(playerStateChanged, {}, async (follower, scene) => {
			const { playing, players } = state(scene);
			const kitchen = players.get(KITCHEN)!;
			playing.splice(kitchen, 0, 0, ['music_1']);
			playing.play(kitchen);
			expect(await follower.poll()).toEqual([]);
			later(scene, 2);
			expect(await follower.poll()).toMatchObject([
				{ state: 'playing', previous_state: 'stopped', player_name: 'Kitchen' },
			]);
			playing.pause(kitchen);
			expect(await follower.poll()).toMatchObject([{ state: 'pause', previous_state: 'playing' }]);
		});
	});

	test('one that does not answer, or is away for one look, hides no other and comes back unseen', async () => {
		await following(volumeChanged, {}, async (follower, scene) => {
			const kitchen = player(scene);
			const { players } = state(scene);
			players.delete(KITCHEN);
			expect(await follower.poll()).toEqual([]);
			players.set(KITCHEN, kitchen);
			kitchen.volume = 77;
			expect(await follower.poll()).toMatchObject([{ player_id: KITCHEN, volume: 77, previous_volume: 40 }]);
		});
	});
});

test('a player or playlist that does not answer for long stays as it was, and comes back unseen', async () => {
	await withNas({}, async (scene) => {
		const { playing } = state(scene);
		state(scene).switches.transitionMs = 0;
		playing.splice(player(scene), 0, 0, ['music_1', 'music_2']);
		playing.play(player(scene), 0);
		const started = await new Follower(songStarted, scene.dsm, {}).start();
		const lists = await new Follower(playlistChanged, scene.dsm, {}).start();
		let isAway = true;
		const away = (id: string) => (isAway && (id === KITCHEN || id === PARTY) ? { error: 100 } : undefined);
		scene.simulator.use({
			'SYNO.AudioStation.RemotePlayerStatus.getstatus': ({ params }) => away(String(params.id)),
			'SYNO.AudioStation.Playlist.getinfo': ({ params }) => away(String(params.id)),
		});
		for (let n = 0; n < 4; n++) expect([await started.poll(), await lists.poll()]).toEqual([[], []]);
		isAway = false;
		expect([await started.poll(), await lists.poll()]).toEqual([[], []]);
		playing.play(player(scene), 1);
		expect(await started.poll()).toMatchObject([{ song_title: 'Long Road' }]);
	});
});

describe('the library', () => {
	test('a song that goes while another one comes is found by the next whole look', async () => {
		await following(songAdded, {}, async (follower, scene) => {
			state(scene).removeSong('music_1');
			state(scene).addSong({ path: '/music/fresh.mp3', title: 'Fresh' });
			const told: unknown[] = [];
			for (let n = 0; n < 22; n++) told.push(...(await follower.poll()));
			expect(told).toMatchObject([{ title: 'Fresh' }]);
		});
	});

	test('an index built anew, with other IDs for the same files, tells no song', async () => {
		await following(songAdded, {}, async (follower, scene) => {
			const { songs } = state(scene);
			const all = [...songs.values()];
			songs.clear();
			for (const song of all.slice(0, 5)) state(scene).addSong(song);
			expect(await follower.poll()).toEqual([]);
			for (const song of all.slice(5)) state(scene).addSong(song);
			expect([...(await follower.poll()), ...(await follower.poll())]).toEqual([]);
		});
	});

	test('a lost rating is told, a lost song is not', async () => {
		await following(songRated, {}, async (follower, scene) => {
			const { songs } = state(scene);
			songs.get('music_2')!.rating = 0;
			expect(await follower.poll()).toEqual([]);
			expect(await follower.poll()).toMatchObject([{ id: 'music_2', rating: 0, previous_rating: 4 }]);
			songs.get('music_3')!.rating = 5;
			expect(await follower.poll()).toMatchObject([{ id: 'music_3', rating: 5, previous_rating: 0 }]);
			state(scene).removeSong('music_3');
			expect(await follower.drain()).toEqual([]);
		});
	});

	test('playlists tell what changed in them', async () => {
		await following(playlistChanged, {}, async (follower, scene) => {
			const shared = state(scene).playlists.find(({ name }) => name === 'Jazz')!;
			shared.name = 'Cool jazz';
			shared.songs.push('music_8');
			expect(await follower.poll()).toMatchObject([
				{ name: 'Cool jazz', change: 'renamed', songs_total: 2 },
				{ name: 'Cool jazz', change: 'songs' },
			]);
			state(scene).playlists.splice(state(scene).playlists.indexOf(shared), 1);
			expect(await follower.drain()).toMatchObject([{ id: shared.id, name: 'Cool jazz', change: 'deleted' }]);
		});
	});

	test('the end of indexing is told once', async () => {
		await following(indexingFinished, {}, async (follower, scene) => {
			expect(await follower.poll()).toEqual([]);
			await scene.dsm.do(library.startIndexing, {});
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(6000);
			expect(await follower.poll()).toMatchObject([{ reindexing: false }]);
			expect(await follower.poll()).toEqual([]);
		});
	});
});

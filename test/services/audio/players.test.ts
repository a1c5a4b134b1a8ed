import { describe, expect, test } from '@jest/globals';
import { failure, withNas } from '../../support/nas';
import { KITCHEN, lastOf, later, LIVING_ROOM, OFFICE, PARTY, player, players, queues, state } from './stage';

describe('players', () => {
	test('are listed, found by name, and tell that they are idle', async () => {
		await withNas({}, async ({ dsm }) => {
			const rows = await dsm.do(players.list, {});
			expect(rows.map(({ name }) => name)).toEqual([
				'Living room (DLNA)',
				'Kitchen',
				'Office',
				'Multiple AirPlay Devices',
			]);
			expect(await dsm.do(players.find, { name: 'Kitchen' })).toMatchObject([
				{ id: KITCHEN, type: 'airplay', support_seek: true, support_set_volume: true, password_protected: false },
			]);
			const idle = await dsm.do(players.getState, { player_id: KITCHEN });
			expect(idle).toMatchObject({ state: 'none', index: null, volume: 40, repeat: 'none', playlist_total: 0 });
			expect(idle).not.toHaveProperty('song_id');
		});
	});

	test('are not said to play when there is nothing in their queue, or nothing at the place', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const empty = await failure(dsm.do(players.start, { player_id: KITCHEN }));
			expect(empty.message).toBe('The queue of the player is empty: there is nothing to play.');
			await dsm.do(players.playSongs, { player_id: KITCHEN, song_ids: 'music_2, music_4' });
			const beyond = await failure(dsm.do(players.start, { player_id: KITCHEN, index: 2 }));
			expect([beyond.code, beyond.message]).toEqual([
				'input',
				'The queue of the player has 2 songs: there is none at 2.',
			]);
			expect(await dsm.do(players.start, { player_id: KITCHEN, index: 1 })).toEqual({});
			expect(lastOf(scene, 'control')).toMatchObject({ action: 'play', value: 1 });
		});
	});

	test('play an album in its order, and go on by themselves in the time of the NAS', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const told = await dsm.do(players.playAlbum, {
				player_id: KITCHEN,
				album: 'Night Drive',
				album_artist: 'The Lanterns',
			});
			expect(told).toMatchObject({
				state: 'playing',
				song_title: 'Hello Again',
				song_id: 'music_1',
				song_duration: 180,
			});
			later(scene, 181);
			expect(await dsm.do(players.getState, { player_id: KITCHEN })).toMatchObject({
				state: 'playing',
				song_title: 'Long Road',
				index: 1,
			});
			later(scene, 1000);
			expect(await dsm.do(players.getState, { player_id: KITCHEN })).toMatchObject({ state: 'stopped', index: null });
		});
	});

	test('that stay stopped after a new queue are told to play', async () => {
		await withNas({}, async ({ dsm }) => {
			const told = await dsm.do(players.playSongs, { player_id: LIVING_ROOM, song_ids: 'music_2, music_4' });
			expect(told).toMatchObject({ state: 'playing', song_title: 'Long Road', playlist_total: 2 });
		});
	});

	test('play artists, genres, composers, folders, playlists and addresses', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const at = { player_id: KITCHEN };
			const queue = async () => (await dsm.do(queues.list, at)).map(({ title }) => title);
			await dsm.do(players.playArtist, { ...at, artist: 'Kai 海' });
			expect(await queue()).toEqual(['Blue, Not Blue', '雨の歌']);
			await dsm.do(players.playGenre, { ...at, genre: 'Speech' });
			expect(await queue()).toEqual(['Dinner is ready', 'Doorbell']);
			await dsm.do(players.playComposer, { ...at, composer: 'J. Lantern' });
			expect(await queue()).toHaveLength(3);
			const folder_id = `dir_${state(scene).folderOf('/music/Kai 海')}`;
			await dsm.do(players.playFolder, { ...at, folder_id });
			expect(await queue()).toHaveLength(2);
			await dsm.do(players.playPlaylist, { ...at, playlist_id: PARTY });
			expect(await queue()).toEqual(['Hello Again', 'Water / Fire']);
			const radio = await dsm.do(players.playUrl, { ...at, url: 'http://radio.example/fm', title: 'News, now' });
			expect(radio).toMatchObject({ state: 'playing', song_title: 'News  now' });
		});
	});

	test('keep what they play when the library does not have what is wanted', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const at = { player_id: KITCHEN };
			await dsm.do(players.playSongs, { ...at, song_ids: ['music_1', 'music_2'] });
			state(scene).addPlaylist({ name: 'Empty', library: 'personal', owner: 'alice' });
			const refused = [
				[players.playAlbum, { ...at, album: 'None', album_artist: 'Kai' }, 'album "None" of "Kai"'],
				[players.playArtist, { ...at, artist: 'None' }, 'artist "None"'],
				[players.playGenre, { ...at, genre: 'None' }, 'genre "None"'],
				[players.playComposer, { ...at, composer: 'None' }, 'composer "None"'],
				[players.playSongs, { ...at, song_ids: 'music_98, music_99' }, 'song music_98, music_99'],
				[
					players.playPlaylist,
					{ ...at, playlist_id: 'playlist_personal_normal/Empty' },
					'songs in the playlist "playlist_personal_normal/Empty"',
				],
				[players.playByName, { kind: 'playlist', name: 'empty', player: 'Kitchen' }, 'songs in the playlist'],
				[queues.addSongs, { ...at, song_ids: 'music_99' }, 'song music_99'],
				[queues.addCollection, { ...at, name: 'None' }, 'album "None"'],
			] as const;
			for (const [operation, given, what] of refused) {
				const told = await failure(dsm.do(operation as typeof players.playAlbum, given as never));
				expect([told.code, told.message]).toEqual(['input', expect.stringContaining(`The library has no ${what}`)]);
			}
			expect((await failure(dsm.do(players.playFolder, { ...at, folder_id: 'dir_99' }))).dsmCode).toBe(101);
			expect(player(scene)).toMatchObject({ queue: ['music_1', 'music_2'], state: 'playing', index: 0 });
		});
	});

	test('that have got nothing to play although it was there say so instead of waiting', async () => {
		await withNas({}, async (scene) => {
			scene.simulator.use({ 'SYNO.AudioStation.RemotePlayer.updateplaylist': () => ({}) });
			const told = await failure(scene.dsm.do(players.playSongs, { player_id: KITCHEN, song_ids: 'music_1' }));
			expect(told.message).toBe('There is nothing to play: the library has none of it.');
		});
	});

	test('that do not begin within seconds are an error', async () => {
		await withNas({}, async (scene) => {
			state(scene).switches.transitionMs = 60_000;
			const told = await failure(scene.dsm.do(players.playSongs, { player_id: KITCHEN, song_ids: ['music_1'] }));
			expect(told.message).toBe('The player does not begin to play: it is "transitioning".');
		});
	});

	test('play what is meant by parts of names, also of the player', async () => {
		await withNas({}, async ({ dsm }) => {
			const told = await dsm.do(players.playByName, { kind: 'album', name: 'night', player: 'kitch' });
			expect(told).toMatchObject({
				player_id: KITCHEN,
				player_name: 'Kitchen',
				name: 'Night Drive',
				state: 'playing',
				song_title: 'Hello Again',
			});
			for (const [kind, name, title] of [
				['artist', 'kai', 'Blue, Not Blue'],
				['song', 'what', 'What?'],
				['playlist', 'party', 'Hello Again'],
				['genre', 'jazz', 'Blue, Not Blue'],
			] as const)
				expect(await dsm.do(players.playByName, { kind, name, player: KITCHEN })).toMatchObject({ song_title: title });
			const nowhere = await failure(dsm.do(players.playByName, { kind: 'album', name: 'night', player: 'Cellar' }));
			expect([nowhere.code, nowhere.message]).toEqual(['input', 'There is no player "Cellar".']);
			const nothing = await failure(dsm.do(players.playByName, { kind: 'album', name: 'zzz', player: 'Kitchen' }));
			expect(nothing.message).toBe('The library has no album like "zzz".');
		});
	});

	test('pause, go on where they were, stop, and go to other songs', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const at = { player_id: KITCHEN };
			await dsm.do(players.playAlbum, { ...at, album: 'Night Drive', album_artist: 'The Lanterns' });
			later(scene, 30);
			await dsm.do(players.pause, at);
			later(scene, 100);
			const paused = await dsm.do(players.getState, at);
			expect(paused.state).toBe('pause');
			expect(paused.position).toBeGreaterThanOrEqual(30);
			expect(paused.position).toBeLessThan(40);
			await dsm.do(players.start, at);
			later(scene, 10);
			expect((await dsm.do(players.getState, at)).position).toBe(paused.position! + 10);
			await dsm.do(players.playNext, at);
			later(scene, 2);
			expect((await dsm.do(players.getState, at)).song_title).toBe('Long Road');
			await dsm.do(players.playPrevious, at);
			later(scene, 2);
			expect((await dsm.do(players.getState, at)).song_title).toBe('Hello Again');
			await dsm.do(players.start, { ...at, index: 2 });
			later(scene, 2);
			expect((await dsm.do(players.getState, at)).song_title).toBe('Städte & Lichter');
			await dsm.do(players.setPosition, { ...at, seconds: 100.5 });
			expect((await dsm.do(players.getState, at)).position).toBe(100);
			await dsm.do(players.stop, at);
			expect((await dsm.do(players.getState, at)).state).toBe('stopped');
		});
	});

	test('are made louder, repeat and shuffle; one that cannot be made louder is no silent success', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(players.setVolume, { player_id: KITCHEN, volume: '65' });
			await dsm.do(players.setRepeat, { player_id: KITCHEN, repeat: 'one' });
			await dsm.do(players.setShuffle, { player_id: KITCHEN });
			expect(player(scene)).toMatchObject({ volume: 65, repeat: 'one', shuffle: true });
			expect(lastOf(scene, 'control')).toMatchObject({ action: 'set_shuffle', value: 'auto' });
			await dsm.do(players.setShuffle, { player_id: KITCHEN, shuffle: false });
			expect(player(scene).shuffle).toBe(false);
			const told = await failure(dsm.do(players.setVolume, { player_id: OFFICE, volume: 10 }));
			expect(told.message).toBe('The player "Office" does not let its volume be set.');
			expect(player(scene, OFFICE).volume).toBe(40);
		});
	});

	test('need the right to use players, and a password where the device has one', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			const { dsm } = scene;
			expect((await failure(dsm.do(players.list, {}))).code).toBe('permission');
			state(scene).privileges.set('bob', new Set(['remote_player']));
			state(scene).addPlayer({ id: 'ABC', name: 'Bath', type: 'airplay', password: 'soap' });
			expect((await failure(dsm.do(players.pause, { player_id: 'ABC' }))).dsmCode).toBe(100);
			await dsm.do(players.setPassword, { player_id: 'ABC', password: 'soap' });
			expect(await dsm.do(players.pause, { player_id: 'ABC' })).toEqual({});
		});
	});
});

describe('an announcement', () => {
	test('interrupts, and lets the player go on where it was, as loud as it was', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const at = { player_id: KITCHEN };
			await dsm.do(players.playAlbum, { ...at, album: 'Night Drive', album_artist: 'The Lanterns' });
			await dsm.do(players.setRepeat, { ...at, repeat: 'all' });
			later(scene, 60);
			const before = await dsm.do(players.getState, at);
			const heard: unknown[] = [];
			scene.simulator.use({
				'SYNO.AudioStation.RemotePlayer.control': ({ params }) => {
					heard.push([params.action, params.value, player(scene).queue.length]);
					return undefined;
				},
			});
			expect(await dsm.do(players.playAnnouncement, { ...at, song_id: 'music_10', volume: 80 })).toEqual({
				player_id: KITCHEN,
				resumed: true,
			});
			expect(heard).toContainEqual(['set_volume', '80', 3]);
			expect(heard).toContainEqual(['play', '0', 1]);
			const after = await dsm.do(players.getState, at);
			expect(after).toMatchObject({ state: 'playing', song_title: 'Hello Again', volume: 40, repeat: 'all' });
			expect(after.position).toBe(before.position);
			expect((await dsm.do(queues.list, at)).map(({ title }) => title)).toEqual([
				'Hello Again',
				'Long Road',
				'Städte & Lichter',
			]);
		});
	});

	test('of the web is ended after its longest time; a player that was silent stays so, with its queue', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const at = { player_id: KITCHEN };
			await dsm.do(queues.addSongs, { ...at, song_ids: ['music_1'] });
			const told = await dsm.do(players.playAnnouncement, { ...at, url: 'http://media.example/bell.mp3', seconds: 3 });
			expect(told.resumed).toBe(false);
			expect(player(scene)).toMatchObject({ queue: ['music_1'], state: 'stopped' });
		});
	});

	test('that the library does not have touches nothing and fails', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const at = { player_id: KITCHEN };
			await dsm.do(players.playSongs, { ...at, song_ids: ['music_1'] });
			const told = await failure(dsm.do(players.playAnnouncement, { ...at, song_id: 'music_99' }));
			expect(told.message).toBe('The library has no song music_99.');
			expect(await dsm.do(players.getState, at)).toMatchObject({ state: 'playing', song_id: 'music_1' });
			const both = await failure(dsm.do(players.playAnnouncement, at));
			expect(both.message).toContain('Give a song or an address');
		});
	});
});

describe('a queue', () => {
	test('takes songs and collections at its end or next, gives them back, and becomes a playlist', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const at = { player_id: KITCHEN };
			await dsm.do(players.playSongs, { ...at, song_ids: ['music_1', 'music_2'] });
			await dsm.do(queues.addSongs, { ...at, song_ids: 'music_3' });
			await dsm.do(queues.addSongs, { ...at, song_ids: ['music_4'], place: 'next' });
			await dsm.do(queues.addCollection, { ...at, kind: 'album', name: 'Jingles', album_artist: 'House' });
			const expected = ['music_1', 'music_4', 'music_2', 'music_3', 'music_10', 'music_11'];
			expect((await dsm.do(queues.list, at)).map(({ id }) => id)).toEqual(expected);
			await dsm.do(queues.removeSongs, { ...at, index: 1, count: 2 });
			expect(player(scene).queue).toEqual(['music_1', 'music_3', 'music_10', 'music_11']);
			await dsm.do(queues.createPlaylist, { ...at, name: 'From the queue' });
			expect(state(scene).playlists.at(-1)).toMatchObject({ name: 'From the queue', songs: player(scene).queue });
			await dsm.do(queues.clear, at);
			expect(player(scene)).toMatchObject({ queue: [], state: 'none' });
		});
	});
});

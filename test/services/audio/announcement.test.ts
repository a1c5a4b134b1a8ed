import { describe, expect, test } from '@jest/globals';
import { failure, withNas, type Scene } from '../../support/nas';
import { KITCHEN, later, player, players, queues, state } from './stage';

const at = { player_id: KITCHEN };
const CONTROL = 'SYNO.AudioStation.RemotePlayer.control';
const STATUS = 'SYNO.AudioStation.RemotePlayerStatus.getstatus';

/** The kitchen plays an album, a minute in. */
async function playing(scene: Scene): Promise<void> {
	await scene.dsm.do(players.playAlbum, { ...at, album: 'Night Drive', album_artist: 'The Lanterns' });
	later(scene, 60);
}

const queueOf = async ({ dsm }: Scene) => (await dsm.do(queues.list, at)).map(({ id }) => id);
const ALBUM = ['music_1', 'music_2', 'music_3'];

describe('an announcement in a house that does not keep still', () => {
	test('waits for another one on the same player, and both leave it as it was', async () => {
		await withNas({}, async (scene) => {
			await playing(scene);
			const told = await Promise.all([
				scene.dsm.do(players.playAnnouncement, { ...at, song_id: 'music_10', volume: 80 }),
				scene.dsm.do(players.playAnnouncement, { ...at, song_id: 'music_11', volume: 90 }),
			]);
			expect(told.map(({ resumed }) => resumed)).toEqual([true, true]);
			expect(await queueOf(scene)).toEqual(ALBUM);
			expect(player(scene)).toMatchObject({ state: 'playing', volume: 40 });
		});
	});

	test('of a player that goes away for a moment fails by its own reason, and puts queue and volume back', async () => {
		await withNas({}, async (scene) => {
			await playing(scene);
			let gone = 0;
			let isHeard = false;
			const away = () => (isHeard && gone++ < 12 ? { error: 100 } : undefined);
			scene.simulator.use({
				[STATUS]: () => {
					isHeard ||= player(scene).queue[0] === 'music_10' && player(scene).state === 'playing';
					return away();
				},
				[CONTROL]: away,
				'SYNO.AudioStation.RemotePlayer.getplaylist': away,
			});
			const told = await failure(scene.dsm.do(players.playAnnouncement, { ...at, song_id: 'music_10', volume: 80 }));
			expect(told.dsmCode).toBe(100);
			expect(await queueOf(scene)).toEqual(ALBUM);
			expect(player(scene)).toMatchObject({ state: 'playing', volume: 40 });
		});
	});

	test('of a player that stays away tells why it failed, not that nothing could be put back', async () => {
		await withNas({}, async (scene) => {
			await playing(scene);
			scene.simulator.use({
				'SYNO.AudioStation.RemotePlayer.updateplaylist': () => {
					state(scene).players.delete(KITCHEN);
					return { error: 117 };
				},
			});
			const told = await failure(scene.dsm.do(players.playAnnouncement, { ...at, song_id: 'music_10' }));
			expect(told.dsmCode).toBe(117);
		});
	});

	test('whose flow is stopped puts everything back all the same', async () => {
		await withNas({}, async (scene) => {
			await playing(scene);
			const flow = new AbortController();
			scene.simulator.use({
				[STATUS]: () => {
					if (player(scene).queue[0] === 'music_10' && player(scene).state === 'playing') flow.abort();
					return undefined;
				},
			});
			const run = scene.dsm.do(
				players.playAnnouncement,
				{ ...at, song_id: 'music_10', volume: 80 },
				{ signal: flow.signal },
			);
			expect((await failure(run)).code).toBe('aborted');
			expect(await queueOf(scene)).toEqual(ALBUM);
			expect(player(scene)).toMatchObject({ state: 'playing', volume: 40 });
		});
	});

	test('leaves the volume alone that somebody set meanwhile, when it has set none itself', async () => {
		await withNas({}, async (scene) => {
			await playing(scene);
			scene.simulator.use({
				'SYNO.AudioStation.RemotePlayer.updateplaylist': () => {
					player(scene).volume = 55;
					return undefined;
				},
			});
			await scene.dsm.do(players.playAnnouncement, { ...at, song_id: 'music_10' });
			expect(player(scene).volume).toBe(55);
		});
	});

	test('takes the name of a player for the player, whole or in part', async () => {
		await withNas({}, async (scene) => {
			expect(await scene.dsm.do(players.playAnnouncement, { player_id: 'Kitchen', song_id: 'music_10' })).toEqual({
				player_id: KITCHEN,
				resumed: false,
			});
		});
	});

	test('of an address goes on to its end when the player tells nothing of what it plays; commas part nothing', async () => {
		await withNas({}, async (scene) => {
			const started = scene.simulator.nas.clock.now();
			const queued: string[][] = [];
			scene.simulator.use({
				[STATUS]: () => {
					const { queue, state: now } = player(scene);
					if (queue.length > 0) queued.push([...queue]);
					if (now !== 'playing') return undefined;
					const play_mode = { repeat: 'none', shuffle: false };
					return { data: { index: 0, play_mode, playlist_total: 1, position: 0, song: null, state: now, volume: 40 } };
				},
			});
			await scene.dsm.do(players.playAnnouncement, { ...at, url: 'http://media.example/a,b.mp3', seconds: 20 });
			expect(queued[0]).toEqual(['radio_Announcement http://media.example/a%2Cb.mp3']);
			expect(scene.simulator.nas.clock.now() - started).toBeGreaterThanOrEqual(20_000);
		});
	});

	test('leaves alone what somebody chose meanwhile, and ends when they did; the volume goes back', async () => {
		await withNas({}, async (scene) => {
			await playing(scene);
			const started = scene.simulator.nas.clock.now();
			scene.simulator.use({
				[STATUS]: () => {
					const kitchen = player(scene);
					if (kitchen.queue[0] === 'music_10' && kitchen.state === 'playing') {
						state(scene).playing.splice(kitchen, 0, 1, ['music_7', 'music_8']);
						state(scene).playing.play(kitchen, 1);
					}
					return undefined;
				},
			});
			const told = await scene.dsm.do(players.playAnnouncement, { ...at, song_id: 'music_10', volume: 80 });
			expect(told.resumed).toBe(false);
			expect(await queueOf(scene)).toEqual(['music_7', 'music_8']);
			expect(player(scene)).toMatchObject({ state: 'transitioning', index: 1, volume: 40 });
			expect(scene.simulator.nas.clock.now() - started).toBeLessThan(10_000);
		});
	});

	test('waits for one that another process plays from an address, and leaves what that one puts back', async () => {
		await withNas({}, async (scene) => {
			await playing(scene);
			const kitchen = player(scene);
			const { playing: sound } = state(scene);
			sound.splice(kitchen, 0, 3, ['radio_Announcement http://media.example/other.mp3']);
			sound.play(kitchen, 0);
			let looks = 0;
			scene.simulator.use({
				[STATUS]: () => {
					if (++looks === 5) {
						sound.splice(kitchen, 0, 1, ALBUM);
						sound.play(kitchen, 1);
					}
					return undefined;
				},
			});
			await scene.dsm.do(players.playAnnouncement, { ...at, song_id: 'music_10' });
			expect(await queueOf(scene)).toEqual(ALBUM);
			expect(kitchen).toMatchObject({ state: 'playing', index: 1 });
		});
	});
});

import { beforeAll, describe, expect, test } from '@jest/globals';
import { BinaryDataService } from 'n8n-core';
import { audio } from '../../src/services/audio';
import { audioOf, type AudioState } from '../../src/simulator/services/audio';
import { audioStories, KITCHEN, prepare } from '../support/audio-stories';
import { itemsOf, jsonOf, launch, makeWorkflow, outcomeOf, runNode, service, synology } from './engine';
import { nodeOf, read } from './examples';
import { Poller } from './poller';
import { withNas, type Scene } from './support';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const node = (resource: string, operation: string, parameters = {}) =>
	synology('synologyAudio', { resource, operation, simplify: false, ...parameters } as never);
const stateOf = ({ simulator }: Scene): AudioState => audioOf(simulator.nas);

beforeAll(async () => await service(BinaryDataService).init());

describe('the Audio Station node', () => {
	test('plays an album and tells what is heard, simplified where that is wished', async () => {
		await withNas({}, async (scene) => {
			stateOf(scene).switches.transitionMs = 0;
			const playing = { player_id: byId(KITCHEN), album: 'Night Drive', album_artist: 'The Lanterns' };
			const { outputs } = await runNode(node('player', 'playAlbum', playing), itemsOf({}), scene.credentials);
			expect(jsonOf(outputs[0])).toMatchObject([{ state: 'playing', song_title: 'Hello Again', playlist_total: 3 }]);
			const state = node('player', 'getState', { player_id: byId(KITCHEN), simplify: true });
			const simple = jsonOf((await runNode(state, itemsOf({}), scene.credentials)).outputs[0]);
			expect(Object.keys(simple[0]!).length).toBeLessThanOrEqual(10);
		});
	});

	test('lists songs, one item for each, and downloads one as binary data', async () => {
		await withNas({}, async ({ credentials }) => {
			const list = node('song', 'list', { returnAll: false, limit: 2 });
			expect(jsonOf((await runNode(list, itemsOf({}), credentials)).outputs[0])).toHaveLength(2);
			const get = node('song', 'downloadCompressed', { song_id: 'music_10', bitrate: '128000', outputField: 'data' });
			const file = (await runNode(get, itemsOf({}), credentials)).outputs[0]![0]!.binary!['data']!;
			expect(file.mimeType).toBe('audio/mpeg');
			expect((await service(BinaryDataService).getAsBuffer(file)).length).toBe(5 * 417);
		});
	});

	test('creates, fills and deletes a playlist', async () => {
		await withNas({}, async (scene) => {
			const create = node('playlist', 'create', { name: 'Köln / Bonn', shared: false, song_ids: 'music_1' });
			const [made] = jsonOf((await runNode(create, itemsOf({}), scene.credentials)).outputs[0]);
			expect(made).toEqual({ id: 'playlist_personal_normal/Köln / Bonn' });
			const at = { playlist_id: byId(String(made!.id)) };
			await runNode(node('playlist', 'addSongs', { ...at, song_ids: 'music_2' }), itemsOf({}), scene.credentials);
			const songs = await runNode(
				node('playlist', 'listSongs', { ...at, returnAll: true }),
				itemsOf({}),
				scene.credentials,
			);
			expect(jsonOf(songs.outputs[0]).map(({ title }) => title)).toEqual(['Hello Again', 'Long Road']);
			const gone = await runNode(node('playlist', 'delete', at), itemsOf({}), scene.credentials);
			expect(jsonOf(gone.outputs[0])).toEqual([{ deleted: true }]);
		});
	});

	test('says what is wrong and what to do', async () => {
		await withNas({}, async ({ credentials }) => {
			const { error } = await runNode(node('song', 'get', { song_id: 'music_99' }), itemsOf({}), credentials);
			expect(error?.message).toContain('Audio Station has no such song');
		});
	});
});

describe('the trigger', () => {
	test('has a story for each event but the end of indexing', () => {
		expect([...audioStories.map(({ event }) => event), 'indexingFinished']).toEqual(
			expect.arrayContaining(Object.keys(audio.triggers)),
		);
	});

	test.each(audioStories.map((story) => [story.event, story] as const))(
		'%s starts the workflow once',
		async (event, story) => {
			await withNas({}, async (scene) => {
				prepare(stateOf(scene));
				const poller = new Poller(scene.credentials, { type: 'synologyAudioTrigger', parameters: { event } });
				expect(await poller.tick()).toBeUndefined();
				const value = story.happen(stateOf(scene));
				expect((await poller.tick())?.map((row) => row[story.field])).toEqual([value]);
				expect(await poller.tick()).toBeUndefined();
			});
		},
	);

	test('indexingFinished starts the workflow when the index is complete', async () => {
		await withNas({}, async (scene) => {
			const poller = new Poller(scene.credentials, {
				type: 'synologyAudioTrigger',
				parameters: { event: 'indexingFinished' },
			});
			stateOf(scene).indexingUntil = Number.MAX_SAFE_INTEGER;
			expect(await poller.tick()).toBeUndefined();
			stateOf(scene).indexingUntil = 0;
			expect(await poller.tick()).toMatchObject([{ reindexing: false }]);
			expect(await poller.tick()).toBeUndefined();
		});
	});
});

describe('the example', () => {
	test('"doorbell" interrupts the kitchen, lets it go on and tells the channel', async () => {
		await withNas({}, async (scene) => {
			const state = stateOf(scene);
			prepare(state);
			state.songs.get('music_10')!.duration = 1;
			const kitchen = state.players.get(KITCHEN)!;
			state.playing.play(kitchen, 1);
			const example = read('audio-doorbell.json');
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, nodeOf(example, 'When clicking'), itemsOf({}), scene.credentials);
			const outcome = outcomeOf(await run, 'Tell the channel');
			expect(outcome.error).toBeUndefined();
			expect(scene.chat.channel('General').posts.at(-1)!.message).toBe('Somebody is at the door. The music goes on.');
			expect(kitchen).toMatchObject({ queue: ['music_1', 'music_2'], index: 1, state: 'playing', volume: 40 });
		});
	});

	test('"new album to playlist" puts an album into the playlist, once', async () => {
		await withNas({}, async (scene) => {
			const example = read('audio-new-album-to-playlist.json');
			const trigger = nodeOf(example, 'On a new album');
			const poller = new Poller(scene.credentials, {
				type: 'synologyAudioTrigger',
				parameters: trigger.parameters,
				name: trigger.name,
			});
			await poller.tick();
			const id = stateOf(scene).addSong({ path: '/music/n/1.mp3', album: 'New & “odd”', album_artist: 'Ö' });
			expect(await poller.tick()).toHaveLength(1);
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, trigger, poller.items, scene.credentials);
			expect(outcomeOf(await run, 'Put it into the playlist').error).toBeUndefined();
			expect(stateOf(scene).playlists[0]!.songs).toEqual(['music_1', 'music_4', id]);
			expect(await poller.tick()).toBeUndefined();
		});
	});
});

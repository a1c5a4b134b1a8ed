import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { audioOf, type AudioState } from '../../src/simulator/services/audio';
import { chatOf } from '../../src/simulator/services/chat/state';
import { audioStories, KITCHEN, prepare } from '../support/audio-stories';
import { deployExample, idOf, pressButton, watched } from './examples';
import { action, catcher, nas, type NodeRed, received, sink, tab, trigger, until, type FlowNode } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let audio: AudioState;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
	audio = audioOf(simulator.nas);
});

const text = (value: string) => ({ type: 'str', value });

async function run(node: FlowNode, message: object = {}): Promise<void> {
	await deploy(node);
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length > 0, 'an answer');
}

describe('the Audio Station node', () => {
	test('plays what is meant by names', async () => {
		audio.switches.transitionMs = 0;
		const params = { kind: { type: 'choice', value: 'artist' }, name: text('kai'), player: text('kitchen') };
		await run(action('audio.player.playByName', params));
		expect(received('caught')).toEqual([]);
		expect(received('out')).toMatchObject([{ payload: { player_name: 'Kitchen', name: 'Kai 海', state: 'playing' } }]);
	});

	test('gives songs row by row, and a song as Buffer', async () => {
		await run(
			action(
				'audio.album.listSongs',
				{ album: text('Night Drive'), album_artist: text('The Lanterns') },
				{ list: 'rows' },
			),
		);
		await until(() => received('out').length === 3, 'three songs');
		expect(received('out').map(({ payload }) => (payload as { title: string }).title)).toEqual([
			'Hello Again',
			'Long Road',
			'Städte & Lichter',
		]);
		received('out').length = 0;
		await run(action('audio.song.downloadUncompressed', { song_id: text('music_10') }));
		expect(received('out')).toMatchObject([{ mimetype: 'audio/x-wav', payload: expect.any(Buffer) }]);
	});

	test('gives what failed to a catch node', async () => {
		await run(action('audio.artist.downloadCover', { artist: text('House') }));
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('Audio Station has no cover of this') } },
		]);
	});
});

describe('the Audio Station trigger', () => {
	test('tells every kind of event once', async () => {
		prepare(audio);
		const stories = audioStories;
		const triggers = stories.map(({ event }, index) =>
			trigger({}, { id: `trigger${index}`, type: 'synology-audio-trigger', trigger: event }),
		);
		await red.deploy([tab, nas(simulator), ...triggers, catcher, sink('caught'), sink('out')]);
		for (const { id } of triggers) await watched(red, id);
		const told = (event: string, field: string, value: string) =>
			received('out').filter(
				({ topic, payload }) => topic === `audio.${event}` && (payload as Record<string, unknown>)[field] === value,
			).length;
		for (const { event, field, happen } of stories) {
			const value = happen(audio);
			await until(() => told(event, field, value) > 0, event);
			expect([event, told(event, field, value)]).toEqual([event, 1]);
		}
		expect(received('caught')).toEqual([]);
	}, 120_000);
});

describe('the example', () => {
	test('audio-doorbell interrupts the kitchen, lets it go on and tells the channel', async () => {
		prepare(audio);
		audio.songs.get('music_10')!.duration = 1;
		const kitchen = audio.players.get(KITCHEN)!;
		audio.playing.play(kitchen, 1);
		const flow = await deployExample(red, simulator, 'audio-doorbell.json');
		await pressButton(red, flow, 'Doorbell');
		await until(() => received(idOf(flow, 'Message')).length + received(idOf(flow, 'Error')).length > 0, 'the message');
		expect(received(idOf(flow, 'Error'))).toEqual([]);
		expect(chatOf(simulator.nas).channel('General').posts.at(-1)?.message).toBe('Somebody is at the door.');
		expect(kitchen).toMatchObject({ queue: ['music_1', 'music_2'], index: 1, state: 'playing' });
	});

	test('audio-new-album-to-playlist puts a new album into the playlist', async () => {
		const flow = await deployExample(red, simulator, 'audio-new-album-to-playlist.json');
		await watched(red, idOf(flow, 'New album'));
		const id = audio.addSong({ path: '/music/n/1.mp3', album: 'New & “odd”', album_artist: 'Ö' });
		await until(() => received(idOf(flow, 'Done')).length + received(idOf(flow, 'Error')).length > 0, 'the album');
		expect(audio.playlists[0]!.songs).toEqual(['music_1', 'music_4', id]);
	});
});

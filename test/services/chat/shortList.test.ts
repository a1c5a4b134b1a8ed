import { describe, expect, test } from '@jest/globals';
import { chat } from '../../../src/services/chat';
import { clockOf, following } from '../../support/follow';
import { stage } from './follow';

const { directMessageReceived } = chat.triggers;
const MINUTE = 60_000;

describe('a list of channels that comes short', () => {
	test('makes no history of what is written meanwhile in a new conversation', async () => {
		await following(directMessageReceived, {}, async (follower, scene) => {
			const { chat: state } = stage(scene);
			state.postAs('carol', state.direct('alice', 'carol'), 'first word');
			scene.simulator.nas.lie('emptyList');
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(MINUTE);
			expect(await follower.poll()).toEqual([]);
			scene.simulator.nas.beHonest();
			expect((await follower.poll()).map(({ message }) => message)).toEqual(['first word']);
		});
	});

	test('is believed after five minutes: a channel that was left holds nothing up', async () => {
		await following(chat.triggers.messageReceived, {}, async (follower, scene) => {
			const { chat: state } = stage(scene);
			const ops = state.channel('ops');
			state.leaveAs('alice', 'ops');
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(6 * MINUTE);
			expect(await follower.poll()).toEqual([]);
			const { at, gone, short_since } = JSON.parse(follower.cursor) as Record<string, unknown>;
			expect([scene.dsm.now() - (at as number), gone, short_since]).toEqual([
				1000,
				[String(ops.channel_id)],
				undefined,
			]);
		});
	});
});

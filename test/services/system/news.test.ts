import { describe, expect, test } from '@jest/globals';
import { clockOf, Follower, following } from '../../support/follow';
import { stage, triggers } from './stage';

const MINUTE = 60_000;

describe('the log', () => {
	test('may be cleared: what comes after that is told', async () => {
		await following(triggers.logEntryAdded, {}, async (follower, scene) => {
			for (let n = 0; n < 80; n++) stage(scene).logAs('SYSTEM', `Line ${n}`);
			expect(await follower.poll()).toHaveLength(80);
			stage(scene).log.length = 0;
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(1000);
			stage(scene).logAs('SYSTEM', 'After');
			expect((await follower.poll()).map(({ descr }) => descr)).toEqual(['After']);
		});
	});

	test('may repeat an hour when the clocks go back: the place counts, not the time', async () => {
		await following(triggers.logEntryAdded, {}, async (follower, scene) => {
			for (let n = 0; n < 60; n++) stage(scene).logAs('SYSTEM', `Line ${n}`);
			await follower.poll();
			stage(scene).logAs('SYSTEM', 'An hour earlier', { at: stage(scene).now - 60 * MINUTE });
			expect((await follower.poll()).map(({ descr }) => descr)).toEqual(['An hour earlier']);
		});
	});
});

describe('the bell before DSM 7.3', () => {
	test('has no ids, and tells each notification once all the same', async () => {
		await following(triggers.notificationReceived, {}, async (follower, scene) => {
			expect(await follower.poll()).toEqual([]);
			stage(scene).ring('UPSPowerFail', {}, 'ERROR');
			expect(await follower.poll()).toMatchObject([{ subject: 'Power failure', level: 'error' }]);
			stage(scene).switches.oldBell = true;
			const older = await new Follower(triggers.notificationReceived, scene.dsm, {}).start();
			clockOf(scene).advance(1000);
			stage(scene).ring('UPSPowerFail', {}, 'ERROR');
			expect(await older.poll()).toMatchObject([{ subject: 'Power failure' }]);
			expect(await older.poll()).toEqual([]);
		});
	});
});

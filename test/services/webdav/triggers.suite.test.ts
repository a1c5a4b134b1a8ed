import { describe, expect, test } from '@jest/globals';
import { systemOf } from '../../../src/simulator/services/system';
import { clockOf, following } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { tellsBoth } from '../../support/trigger-suite';
import { stage, triggers } from './stage';

const turn = (scene: Scene, status: 'running' | 'stop') =>
	systemOf(scene.simulator.nas).setPackage('WebDAVServer', { status });

describe('connections and transfers', () => {
	tellsBoth({
		trigger: triggers.connectionOpened,
		given: { who: 'bob' },
		happen: (scene, n) => (stage(scene).connect('bob', `192.0.2.${n + 1}`), `192.0.2.${n + 1}`),
		nameOf: ({ from = '' }) => from,
		noise: (scene) => stage(scene).connect('carol', '192.0.2.250'),
	});
	tellsBoth({
		trigger: triggers.connectionClosed,
		given: {},
		before: (scene) => void Array.from({ length: 14 }, (_, n) => stage(scene).connect('bob', `192.0.2.${n + 1}`)),
		happen: (scene, n) => {
			const [gone] = scene.simulator.nas.connections.splice(0, 1);
			return gone?.from ?? String(n);
		},
		nameOf: ({ from }) => from,
		noise: (scene) => stage(scene).connect('carol', '192.0.2.250'),
		anyOrder: true,
	});
	tellsBoth({
		trigger: triggers.fileTransferred,
		given: { commands: ['write'], folder: '/docs' },
		many: 230,
		// A log of one line does not show that a list of it leaves out some.
		before: (scene) => [1, 2, 3].forEach((n) => stage(scene).transfer('bob', 'read', `/docs/before ${n}.txt`)),
		happen: (scene, n) => (stage(scene).transfer('bob', 'write', `/docs/${n}.txt`), `/docs/${n}.txt`),
		nameOf: ({ descr = '' }) => descr,
		noise(scene) {
			stage(scene).transfer('bob', 'read', '/docs/read.txt');
			stage(scene).transfer('bob', 'write', '/documents/other.txt');
			systemOf(scene.simulator.nas).transferAs('bob', 'write', '/docs/by-smb.txt', 'cifsxfer');
		},
	});
	tellsBoth({
		trigger: triggers.fileTransferred,
		given: {},
		// The same line many times over, some of them in one second.
		happen: (scene) => {
			clockOf(scene).advance(-600);
			stage(scene).transfer('bob', 'read', '/docs/again.txt');
			return '/docs/again.txt';
		},
		nameOf: ({ descr = '' }) => descr,
	});
});

describe('settings', () => {
	tellsBoth({
		trigger: triggers.settingsChanged,
		given: {},
		before: (scene) => {
			for (let n = 0; n < 14; n++) stage(scene).values[`setting_${n}`] = false;
		},
		happen: (scene, n) => ((stage(scene).values[`setting_${n}`] = true), `setting_${n}`),
		nameOf: ({ setting }) => setting,
		anyOrder: true,
		noise: (scene) => stage(scene).connect('carol'),
	});
});

/** There is one server only, which stops and starts many times. */
describe.each(['admin', 'user'] as const)('the server, for %s', (account) => {
	test('is told each time that it stops and starts, and once', async () => {
		for (const [trigger, from, to] of [
			[triggers.serverStopped, 'running', 'stop'],
			[triggers.serverStarted, 'stop', 'running'],
		] as const) {
			await following(
				trigger,
				{},
				async (follower, scene) => {
					turn(scene, from);
					await follower.drain();
					for (let n = 0; n < 3; n++) {
						turn(scene, to);
						expect(await follower.drain()).toMatchObject([{ status: to, previous_state: from }]);
						turn(scene, from);
						expect(await follower.drain()).toEqual([]);
					}
				},
				{ account },
			);
		}
	});
});

test('what only an administrator may watch is refused to others with what they need', async () => {
	await withNas({ account: 'user' }, async ({ dsm }) => {
		for (const trigger of [
			triggers.connectionOpened,
			triggers.connectionClosed,
			triggers.fileTransferred,
			triggers.settingsChanged,
		])
			expect(await failure(trigger.start(trigger.params.parse({}) as never, dsm))).toMatchObject({
				code: 'permission',
				message: expect.stringContaining('it takes an administrator'),
			});
	});
});

import { describe, expect, test } from '@jest/globals';
import type { AnyTrigger } from '../../../src/catalog/operation';
import { systemOf } from '../../../src/simulator/services/system';
import { clockOf, Follower } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { stage, triggers } from './stage';

describe('sign-ins', () => {
	test('name user, address, application, method and client', async () => {
		await withNas({}, async (scene) => {
			const follower = await new Follower(triggers.signedIn, scene.dsm, {}).start();
			stage(scene).signIn('bob', '198.51.100.7', 'Firefox');
			expect(await follower.poll()).toMatchObject([
				{
					user: 'bob',
					address: '198.51.100.7',
					application: 'DSM',
					method: 'password',
					user_agent: 'Firefox',
					level: 'info',
				},
			]);
		});
	});

	test('of the account of the connection are told on demand only', async () => {
		await withNas({}, async (scene) => {
			const quiet = await new Follower(triggers.signedIn, scene.dsm, {}).start();
			const all = await new Follower(triggers.signedIn, scene.dsm, { own: true }).start();
			scene.simulator.nas.faults.loseSessions(119);
			expect(await quiet.poll()).toEqual([]);
			expect((await all.poll()).map(({ user }) => user)).toEqual(['alice']);
		});
	});

	test('are found in the language of the NAS', async () => {
		await withNas({}, async (scene) => {
			const given = { text: 'konnte sich nicht anmelden' };
			const follower = await new Follower(triggers.signInFailed, scene.dsm, given).start();
			const descr = 'Benutzer [bob] von [2001:db8::7] konnte sich nicht anmelden an [DSM] über [Passwort].';
			systemOf(scene.simulator.nas).logAs('bob', descr, { kind: 'connection', level: 'warn' });
			expect(await follower.poll()).toMatchObject([{ user: 'bob', address: '2001:db8::7', application: 'DSM' }]);
		});
	});

	test('with a real wrong password reach the trigger, and the address that is blocked for it', async () => {
		await withNas({}, async (scene) => {
			const { simulator, dsm, acquire } = scene;
			simulator.nas.switches.autoBlockAttempts = 1;
			const failed = await new Follower(triggers.signInFailed, dsm, {}).start();
			const blocked = await new Follower(triggers.addressBlocked, dsm, {}).start();
			await failure(acquire({ account: 'bob', password: 'wrong' }).export());
			expect(await failed.poll()).toMatchObject([{ user: 'bob', method: 'password' }]);
			expect((await blocked.poll()).map(({ ip }) => ip)).toEqual([...simulator.nas.autoBlock.deny.keys()]);
		});
	});
});

describe('the end of a session', () => {
	test('is not told of one by which the trigger asked before its host started anew', async () => {
		await withNas({}, async (scene) => {
			const { acquire, dsm, simulator } = scene;
			const first = await new Follower(triggers.sessionEnded, dsm, {}).start();
			const anew = new Follower(triggers.sessionEnded, acquire({ deviceName: 'another' }).dsm, {});
			anew.cursor = first.cursor;
			expect(await anew.poll()).toEqual([]);
			expect(simulator.nas.sessions.size).toBe(2);
			simulator.nas.powerOff(1000);
			clockOf(scene).advance(60_000);
			expect(await anew.drain()).toEqual([]);
			expect(simulator.nas.sessions.size).toBe(1);
		});
	});
});

describe('a new place', () => {
	test('is an address or a client that was never seen, each once', async () => {
		await withNas({}, async (scene) => {
			stage(scene).signIn('bob', '192.0.2.9', 'Firefox');
			const follower = await new Follower(triggers.newPlace, scene.dsm, {}).start();
			stage(scene).signIn('bob', '192.0.2.9', 'Firefox');
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(1000);
			stage(scene).signIn('bob', '192.0.2.9', 'Safari');
			expect(await follower.poll()).toMatchObject([
				{ user: 'bob', user_agent: 'Safari', is_new_address: false, is_new_client: true },
			]);
			clockOf(scene).advance(1000);
			stage(scene).signIn('bob', '198.51.100.7', 'Safari');
			expect(await follower.poll()).toMatchObject([
				{ address: '198.51.100.7', is_new_address: true, is_new_client: false },
			]);
			clockOf(scene).advance(1000);
			stage(scene).signIn('bob', '192.0.2.9', 'Firefox');
			expect(await follower.poll()).toEqual([]);
		});
	});
});

describe('accounts', () => {
	test('that changed say what changed', async () => {
		await withNas({}, async (scene) => {
			const users = await new Follower(triggers.userChanged, scene.dsm, {}).start();
			const groups = await new Follower(triggers.groupChanged, scene.dsm, {}).start();
			Object.assign(scene.simulator.nas.user('bob'), { description: 'Sales', email: 'robert@example.com' });
			stage(scene).groups[1]!.description = 'Web';
			expect((await users.poll()).map(({ name, changed }) => [name, changed])).toEqual([
				['bob', ['description', 'email']],
			]);
			expect((await groups.poll()).map(({ name, changed }) => [name, changed])).toEqual([['http', ['description']]]);
		});
	});

	test('that left a group are told with it, and a renamed group is none', async () => {
		await withNas({}, async (scene) => {
			stage(scene).addGroup('sales');
			stage(scene).join('bob', 'sales');
			const follower = await new Follower(triggers.membershipChanged, scene.dsm, {}).start();
			stage(scene).leave('bob', 'sales');
			expect((await follower.drain()).map(({ user, group, change }) => [user, group, change])).toEqual([
				['bob', 'sales', 'left'],
			]);
		});
	});

	test('whose last day is over are disabled by it', async () => {
		await withNas({}, async (scene) => {
			const bob = scene.simulator.nas.user('bob');
			const today = new Date(scene.simulator.nas.clock.now());
			const day = [today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate()].join('/');
			stage(scene).expire(bob, day);
			const follower = await new Follower(triggers.userDisabled, scene.dsm, {}).start();
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(86_400_000);
			expect((await follower.poll()).map(({ name, expired }) => [name, expired])).toEqual([['bob', day]]);
		});
	});
});

describe('an ordinary account', () => {
	test.each(Object.entries(triggers))('is told what %s needs', async (_, trigger) => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			const { start, params } = trigger as AnyTrigger;
			const error = await failure(start(params.parse({}), dsm));
			expect(error).toMatchObject({
				code: 'permission',
				message: expect.stringContaining('it takes an administrator, or one to whom this part was delegated'),
			});
		});
	});

	test('to whom it was delegated is told of blocked addresses', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			const { nas } = scene.simulator;
			nas.user('bob').delegated.add('SYNO.Core.SmartBlock.Untrusted');
			const follower = await new Follower(triggers.accountLocked, scene.dsm, {}).start();
			stage(scene).lock('carol');
			expect((await follower.poll()).map(({ name }) => name)).toEqual(['carol']);
		});
	});
});

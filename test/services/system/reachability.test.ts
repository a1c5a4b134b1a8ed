import { describe, expect, test } from '@jest/globals';
import { LIES, type Lie } from '../../../src/simulator';
import { clockOf, Follower } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { triggers } from './stage';

const MINUTE = 60_000;
type Reachability = Follower<
	(typeof triggers.nasUnreachable)['params'],
	(typeof triggers.nasUnreachable)['cursor'],
	(typeof triggers.nasUnreachable)['event']
>;

/** The laws of triggers; the shared suite cannot say them, since it makes polls fail where the failure is the event here. */
describe.each(['nasUnreachable', 'nasReachable'] as const)('%s', (name) => {
	const trigger = triggers[name];
	const run = async (body: (follower: Reachability, scene: Scene) => Promise<void>) =>
		await withNas(
			{},
			async (scene) => await body(await new Follower(trigger, scene.dsm, { minutes: 2 }).start(), scene),
		);

	/** The NAS goes away and comes back, seen by a poll a minute; gives what was told. */
	const outage = async (follower: Reachability, scene: Scene) => {
		const events = [];
		scene.simulator.nas.powerOff(5 * MINUTE);
		for (let minute = 0; minute < 8; minute++) {
			events.push(...(await follower.poll()));
			clockOf(scene).advance(MINUTE);
		}
		return events;
	};
	/** Up to just before the poll that tells it. */
	const happen = async (follower: Reachability, scene: Scene) => {
		scene.simulator.nas.powerOff(5 * MINUTE);
		await follower.poll();
		clockOf(scene).advance(3 * MINUTE);
		if (name === 'nasUnreachable') return;
		await follower.poll();
		clockOf(scene).advance(3 * MINUTE);
	};

	test('tells nothing when nothing happened', async () => {
		await run(async (follower) => {
			expect([await follower.poll(), await follower.poll()]).toEqual([[], []]);
		});
	});

	test('tells each of many outages once, under a key of its own', async () => {
		await run(async (follower, scene) => {
			const keys: string[] = [];
			for (let n = 0; n < 12; n++) keys.push(...(await outage(follower, scene)).map(({ event_id }) => event_id));
			expect(keys).toHaveLength(12);
			expect(new Set(keys).size).toBe(12);
		});
	});

	test('loses nothing and repeats nothing after a crash between handing on and storing', async () => {
		await run(async (follower, scene) => {
			follower.removesRepeats = true;
			await happen(follower, scene);
			expect(await follower.poll({ commit: false })).toHaveLength(1);
			expect(await follower.poll()).toEqual([]);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('goes on from a stored cursor in another process', async () => {
		await run(async (follower, scene) => {
			await happen(follower, scene);
			const other = new Follower(trigger, scene.acquire({ deviceName: 'another' }).dsm, { minutes: 2 });
			other.cursor = follower.cursor;
			expect(await other.poll()).toMatchObject([{ reachable: name === 'nasReachable' }]);
			expect(await other.poll()).toEqual([]);
		});
	});

	test('needs no session, so that the loss of one is nothing to it', async () => {
		await run(async (follower, scene) => {
			await happen(follower, scene);
			scene.simulator.nas.faults.loseSessions(119);
			expect(await follower.poll()).toHaveLength(1);
			expect(scene.simulator.logins).toBe(0);
		});
	});

	test('keeps its place when DSM answers that it failed: that is neither reached nor away', async () => {
		await run(async (follower, scene) => {
			await happen(follower, scene);
			clockOf(scene).advance(10 * MINUTE);
			const { cursor } = follower;
			let failures = 0;
			scene.simulator.use({ 'SYNO.API.Info.query': () => (failures++ < 8 ? { error: 100 } : undefined) });
			expect(await failure(follower.poll())).toMatchObject({ code: 'protocol', dsmCode: 100 });
			expect(follower.cursor).toBe(cursor);
		});
	});

	test('takes no answer for more than it proves', async () => {
		await run(async (follower, scene) => {
			const { nas } = scene.simulator;
			const told: Partial<Record<Lie, number[]>> = {};
			for (const lie of Object.keys(LIES) as Lie[]) {
				nas.lie(lie);
				const lied = (await follower.poll().catch(() => [])).length;
				nas.beHonest();
				clockOf(scene).advance(MINUTE);
				const honest = (await follower.poll()).length;
				told[lie] = [lied, honest, (await outage(follower, scene)).length];
			}
			expect(told).toEqual(Object.fromEntries(Object.keys(LIES).map((lie) => [lie, [0, 0, 1]])));
		});
	});

	test('has samples that move nothing', async () => {
		await run(async (follower, scene) => {
			expect(await follower.sample()).toMatchObject([{ reachable: true }]);
			await happen(follower, scene);
			expect(await follower.sample()).toMatchObject([{ reachable: name === 'nasReachable' }]);
			expect(await follower.poll()).toHaveLength(1);
		});
	});
});

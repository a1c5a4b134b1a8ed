import { describe, expect, test } from '@jest/globals';
import { isDsmError } from '../../src/core/errors';
import { LIES, type Lie } from '../../src/simulator';
import type { z } from '../../src/vendor/zod';
import { idOf, type Trigger } from '../../src/catalog/operation';
import { clockOf, Follower } from './follow';
import { PATIENCE, playHistories } from './histories';
import { withNas, type Scene, type SceneOptions } from './nas';

type Change = (scene: Scene, n: number) => Promise<unknown> | unknown;

export interface TriggerStory<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType> {
	trigger: Trigger<P, C, E>;
	given: z.input<P>;
	/** Makes the `n`-th event happen on the NAS; gives what names it in the event. */
	happen: (scene: Scene, n: number) => Promise<string> | string;
	/** What names an event: the same text as `happen` gave. */
	nameOf: (event: z.output<E>) => string;
	/** Changes the thing of the `n`-th event otherwise than the trigger tells; gives its other name, if it has one now. */
	edit?: Change;
	/** Brings it to another place; gives its other name, if it has one now. */
	move?: Change;
	/** Takes it away. */
	delete?: Change;
	/** Something the trigger must not tell. */
	noise?: (scene: Scene) => Promise<unknown> | unknown;
	/** Enough events that one page of the server does not hold them; default 12. */
	many?: number;
	/** Events that come at the same moment may be told in any order. */
	anyOrder?: true;
	options?: SceneOptions;
	/** Milliseconds between polls under a lie; none where the time itself makes the next event. */
	pause?: number;
	/** There is one such thing only, which can happen again once the poller saw it undone: undoes it. */
	reset?: (scene: Scene) => Promise<unknown> | unknown;
	/** What happened is over after a while, so that nobody sees it who looks an hour later, or after the NAS's clock skipped one. */
	isFleeting?: true;
	/** That something is new is known by the clock alone: while one is an hour wrong, it may be missed. */
	goesByClock?: true;
	/** What happens is that the NAS restarts, so it does not do so besides. */
	isRestart?: true;
	/** Before the trigger starts. */
	before?: (scene: Scene) => Promise<unknown> | unknown;
}

/** A package that starts lies for a while; the others for one poll. */
const LONG_LIES: readonly Lie[] = ['emptySuccess', 'missingList', 'emptyList', 'cutXml', 'wrongDate'];

/** What every trigger has to keep, whatever its service: nothing invented, nothing lost, nothing twice, in order. */
export function tellsEachOnce<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType>(
	story: TriggerStory<P, C, E>,
): void {
	const { trigger, given, happen, nameOf, noise, many = 12, options = {}, pause = 10_000, before, reset } = story;
	const sorted = (names: string[]) => (story.anyOrder ? [...names].sort() : names);
	const run = async (body: (follower: Follower<P, C, E>, scene: Scene) => Promise<void>) =>
		await withNas(options, async (scene) => {
			await before?.(scene);
			const follower = await new Follower(trigger, scene.dsm, given).start();
			follower.removesRepeats = true;
			clockOf(scene).advance(60_000);
			await body(follower, scene);
		});
	const happens = async (
		scene: Scene,
		from: number,
		count: number,
		follower?: Follower<P, C, E>,
	): Promise<string[]> => {
		const names: string[] = [];
		if (reset && from > 0) {
			await reset(scene);
			expect(await follower?.poll()).toEqual([]);
		}
		for (let n = from; n < from + (reset ? 1 : count); n++) {
			names.push(await happen(scene, n));
			clockOf(scene).advance(1000);
		}
		return names;
	};

	describe(`${idOf(trigger)}`, () => {
		test('tells nothing when nothing happened, nor what was there before', async () => {
			await run(async (follower, scene) => {
				await noise?.(scene);
				expect([await follower.poll(), await follower.poll()]).toEqual([[], []]);
			});
		});

		test('tells several events of one poll once, the oldest first', async () => {
			await run(async (follower, scene) => {
				const names = await happens(scene, 0, 3);
				await noise?.(scene);
				expect(sorted((await settled(follower, scene)).map(nameOf))).toEqual(sorted(names));
			});
		});

		test('tells more events than a page holds', async () => {
			await run(async (follower, scene) => {
				const names = await happens(scene, 0, many);
				expect(sorted((await settled(follower, scene)).map(nameOf))).toEqual(sorted(names));
			});
		});

		test('loses nothing and repeats nothing after a crash between handing on and storing', async () => {
			await run(async (follower, scene) => {
				const names = await happens(scene, 0, 2);
				const told = await follower.poll({ commit: false });
				// What is undone and done again while nobody looks happened once.
				if (!reset) names.push(...(await happens(scene, 2, 1)));
				told.push(...(await settled(follower, scene)));
				expect(sorted(told.map(nameOf))).toEqual(sorted(names));
			});
		});

		test('goes on from a stored cursor in another process', async () => {
			await run(async (follower, scene) => {
				const names = await happens(scene, 0, 2);
				const told = await follower.poll();
				names.push(...(await happens(scene, 2, 2, follower)));
				const other = new Follower(trigger, scene.acquire({ deviceName: 'another' }).dsm, given);
				Object.assign(other, { cursor: follower.cursor, recent: follower.recent, removesRepeats: true });
				told.push(...(await settled(other, scene)));
				expect(sorted(told.map(nameOf))).toEqual(sorted(names));
			});
		});

		test('survives the loss of the session', async () => {
			await run(async (follower, scene) => {
				const names = await happens(scene, 0, 2);
				scene.simulator.nas.faults.loseSessions(119);
				expect(sorted((await settled(follower, scene)).map(nameOf))).toEqual(sorted(names));
			});
		});

		test('keeps its place when a poll fails', async () => {
			await run(async (follower, scene) => {
				const names = await happens(scene, 0, 2);
				const [call] = trigger.uses;
				const cursor = follower.cursor;
				let failures = 0;
				if (call && call.site === undefined)
					scene.simulator.use({ [`${call.api}.${call.method}`]: () => (failures++ < 8 ? { error: 100 } : undefined) });
				// CardDAV, CalDAV and pages of a package are no calls of the Web API.
				else scene.simulator.nas.faults.badGateway((failures = 8));
				await follower.poll().catch(() => undefined);
				if (failures > 0) expect(follower.cursor).toBe(cursor);
				failures = 8;
				scene.simulator.nas.faults.clear();
				expect(sorted((await settled(follower, scene)).map(nameOf))).toEqual(sorted(names));
			});
		});

		test('takes no answer for more than it proves', async () => {
			await run(async (follower, scene) => {
				const { nas } = scene.simulator;
				const told: Partial<Record<Lie, string[]>> = {};
				const happened: typeof told = {};
				for (const [n, lie] of (Object.keys(LIES) as Lie[]).entries()) {
					const names = await happens(scene, n, 1, follower);
					const events: z.output<E>[] = [];
					nas.lie(lie);
					for (let poll = 0; poll < (LONG_LIES.includes(lie) ? 3 : 1); poll++) {
						events.push(...(await follower.poll().catch(refused)));
						clockOf(scene).advance(pause);
					}
					nas.beHonest();
					events.push(...(await settled(follower, scene)));
					happened[lie] = sorted(names);
					told[lie] = sorted(events.map(nameOf));
				}
				expect(told).toEqual(happened);
			});
		});

		test(
			'tells each event once in random histories, from the stores of both hosts',
			async () => {
				await playHistories(story);
			},
			PATIENCE,
		);

		test('has samples that look like events and move nothing', async () => {
			await run(async (follower, scene) => {
				const names = await happens(scene, 0, 2);
				const samples = await follower.sample();
				expect(samples.length).toBeLessThanOrEqual(10);
				expect(sorted((await settled(follower, scene)).map(nameOf))).toEqual(sorted(names));
			});
		});
	});
}

/** The laws hold for an administrator, and for an ordinary account to which the part was delegated. */
export function tellsBoth<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType>(
	story: TriggerStory<P, C, E>,
): void {
	tellsEachOnce(story);
	describe('for an ordinary account to which it was delegated', () =>
		tellsEachOnce({
			...story,
			options: { ...story.options, account: 'user' },
			async before(scene) {
				const { delegated } = scene.simulator.nas.user('bob');
				for (const { api } of story.trigger.uses) delegated.add(api);
				await story.before?.(scene);
			},
		}));
}

/** A look that is not whole fails by name. */
function refused(error: unknown): [] {
	if (!isDsmError(error)) throw error;
	return [];
}

/** Everything there is to tell: a list that is doubted is believed after a while. */
async function settled<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType>(
	follower: Follower<P, C, E>,
	scene: Scene,
): Promise<z.output<E>[]> {
	const events = await follower.drain();
	while (follower.doubt !== undefined) {
		clockOf(scene).advance(5 * 60_000);
		events.push(...(await follower.drain()));
	}
	return events;
}

import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { z } from '../../src/vendor/zod';
import { History } from './history';
import { stepsFor } from './historySteps';
import type { HostName } from './hostStores';
import { openWorld, type World } from './nas';
import type { TriggerStory } from './trigger-suite';

/** Histories of each trigger; `npm run proof -- histories` asks for more. */
const RUNS = Number(process.env['HISTORIES'] ?? 50);
/** Milliseconds that a test of them may take, of which the search for the shortest script that fails is the longest part. */
export const PATIENCE = 120_000 + RUNS * 3000;
/** The same ones every time, so that a test fails because of a change alone; the proof plays others. */
const SEED = Number(process.env['HISTORIES_SEED'] ?? 1);
const LENGTH = 10;
/** Histories that one simulated NAS is good for: its time goes on, and the whole should stay a matter of days; of one, where a day matters. */
const PER_WORLD = 100;
const PER_DATED_WORLD = 10;

/** Plays random histories of one trigger: whatever happens, each event is told once. Throws with the shortest script that fails. */
export async function playHistories<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType>(
	story: TriggerStory<P, C, E>,
): Promise<void> {
	const script = fc.array(fc.constantFrom(...stepsFor(story)), { minLength: 1, maxLength: LENGTH });
	const host = fc.constantFrom<HostName>('n8n', 'Node-RED');
	const worlds = new Worlds(story);
	const property = fc.asyncProperty(host, script, async (name, acts) => {
		const world = await worlds.take();
		await story.before?.(world.scene);
		const history = new History(story, world.scene, name);
		const faults = await history.play(acts);
		await history.end();
		expect(faults).toEqual({ lost: [], tooMuch: [] });
		worlds.give(world);
	});
	try {
		await fc.assert(property, { numRuns: RUNS, seed: SEED });
	} finally {
		await worlds.close();
	}
}

/**
 * A simulated NAS with a client that has signed in, one history after the other: the NAS is as at the start each time, what the client
 * knows of it stays. One in which a history failed is not used again: what is left of the script is played in a new one.
 */
class Worlds {
	#free: World | undefined;
	#open: World | undefined;
	#played = 0;

	constructor(readonly story: Pick<TriggerStory<z.ZodObject, z.ZodType, z.ZodType>, 'options'>) {}

	async take(): Promise<World> {
		const free = this.#free;
		this.#free = undefined;
		if (!free || this.#played >= (this.story.options?.clock ? PER_DATED_WORLD : PER_WORLD)) {
			await this.close();
			this.#played = 1;
			return (this.#open = await openWorld({ history: 100, ...this.story.options }));
		}
		this.#played += 1;
		const { scene } = free;
		(scene.simulator.nas.clock as unknown as { advance: (ms: number) => void }).advance(600_000);
		scene.lines.length = 0;
		await scene.simulator.reset();
		return free;
	}

	/** It can be used again. */
	give(world: World): void {
		if (world.scene.hostClock.ahead === 0 && world.scene.nasClock.ahead === 0) this.#free = world;
	}

	async close(): Promise<void> {
		const open = this.#open;
		this.#open = undefined;
		await open?.close();
	}
}

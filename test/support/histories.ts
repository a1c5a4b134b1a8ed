import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { z } from '../../src/vendor/zod';
import { isDsmError } from '../../src/core/errors';
import { Poller, type PlaceStore } from '../../src/host/poll';
import { LIES, type Lie } from '../../src/simulator';
import { clockOf, plenty } from './follow';
import { hostStores, type HostName } from './hostStores';
import { withNas, type Scene } from './nas';
import type { TriggerStory } from './trigger-suite';

/** Histories of each trigger; `npm run proof -- histories` asks for more. */
const RUNS = Number(process.env['HISTORIES'] ?? 3);
/** Others every day; a failure names its own. */
const SEED = Number(process.env['HISTORIES_SEED'] ?? Math.floor(Date.now() / 86_400_000));
const LENGTH = 10;

/** What a NAS, a host or a network does. A failing history is told in these words. */
const STEPS = [
	...['it happens', 'it happens', 'it happens', 'something else happens', 'a poll', 'a poll', 'two polls in a row'],
	...['the session is lost', 'the NAS is busy for a poll', 'a proxy answers for a poll', 'an hour passes'],
	...[
		'the host crashes before the place is saved',
		'the host crashes at the second event',
		'the flow fails at the second event',
	],
	...['the host starts anew', 'the place cannot be saved', 'little time for a poll'],
	...Object.keys(LIES).map((lie) => `the NAS lies: ${lie}`),
] as const;

/** A package that starts lies for a while; the others for one poll. */
const LONG_LIES: readonly string[] = ['emptySuccess', 'missingList', 'emptyList', 'cutXml', 'wrongDate'];

class Crash extends Error {}

/** Plays random histories of one trigger: whatever happens, each event is told once. Throws with the shortest script that fails. */
export async function playHistories<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType>(
	story: TriggerStory<P, C, E>,
): Promise<void> {
	const script = fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: LENGTH });
	const host = fc.constantFrom<HostName>('n8n', 'Node-RED');
	const property = fc.asyncProperty(host, script, async (name, steps) => {
		await withNas(story.options ?? {}, async (scene) => {
			await story.before?.(scene);
			const { told, happened } = await new History(story, scene, name).play(steps);
			expect(told.sort()).toEqual(happened.sort());
		});
	});
	await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: RUNS <= 3 });
}

class History<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType> {
	readonly #story: TriggerStory<P, C, E>;
	readonly #scene: Scene;
	readonly #store: ReturnType<(typeof hostStores)[HostName]>;
	#poller: Poller;
	/** Names of events that reached the flow; of those whose place was not saved a repeat does not count. */
	readonly #told: string[] = [];
	readonly #crashed = new Set<string>();
	readonly #happened: string[] = [];
	#canSave = true;
	#doubts = false;

	constructor(story: TriggerStory<P, C, E>, scene: Scene, host: HostName) {
		this.#story = story;
		this.#scene = scene;
		this.#store = hostStores[host]();
		this.#poller = this.#started(scene);
	}

	async play(steps: readonly string[]): Promise<{ told: string[]; happened: string[] }> {
		await this.#poller.start();
		this.#store.commit();
		clockOf(this.#scene).advance(60_000);
		for (const step of steps) await this.#act(step);
		await this.#settle();
		return { told: this.#told, happened: this.#happened };
	}

	#started({ dsm }: Pick<Scene, 'dsm'>): Poller {
		const { trigger, given } = this.#story;
		const { place } = this.#store;
		const store: PlaceStore = {
			load: async () => await place.load(),
			save: async (next) => {
				if (!this.#canSave) throw new Crash('The disk is full.');
				await place.save(next);
			},
		};
		const params = trigger.params.parse(given) as object;
		return new Poller({ trigger, params, dsm, of: 'history', store, log: () => undefined });
	}

	/** One poll; with `end` it does not come to its end. */
	async #poll({
		end,
		left = plenty.left,
	}: { end?: 'crash' | 'crash at two' | 'fail at two'; left?: () => boolean } = {}) {
		const { trigger, nameOf } = this.#story;
		const names: [key: string, name: string][] = [];
		const tell = ({ event, file }: { event: unknown; file?: { stream: { destroy: () => void } } }): void => {
			file?.stream.destroy();
			if (names.length === 1 && end !== undefined && end !== 'crash') throw new Crash('It ends here.');
			names.push([trigger.key(event as never), nameOf(event as never)]);
		};
		if (end === 'crash') this.#canSave = false;
		try {
			const { doubt } = await this.#poller.poll(tell, { left });
			this.#doubts = doubt !== undefined;
		} catch (error) {
			if (!(error instanceof Crash) && !isDsmError(error)) throw error;
		}
		const isUnsaved = !this.#canSave;
		const isCrash = end?.startsWith('crash') === true && (end === 'crash' || names.length === 1);
		this.#canSave = true;
		if (!isCrash || this.#store.tellsAtOnce) {
			for (const [key, name] of names) {
				if (!this.#crashed.has(key)) this.#told.push(name);
				if (isCrash || isUnsaved) this.#crashed.add(key);
			}
		}
		if (isCrash) this.#crash();
		else this.#store.commit();
	}

	#crash(): void {
		this.#store.crash();
		this.#poller = this.#started(this.#scene);
	}

	async #happens(): Promise<void> {
		const { happen, reset } = this.#story;
		if (reset && this.#happened.length > 0) {
			await this.#settle();
			await reset(this.#scene);
			await this.#settle();
		}
		this.#happened.push(await happen(this.#scene, this.#happened.length));
		clockOf(this.#scene).advance(1000);
		if (reset) await this.#settle();
	}

	async #act(step: string): Promise<void> {
		const { nas } = this.#scene.simulator;
		const clock = clockOf(this.#scene);
		if (step.startsWith('the NAS lies: ')) return await this.#lie(step.slice(14) as Lie);
		switch (step) {
			case 'it happens':
				return await this.#happens();
			case 'something else happens':
				return void (await this.#story.noise?.(this.#scene));
			case 'two polls in a row':
				await this.#poll();
				return await this.#poll();
			case 'the session is lost':
				return nas.faults.loseSessions(119);
			case 'the NAS is busy for a poll':
			case 'a proxy answers for a poll':
				if (step.startsWith('the NAS')) nas.faults.next({ code: 100 });
				else nas.faults.badGateway(8);
				await this.#poll();
				return nas.faults.clear();
			case 'an hour passes':
				// Where the time itself makes the events it would make others.
				return clock.advance(this.#story.pause === undefined ? 3_600_000 : this.#story.pause);
			case 'the host crashes before the place is saved':
				return await this.#poll({ end: 'crash' });
			case 'the host crashes at the second event':
				return await this.#poll({ end: 'crash at two' });
			case 'the flow fails at the second event':
				return await this.#poll({ end: 'fail at two' });
			case 'the place cannot be saved':
				this.#canSave = false;
				return await this.#poll();
			case 'little time for a poll': {
				let calls = 0;
				return await this.#poll({ left: () => calls++ < 1 });
			}
			case 'the host starts anew':
				this.#poller = this.#started(this.#scene.acquire({ deviceName: 'another' }));
				return;
			default:
				await this.#poll();
		}
	}

	/** For as long as a package starts; then a look at what is so. */
	async #lie(lie: Lie): Promise<void> {
		const { nas } = this.#scene.simulator;
		nas.lie(lie);
		for (let poll = 0; poll < (LONG_LIES.includes(lie) ? 3 : 1); poll++) {
			await this.#poll();
			clockOf(this.#scene).advance(this.#story.pause ?? 10_000);
		}
		nas.beHonest();
		await this.#poll();
	}

	/** Everything there is to tell: a list that is doubted is believed after a while. */
	async #settle(): Promise<void> {
		for (let quiet = 0; quiet < 2;) {
			const before = this.#told.length;
			await this.#poll();
			quiet = this.#told.length === before ? quiet + 1 : 0;
			if (this.#doubts) {
				clockOf(this.#scene).advance(5 * 60_000);
				quiet = 0;
			}
		}
	}
}

import type { z } from '../../src/vendor/zod';
import { isDsmError } from '../../src/core/errors';
import { Poller, type PlaceStore } from '../../src/host/poll';
import type { Lie } from '../../src/simulator';
import { clockOf, plenty } from './follow';
import { hostStores, type HostName } from './hostStores';
import type { Lease } from '../../src/core/pool';
import type { Scene } from './nas';
import type { TriggerStory } from './trigger-suite';

/** A package that starts lies for a while; the others for one poll. */
const LONG_LIES: readonly string[] = ['emptySuccess', 'missingList', 'emptyList', 'cutXml', 'wrongDate'];
const HOUR = 3_600_000;
/** So far the clock of the NAS may be misread, with a second to spare. */
const WHOLE_SECONDS = 2000;
/** Polls after which everything that can be told has been. */
const MOST_POLLS = 100;

class Crash extends Error {}

const NTH = ['', 'first', 'second', 'third'];

/** A poll that does not come to its end: at this event, or after the last of them, the host ends, or the flow fails. */
interface End {
	isCrash: boolean;
	nth: number;
}

/** Something that happened. */
interface Happened {
	n: number;
	/** As it may be told: by what it was named at first, or since it was moved. */
	names: string[];
	/** Deleted before anybody was told: nobody needs to be. */
	isOptional: boolean;
	isGone: boolean;
}

/** What a history shows to be wrong. */
export interface HistoryFaults {
	lost: string[];
	/** Told twice, or invented. */
	tooMuch: string[];
}

/** One history of one trigger, as a host plays it. */
export class History<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType> {
	readonly #story: TriggerStory<P, C, E>;
	readonly #scene: Scene;
	readonly #store: ReturnType<(typeof hostStores)[HostName]>;
	readonly #leases: Lease[] = [];
	#dsm: Scene['dsm'];
	#poller: Poller;
	/** Names of events that reached the flow; of those whose place was not saved a repeat does not count. */
	readonly #told: string[] = [];
	readonly #crashed = new Set<string>();
	readonly #happened: Happened[] = [];
	#canSave = true;
	#doubts = false;
	/** The latest time that it showed before it was set. */
	#latest = 0;

	constructor(story: TriggerStory<P, C, E>, scene: Scene, host: HostName) {
		this.#story = story;
		this.#scene = scene;
		this.#dsm = scene.dsm;
		this.#store = hostStores[host]();
		this.#poller = this.#started();
	}

	async play(steps: readonly string[]): Promise<HistoryFaults> {
		await this.#poller.start();
		this.#store.commit();
		clockOf(this.#scene).advance(60_000);
		for (const step of steps) await this.#act(step);
		await this.#setClocksRight();
		return this.#faults();
	}

	async end(): Promise<void> {
		for (const lease of this.#leases) await lease.release();
	}

	#faults(): HistoryFaults {
		const tooMuch = [...this.#told];
		const lost: string[] = [];
		for (const { names, isOptional } of [...this.#happened].sort((one) => (one.isOptional ? 1 : -1))) {
			const at = tooMuch.findIndex((name) => names.includes(name));
			if (at >= 0) tooMuch.splice(at, 1);
			else if (!isOptional) lost.push(names.join(' or '));
		}
		return { lost, tooMuch };
	}

	#started(): Poller {
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
		return new Poller({ trigger, params, dsm: this.#dsm, of: 'history', store, log: () => undefined });
	}

	/** One poll; with `end` it does not come to its end. */
	async #poll({ end, left = plenty.left }: { end?: End; left?: () => boolean } = {}): Promise<void> {
		const { trigger, nameOf } = this.#story;
		const names: [key: string, name: string][] = [];
		let isEnded = false;
		const tell = ({ event, file }: { event: unknown; file?: { stream: { destroy: () => void } } }): void => {
			file?.stream.destroy();
			isEnded ||= names.length + 1 === end?.nth;
			if (isEnded) throw new Crash('It ends here.');
			names.push([trigger.key(event as never), nameOf(event as never)]);
		};
		if (end?.nth === Infinity) this.#canSave = false;
		try {
			const { doubt } = await this.#poller.poll(tell, { left });
			this.#doubts = doubt !== undefined;
		} catch (error) {
			if (!(error instanceof Crash) && !isDsmError(error)) throw error;
		}
		const isUnsaved = !this.#canSave;
		this.#canSave = true;
		const isCrash = end?.isCrash === true && (isUnsaved || isEnded);
		if (!isCrash || this.#store.tellsAtOnce)
			for (const [key, name] of names) {
				if (!this.#crashed.has(key)) this.#told.push(name);
				if (isCrash || isUnsaved) this.#crashed.add(key);
			}
		if (isCrash) this.#crash();
		else this.#store.commit();
	}

	#crash(): void {
		this.#store.crash();
		this.#poller = this.#started();
	}

	async #happens(): Promise<void> {
		const { happen, reset } = this.#story;
		const n = this.#happened.length;
		if (reset && n > 0) {
			await this.#settle();
			await reset(this.#scene);
			await this.#settle();
		}
		const name = await happen(this.#scene, n);
		this.#happened.push({ n, names: [name], isOptional: false, isGone: false });
		clockOf(this.#scene).advance(1000);
		if (reset) await this.#settle();
	}

	/** Something becomes of what happened last. */
	async #becomes(change: 'edit' | 'move' | 'delete'): Promise<void> {
		const happened = this.#happened.findLast(({ isGone }) => !isGone);
		if (!happened) return;
		// What was told and not remembered may be told again, under another name now.
		if (this.#crashed.size > 0) await this.#settle();
		const isTold = happened.names.some((name) => this.#told.includes(name));
		const name = await this.#story[change]?.(this.#scene, happened.n);
		if (typeof name === 'string') happened.names.push(name);
		if (change === 'delete') Object.assign(happened, { isGone: true, isOptional: !isTold });
		clockOf(this.#scene).advance(1000);
	}

	async #act(step: string): Promise<void> {
		const crash = /^the (host crashes|flow fails) at the (first|second|third) (event|request)$/.exec(step);
		if (crash) return await this.#endsAt(crash[1] === 'the flow fails', NTH.indexOf(crash[2]!), crash[3]!);
		if (step.startsWith('the NAS lies: ')) return await this.#lie(step.slice(14) as Lie);
		const change = /^what happened is (edit|move|delete)/.exec(step);
		if (change) return await this.#becomes(change[1] as 'edit' | 'move' | 'delete');
		const { nas } = this.#scene.simulator;
		switch (step) {
			case 'it happens':
				return await this.#happens();
			case 'something else happens':
				await this.#story.noise?.(this.#scene);
				// Where time itself makes things happen, none passes by the way.
				return void (this.#story.pause !== 0 && clockOf(this.#scene).advance(1000));
			case 'two polls in a row':
				await this.#poll();
				return await this.#poll();
			case 'the session is lost':
				return nas.faults.loseSessions(119);
			case 'the NAS is busy for a poll':
				nas.faults.next({ code: 100 });
				return await this.#pollWithFaults();
			case 'a proxy answers for a poll':
				nas.faults.badGateway(8);
				return await this.#pollWithFaults();
			case 'the NAS restarts':
				return await this.#restart();
			case 'an hour passes':
				return this.#wait(HOUR);
			case 'the NAS sets its clock ahead':
				return this.#jump(HOUR, -HOUR);
			case 'the NAS sets its clock back':
				return this.#jump(-HOUR, HOUR);
			case 'the host sets its clock ahead':
				return this.#jump(0, HOUR);
			case 'the host sets its clock back':
				return this.#jump(0, -HOUR);
			case 'the host crashes before the place is saved':
				return await this.#poll({ end: { isCrash: true, nth: Infinity } });
			case 'the place cannot be saved':
				this.#canSave = false;
				return await this.#poll();
			case 'little time for a poll': {
				let calls = 0;
				return await this.#poll({ left: () => calls++ < 1 });
			}
			case 'the host starts anew':
				return await this.#startAnew();
			default:
				await this.#poll();
		}
	}

	async #endsAt(isFlow: boolean, nth: number, what: string): Promise<void> {
		if (what === 'event') return await this.#poll({ end: { isCrash: !isFlow, nth } });
		// The client asks again a few times; then it is over.
		this.#scene.simulator.nas.faults.cut({ after: 'headers', skip: nth - 1, times: 8 });
		await this.#pollWithFaults();
		this.#crash();
	}

	async #pollWithFaults(): Promise<void> {
		await this.#poll();
		this.#scene.simulator.nas.faults.clear();
	}

	/** It answers nothing for three minutes, and has forgotten who was signed in. */
	async #restart(): Promise<void> {
		const { nas } = this.#scene.simulator;
		nas.powerOff(this.#story.isFleeting ? 3000 : 180_000);
		await this.#poll();
		if (nas.isOff) clockOf(this.#scene).advance(nas.offUntil - nas.clock.now());
		// A clock that is set back later does not switch it off again.
		nas.offUntil = 0;
	}

	#wait(milliseconds: number): void {
		clockOf(this.#scene).advance(this.#story.isFleeting ? 10_000 : milliseconds);
	}

	/** A clock is set: no time passes. */
	#jump(nas: number, ahead: number): void {
		const clock = clockOf(this.#scene);
		this.#latest = Math.max(this.#latest, clock.now());
		this.#scene.nasClock.ahead += nas;
		clock.set(clock.now() + nas);
		this.#scene.hostClock.ahead += ahead;
	}

	/**
	 * Wrong clocks are set right some day, both of them. Then comes what was entered by one that was ahead; and what came within the last
	 * second, as an answer tells the time in whole seconds.
	 */
	async #setClocksRight(): Promise<void> {
		const clock = clockOf(this.#scene);
		this.#jump(-this.#scene.nasClock.ahead, -this.#scene.hostClock.ahead);
		// Where time itself makes things happen, none passes by the way.
		if (this.#story.pause !== 0) clock.advance(WHOLE_SECONDS);
		await this.#settle();
		if (clock.now() >= this.#latest) return;
		clock.set(this.#latest + WHOLE_SECONDS);
		await this.#settle();
	}

	/** Another process, which signs in by itself, and looks at once. A first Date that is a year wrong would be believed (NasClock). */
	async #startAnew(): Promise<void> {
		const lease = this.#scene.acquire({ deviceName: 'another' });
		this.#leases.push(lease);
		this.#dsm = lease.dsm;
		this.#poller = this.#started();
		await this.#poll();
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
		let polls = 0;
		for (let quiet = 0; quiet < 2;) {
			if (polls++ > MOST_POLLS) throw new Error('The trigger does not come to rest.');
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

import type { z } from '../../src/vendor/zod';
import { idOf, type Trigger } from '../../src/catalog/operation';
import type { Dsm } from '../../src/core/dsm';
import type { SettableClock } from '../../src/simulator';
import { withNas, type Scene, type SceneOptions } from './nas';

export const plenty = { left: () => true };

/** Keys that a host remembers. */
const RECENT = 500;

/** What a host does with a trigger: keeps the cursor as JSON, stores it after the events were handed on, can remove repeats by key. */
export class Follower<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType> {
	cursor = '';
	more = false;
	/** Whether repeats are removed, as hosts do; off: what the trigger itself gives is seen. */
	removesRepeats = false;
	/** Keys of what was handed on. */
	recent: string[] = [];
	readonly #given: z.output<P>;

	constructor(
		readonly trigger: Trigger<P, C, E>,
		readonly dsm: Dsm,
		given: z.input<P>,
	) {
		this.#given = trigger.params.parse(given);
	}

	async start(): Promise<this> {
		this.cursor = JSON.stringify(this.trigger.cursor.parse(await this.trigger.start(this.#given, this.bound)));
		return this;
	}

	/** Events of one poll; `commit: false` plays a crash after the events were handed on and before the cursor was stored. */
	async poll({ commit = true, budget = plenty } = {}): Promise<z.output<E>[]> {
		const cursor = this.trigger.cursor.parse(JSON.parse(this.cursor));
		const answer = await this.trigger.poll(this.#given, cursor, this.bound, budget);
		if (commit) this.cursor = JSON.stringify(this.trigger.cursor.parse(answer.cursor));
		this.more = answer.more ?? false;
		const events = answer.events.map((event) => this.trigger.event.parse(event));
		if (!this.removesRepeats) return events;
		return events.filter((event) => {
			const key = this.trigger.key(event);
			if (this.recent.includes(key)) return false;
			this.recent = [...this.recent, key].slice(-RECENT);
			return true;
		});
	}

	/** Polls until two in a row bring nothing. */
	async drain(): Promise<z.output<E>[]> {
		const all: z.output<E>[] = [];
		for (let quiet = 0; quiet < 2;) {
			const events = await this.poll();
			all.push(...events);
			quiet = events.length === 0 && !this.more ? quiet + 1 : 0;
		}
		return all;
	}

	async sample(): Promise<z.output<E>[]> {
		return (await this.trigger.sample(this.#given, this.bound)).map((event) => this.trigger.event.parse(event));
	}

	private get bound(): Dsm {
		return this.dsm.with({ operation: idOf(this.trigger), readOnly: true });
	}
}

export const clockOf = ({ simulator }: Scene): SettableClock => simulator.nas.clock as unknown as SettableClock;

/** A follower of a trigger that has just started, a minute before anything happens. */
export async function following<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType>(
	trigger: Trigger<P, C, E>,
	given: z.input<P>,
	run: (follower: Follower<P, C, E>, scene: Scene) => Promise<void>,
	options: SceneOptions = {},
): Promise<void> {
	await withNas(options, async (scene) => {
		const follower = await new Follower(trigger, scene.dsm, given).start();
		clockOf(scene).advance(60_000);
		await run(follower, scene);
	});
}

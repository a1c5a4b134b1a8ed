import type { z } from '../../src/vendor/zod';
import type { Trigger } from '../../src/catalog/operation';
import type { Dsm } from '../../src/core/dsm';
import { Poller, type Place, type PlaceStore, type Told } from '../../src/host/poll';
import type { SettableClock } from '../../src/simulator';
import { withNas, type Scene, type SceneOptions } from './nas';

export const plenty = { left: () => true };

/**
 * The shipped poller with a place in memory. Each poll is that of a new poller, as in n8n; whatever a trigger gives that is not as
 * declared fails the test.
 */
export class Follower<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType> {
	/** As JSON. */
	cursor = '';
	more = false;
	/** Why the last poll did not believe what it saw. */
	doubt: string | undefined;
	/** Whether repeats are removed, as hosts do; off: what the trigger itself gives is seen. */
	removesRepeats = false;
	/** Keys of what was told. */
	recent: string[] = [];
	/** What hosts log. */
	readonly lines: string[] = [];
	readonly #given: z.output<P>;

	constructor(
		readonly trigger: Trigger<P, C, E>,
		readonly dsm: Dsm,
		given: z.input<P>,
	) {
		this.#given = trigger.params.parse(given);
	}

	async start(): Promise<this> {
		await this.#poller(true).start();
		return this;
	}

	/** Events of one poll; `commit: false` plays a crash after the events were told and before the cursor was saved. */
	async poll({ commit = true, budget = plenty } = {}): Promise<z.output<E>[]> {
		const events: z.output<E>[] = [];
		const { more, doubt } = await this.#poller(commit).poll((told) => void events.push(this.#declared(told)), budget);
		this.more = more;
		this.doubt = doubt;
		return events;
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
		const events: z.output<E>[] = [];
		await this.#poller(false).samples((told) => void events.push(this.#declared(told)));
		return events;
	}

	#poller(commit: boolean): Poller {
		const { dsm, lines } = this;
		const log = (line: string) => void lines.push(line);
		return new Poller({ trigger: this.trigger, params: this.#given, dsm, of: 'test', store: this.#store(commit), log });
	}

	#store(commit: boolean): PlaceStore {
		return {
			load: async () => {
				const recent = this.removesRepeats ? this.recent : [];
				const place: Place = { v: 2, of: 'test', cursor: JSON.parse(this.cursor) as unknown, recent };
				return await Promise.resolve(place);
			},
			save: async (place) => {
				if (this.removesRepeats) this.recent = place?.recent ?? [];
				if (commit) this.cursor = JSON.stringify(this.trigger.cursor.parse(place?.cursor));
				await Promise.resolve();
			},
		};
	}

	/** The event as the trigger declares it; throws when it is not. */
	#declared({ event, file }: Told): z.output<E> {
		file?.stream.destroy();
		this.trigger.event.parse(event);
		return event as z.output<E>;
	}
}

export const clockOf = ({ simulator }: Scene): SettableClock => simulator.nas.clock as unknown as SettableClock;

/** The time by which people enter something, also where the clock of the NAS is wrong. Milliseconds. */
export const rightTime = (scene: Scene): number => clockOf(scene).now() - scene.nasClock.ahead;

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

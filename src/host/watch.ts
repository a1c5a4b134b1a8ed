import type { AnyTrigger, Budget } from '../catalog/operation';
import type { Polled, Poller, Told } from './poll';

/** One of the events that a node watches. */
export interface Watched {
	name: string;
	trigger: AnyTrigger;
	poller: Poller;
}

/** What a look at all events of a node brought. */
export interface Looked extends Polled {
	/** Events that could not be polled, with the reason; their places stay. */
	failed: Map<Watched, unknown>;
}

/**
 * Polls all events of a node at the same moment, so that what they share is asked once (core/batch.ts). Each has its own place: one that
 * fails neither holds up nor repeats the others. Throws what the first threw when all of them failed.
 */
export async function look(
	all: readonly Watched[],
	tell: (watched: Watched, told: Told) => Promise<void>,
	budget: Budget,
): Promise<Looked> {
	const looked: Looked = { told: 0, more: false, failed: new Map() };
	await Promise.all(
		all.map(async (watched) => {
			try {
				const polled = await watched.poller.poll(async (told) => await tell(watched, told), budget);
				looked.told += polled.told;
				looked.more ||= polled.more;
				looked.doubt ??= polled.doubt;
			} catch (error) {
				looked.failed.set(watched, error);
			}
		}),
	);
	if (looked.failed.size === all.length) throw firstOf(all, looked.failed);
	return looked;
}

/** What a part of the events fails with, at its first failure in a row. */
export class Faults {
	readonly #known = new Set<string>();

	/** Failures that were not there at the last look. */
	fresh({ failed }: Pick<Looked, 'failed'>): [Watched, unknown][] {
		const names = new Set([...failed.keys()].map(({ name }) => name));
		for (const name of this.#known) if (!names.has(name)) this.#known.delete(name);
		const found = [...failed].filter(([{ name }]) => !this.#known.has(name));
		for (const name of names) this.#known.add(name);
		return found;
	}
}

const firstOf = (all: readonly Watched[], failed: ReadonlyMap<Watched, unknown>): unknown =>
	failed.get(all.find((watched) => failed.has(watched))!);

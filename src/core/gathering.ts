import type { Host } from './host';

/** Milliseconds without a further one after which those that came begin, though some are missing. */
const QUIET = 500;
/** Milliseconds that the first one waits at most. */
const LONGEST = 2000;
/** Milliseconds after which one who does not come any more is forgotten. */
const FORGOTTEN = 60 * 60_000;

/** Those who wait to begin together. */
interface Group {
	since: number;
	begins: (() => void)[];
}

/**
 * Lets those begin at the same moment who come shortly after each other. Hosts read credentials and places before each poll, so the polls
 * of one tick come spread over a time that depends on the machine; what begins in one turn of the event loop shares its requests
 * (batch.ts). Whoever is alone, and the last of those who are known, begins at once and all others with it; when some do not come, they
 * are waited for as long as others do, half a second between two of them and two seconds at most.
 */
export class Gathering {
	readonly #host: Pick<Host, 'now' | 'later'>;
	/** Who comes here, and when last. */
	readonly #known = new Map<string, number>();
	#group: Group | undefined;

	constructor(host: Pick<Host, 'now' | 'later'>) {
		this.#host = host;
	}

	/** Ends together with those who came shortly before and after. `who` is the same each time. */
	async join(who: string): Promise<void> {
		const now = this.#host.now();
		const group = (this.#group ??= { since: now, begins: [] });
		this.#known.set(who, now);
		const left = Math.min(QUIET, Math.max(0, group.since + LONGEST - now));
		await new Promise<void>((begin) => {
			const size = group.begins.push(begin);
			if (size >= this.#known.size) this.#begin(group);
			else
				this.#host.later(left, () => {
					const isLast = group.begins.length === size;
					if (this.#group === group && (isLast || left < QUIET)) this.#begin(group);
				});
		});
	}

	#begin(group: Group): void {
		this.#group = undefined;
		for (const [who, at] of this.#known) if (group.since - at > FORGOTTEN) this.#known.delete(who);
		for (const begin of group.begins) begin();
	}
}

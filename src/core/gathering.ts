import type { Host } from './host';

/** Milliseconds without a further one after which those that came begin, though some are missing. */
const QUIET = 1000;
/** Milliseconds that the first one waits at most. */
const LONGEST = 3000;
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
 * (batch.ts). All begin when the last of those who are known has come; who does not come is waited for until a second has brought nobody,
 * three seconds at most. Whoever is alone begins at once, and so does who comes for the first time: hosts that start triggers one after the
 * other wait for the first poll of each.
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
		const isNew = !this.#known.has(who);
		this.#known.set(who, now);
		if (isNew) return;
		const group = (this.#group ??= { since: now, begins: [] });
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

import type { Host } from './host';

/** Milliseconds without a further one after which those that came begin. */
const QUIET = 30;
/** Milliseconds that the first one waits at most. */
const LONGEST = 1000;

/** Those who wait to begin together. */
interface Group {
	since: number;
	begins: (() => void)[];
}

/**
 * Lets those begin at the same moment who come close after each other. Hosts read credentials and places before each poll, so the polls
 * of one tick come spread over some milliseconds; what begins in one turn of the event loop shares its requests (batch.ts). Whoever
 * comes alone waits 30 ms, nobody longer than a second.
 */
export class Gathering {
	readonly #host: Pick<Host, 'now' | 'later'>;
	#group: Group | undefined;

	constructor(host: Pick<Host, 'now' | 'later'>) {
		this.#host = host;
	}

	/** Ends together with those who came shortly before and after. */
	async join(): Promise<void> {
		const { now, later } = this.#host;
		const group = (this.#group ??= { since: now(), begins: [] });
		const left = Math.min(QUIET, Math.max(0, group.since + LONGEST - now()));
		await new Promise<void>((begin) => {
			const size = group.begins.push(begin);
			later(left, () => {
				const isLast = group.begins.length === size;
				if (this.#group === group && (isLast || left < QUIET)) this.#begin(group);
			});
		});
	}

	#begin(group: Group): void {
		this.#group = undefined;
		for (const begin of group.begins) begin();
	}
}

import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock';
import type { Entry } from '../../core/volume';

export interface Lock {
	token: string;
	owner: string;
	seconds: number;
	until: number;
}

/** Longest time that is granted. */
const MOST = 3600;

/** Exclusive write locks; each ends by itself. A lock on a folder holds for all below it. */
export class Locks {
	readonly #all = new Map<Entry, Lock>();

	constructor(readonly clock: Clock) {}

	/** The lock that holds for an entry: its own, or that of a folder above it. */
	on(entry: Entry | undefined): Lock | undefined {
		for (let one: Entry | undefined = entry; one; one = one.parent) {
			const lock = this.#all.get(one);
			if (!lock) continue;
			if (lock.until > this.clock.now()) return lock;
			this.#all.delete(one);
		}
		return undefined;
	}

	add(entry: Entry, owner: string, seconds: number): Lock {
		const lock = { token: `opaquelocktoken:${randomUUID()}`, owner, seconds: 0, until: 0 };
		this.#all.set(entry, lock);
		return this.renew(lock, seconds);
	}

	renew(lock: Lock, seconds: number): Lock {
		const granted = Math.min(seconds, MOST);
		return Object.assign(lock, { seconds: granted, until: this.clock.now() + granted * 1000 });
	}

	remove(entry: Entry, token: string): boolean {
		for (let one: Entry | undefined = entry; one; one = one.parent)
			if (this.#all.get(one)?.token === token) return this.#all.delete(one);
		return false;
	}
}

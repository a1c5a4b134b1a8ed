/** The NAS's own clock. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that only moves when told to. */
export class SettableClock implements Clock {
	private time: number;

	constructor(ms: number = Date.UTC(2026, 0, 5, 8, 0, 0)) {
		this.time = ms;
	}

	now(): number {
		return this.time;
	}

	set(ms: number): void {
		this.time = ms;
	}

	advance(ms: number): void {
		this.time += ms;
	}
}

import type { LoopClock } from '../../src/nodered/loop';

/** Timers that run when the test says so. */
export class TestClock implements LoopClock {
	time = 1_000_000;
	chance = 0.5;
	readonly waits: number[] = [];
	#next: (() => void) | undefined;

	now = () => this.time;
	random = () => this.chance;
	later = (milliseconds: number, run: () => void) => {
		this.waits.push(milliseconds);
		this.#next = run;
		return () => {
			this.#next = undefined;
		};
	};

	get waiting(): boolean {
		return this.#next !== undefined;
	}

	run(): void {
		const next = this.#next;
		this.#next = undefined;
		this.time += this.waits.at(-1) ?? 0;
		next?.();
	}
}

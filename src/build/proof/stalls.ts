/** Watches how long this thread works without letting others in. */
export class Stalls {
	longest = 0;
	#since = process.threadCpuUsage();
	#running = true;

	constructor() {
		const tick = () => {
			this.#note();
			if (this.#running) setImmediate(tick);
		};
		setImmediate(tick);
	}

	#note(): void {
		const { user, system } = process.threadCpuUsage(this.#since);
		this.longest = Math.max(this.longest, (user + system) / 1000);
		this.#since = process.threadCpuUsage();
	}

	end(): number {
		this.#running = false;
		this.#note();
		return this.longest;
	}
}

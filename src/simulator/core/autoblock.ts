import type { Clock } from './clock';
import type { Switches } from './switches';

/** Auto Block: too many failed logins block the source address for every account (core.md 6). */
export class AutoBlock {
	/** Blocked addresses, with the time of the block in milliseconds. */
	readonly deny = new Map<string, number>();
	readonly allow = new Map<string, number>();
	private readonly failures = new Map<string, number[]>();

	constructor(
		private readonly clock: Clock,
		private readonly switches: Switches,
	) {}

	blocks(ip: string): boolean {
		return this.deny.has(ip) && !this.allow.has(ip);
	}

	/** Counts a failure; adds a deny row at the limit, and says whether it did. */
	fail(ip: string): boolean {
		const { autoBlockAttempts: limit, autoBlockMinutes } = this.switches;
		if (limit === 0) return false;
		const now = this.clock.now();
		const recent = (this.failures.get(ip) ?? []).filter((at) => now - at < autoBlockMinutes * 60_000);
		recent.push(now);
		this.failures.set(ip, recent);
		if (recent.length < limit) return false;
		this.deny.set(ip, now);
		return true;
	}

	lift(ip: string): void {
		this.deny.delete(ip);
		this.failures.delete(ip);
	}
}

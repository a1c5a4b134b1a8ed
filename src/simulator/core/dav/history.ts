import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock';

/** Tokens unused for so long are forgotten (contacts.md 8.2). */
const EXPIRY = 2_592_000_000;

/** What changed in one collection: its ctag and its sync tokens (RFC 6578). */
export class SyncHistory {
	private readonly seed = randomBytes(16).toString('hex');
	private revision = 0;
	private readonly changes = new Map<string, number>();
	private readonly tokens = new Map<string, { revision: number; at: number }>();

	/** `form` makes a token of 64 hexadecimal digits; by default as Radicale does. */
	constructor(
		private readonly clock: Clock,
		private readonly form = (digits: string): string => `http://radicale.org/ns/sync/${digits}`,
	) {}

	/** A member was made, changed or deleted; without a name the collection itself. */
	touch(name?: string): void {
		this.revision += 1;
		if (name !== undefined) this.changes.set(name, this.revision);
	}

	get ctag(): string {
		return `"${this.digits.slice(0, 32)}"`;
	}

	/** The token of now; from here on it is known. */
	token(): string {
		const token = this.form(this.digits);
		this.tokens.set(token, { revision: this.revision, at: this.clock.now() });
		return token;
	}

	/** Names that changed since a token; undefined: the token is unknown or too old. */
	since(token: string): string[] | undefined {
		const known = this.tokens.get(token);
		if (!known || this.clock.now() - known.at > EXPIRY) return undefined;
		known.at = this.clock.now();
		return [...this.changes].filter(([, revision]) => revision > known.revision).map(([name]) => name);
	}

	/** Every token given so far is refused from now on. */
	expire(): void {
		this.tokens.clear();
	}

	private get digits(): string {
		return createHash('sha256').update(`${this.seed}/${this.revision}`).digest('hex');
	}
}

import type { ApiInfo } from './dsm';

const HOUR = 3_600_000;
/** How long DSM's answer holds. Packages are updated rarely, and a 102 to 104 asks again at once (core.md 2). */
const FRESH = 6 * HOUR;
/** An absent name may be a package that is just being started. */
const ABSENT_FRESH = 30_000;

type Ask = (query: string) => Promise<Record<string, ApiInfo>>;
type Known = { info: ApiInfo | undefined; at: number };

/**
 * API list of one NAS (core.md 2). Asks for exact names, never for prefixes, which one device ignored, and gathers the names that
 * are announced beforehand, so that a cold start costs one request.
 */
export class Discovery {
	readonly #known = new Map<string, Known>();
	readonly #wanted = new Set<string>(['SYNO.API.Auth', 'SYNO.Entry.Request']);
	readonly #ask: Ask;
	readonly #now: () => number;
	#pending: Promise<void> | undefined;

	constructor(ask: Ask, now: () => number) {
		this.#ask = ask;
		this.#now = now;
	}

	/** Every name that was asked for or announced. */
	get wanted(): string[] {
		return [...this.#wanted];
	}

	/** Announces names that will be needed. */
	want(names: Iterable<string>): void {
		for (const name of names) this.#wanted.add(name);
	}

	/** The API as this NAS has it; undefined: package missing or stopped, or DSM too old. */
	async get(name: string): Promise<ApiInfo | undefined> {
		this.#wanted.add(name);
		while (!this.#fresh(name)) await (this.#pending ??= this.#fetch());
		return this.#known.get(name)?.info;
	}

	/** Forgets what is known of a name and asks again; tells whether the answer differs. */
	async refresh(name: string): Promise<boolean> {
		const before = JSON.stringify(this.#known.get(name)?.info);
		this.#known.delete(name);
		return JSON.stringify(await this.get(name)) !== before;
	}

	/** The whole list. */
	async all(): Promise<Record<string, ApiInfo>> {
		const list = await this.#ask('all');
		for (const [name, info] of Object.entries(list)) this.#known.set(name, { info, at: this.#now() });
		return list;
	}

	#fresh(name: string): boolean {
		const known = this.#known.get(name);
		return known !== undefined && this.#now() - known.at < (known.info ? FRESH : ABSENT_FRESH);
	}

	async #fetch(): Promise<void> {
		try {
			const names = [...this.#wanted].filter((name) => !this.#fresh(name));
			const list = await this.#ask(names.join(','));
			for (const name of names) this.#known.set(name, { info: list[name], at: this.#now() });
		} finally {
			this.#pending = undefined;
		}
	}
}

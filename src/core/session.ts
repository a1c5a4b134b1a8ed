/** A DSM session in memory. Secret throughout. */
export interface Session {
	sid: string;
	/** CSRF token; absent on DSM 5, or when a resumed session was stored without one. */
	synoToken?: string;
	/** Session name that the login was accepted with; needed for logout. */
	name: string;
	/** Version of SYNO.API.Auth that made it. */
	version: number;
	created: number;
}

/** What a login needs besides the connection settings. */
export type Login = () => Promise<Session>;

const MINUTE = 60_000;

/**
 * The one session of a connection: a single login however many callers wait (single flight), and a renewal that only replaces the
 * session that failed (compare and swap), so that late answers of parallel calls do not log in again and again (core.md 4.6).
 */
export class SessionHolder {
	readonly #login: Login;
	readonly #now: () => number;
	#current: Session | undefined;
	#pending: Promise<Session> | undefined;
	#displaced: number[] = [];

	constructor(login: Login, now: () => number, initial?: Session) {
		this.#login = login;
		this.#now = now;
		this.#current = initial;
	}

	get current(): Session | undefined {
		return this.#current;
	}

	async get(): Promise<Session> {
		return this.#current ?? (await (this.#pending ??= this.#start()));
	}

	/** A session other than the one that failed. */
	async renew(failed: Session): Promise<Session> {
		if (this.#current === failed) this.#current = undefined;
		return await this.get();
	}

	/**
	 * Notes that another login displaced ours (107) and tells whether this happened twice within a minute: then two programs push
	 * each other out, and logging in again would go on for ever.
	 */
	displacedTwice(failed: Session): boolean {
		// Parallel calls all see the one displacement: only the first counts.
		if (this.#current !== failed) return false;
		const now = this.#now();
		this.#displaced = [...this.#displaced.filter((at) => now - at < MINUTE), now];
		return this.#displaced.length >= 2;
	}

	/** Gives up the session; the caller logs it out. */
	take(): Session | undefined {
		const session = this.#current;
		this.#current = undefined;
		return session;
	}

	async #start(): Promise<Session> {
		try {
			return (this.#current = await this.#login());
		} finally {
			this.#pending = undefined;
		}
	}
}

import { DsmConnectionError } from './errors';

/** A DSM session in memory. Secret throughout. */
export interface Session {
	sid: string;
	/** CSRF token; absent on DSM 5, or when a resumed session was stored without one. */
	synoToken?: string;
	/** Session name that the login was accepted with, for logout; empty: without one. */
	name: string;
	/** Version of SYNO.API.Auth that made it. */
	version: number;
	created: number;
	/** Token of a bot, which stands for a session where there is none (chat.md 8). */
	botToken?: string;
	/** Opened by a person in the browser: this process may not end it (identity.md 13.6). */
	borrowed?: true;
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
	/** Sessions that were replaced although the NAS may still know them. */
	#retired: Session[] = [];
	/** When another login last displaced ours. */
	#displaced = -Infinity;
	#shut = false;

	constructor(login: Login, now: () => number, initial?: Session) {
		this.#login = login;
		this.#now = now;
		this.#current = initial;
	}

	get current(): Session | undefined {
		return this.#current;
	}

	async get(): Promise<Session> {
		if (this.#current) return this.#current;
		if (this.#shut) {
			throw new DsmConnectionError('The connection is no longer in use, so no new login was made.', {
				hint: 'The flow or workflow was ended or deployed anew while this call was still running.',
			});
		}
		return await (this.#pending ??= this.#start());
	}

	/** A session other than the one that failed. */
	async renew(failed: Session): Promise<Session> {
		if (this.#current === failed) this.#current = undefined;
		return await this.get();
	}

	/**
	 * Notes that another login displaced ours (107) and tells whether this happened twice within a minute: then two programs push
	 * each other out, and logging in again would go on for ever. A minute after the last renewal it may be tried again.
	 */
	displacedTwice(failed: Session): boolean {
		// Parallel calls all see the one displacement: only the first counts.
		if (this.#current !== failed) return false;
		const twice = this.#now() - this.#displaced < MINUTE;
		if (!twice) this.#displaced = this.#now();
		return twice;
	}

	/** Notes a session that was replaced in vain, so that it is logged out with the rest. */
	retire(session: Session): void {
		if (session !== this.#current && !this.#retired.includes(session)) this.#retired.push(session);
	}

	/** From now on a lost session is not renewed, until `reopen`. */
	shut(): void {
		this.#shut = true;
	}

	reopen(): void {
		this.#shut = false;
	}

	/** Waits for the login that is under way, if any; whether it worked is for those to know who asked for it. */
	async settled(): Promise<void> {
		await this.#pending?.catch(() => undefined);
	}

	/** Gives up every session; the caller logs them out. */
	take(): Session[] {
		const sessions = [...this.#retired, ...(this.#current ? [this.#current] : [])];
		this.#retired = [];
		this.#current = undefined;
		return sessions;
	}

	async #start(): Promise<Session> {
		try {
			return (this.#current = await this.#login());
		} finally {
			this.#pending = undefined;
		}
	}
}

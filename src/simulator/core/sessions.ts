import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import type { User } from './nas';
import type { Switches } from './switches';

export interface Session {
	sid: string;
	user: User;
	/** Session name of the login; may be empty. */
	name: string;
	/** CSRF token; absent when none was asked for. */
	token?: string;
	ip: string;
	/** Device id shown in the list of connections. */
	did: string;
	userAgent: string;
	/** Version of the login that opened it. */
	version: number;
	/** Milliseconds. */
	createdAt: number;
	lastSeenAt: number;
	/** What the session answers since it was lost: 106, 107, 119 or 150. */
	lostCode?: number;
	/** Static key that the client showed over Noise, base64url: by it the session can be resumed (identity.md 13.4.1). */
	clientKey?: string;
}

export type NewSession = Pick<Session, 'user' | 'name' | 'ip' | 'did' | 'userAgent' | 'version'> & {
	withToken: boolean;
};

/** Life of the `id` cookie (core.md 1.2). */
const WEEK = 7 * 86_400_000;

/** Sessions by sid, with the loss rules of core.md 4.6. */
export class Sessions {
	private readonly bySid = new Map<string, Session>();

	constructor(
		private readonly clock: Clock,
		private readonly switches: Switches,
	) {}

	open({ withToken, ...facts }: NewSession): Session {
		if (this.switches.displaceSameSessionName) this.displace(facts);
		const now = this.clock.now();
		this.forget(now - WEEK);
		const session: Session = { sid: newSid(), createdAt: now, lastSeenAt: now, ...facts };
		if (withToken) session.token = newToken();
		this.bySid.set(session.sid, session);
		return session;
	}

	/** The session of a sid, or the code that says why there is none (core.md 1.3 step 4). */
	resume(sid: string | undefined, ip: string): Session | number {
		const session = sid === undefined ? undefined : this.bySid.get(sid);
		if (!session) return 119;
		if (session.lostCode !== undefined) return session.lostCode;
		const now = this.clock.now();
		if (now - session.lastSeenAt > this.switches.idleMinutes * 60_000) {
			return this.expire(session);
		}
		if (this.switches.bindIp && session.ip !== ip) return 150;
		session.lastSeenAt = now;
		return session;
	}

	/** Idle for too long: what can be resumed is suspended, `webui` alone is forgotten (identity.md 13.6). */
	private expire(session: Session): number {
		if (session.clientKey !== undefined && session.name === 'webui') this.close(session.sid);
		session.lostCode = session.clientKey === undefined ? 106 : 119;
		return session.lostCode;
	}

	/** Takes a session up again that its client proved to be its own, with a new token; tells whether that is possible. */
	revive(session: Session, ip: string): boolean {
		// What has been idle is found so only when somebody looks.
		this.resume(session.sid, ip);
		if (!this.bySid.has(session.sid)) return false;
		if (session.lostCode !== undefined && !this.switches.resumeAfterIdle) return false;
		delete session.lostCode;
		session.lastSeenAt = this.clock.now();
		session.token = newToken();
		return true;
	}

	get(sid: string): Session | undefined {
		return this.bySid.get(sid);
	}

	close(sid: string): void {
		this.bySid.delete(sid);
	}

	/** Sessions that still work. */
	list(): Session[] {
		return [...this.bySid.values()].filter((session) => session.lostCode === undefined);
	}

	/** Number of sessions that still work. */
	get size(): number {
		return this.list().length;
	}

	/** Every existing session answers `code` from now on. */
	lose(code: number): void {
		for (const session of this.bySid.values()) session.lostCode = code;
	}

	/** Forgets everything: old sids answer 119, as after a reboot. */
	clear(): void {
		this.bySid.clear();
	}

	/** Has the sessions of another NAS that came over the loopback, for the accounts of the same names; others were made up by tests. */
	takeOver(other: Sessions, { users }: { users: ReadonlyMap<string, User> }): void {
		for (const session of other.bySid.values()) {
			const user = users.get(session.user.name);
			if (user && session.ip === '127.0.0.1')
				this.bySid.set(session.sid, { ...session, user, lastSeenAt: this.clock.now() });
		}
	}

	/** Issues a token for a session that has none, and answers it. */
	issueToken(session: Session): string {
		session.token ??= newToken();
		return session.token;
	}

	/** Sessions older than their cookie are unknown: 119. */
	private forget(before: number): void {
		for (const { sid, lastSeenAt } of this.bySid.values()) if (lastSeenAt < before) this.bySid.delete(sid);
	}

	private displace({ user, name }: Pick<Session, 'user' | 'name'>): void {
		for (const other of this.list()) {
			if (other.user === user && other.name === name) other.lostCode = 107;
		}
	}
}

/** 86 characters of `[A-Za-z0-9_-]`, as seen on DSM 7. */
function newSid(): string {
	return randomBytes(64).toString('base64url');
}

function newToken(): string {
	return randomBytes(10).toString('base64url').replace(/[-_]/g, 'x');
}

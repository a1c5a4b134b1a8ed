import { isBotInput, parseBot, tokenSession, type BotInput } from './bot';
import { connectionKey, ownerOf, parseConnection, type Connection, type ConnectionInput } from './connection';
import { PROBE } from './call';
import { Caller } from './caller';
import { DavClient } from './dav';
import { Discovery } from './discovery';
import type { Dsm } from './dsm';
import type { Knowledge } from './faults';
import { Gathering } from './gathering';
import { createDsm } from './handle';
import { redactError } from './errors';
import { redactedLog, type Host } from './host';
import { NasHttp, type Ways } from './http';
import { LoginFlow } from './login';
import { tokenOf } from './loginAnswer';
import { logout } from './logout';
import { CodeSource } from './otp';
import { PasswordGuards, type PasswordGuard } from './passwordGuard';
import { Hints, type HintListener } from './realtime';
import { RateLimiters } from './rateLimiter';
import { createRedactor, type Redactor } from './redact';
import { proxySecrets, secretsOf } from './secrets';
import { SessionHolder, type Session } from './session';
import { borrowedSession, type BorrowedSession } from './signIn/session';

/** A session that can be stored and resumed in another process (core.md 4.7). Secret. */
export interface StoredSession extends Session {
	v: 1;
	url: string;
	account: string;
	deviceId?: string;
}

/** Use of a pooled session; the last release logs out. */
export interface Lease {
	dsm: Dsm;
	/** Device id that the NAS issued for this connection, to be kept in the credential. Secret. */
	deviceId: () => string | undefined;
	/** The session as it is now, logging in first if needed. */
	export: () => Promise<StoredSession>;
	/** The same, and the NAS was seen to take it: for a test that somebody waits for. */
	prove: () => Promise<StoredSession>;
	/** Waits a moment for other polls of this connection, so that those of one tick share their requests. `who` is the same each time. */
	gather: (who: string) => Promise<void>;
	/** Hints of a socket.io channel of the NAS, at a path, until the answered function is called or the lease released. */
	listen: (path: string, listener: HintListener) => () => void;
	release: () => Promise<void>;
}

export interface AcquireOptions {
	/** API names that will be used: asked for in the one discovery request. */
	apis?: readonly string[];
	/** Start from a stored session instead of a login; `validate` (default true) asks the NAS once whether it still holds. */
	resume?: { session: StoredSession; validate?: boolean };
}

export interface PoolOptions extends Knowledge, Ways {
	host: Host;
	/** Milliseconds that an unused session is kept before it is logged out (default 0: at once); asked for when the last use ends. */
	lingerMs?: () => number;
	/** A result that does not match its schema throws instead of leaving a debug line: for tests. */
	strictResults?: boolean;
	/**
	 * How many further codes a login tries when the one made from the secret was refused, since another program may have used it
	 * (default 3, which takes minutes).
	 */
	furtherCodes?: number;
	/** Codes made so far; pools of one process share it, since a code is good only once. */
	codes?: CodeSource;
}

export interface Pool {
	/** Gives a handle at once; nothing is sent before the first call. Throws DsmInputError on bad settings. */
	acquire: (connection: ConnectionInput | BotInput, options?: AcquireOptions) => Lease;
	/** Takes back a remembered refusal of these settings: the next use logs in again. For a test that the user asked for. */
	forget: (connection: ConnectionInput) => void;
	/** Text without any secret of any connection, and without what looks like one. */
	redact: (text: string) => string;
	/** The same for a value; the value itself is left as it is. */
	redactValue: (value: unknown) => unknown;
	/** Logs out of everything. */
	close: () => Promise<void>;
}

/** Settings of a connection with an account, or of a bot with its token. */
type Settings = Connection & { token?: string };

interface Entry {
	connection: Settings;
	http: NasHttp;
	discovery: Discovery;
	sessions: SessionHolder;
	login: LoginFlow;
	/** A session that a person opened in the browser, in place of the login. */
	borrowed: BorrowedSession | undefined;
	guard: PasswordGuard;
	dav: DavClient;
	hints: Hints;
	gathering: Gathering;
	dsm: Dsm;
	/** Whether the NAS still knows a session. */
	holds: (session: Session) => Promise<boolean>;
	/** A stored session to start from instead of a login. */
	resume: AcquireOptions['resume'];
	users: number;
	/** Raised whenever the entry is used or left, so that an old timer sees that it is out of date. */
	turn: number;
	/** Logouts that are under way. */
	ending: Promise<unknown>;
}

/** Sessions of one process: one for each connection, however many nodes use it. */
export function createPool(options: PoolOptions): Pool {
	const redactor = createRedactor();
	const host: Host = { ...options.host, log: redactedLog(options.host.log, (text) => redactor.text(text)) };
	for (const secret of proxySecrets(host.proxy)) redactor.add(secret);
	const entries = new Map<string, Entry>();
	const codes = options.codes ?? new CodeSource();
	const furtherCodes = options.furtherCodes ?? 3;
	const guards = new PasswordGuards(host.now);
	const limiters = new RateLimiters(host);
	let closed = false;

	function open(connection: Settings): Entry {
		for (const secret of secretsOf(connection)) redactor.add(secret);
		const http = new NasHttp(connection, host, options);
		const discovery = new Discovery(async (query) => await http.apiInfo(query), host.now);
		discovery.want([PROBE.api, ...(connection.otpSecret !== '' ? ['SYNO.API.Encryption'] : [])]);
		const secret = (text: string) => redactor.addPassing(text);
		const guard = guards.of(connection);
		const login = new LoginFlow({ connection, host, http, discovery, codes, furtherCodes, guard, secret });
		const { token, signIn } = connection;
		const borrowed = signIn === '' ? undefined : borrowedSession(signIn, { http, host, secret });
		const start = async () => {
			if (token !== undefined) return tokenSession(token, host.now());
			if (borrowed) return await borrowed.start();
			return (await resumed()) ?? (await login.login());
		};
		const sessions: SessionHolder = new SessionHolder(start, host.now);
		const dav = new DavClient({ http, host, redactor, guard, ...connection });
		const context = {
			dav: async (...asked: Parameters<DavClient['request']>) => await dav.request(...asked),
			http,
			host,
			discovery,
			sessions,
			knowledge: options,
			redactor,
			limiter: limiters.of(JSON.stringify([ownerOf(connection), token])),
			account: connection.account,
			password: connection.password,
			token: token !== undefined,
			strictResults: options.strictResults ?? false,
		};
		const caller = new Caller(context);
		const dsm = createDsm(context, caller);
		const entry: Entry = {
			connection,
			http,
			discovery,
			sessions,
			login,
			borrowed,
			guard,
			dav,
			hints: new Hints({ http, host, sessions }),
			gathering: new Gathering(host),
			dsm,
			holds: async (session) => await caller.holds(session),
			resume: undefined,
			users: 0,
			turn: 0,
			ending: Promise.resolve(),
		};

		async function resumed(): Promise<Session | undefined> {
			const { resume } = entry;
			entry.resume = undefined;
			if (!resume || !isResumable(resume.session, entry)) return undefined;
			const { sid, synoToken, name, version, created } = resume.session;
			const token = tokenOf(synoToken);
			const session: Session = { sid, name, version, created, ...(token !== undefined && { synoToken: token }) };
			return resume.validate === false || (await caller.holds(session)) ? session : undefined;
		}

		return entry;
	}

	function offer(entry: Entry, resume: NonNullable<AcquireOptions['resume']>): void {
		const { sid, synoToken, deviceId } = resume.session;
		for (const secret of [sid, synoToken]) if (secret) redactor.addPassing(secret);
		if (resume.session.account === entry.connection.account) entry.login.factor.offer(deviceId);
		entry.resume = resume;
	}

	/** The connection is unused: after a while its session is ended. A refused password stays remembered. */
	async function leave(entry: Entry): Promise<void> {
		const turn = ++entry.turn;
		const linger = options.lingerMs?.() ?? 0;
		if (linger > 0) host.later(linger, () => void end(entry, turn));
		else await end(entry, turn);
	}

	/** Ends the session unless somebody came in between. A login that is under way is waited for, or its session would be left over. */
	async function end(entry: Entry, turn: number): Promise<void> {
		if (entry.turn !== turn) return;
		entry.sessions.shut();
		await entry.sessions.settled();
		if (entry.turn !== turn) return;
		const logouts = entry.sessions.take().map((session) => logout({ ...entry, host }, session));
		await (entry.ending = Promise.all([entry.ending, ...logouts]));
	}

	return {
		acquire(input, { apis = [], resume } = {}) {
			const connection: Settings = isBotInput(input) ? parseBot(input) : parseConnection(input);
			const key = connectionKey(connection);
			const entry = entries.get(key) ?? open(connection);
			if (!closed) entries.set(key, entry);
			entry.sessions[closed ? 'shut' : 'reopen']();
			if (resume) offer(entry, resume);
			entry.discovery.want(apis);
			entry.users++;
			entry.turn++;
			let released = false;
			const hearing = entry.hints.hearing();
			return {
				dsm: entry.dsm,
				deviceId: () => entry.login.factor.deviceId,
				export: async () => await exportSession(entry, redactor, entry.sessions.get()),
				prove: async () => await exportSession(entry, redactor, provenSession(entry)),
				gather: async (who) => await entry.gathering.join(who),
				listen: hearing.listen,
				async release() {
					if (released) return;
					released = true;
					hearing.end();
					if (--entry.users === 0) await leave(entry);
				},
			};
		},
		forget(input) {
			const entry = entries.get(connectionKey(parseConnection(input)));
			entry?.login.forget();
			entry?.borrowed?.forget();
			entry?.guard.forget();
		},
		redact: (text) => redactor.text(text),
		redactValue: (value) => redactor.value(value),
		async close() {
			closed = true;
			const open = [...entries.values()];
			entries.clear();
			await Promise.all(
				open.map(async (entry) => {
					entry.hints.close();
					await end(entry, ++entry.turn);
					// A logout that a release began would be cut off.
					await entry.ending;
					await entry.http.close();
				}),
			);
		},
	};
}

/**
 * Whether a stored session may be sent to this NAS: one that belongs to another address or account must never be, and one without
 * an id is none (core.md 4.7, 15 row 10).
 */
function isResumable({ sid, url, account }: StoredSession, { connection, http }: Entry): boolean {
	return typeof sid === 'string' && sid !== '' && http.mayBe(url) && account === connection.account;
}

/** A login has just proven its session. A borrowed one is asked for, and resumed where the NAS has let it go. */
async function provenSession({ sessions, holds }: Entry): Promise<Session> {
	const session = await sessions.get();
	return session.borrowed && !(await holds(session)) ? await sessions.renew(session) : session;
}

async function exportSession(
	{ http, connection, login }: Entry,
	redactor: Redactor,
	pending: Promise<Session>,
): Promise<StoredSession> {
	try {
		const session = await pending;
		const { deviceId } = login.factor;
		return {
			v: 1,
			url: http.url,
			account: connection.account,
			...session,
			...(deviceId !== undefined && { deviceId }),
		};
	} catch (error) {
		redactError(error, redactor);
		throw error;
	}
}

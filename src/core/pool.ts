import { connectionKey, parseConnection, type Connection, type ConnectionInput } from './connection';
import { Caller } from './caller';
import { Discovery } from './discovery';
import type { Dsm } from './dsm';
import type { Knowledge } from './faults';
import { createDsm } from './handle';
import type { Host } from './host';
import { NasHttp } from './http';
import { LoginFlow } from './login';
import { CodeSource } from './otp';
import type { QuickConnectOptions } from './quickconnect';
import { createRedactor } from './redact';
import { SessionHolder, type Session } from './session';
import { encodeForm } from './wire';

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
	release: () => Promise<void>;
}

export interface AcquireOptions {
	/** API names that will be used: asked for in the one discovery request. */
	apis?: readonly string[];
	/** Start from a stored session instead of a login; `validate` (default true) asks the NAS once whether it still holds. */
	resume?: { session: StoredSession; validate?: boolean };
}

export interface PoolOptions extends Knowledge {
	host: Host;
	/** Milliseconds that an unused session is kept before it is logged out (default 0: at once). */
	lingerMs?: number;
	/** A result that does not match its schema throws instead of leaving a debug line: for tests. */
	strictResults?: boolean;
	quickConnect?: QuickConnectOptions;
}

export interface Pool {
	/** Gives a handle at once; nothing is sent before the first call. Throws DsmInputError on bad settings. */
	acquire: (connection: ConnectionInput, options?: AcquireOptions) => Lease;
	/** Text without any secret of any connection, and without what looks like one. */
	redact: (text: string) => string;
	/** The same for a value; the value itself is left as it is. */
	redactValue: (value: unknown) => unknown;
	/** Logs out of everything. */
	close: () => Promise<void>;
}

interface Entry {
	connection: Connection;
	http: NasHttp;
	discovery: Discovery;
	sessions: SessionHolder;
	login: LoginFlow;
	dsm: Dsm;
	users: number;
	/** Raised whenever the entry is used or left, so that an old timer sees that it is out of date. */
	turn: number;
}

/** Sessions of one process: one for each connection, however many nodes use it. */
export function createPool(options: PoolOptions): Pool {
	const redactor = createRedactor();
	const host: Host = { ...options.host, log: redacted(options.host.log, (text) => redactor.text(text)) };
	const entries = new Map<string, Entry>();
	const codes = new CodeSource();

	function open(connection: Connection, resume: AcquireOptions['resume']): Entry {
		for (const secret of secretsOf(connection)) redactor.add(secret);
		const http = new NasHttp(connection, host, options.quickConnect);
		const discovery = new Discovery(async (query) => await http.apiInfo(query), host.now);
		discovery.want(['SYNO.Core.Desktop.Timeout', ...(connection.otpSecret !== '' ? ['SYNO.API.Encryption'] : [])]);
		const login = new LoginFlow({ connection, host, http, discovery, codes, secret: (text) => redactor.add(text) });
		let stored = resume;
		const sessions: SessionHolder = new SessionHolder(
			async () => {
				const candidate = stored?.session;
				const trusted = stored?.validate === false;
				stored = undefined;
				if (candidate && (trusted || (await caller.holds(candidate)))) return candidate;
				return await login.login();
			},
			host.now,
		);
		for (const secret of [resume?.session.sid, resume?.session.synoToken]) if (secret) redactor.add(secret);
		const context = {
			http,
			host,
			discovery,
			sessions,
			knowledge: options,
			redactor,
			account: connection.account,
			strictResults: options.strictResults ?? false,
		};
		const caller = new Caller(context);
		return { connection, http, discovery, sessions, login, dsm: createDsm(context, caller), users: 0, turn: 0 };
	}

	/** The connection is unused: after a while its session is ended. A refused password stays remembered. */
	async function leave(entry: Entry): Promise<void> {
		const turn = ++entry.turn;
		if (options.lingerMs) {
			host.later(options.lingerMs, () => void (entry.turn === turn && logout(entry, host)));
		} else {
			await logout(entry, host);
		}
	}

	return {
		acquire(input, { apis = [], resume } = {}) {
			const connection = parseConnection(input);
			const key = connectionKey(connection);
			const entry = entries.get(key) ?? open(connection, resume);
			entries.set(key, entry);
			entry.discovery.want(apis);
			entry.users++;
			entry.turn++;
			let released = false;
			return {
				dsm: entry.dsm,
				deviceId: () => entry.login.deviceId,
				export: async () => await exportSession(entry),
				async release() {
					if (released) return;
					released = true;
					if (--entry.users === 0) await leave(entry);
				},
			};
		},
		redact: (text) => redactor.text(text),
		redactValue: (value) => redactor.value(value),
		async close() {
			await Promise.all([...entries.values()].map(async (entry) => {
				await logout(entry, host);
				await entry.http.close();
			}));
			entries.clear();
		},
	};
}

async function exportSession({ sessions, http, connection, login }: Entry): Promise<StoredSession> {
	const session = await sessions.get();
	const { deviceId } = login;
	return { v: 1, url: http.url, account: connection.account, ...session, ...(deviceId !== undefined && { deviceId }) };
}

/** Ends the session on the NAS. Without its id DSM answers success and keeps the session (core.md 4.3). */
async function logout({ sessions, http, discovery }: Entry, host: Host): Promise<void> {
	const session = sessions.take();
	if (!session) return;
	try {
		const info = await discovery.get('SYNO.API.Auth');
		await http.envelope({
			path: info?.path ?? 'entry.cgi',
			headers: session.synoToken === undefined ? {} : { 'x-syno-token': session.synoToken },
			body: encodeForm({
				api: 'SYNO.API.Auth',
				version: String(session.version),
				method: 'logout',
				session: session.name,
				_sid: session.sid,
			}),
		});
	} catch (error) {
		// Nobody is left to tell: the session ends by DSM's own timer.
		host.log.debug(`Logout did not reach the NAS: ${String(error)}`);
	}
}

function secretsOf({ password, otpSecret, otpCode, deviceId, headers }: Connection): string[] {
	return [password, otpSecret, otpCode, deviceId, ...Object.values(headers)].filter((secret) => secret !== '');
}

function redacted(log: Host['log'], redact: (text: string) => string): Host['log'] {
	return { debug: (message) => log.debug(redact(message)), warn: (message) => log.warn(redact(message)) };
}

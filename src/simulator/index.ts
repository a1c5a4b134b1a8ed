import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BehaviourTable } from './core/behaviour';
import { behaviours, services } from './services';
import { entryBehaviours } from './core/behaviours/entry';
import type { Clock } from './core/clock';
import type { CallName, UnexpectedCall } from './core/dispatch';
import { type DsmRelease, Nas } from './core/nas';
import { seedNas } from './core/seed';
import type { RequestRecord } from './core/records';
import { listen, type ServerState } from './core/server';
import { fingerprintOf, SELF_SIGNED, type TlsPair } from './core/tls';
import { nameOf, type WarrantedCall } from './core/warrants';

export type { ApiReply, ApiRequest, Behaviour, BehaviourTable, UploadedFile } from './core/behaviour';
export { type Clock, SettableClock } from './core/clock';
export type { CallName, UnexpectedCall } from './core/dispatch';
export type { CutPoint } from './core/faults';
export { type Deviation, learnedOf } from './core/learned';
export { isLie, LIES, type Lie } from './core/lies';
export { Nas, type Session, type User } from './core/nas';
export type { RequestRecord } from './core/records';
export { totp } from './core/totp';
export { type DsmRelease, releases } from './core/releases';
export type { Warrant, WarrantedCall } from './core/warrants';

export interface SimulatorOptions {
	/** Default 0: any free port. */
	port?: number;
	/** Default 127.0.0.1. */
	host?: string;
	/** `true`: a self-signed certificate for localhost. */
	tls?: boolean | TlsPair;
	/** The release that is simulated: its recorded API list and what is known of its ways; default 7.3, the newest whose whole list is known. */
	dsm?: DsmRelease;
	/** The named account has two-factor authentication. */
	otp?: boolean;
	/** Which seed account `account` and `password` name; default `admin`. */
	account?: 'admin' | 'user';
	/** Ids of installed packages. Default: those that the NAS of the recording had; others have the APIs of the nearest recording that knows them. */
	packages?: string[];
	/** Default true. */
	seed?: boolean;
	clock?: Clock;
	/** `close()` rejects when a call to an unknown API, method or version came. */
	strictUnknown?: boolean;
	/** `close()` does not mind calls whose answer nobody knows. */
	allowUnknown?: boolean;
	/** Told of each call whose answer nobody knows. */
	onUnknown?: (call: CallName) => void;
	/** How many items `requests`, `unexpected` and `warrants` keep, the newest; default 20000. */
	history?: number;
}

export interface Simulator {
	/** Base URL without a path. */
	url: string;
	account: string;
	password: string;
	/** Base32. */
	otpSecret?: string;
	/** PEM, when TLS is on. */
	certificate?: string;
	fingerprint256?: string;
	readonly nas: Nas;
	/** Every request, the oldest first; see `history`. */
	requests: RequestRecord[];
	/** Number of login attempts. */
	readonly logins: number;
	/** Calls to an unknown API, method or version: answered 102, 103 or 104 as DSM does. */
	unexpected: UnexpectedCall[];
	/** What each answer of an API rests on; also in the header `X-Simulator-Warrant`, where a batch has its weakest. */
	warrants: WarrantedCall[];
	/** Puts behaviours in front of all others, for one deviation. */
	use(behaviours: BehaviourTable): void;
	/** Forgets all sessions; `badGatewayFor` requests then get 502. */
	reboot(options?: { badGatewayFor?: number }): void;
	/** Another NAS in place of this one, as it was at the start but for the time and for the sessions, which stay open: nobody signs in anew. */
	reset(): Promise<void>;
	/** Rejects when a call got an answer that nobody knows of a device, unless that is allowed. */
	close(): Promise<void>;
}

/** Starts a simulated NAS on loopback, with seed data unless told otherwise. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const folder = await mkdtemp(join(tmpdir(), 'nas-'));
	let resets = 0;
	let { nas, account } = seeded(options, folder);
	const pair = options.tls === true ? SELF_SIGNED : options.tls || undefined;
	const state: ServerState = {
		nas,
		tables: [],
		unexpected: [],
		warrants: [],
		onUnknown: options.onUnknown,
		requests: [],
		history: options.history ?? 20_000,
		logins: 0,
		secure: pair !== undefined,
	};
	const own = [entryBehaviours(state), behaviours];
	state.tables.push(...own);
	const host = options.host ?? '127.0.0.1';
	const server = await listen(state, host, options.port ?? 0, pair);
	return {
		url: `${pair ? 'https' : 'http'}://${host}:${server.port}`,
		account: account.name,
		password: account.password,
		...(account.otpSecret !== undefined && { otpSecret: account.otpSecret }),
		...(pair && { certificate: pair.cert, fingerprint256: fingerprintOf(pair.cert) }),
		get nas() {
			return nas;
		},
		requests: state.requests,
		unexpected: state.unexpected,
		warrants: state.warrants,
		get logins() {
			return state.logins;
		},
		use: (table) => void state.tables.unshift(table),
		reboot: ({ badGatewayFor = 0 } = {}) => reboot(nas, badGatewayFor),
		async reset() {
			await ended(nas);
			const { sessions } = nas;
			resets += 1;
			({ nas, account } = seeded(options, join(folder, String(resets))));
			nas.sessions.takeOver(sessions, nas);
			state.nas = nas;
			state.tables.splice(0, Infinity, ...own);
			for (const list of [state.requests, state.unexpected]) list.length = 0;
		},
		async close() {
			await server.close();
			await ended(nas);
			await rm(folder, { recursive: true, force: true });
			if (options.strictUnknown) assertExpected(state.unexpected);
			if (!options.allowUnknown) assertKnown(state.warrants);
		},
	};
}

function seeded(options: SimulatorOptions, folder: string) {
	const nas = new Nas({ ...nasOptions(options), folder });
	const account = seedNas(nas, {
		account: options.account ?? 'admin',
		otp: options.otp ?? false,
		full: options.seed ?? true,
	});
	return { nas, account };
}

const ended = async (nas: Nas): Promise<unknown> =>
	await Promise.all(services.map(async (service) => await service.close?.(nas)));

function assertKnown(calls: WarrantedCall[]): void {
	const unknown = new Set(calls.filter(({ warrant }) => warrant === 'unknown').map(nameOf));
	if (unknown.size > 0) throw new Error(`Nobody knows how a NAS answers:\n${[...unknown].join('\n')}`);
}

function nasOptions({ dsm, packages, clock, tls }: SimulatorOptions) {
	return {
		tls: Boolean(tls),
		...(dsm !== undefined && { dsm }),
		...(packages && { packages }),
		...(clock && { clock }),
	};
}

function reboot(nas: Nas, badGatewayFor: number): void {
	if (nas.switches.restartCleanSession) nas.sessions.clear();
	nas.bootedAt = nas.clock.now();
	nas.faults.badGateway(badGatewayFor);
}

function assertExpected(calls: UnexpectedCall[]): void {
	if (calls.length === 0) return;
	const lines = calls.map(({ api, method, version, nearest }) => `${api} ${method} v${version} (nearest: ${nearest})`);
	throw new Error(`Calls that the NAS does not know:\n${lines.join('\n')}`);
}

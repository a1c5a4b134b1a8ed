import { covered } from './loginCover';
import { DsmProtocolError, DsmUnavailableError, withDetails, type DsmError } from './errors';
import { SecondFactor, type FactorContext } from './factors';
import { brokenAnswer, deviceIdOf, isLost, textOf, tokenOf, type LoginAnswer } from './loginAnswer';
import {
	BLOCKED,
	isWrongCode,
	mayClash,
	pauseAfter,
	PAUSE,
	refusedLogin,
	WRONG_PASSWORD,
	type LoginRefusal,
} from './loginRefusal';
import { logout } from './logout';
import type { Refusal, Verdict } from './passwordGuard';
import type { Session } from './session';
import { encodeForm } from './wire';

type Attempt = { data: LoginAnswer } | { code: number; errors?: unknown; unsent?: true };
/** What an attempt answered, and how it was made. */
type Outcome = Attempt & { version: number; name: string };
/** Parameters of the second factor. */
type Factor = Record<string, string>;

/** DSM 7 knows login in versions 3 to 7; 4 and 5 add nothing (core.md 4.1). */
const VERSIONS = [7, 6, 3];
/** The version with the wider evidence of giving a device id (core.md 5.3). */
const ENROLS = 6;
const FALLBACK_NAME = 'FileStation';
const SESSION_NAMES = 3;
/** Session names of the services' own clients (core.md 4.5). */
const SERVICE_NAMES: Record<string, string> = {
	'SYNO.Chat.': 'Chat',
	'SYNO.NoteStation.': 'NoteStation',
	'SYNO.Cal.': 'Calendar',
	'SYNO.AudioStation.': 'AudioStation',
	'SYNO.DownloadStation': 'DownloadStation',
	'SYNO.SynologyDrive.': 'SynologyDrive',
};
/** Pause after a login whose answer was lost, for each that was lost before. */
const LOST_PAUSE = 30_000;
/** Most steps among which one is drawn for a further code: programs that clash spread over time. */
const SPREAD = 4;

/** An API answered in a version it does not have: nothing of the request was looked at (core.md 1.3). */
const isUnknownVersion = (attempt: Attempt): boolean =>
	'code' in attempt && (attempt.code === 103 || attempt.code === 104);

/** Logs one connection in, and remembers what not to try again. What is known of the password is kept by its guard. */
export class LoginFlow {
	readonly #context: FactorContext;
	readonly factor: SecondFactor;
	#name: string | undefined;
	#refused: Refusal | undefined;
	/** Version 7 gave no device id: version 6 may, with a fresh code (core.md 5.3). */
	#enrolWith6 = false;
	/** A code went with an attempt of the present login. */
	#spent = false;
	/** Steps that the next code lets pass for other programs. */
	#further = 0;
	/** The NAS took a code made from the secret. */
	#isProven = false;
	/** Logins in a row whose answer did not arrive. */
	#lost = 0;

	constructor(context: FactorContext) {
		this.#context = context;
		this.factor = new SecondFactor(context);
	}

	/** Takes a remembered refusal back. */
	forget(): void {
		this.#refused = undefined;
	}

	/** Logs in. A refusal is remembered: until the connection changes, or for five minutes where the NAS side can heal it. */
	async login(): Promise<Session> {
		const { host } = this.#context;
		if (this.#refused && host.now() < this.#refused.until) throw this.#refused.error();
		const outcome = await this.#outcome();
		if ('data' in outcome) return this.#accept(outcome);
		const refusal = this.#refusal(outcome);
		const refused = { error: () => refusedLogin(refusal), until: host.now() + pauseAfter(refusal) };
		// The guard keeps what holds for everybody who uses the password.
		if (outcome.code !== WRONG_PASSWORD && outcome.code !== BLOCKED) this.#refused = refused;
		throw refused.error();
	}

	async #outcome(): Promise<Outcome> {
		try {
			return await this.#sidestep(await this.#versions());
		} catch (error) {
			throw isLost(error) ? this.#afterLoss(error) : error;
		}
	}

	/**
	 * A code is good once for all programs that use the account (core.md 5.2): whose code was refused draws a later step among ever more.
	 */
	async #sidestep(versions: number[]): Promise<Outcome> {
		const { connection, host, furtherCodes } = this.#context;
		this.#further = 0;
		let outcome = await this.#tryNames(versions);
		for (let clash = 1; clash <= furtherCodes; clash++) {
			if ('data' in outcome || !mayClash(outcome.code, connection)) break;
			this.#further = Math.floor(host.random() * Math.min(2 ** clash, SPREAD));
			outcome = await this.#tryNames(versions);
		}
		return outcome;
	}

	/**
	 * A login whose answer was lost may have left a session on the NAS that nobody can end. It is tried again once; if that is lost, too,
	 * further ones wait, so that a broken way to the NAS does not fill it with sessions.
	 */
	#afterLoss(error: DsmError): DsmError {
		if (++this.#lost === 1) return error;
		const final = (): DsmError => withDetails(error, { retryable: false });
		this.#refused = { error: final, until: this.#context.host.now() + Math.min(this.#lost - 1, 2) * LOST_PAUSE };
		return final();
	}

	async #versions(): Promise<number[]> {
		const info = await this.#context.discovery.get('SYNO.API.Auth');
		if (!info) {
			throw new DsmUnavailableError('This address has no DSM login (SYNO.API.Auth is missing).', {
				hint: 'Check that the address is that of DSM itself and not of a package or another service.',
			});
		}
		const versions = VERSIONS.filter((version) => version >= info.minVersion && version <= info.maxVersion);
		if (versions.length > 0) return versions;
		if (info.maxVersion >= 3) return [info.maxVersion];
		throw new DsmUnavailableError('This DSM offers no login version that is known (3 to 7).', {
			hint: 'DSM 6 or 7 is needed.',
		});
	}

	/**
	 * 402 says that the session name's application is not granted to the account: other names may be. Without a name DSM asks for no
	 * application, which suits most accounts (core.md 4.5, releases.md 4.3).
	 */
	async #tryNames(versions: number[]): Promise<Outcome> {
		this.#spent = false;
		const names = [...new Set([this.#name ?? this.#context.connection.session, FALLBACK_NAME, this.#serviceName()])]
			.filter((name) => name !== undefined)
			.slice(0, SESSION_NAMES);
		let last: Outcome | undefined;
		for (const name of names) {
			const outcome = await this.#trySecondFactor(name, versions);
			// The code of the connection went with the first name: what the NAS said to that counts.
			if (last && 'unsent' in outcome) return last;
			last = outcome;
			if ('data' in last || last.code !== 402) return last;
		}
		return last!;
	}

	/** The name that the service in use has a privilege for. */
	#serviceName(): string | undefined {
		const wanted = this.#context.discovery.wanted;
		return Object.entries(SERVICE_NAMES).find(([prefix]) => wanted.some((name) => name.startsWith(prefix)))?.[1];
	}

	/** Device ids first; when none is trusted any more, a code. */
	async #trySecondFactor(name: string, versions: number[]): Promise<Outcome> {
		const { factor } = this;
		const { deviceName } = this.#context.connection;
		// Device ids came with version 6: below it one could only be lost.
		const ids = versions.some((version) => version >= 6) ? await factor.deviceIds() : [];
		for (const id of ids) {
			const outcome = await this.#tryVersions(name, versions, { device_id: id, device_name: deviceName });
			if ('data' in outcome) await this.#keepRenewed(id, outcome.data);
			if ('data' in outcome || outcome.code !== 403) return outcome;
			await factor.drop(id);
		}
		if (factor.hasCode) return await this.#tryCode(name, versions);
		if (ids.length > 0 || this.#spent) return { code: 403, unsent: true, version: versions[0]!, name };
		return await this.#tryVersions(name, versions, {});
	}

	/** With a code; where that shall bring a device id, the version that is known to give one comes first. */
	async #tryCode(name: string, versions: number[]): Promise<Outcome> {
		const { factor } = this;
		const otp_code = await factor.nextCode(this.#further);
		this.#spent = true;
		if (!factor.enrols) return this.#proven(await this.#tryVersions(name, versions, { otp_code }));
		const first = factor.isTyped || this.#enrolWith6 ? versions.filter((version) => version === ENROLS) : [];
		const order = [...new Set([...first, ...versions])];
		const enrolment = { otp_code, enable_device_token: 'yes', device_name: this.#context.connection.deviceName };
		const outcome = this.#proven(await this.#tryVersions(name, order, enrolment));
		if (isUnknownVersion(outcome)) factor.giveCodeBack();
		return 'data' in outcome ? await this.#enrolled(outcome, outcome.data, versions[0]!) : outcome;
	}

	/** Notes that the NAS took the code. */
	#proven(outcome: Outcome): Outcome {
		this.#isProven ||= 'data' in outcome;
		return outcome;
	}

	/** Keeps the device id that a code brought. A session of version 6 has fewer rights than one of 7 (core.md 4.2). */
	async #enrolled(outcome: Outcome, data: LoginAnswer, best: number): Promise<Outcome> {
		const id = deviceIdOf(data);
		if (id === undefined) this.#enrolWith6 = true;
		else await this.factor.keep(id);
		if (id === undefined || outcome.version >= best) return outcome;
		const factor = { device_id: id, device_name: this.#context.connection.deviceName };
		const better = await this.#tryVersions(outcome.name, [best], factor);
		if (!('data' in better)) return outcome;
		await this.#keepRenewed(id, better.data);
		await logout(this.#context, this.#sessionOf(outcome, data));
		return better;
	}

	/** A login may answer with a new id, which retires the one that it took (core.md 5.3). */
	async #keepRenewed(id: string, data: LoginAnswer): Promise<void> {
		const renewed = deviceIdOf(data);
		if (renewed === undefined || renewed === id) this.factor.confirm(id);
		else await this.factor.keep(renewed);
	}

	async #tryVersions(name: string, versions: number[], factor: Factor): Promise<Outcome> {
		let last: Outcome | undefined;
		for (const version of versions) {
			const attempt = await this.#send(name, version, factor);
			last = { ...attempt, version, name };
			if (!isUnknownVersion(attempt)) return last;
		}
		return last!;
	}

	async #send(name: string, version: number, factor: Factor): Promise<Attempt> {
		const { connection, discovery, guard, http, host } = this.#context;
		const path = (await discovery.get('SYNO.API.Auth'))?.path ?? 'entry.cgi';
		const as = name === '' ? 'no session name' : `session "${name}"`;
		const send = async (): Promise<Attempt> => {
			host.log.debug(`Login of "${connection.account}" (SYNO.API.Auth version ${version}, ${as})`);
			const cover = await covered(this.#context, version, {
				account: connection.account,
				passwd: connection.password,
				session: name || undefined,
				// With it DSM 7.0.1 gives an empty device id (core.md 5.3).
				format: factor.enable_device_token ? undefined : 'sid',
				...(version >= 6 ? { enable_syno_token: 'yes', ...factor } : { otp_code: factor.otp_code }),
			});
			const post = {
				path,
				// Some devices look for the flag in the query only (core.md 3.4).
				query: { enable_syno_token: 'yes' },
				body: encodeForm({ api: 'SYNO.API.Auth', version: String(version), method: 'login', ...cover.fields }),
			};
			const envelope = await http.envelope(post, (text) => {
				const data = brokenAnswer(text);
				if (data) void logout(this.#context, this.#sessionOf({ data, version, name }, data));
			});
			if (envelope.success) cover.check((envelope.data as LoginAnswer | undefined)?.ik_message);
			this.#lost = 0;
			if (envelope.success) return { data: (envelope.data ?? {}) as LoginAnswer };
			return { code: envelope.error.code, errors: envelope.error.errors };
		};
		return await guard.attempt('login', send, (attempt) => this.#verdict(attempt));
	}

	/** What an answer says of the password (core.md 5.1, 6). */
	#verdict(attempt: Attempt): Verdict | undefined {
		if ('data' in attempt) return { right: true };
		const { code } = attempt;
		const refusal = (until: number): Refusal => ({ error: () => refusedLogin(this.#refusal(attempt)), until });
		if (code === WRONG_PASSWORD) return { counts: true, refusal: refusal(Infinity) };
		if (isWrongCode(code)) return { right: true, counts: true };
		return code === BLOCKED ? { blocked: refusal(this.#context.host.now() + PAUSE) } : undefined;
	}

	#accept(outcome: Outcome & { data: LoginAnswer }): Session {
		const session = this.#sessionOf(outcome, outcome.data);
		this.#name = outcome.name;
		this.#refused = undefined;
		return session;
	}

	#sessionOf({ version, name }: Outcome, data: LoginAnswer): Session {
		const { host, secret } = this.#context;
		const sid = textOf(data.sid);
		if (sid === undefined) {
			throw new DsmProtocolError('The NAS accepted the login but gave no session id.', {
				hint: 'Something between here and the NAS changes its answers, or another program answers at this address.',
			});
		}
		secret(sid);
		// Without a token DSM answers a row of dashes (core.md 4.2).
		const synoToken = tokenOf(data.synotoken);
		if (synoToken) secret(synoToken);
		return { sid, name, version, created: host.now(), ...(synoToken !== undefined && { synoToken }) };
	}

	#refusal({ code, errors }: { code: number; errors?: unknown }): LoginRefusal {
		return { code, errors, connection: this.#context.connection, isProven: this.#isProven };
	}
}

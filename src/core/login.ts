import { loginCode } from './codes';
import { DsmLoginError, DsmProtocolError, DsmUnavailableError, type DsmError } from './errors';
import { SecondFactor, type FactorContext } from './factors';
import type { Session } from './session';
import { encodeForm } from './wire';

interface Answer {
	sid?: unknown;
	synotoken?: unknown;
	did?: unknown;
	device_id?: unknown;
}

type Attempt = { data: Answer } | { code: number; errors?: unknown; unsent?: true };
type Outcome = Attempt & { version: number; name: string };

/** DSM 7 knows login in versions 3 to 7; 4 and 5 add nothing (core.md 4.1). */
const VERSIONS = [7, 6, 3];
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
const PAUSE = 5 * 60_000;
const STEP = 30_000;
/** Codes that only an edited connection can heal; the others may be healed on the NAS (core.md 6). */
const FINAL = new Set([400, 403, 404]);
const WRONG_PASSWORD = 400;

/** An API answered in a version it does not have: nothing of the request was looked at (core.md 1.3). */
const isUnknownVersion = (attempt: Attempt): boolean =>
	'code' in attempt && (attempt.code === 103 || attempt.code === 104);

interface Refusal {
	code: number;
	errors: unknown;
	/** Taken for the answer up to this moment; Infinity: until the connection is edited. */
	until: number;
}

/** Logs one connection in, and remembers what not to try again. */
export class LoginFlow {
	readonly #context: FactorContext;
	readonly factor: SecondFactor;
	#name: string | undefined;
	#refused: Refusal | undefined;
	/** DSM 7.0.1 gave an empty device id in version 7: version 6 gives one (core.md 5.3). */
	#enrolWith6 = false;
	/** A code went with an attempt of the present login. */
	#spent = false;
	/** Codes refused in a row although made from the secret. */
	#clashes = 0;

	constructor(context: FactorContext) {
		this.#context = context;
		this.factor = new SecondFactor(context);
	}

	/** Takes a remembered refusal back. */
	forget(): void {
		this.#refused = undefined;
	}

	/** The refusal of account and password that is still in force; nothing that takes the same password needs to try it again. */
	get refusal(): DsmError | undefined {
		return this.#refused?.code === WRONG_PASSWORD && this.#context.host.now() < this.#refused.until
			? this.#error(this.#refused)
			: undefined;
	}

	/** Logs in. A refusal is remembered: until the connection changes, or for five minutes where the NAS side can heal it. */
	async login(): Promise<Session> {
		const { host } = this.#context;
		if (this.#refused && host.now() < this.#refused.until) throw this.#error(this.#refused);
		this.#spent = false;
		const outcome = await this.#tryNames(await this.#versions());
		if ('data' in outcome) return await this.#accept(outcome);
		const { code, errors } = outcome;
		this.#refused = { code, errors, until: host.now() + this.#pauseAfter(code) };
		throw this.#error(this.#refused);
	}

	async #versions(): Promise<number[]> {
		const info = await this.#context.discovery.get('SYNO.API.Auth');
		if (!info) {
			throw new DsmUnavailableError('This address has no DSM login (SYNO.API.Auth is missing).', {
				hint: 'Check that the address is that of DSM itself and not of a package or another service.',
			});
		}
		const enrolling = this.#enrolWith6 && this.factor.deviceId === undefined && this.factor.hasCode;
		const versions = VERSIONS.filter(
			(version) => version >= info.minVersion && version <= info.maxVersion && !(enrolling && version === 7),
		);
		if (versions.length > 0) return versions;
		if (info.maxVersion >= 3) return [info.maxVersion];
		throw new DsmUnavailableError('This DSM offers no login version that is known (3 to 7).', {
			hint: 'DSM 6 or 7 is needed.',
		});
	}

	/** 402 says that the session name's application is not granted to the account: other names may be (core.md 4.5). */
	async #tryNames(versions: number[]): Promise<Outcome> {
		const names = [...new Set([this.#name ?? this.#context.connection.session, FALLBACK_NAME, this.#serviceName()])]
			.filter((name) => name !== undefined)
			.slice(0, SESSION_NAMES);
		let last: Outcome | undefined;
		for (const name of names) {
			const outcome = await this.#tryVersions(name, versions);
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

	async #tryVersions(name: string, versions: number[]): Promise<Outcome> {
		let last: Outcome | undefined;
		for (const version of versions) {
			const attempt = await this.#trySecondFactor(name, version);
			last = { ...attempt, version, name };
			if (!isUnknownVersion(attempt)) return last;
		}
		return last!;
	}

	/** Device ids first; when none is trusted any more, a code. */
	async #trySecondFactor(name: string, version: number): Promise<Attempt> {
		const { factor } = this;
		const { deviceName } = this.#context.connection;
		// Device ids came with version 6: below it one could only be lost.
		const ids = version >= 6 ? await factor.deviceIds() : [];
		for (const id of ids) {
			const attempt = await this.#send(name, version, { device_id: id, device_name: deviceName });
			if ('data' in attempt) factor.confirm(id);
			if ('data' in attempt || attempt.code !== 403) return attempt;
			await factor.drop(id);
		}
		if (!factor.hasCode) {
			return ids.length > 0 || this.#spent ? { code: 403, unsent: true } : await this.#send(name, version, {});
		}
		const otp_code = await factor.nextCode();
		this.#spent = true;
		const attempt = await this.#send(name, version, { otp_code, enable_device_token: 'yes', device_name: deviceName });
		if (isUnknownVersion(attempt)) factor.giveCodeBack();
		return attempt;
	}

	async #send(name: string, version: number, factor: Record<string, string>): Promise<Attempt> {
		const { connection, discovery, http, host } = this.#context;
		const path = (await discovery.get('SYNO.API.Auth'))?.path ?? 'entry.cgi';
		host.log.debug(`Login of "${connection.account}" (SYNO.API.Auth version ${version}, session "${name}")`);
		const envelope = await http.envelope({
			path,
			// Some devices look for the flag in the query only (core.md 3.4).
			query: { enable_syno_token: 'yes' },
			body: encodeForm({
				api: 'SYNO.API.Auth',
				version: String(version),
				method: 'login',
				account: connection.account,
				passwd: connection.password,
				session: name,
				format: 'sid',
				...(version >= 6 && { enable_syno_token: 'yes', ...factor }),
				...(version < 6 && factor.otp_code !== undefined && { otp_code: factor.otp_code }),
			}),
		});
		if (envelope.success) return { data: (envelope.data ?? {}) as Answer };
		return { code: envelope.error.code, errors: envelope.error.errors };
	}

	async #accept({ data, version, name }: { data: Answer; version: number; name: string }): Promise<Session> {
		const { host, secret } = this.#context;
		const sid = textOf(data.sid);
		if (sid === undefined) {
			throw new DsmProtocolError('The NAS accepted the login but gave no session id.', {
				hint: 'Something between here and the NAS changes its answers, or another program answers at this address.',
			});
		}
		this.#name = name;
		this.#refused = undefined;
		this.#clashes = 0;
		secret(sid);
		await this.#enrol(textOf(data.did) ?? textOf(data.device_id), version);
		// Without a token DSM answers a row of dashes (core.md 4.2).
		const synoToken = tokenOf(data.synotoken);
		if (synoToken) secret(synoToken);
		return { sid, name, version, created: host.now(), ...(synoToken !== undefined && { synoToken }) };
	}

	async #enrol(issued: string | undefined, version: number): Promise<void> {
		if (!this.factor.enrols || this.factor.deviceId !== undefined) return;
		if (issued) await this.factor.keep(issued);
		else if (version === 7) this.#enrolWith6 = true;
	}

	/** Made anew for each caller, so that its stack is that caller's. */
	#error({ code, errors, until }: Refusal): DsmLoginError {
		const { connection } = this.#context;
		const { cause, remedy } = loginCode(code, {
			hasSecret: connection.otpSecret !== '',
			hasCode: connection.otpCode !== '',
			hasDeviceId: connection.deviceId !== '',
		});
		return new DsmLoginError(`${cause}.`, {
			dsmCode: code,
			...(errors !== undefined && { errors }),
			hint: remedy,
			...(until === Infinity && { needsEdit: true }),
			call: { api: 'SYNO.API.Auth', method: 'login', version: 7 },
		});
	}

	/** How long a refusal is taken for the answer, milliseconds. */
	#pauseAfter(code: number): number {
		const clash = code === 404 && this.#context.connection.otpSecret !== '';
		if (!clash) return FINAL.has(code) ? Infinity : PAUSE;
		// Another process may have used the same code: the next step has a fresh one. Twice is no clash.
		return this.#clashes++ === 0 ? STEP : PAUSE;
	}
}

/** A value that names something; DSM leaves some empty (core.md 4.2). */
export const textOf = (value: unknown): string | undefined =>
	value === undefined || value === null || value === '' ? undefined : String(value);

/** A token that is one: without being asked DSM answers a row of dashes (core.md 4.2). */
export const tokenOf = (value: unknown): string | undefined => {
	const text = textOf(value);
	return text !== undefined && !/^-+$/.test(text) ? text : undefined;
};

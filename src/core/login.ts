import { createHash } from 'node:crypto';
import { loginCode } from './codes';
import type { Connection } from './connection';
import type { Discovery } from './discovery';
import { DsmInputError, DsmLoginError, DsmUnavailableError } from './errors';
import type { Host } from './host';
import type { NasHttp } from './http';
import type { CodeSource } from './otp';
import type { Session } from './session';
import { encodeForm } from './wire';

export interface LoginContext {
	connection: Connection;
	host: Host;
	http: NasHttp;
	discovery: Discovery;
	codes: CodeSource;
	/** Told every secret as it appears. */
	secret: (text: string) => void;
}

interface Answer {
	sid: string;
	synotoken?: string;
	did?: string;
	device_id?: string;
}

type Attempt = { data: Answer } | { code: number; errors?: unknown };

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

/** Logs one connection in, and remembers what not to try again. */
export class LoginFlow {
	readonly #context: LoginContext;
	readonly #deviceKey: string;
	#name: string | undefined;
	#refused: { error: DsmLoginError; until: number } | undefined;
	/** DSM 7.0.1 gave an empty device id in version 7: version 6 gives one (core.md 5.3). */
	#enrolWith6 = false;
	#deviceId: string | undefined;
	#codeUsed = false;
	/** Codes refused in a row although made from the secret. */
	#clashes = 0;
	/** The NAS no longer trusts the device id of the settings. */
	#deviceRevoked = false;

	constructor(context: LoginContext) {
		this.#context = context;
		const { url, account, deviceName } = context.connection;
		this.#deviceKey = `device:${createHash('sha256').update(JSON.stringify([url, account, deviceName])).digest('hex')}`;
	}

	/** Device id in use, issued or given. */
	get deviceId(): string | undefined {
		return this.#deviceId;
	}

	/** Logs in. A refusal is remembered: until the connection changes, or for five minutes where the NAS side can heal it. */
	async login(): Promise<Session> {
		const { host } = this.#context;
		if (this.#refused && host.now() < this.#refused.until) throw this.#refused.error;
		this.#deviceId ??= await this.#knownDevice();
		const versions = await this.#versions();
		const attempt = await this.#tryNames(versions);
		if ('data' in attempt) return await this.#accept(attempt);
		throw this.#refuse(attempt.code, attempt.errors);
	}

	async #knownDevice(): Promise<string | undefined> {
		const { connection, host, secret } = this.#context;
		const given = this.#deviceRevoked ? '' : connection.deviceId;
		const id = (await host.store.get(this.#deviceKey)) || given || undefined;
		if (id) secret(id);
		return id;
	}

	async #versions(): Promise<number[]> {
		const info = await this.#context.discovery.get('SYNO.API.Auth');
		if (!info) {
			throw new DsmUnavailableError('This address has no DSM login (SYNO.API.Auth is missing).', {
				hint: 'Check that the address is that of DSM itself and not of a package or another service.',
			});
		}
		const enrolling = this.#enrolWith6 && this.#deviceId === undefined && this.#hasCode();
		return VERSIONS.filter((version) => version >= info.minVersion && version <= info.maxVersion && !(enrolling && version === 7));
	}

	/** 402 says that the session name's application is not granted to the account: other names may be (core.md 4.5). */
	async #tryNames(versions: number[]): Promise<Attempt & { version: number; name: string }> {
		const names = [...new Set([this.#name ?? this.#context.connection.session, FALLBACK_NAME, this.#serviceName()])]
			.filter((name) => name !== undefined)
			.slice(0, SESSION_NAMES);
		let last: (Attempt & { version: number; name: string }) | undefined;
		for (const name of names) {
			last = await this.#tryVersions(name, versions);
			if ('data' in last || last.code !== 402) return last;
		}
		return last!;
	}

	/** The name that the service in use has a privilege for. */
	#serviceName(): string | undefined {
		const wanted = this.#context.discovery.wanted;
		return Object.entries(SERVICE_NAMES).find(([prefix]) => wanted.some((name) => name.startsWith(prefix)))?.[1];
	}

	async #tryVersions(name: string, versions: number[]): Promise<Attempt & { version: number; name: string }> {
		let last: (Attempt & { version: number; name: string }) | undefined;
		for (const version of versions) {
			last = { ...(await this.#trySecondFactor(name, version)), version, name };
			if ('data' in last || (last.code !== 103 && last.code !== 104)) return last;
		}
		if (last) return last;
		throw new DsmUnavailableError('This DSM offers no login version that is known (3 to 7).', { hint: 'DSM 6 or 7 is needed.' });
	}

	/** A device id first; when it is no longer trusted, a code. */
	async #trySecondFactor(name: string, version: number): Promise<Attempt> {
		const { deviceName } = this.#context.connection;
		if (this.#deviceId !== undefined) {
			const attempt = await this.#send(name, version, { device_id: this.#deviceId, device_name: deviceName });
			if (!('code' in attempt) || attempt.code !== 403) return attempt;
			await this.#dropDevice();
		} else if (!this.#hasCode()) {
			return await this.#send(name, version, {});
		}
		const code = await this.#nextCode();
		if (code === undefined) return { code: 403 };
		return await this.#send(name, version, { otp_code: code, enable_device_token: 'yes', device_name: deviceName });
	}

	#hasCode(): boolean {
		const { otpSecret, otpCode } = this.#context.connection;
		return otpSecret !== '' || (otpCode !== '' && !this.#codeUsed);
	}

	/** A code is never sent twice: it is taken away before it is sent (core.md 5.2). */
	async #nextCode(): Promise<string | undefined> {
		const { connection, codes, host, http } = this.#context;
		if (connection.otpSecret !== '') {
			await this.#readNasClock();
			return await codes.next(connection.otpSecret, () => http.now(), host.sleep);
		}
		if (connection.otpCode === '' || this.#codeUsed) return undefined;
		const code = connection.otpCode.replace(/\s/g, '');
		if (!/^\d{6}$/.test(code)) {
			throw new DsmInputError('"One-Time Code" of the connection is not a code of six digits.', {
				path: ['otpCode'],
				hint: 'Enter the code that the authenticator app shows now; the long secret belongs into "OTP Secret".',
			});
		}
		this.#codeUsed = true;
		return code;
	}

	/** Codes are made in the time of the NAS; a proxy may have changed the Date header (core.md 5.2). */
	async #readNasClock(): Promise<void> {
		const { http, discovery } = this.#context;
		const info = await discovery.get('SYNO.API.Encryption');
		if (!info) return;
		const envelope = await http.envelope({
			path: info.path,
			body: encodeForm({ api: 'SYNO.API.Encryption', version: '1', method: 'getinfo', format: 'module' }),
		});
		const time = envelope.success ? (envelope.data as { server_time?: unknown }).server_time : undefined;
		if (typeof time === 'number' && Math.abs(time * 1000 - http.now()) > 1500) http.setTime(time * 1000);
	}

	async #send(name: string, version: number, factor: Record<string, string>): Promise<Attempt> {
		const { connection, discovery, http, host } = this.#context;
		const path = (await discovery.get('SYNO.API.Auth'))!.path;
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
		if (envelope.success) return { data: envelope.data as Answer };
		return { code: envelope.error.code, errors: envelope.error.errors };
	}

	async #accept({ data, version, name }: { data: Answer; version: number; name: string }): Promise<Session> {
		const { host, secret } = this.#context;
		this.#name = name;
		this.#refused = undefined;
		this.#clashes = 0;
		secret(data.sid);
		const issued = data.did || data.device_id;
		if (this.#codeUsed || this.#context.connection.otpSecret !== '') {
			if (issued && this.#deviceId === undefined) {
				this.#deviceId = issued;
				secret(issued);
				await host.store.set(this.#deviceKey, issued);
			} else if (!issued && version === 7 && this.#deviceId === undefined) {
				this.#enrolWith6 = true;
			}
		}
		// Without a token DSM answers a row of dashes (core.md 4.2).
		const synoToken = data.synotoken && !/^-+$/.test(data.synotoken) ? data.synotoken : undefined;
		if (synoToken) secret(synoToken);
		return { sid: data.sid, name, version, created: host.now(), ...(synoToken !== undefined && { synoToken }) };
	}

	async #dropDevice(): Promise<void> {
		this.#deviceRevoked ||= this.#deviceId === this.#context.connection.deviceId;
		this.#deviceId = undefined;
		await this.#context.host.store.set(this.#deviceKey, undefined);
	}

	#refuse(code: number, errors: unknown): DsmLoginError {
		const { connection, host } = this.#context;
		const { cause, remedy } = loginCode(code, {
			hasSecret: connection.otpSecret !== '',
			hasCode: connection.otpCode !== '',
			hasDeviceId: connection.deviceId !== '',
		});
		const error = new DsmLoginError(cause, {
			dsmCode: code,
			...(errors !== undefined && { errors }),
			hint: remedy,
			call: { api: 'SYNO.API.Auth', method: 'login', version: 7 },
		});
		this.#refused = { error, until: host.now() + this.#pauseAfter(code) };
		return error;
	}

	/** How long a refusal is taken for the answer, milliseconds. */
	#pauseAfter(code: number): number {
		const clash = code === 404 && this.#context.connection.otpSecret !== '';
		if (!clash) return FINAL.has(code) ? Infinity : PAUSE;
		// Another process may have used the same code: the next step has a fresh one. Twice is no clash.
		return this.#clashes++ === 0 ? STEP : PAUSE;
	}
}

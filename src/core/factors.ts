import { createHash } from 'node:crypto';
import type { Connection } from './connection';
import type { Discovery } from './discovery';
import { isDsmError } from './errors';
import type { Host } from './host';
import type { NasHttp } from './http';
import { codeOfForm, type CodeSource } from './otp';
import type { PasswordGuard } from './passwordGuard';
import { encodeForm } from './wire';

export interface FactorContext {
	connection: Connection;
	host: Host;
	http: NasHttp;
	discovery: Discovery;
	codes: CodeSource;
	/** Further codes that a login tries when the one made from the secret was refused. */
	furtherCodes: number;
	guard: PasswordGuard;
	/** Told every secret as it appears. */
	secret: (text: string) => void;
}

/** The second factor of one connection: device ids that the NAS trusts, and one-time codes (core.md 5). */
export class SecondFactor {
	readonly #context: FactorContext;
	readonly #storeKey: string;
	/** Ids that the NAS no longer trusts. */
	readonly #revoked = new Set<string>();
	#deviceId: string | undefined;
	#offered: string | undefined;
	#codeUsed = false;

	constructor(context: FactorContext) {
		this.#context = context;
		const { url, account, deviceName, otpSecret, otpCode, deviceId } = context.connection;
		// Whoever knows the password alone must not pass by a device that another connection enrolled.
		this.#storeKey = `device:${createHash('sha256')
			.update(JSON.stringify([url, account, deviceName, otpSecret, otpCode, deviceId]))
			.digest('hex')}`;
	}

	/** Device id in use, issued or given. */
	get deviceId(): string | undefined {
		return this.#deviceId;
	}

	/** A device id that came with a stored session. */
	offer(id: string | undefined): void {
		if (id) this.#context.secret(id);
		this.#offered ??= id || undefined;
	}

	/** Device ids worth a try: the one that worked, the one of the settings, which may be newer than the stored one, and the stored one. */
	async deviceIds(): Promise<string[]> {
		const { connection, host, secret } = this.#context;
		const stored = await host.store.get(this.#storeKey);
		const ids = [this.#deviceId, connection.deviceId, stored, this.#offered].filter(
			(id) => id !== undefined && id !== '',
		);
		for (const id of ids) secret(id!);
		return [...new Set(ids as string[])].filter((id) => !this.#revoked.has(id));
	}

	/** The login took this id. */
	confirm(id: string): void {
		this.#deviceId = id;
	}

	/** The NAS issued a new id, in place of another one or of a code. */
	async keep(id: string): Promise<void> {
		this.#deviceId = id;
		this.#revoked.delete(id);
		this.#context.secret(id);
		await this.#context.host.store.set(this.#storeKey, id);
	}

	/** The NAS no longer trusts this id. */
	async drop(id: string): Promise<void> {
		const { store } = this.#context.host;
		this.#revoked.add(id);
		this.#deviceId = undefined;
		if ((await store.get(this.#storeKey)) === id) await store.set(this.#storeKey, undefined);
	}

	/** Whether a code can be had: always from a secret, once from the field of the connection. */
	get hasCode(): boolean {
		const { otpSecret, otpCode } = this.#context.connection;
		return otpSecret !== '' || (otpCode !== '' && !this.#codeUsed);
	}

	/** A code that a person typed: the only one there is. */
	get isTyped(): boolean {
		return this.#context.connection.otpSecret === '';
	}

	/** Whether a code shall bring a device id: a secret needs none, and each enrolment leaves a device on the NAS (core.md 5.3). */
	get enrols(): boolean {
		return this.isTyped || this.#context.host.store.lasts === true;
	}

	/** A code is never sent twice: it is taken away before it is sent (core.md 5.2). `further`: steps to let pass for others. */
	async nextCode(further: number): Promise<string> {
		const { connection, codes, host, http } = this.#context;
		if (connection.otpSecret !== '') {
			await this.#readNasClock();
			return await codes.next(connection.otpSecret, () => http.now(), host.sleep, further);
		}
		const code = codeOfForm(connection.otpCode);
		this.#codeUsed = true;
		return code;
	}

	/** The NAS did not know the version of the login, so it has not looked at the code. */
	giveCodeBack(): void {
		this.#codeUsed = false;
	}

	/** Codes are made in the time of the NAS; a proxy may have changed the Date header (core.md 5.2). */
	async #readNasClock(): Promise<void> {
		const { http, discovery, host } = this.#context;
		const info = await discovery.get('SYNO.API.Encryption');
		if (!info) return;
		try {
			const envelope = await http.envelope({
				path: info.path,
				body: encodeForm({ api: 'SYNO.API.Encryption', version: '1', method: 'getinfo', format: 'module' }),
			});
			const time = Number(
				envelope.success ? (envelope.data as { server_time?: unknown } | undefined)?.server_time : NaN,
			);
			if (time > 0 && Math.abs(time * 1000 - http.now()) > 1500) http.setTime(time * 1000);
		} catch (error) {
			// The Date header serves too.
			if (!isDsmError(error)) throw error;
			host.log.debug(`The clock of the NAS could not be asked: ${error.message}`);
		}
	}
}

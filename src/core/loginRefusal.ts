import { loginCode } from './codes';
import type { Connection } from './connection';
import { DsmLoginError } from './errors';

/** How long a refusal that the NAS side can heal is taken for the answer, milliseconds. */
export const PAUSE = 5 * 60_000;
export const WRONG_PASSWORD = 400;
export const BLOCKED = 407;
const WRONG_CODE = 404;
/** Codes that only an edited connection can heal; the others may be healed on the NAS (core.md 6). */
const FINAL = new Set([WRONG_PASSWORD, 403, WRONG_CODE]);

/** A refusal of the NAS, and for what it was. */
export interface LoginRefusal {
	code: number;
	/** `error.errors` of the envelope. */
	errors?: unknown;
	connection: Pick<Connection, 'otpSecret' | 'otpCode' | 'deviceId'>;
	/** The NAS took a code made from the same secret before. */
	isProven: boolean;
}

/** Whether the code was used by another program that makes codes from the same secret: a typed one is the only one there is (core.md 5.2). */
export const mayClash = (code: number, { otpSecret }: Pick<Connection, 'otpSecret'>): boolean =>
	code === WRONG_CODE && otpSecret !== '';

/** Whether the NAS got as far as the second factor, so that the password is right (core.md 5.1). */
export const isWrongCode = (code: number): boolean => code === WRONG_CODE;

/** How long it is taken for the answer, milliseconds; Infinity: until the connection is edited. */
export const pauseAfter = ({ code, connection }: LoginRefusal): number =>
	FINAL.has(code) && !mayClash(code, connection) ? Infinity : PAUSE;

/** The error for a caller, with what to do; made anew for each, so that its stack is that caller's. */
export function refusedLogin(refusal: LoginRefusal): DsmLoginError {
	const { code, errors, connection, isProven } = refusal;
	const { cause, remedy } = loginCode(code, {
		hasSecret: connection.otpSecret !== '',
		isProven,
		hasCode: connection.otpCode !== '',
		hasDeviceId: connection.deviceId !== '',
	});
	return new DsmLoginError(`${cause}.`, {
		dsmCode: code,
		...(errors !== undefined && { errors }),
		hint: remedy,
		...(pauseAfter(refusal) === Infinity && { needsEdit: true }),
		...(mayClash(code, connection) && isProven && { retryable: true, retryAfter: PAUSE }),
		call: { api: 'SYNO.API.Auth', method: 'login', version: 7 },
	});
}

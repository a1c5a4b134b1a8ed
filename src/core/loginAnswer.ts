import { isDsmError, type DsmError } from './errors';

/** `data` of a login, as far as this client reads it (core.md 4.2). */
export interface LoginAnswer {
	sid?: unknown;
	synotoken?: unknown;
	did?: unknown;
	device_id?: unknown;
	/** Message 2 of Noise, empty without it (core.md 7.2). */
	ik_message?: unknown;
}

/** A value that names something; DSM leaves some empty. */
export const textOf = (value: unknown): string | undefined =>
	value === undefined || value === null || value === '' ? undefined : String(value);

/** A token that is one: without being asked DSM answers a row of dashes. */
export const tokenOf = (value: unknown): string | undefined => {
	const text = textOf(value);
	return text !== undefined && !/^-+$/.test(text) ? text : undefined;
};

/** The device id, by its name in version 7 or in version 6. */
export const deviceIdOf = ({ device_id, did }: LoginAnswer): string | undefined => textOf(device_id) ?? textOf(did);

/** Whether the NAS may have opened a session that nobody knows of. */
export const isLost = (error: unknown): error is DsmError =>
	isDsmError(error) && error.details.outcomeUnknown === true && (error.details.httpStatus ?? 200) < 300;

/**
 * What a login answer that breaks off tells of the session that it opened, so that this can be ended; undefined: its id did not come whole.
 * DSM writes the keys in the order of the alphabet: the token comes last.
 */
export function brokenAnswer(text: string): LoginAnswer | undefined {
	const valueOf = (key: string) => new RegExp(`"${key}"\\s*:\\s*"([^"\\\\]+)"`).exec(text)?.[1];
	const sid = valueOf('sid');
	return sid === undefined ? undefined : { sid, synotoken: valueOf('synotoken') };
}

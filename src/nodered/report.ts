import { isDsmError } from '../core/errors';
import type { DsmError, DsmErrorCode } from '../core/errors';

/** What a Catch node finds in `msg.error.cause`. */
export interface ErrorFacts {
	code: string;
	hint?: string;
	operation?: string;
	api?: string;
	method?: string;
	dsmCode?: number;
	httpStatus?: number;
	path?: (string | number)[];
	/** A person has to sign in with the browser anew. */
	signInAgain?: true;
	retryable: boolean;
	/** A write whose answer was lost: the NAS may or may not have done it. */
	outcomeUnknown: boolean;
}

/**
 * Status texts say the cause in few words, in English: Status nodes find the same text whoever looks. The editor shows them in its own
 * language (`status` in editor/words.ts), which it can where they begin with a letter.
 */
const SHORT: Record<DsmErrorCode, string> = {
	input: 'check the settings',
	connection: 'not reachable',
	protocol: 'unexpected answer',
	login: 'login refused',
	session: 'session lost',
	permission: 'not permitted',
	unavailable: 'not available',
	api: 'refused',
	aborted: 'cancelled',
};

/** What is wrong with a setting that is no parameter. */
const WRONG: Record<string, string> = {
	nas: 'no connection',
	bot: 'no bot',
	sso: 'no SSO application',
	version: 'update the package',
};

/** Text of the red status. */
export function shortText(error: unknown): string {
	if (!isDsmError(error)) return 'failed';
	const { code, details, dsmCode } = error;
	if (details.needsSignIn) return 'sign in again';
	const [field] = details.path ?? [];
	if (code === 'input' && field !== undefined) return WRONG[field] ?? `check ${field}`;
	return code === 'api' && dsmCode !== undefined ? `refused, code ${dsmCode}` : SHORT[code];
}

/** All that a failure says, as plain data without its message. */
export function factsOf(error: DsmError): ErrorFacts {
	const { hint, operation, dsmCode, call, details } = error;
	return {
		code: error.code,
		...(hint !== undefined && { hint }),
		...(operation !== undefined && { operation }),
		...(call && { api: call.api, method: call.method }),
		...(dsmCode !== undefined && { dsmCode }),
		...(details.httpStatus !== undefined && { httpStatus: details.httpStatus }),
		...(details.path && { path: details.path }),
		...(details.needsSignIn && { signInAgain: true }),
		retryable: error.retryable,
		outcomeUnknown: details.outcomeUnknown === true,
	};
}

/** What goes wrong outside the client keeps its own form; anything else becomes an Error: JSONata throws plain objects. */
function asError(error: unknown): Error {
	if (error instanceof Error) return error;
	const { message } = (error ?? {}) as { message?: unknown };
	return new Error(typeof message === 'string' ? message : String(error));
}

/**
 * The form in which errors leave a node. Node-RED copies only message, code, stack and cause to a Catch node, so the hint
 * is in the message and all facts are in the cause, as plain data.
 */
export function toNodeError(error: unknown): Error & { code?: string; hint?: string } {
	if (!isDsmError(error)) return asError(error);
	const text = error.hint ? `${error.message} ${error.hint}` : error.message;
	const reported = Object.assign(new Error(text, { cause: factsOf(error) }), {
		name: error.name,
		code: error.code,
		...(error.hint !== undefined && { hint: error.hint }),
	});
	if (error.stack) reported.stack = error.stack;
	return reported;
}

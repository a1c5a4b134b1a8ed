import type { Call } from './call';

export type DsmErrorCode =
	'input' | 'connection' | 'protocol' | 'login' | 'session' | 'permission' | 'unavailable' | 'api' | 'aborted';

/** What the caller knows about the fate of a request that failed. */
export interface ErrorDetails {
	/** Operation id, `chat.message.send`. */
	operation?: string;
	call?: Call;
	/** DSM's code, where there was an answer. */
	dsmCode?: number;
	/** `error.errors` of the envelope, verbatim (core.md 1.2: text, object, array or absent). */
	errors?: unknown;
	httpStatus?: number;
	/** What to do about it, one or two sentences. */
	hint?: string;
	retryable?: boolean;
	/** Refused before anything was done: may be sent again after a pause, writes too. */
	transient?: boolean;
	/** Milliseconds that the other side asks to wait before the next attempt. */
	retryAfter?: number;
	/** A login that only an edited connection can heal; it is not tried again. */
	needsEdit?: true;
	/** A sign-in in the browser that a person has to make anew. */
	needsSignIn?: true;
	cause?: unknown;
	/** Where the parameter is: `['channel_id']`. */
	path?: (string | number)[];
	/** A write whose answer was lost: the NAS may or may not have done it. */
	outcomeUnknown?: boolean;
	/** The bound that was reached, by its name in `budget.ts`. */
	budget?: string;
}

const BRAND = Symbol.for('synoflow.DsmError');

/** Base of everything this client throws. Recognised across copies of the package by a brand, not by `instanceof`. */
export class DsmError extends Error {
	readonly [BRAND] = true;
	readonly code: DsmErrorCode;
	readonly details: ErrorDetails;

	constructor(code: DsmErrorCode, message: string, details: ErrorDetails = {}) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.name = new.target.name;
		this.code = code;
		this.details = details;
	}

	get operation(): string | undefined {
		return this.details.operation;
	}

	get call(): Call | undefined {
		return this.details.call;
	}

	get dsmCode(): number | undefined {
		return this.details.dsmCode;
	}

	get hint(): string | undefined {
		return this.details.hint;
	}

	get retryable(): boolean {
		return this.details.retryable ?? false;
	}
}

export const isDsmError = (error: unknown): error is DsmError =>
	typeof error === 'object' && error !== null && BRAND in error;

/** The same error with more said about it; the original is left as it is, since several callers may hold it. */
export function withDetails(error: DsmError, more: ErrorDetails, message = error.message): DsmError {
	const Kind = error.constructor as new (message: string, details: ErrorDetails) => DsmError;
	return new Kind(message, { ...error.details, ...more });
}

interface TextRedactor {
	text: (text: string) => string;
	value: (value: unknown) => unknown;
}

/** Blacks out secrets in everything an error says, its causes included; the error itself is changed. */
export function redactError(error: unknown, redactor: TextRedactor, seen = new Set<unknown>()): void {
	if (typeof error !== 'object' || error === null || seen.has(error)) return;
	seen.add(error);
	// Errors of the platform may not let themselves be changed: they hold no texts of this client.
	for (const name of ['message', 'stack'] as const) {
		const text = (error as Record<string, unknown>)[name];
		const clean = typeof text === 'string' ? redactor.text(text) : text;
		if (clean !== text) Reflect.set(error, name, clean);
	}
	redactError((error as Error).cause, redactor, seen);
	if (!isDsmError(error)) return;
	const { details } = error;
	if (details.errors !== undefined) details.errors = redactor.value(details.errors);
	if (details.hint !== undefined) details.hint = redactor.text(details.hint);
	redactError(details.cause, redactor, seen);
}

/** Parameters do not fit; nothing was sent. */
export class DsmInputError extends DsmError {
	constructor(message: string, details?: ErrorDetails) {
		super('input', message, details);
	}
}

/** Refused, name unknown, TLS, timeout. */
export class DsmConnectionError extends DsmError {
	constructor(message: string, details?: ErrorDetails) {
		super('connection', message, details);
	}
}

/** The answer is not an envelope. */
export class DsmProtocolError extends DsmError {
	constructor(message: string, details?: ErrorDetails) {
		super('protocol', message, details);
	}
}

/** Password, one-time code needed or wrong, blocked, expired, disabled. */
export class DsmLoginError extends DsmError {
	constructor(message: string, details?: ErrorDetails) {
		super('login', message, details);
	}
}

/** The session was lost and renewal did not help. */
export class DsmSessionError extends DsmError {
	constructor(message: string, details?: ErrorDetails) {
		super('session', message, details);
	}
}

/** The account may not do this. */
export class DsmPermissionError extends DsmError {
	constructor(message: string, details?: ErrorDetails) {
		super('permission', message, details);
	}
}

/** API, method or version unknown: package missing or DSM too old. */
export class DsmUnavailableError extends DsmError {
	constructor(message: string, details?: ErrorDetails) {
		super('unavailable', message, details);
	}
}

/** A code of the service. */
export class DsmApiError extends DsmError {
	constructor(message: string, details?: ErrorDetails) {
		super('api', message, details);
	}
}

/** The caller took the request back. */
export class DsmAbortError extends DsmError {
	constructor(message = 'The request was cancelled.', details?: ErrorDetails) {
		super('aborted', message, details);
	}
}

const KINDS: Record<DsmErrorCode, new (message: string, details?: ErrorDetails) => DsmError> = {
	input: DsmInputError,
	connection: DsmConnectionError,
	protocol: DsmProtocolError,
	login: DsmLoginError,
	session: DsmSessionError,
	permission: DsmPermissionError,
	unavailable: DsmUnavailableError,
	api: DsmApiError,
	aborted: DsmAbortError,
};

/** The error that another thread met. */
export const errorOf = (code: DsmErrorCode, message: string, details: ErrorDetails): DsmError =>
	new KINDS[code](message, details);

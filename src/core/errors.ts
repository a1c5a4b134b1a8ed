import type { Call } from './call';

export type DsmErrorCode = 'input' | 'connection' | 'protocol' | 'login' | 'session' | 'permission' | 'unavailable' | 'api' | 'aborted';

/** What the caller knows about the fate of a request that failed. */
export interface ErrorDetails {
	/** Operation id, `chat.message.create`. */
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
	cause?: unknown;
	/** Where the parameter is: `['channel_id']`. */
	path?: (string | number)[];
	/** A write whose answer was lost: the NAS may or may not have done it. */
	outcomeUnknown?: boolean;
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

/** Blacks out secrets in everything an error says, its causes included; the error itself is changed. */
export function redactError(error: unknown, redactor: { text: (text: string) => string; value: (value: unknown) => unknown }): void {
	if (!isDsmError(error)) return;
	const own = error as { message: string; stack?: string; details: ErrorDetails };
	own.message = redactor.text(own.message);
	if (own.stack !== undefined) own.stack = redactor.text(own.stack);
	if (own.details.errors !== undefined) own.details.errors = redactor.value(own.details.errors);
	if (own.details.hint !== undefined) own.details.hint = redactor.text(own.details.hint);
	redactError(own.details.cause, redactor);
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

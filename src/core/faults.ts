import type { Call } from './call';
import { commonCode, familyCode, fileCode } from './codes';
import { DsmApiError, DsmPermissionError, DsmSessionError, DsmUnavailableError, DsmInputError, type DsmError, type ErrorDetails } from './errors';

/** What a code means and what to do about it. */
export interface Explained {
	cause: string;
	remedy: string;
	/** The NAS refused before it did anything: even a write may be sent again after a pause (Chat: "create post too fast"). */
	transient?: boolean;
}

/** What the catalogue knows of the service that an API belongs to. */
export interface ServiceFacts {
	title: string;
	/** DSM package that must be installed. */
	package?: string;
	/** Application privilege as Control Panel shows it. */
	privilege?: string;
}

export interface Knowledge {
	explain?: (api: string, code: number) => Explained | undefined;
	serviceOf?: (api: string) => ServiceFacts | undefined;
}

/** Codes that mean a lost session, whatever the API (core.md 4.6). */
export const SESSION_CODES = new Set([106, 107, 119, 150]);
/** Busy anywhere; 117 is a catch-all and not among them (core.md 8.1). */
const BUSY_CODES = new Set([109, 110, 111, 118]);
const UNAVAILABLE_CODES = new Set([102, 103, 104]);

export const isBusy = (api: string, code: number): boolean =>
	BUSY_CODES.has(code) || (code === 402 && api.startsWith('SYNO.FileStation.'));

/** Makes the error of an API answer: the service's own table first, then the common one. */
export function apiError(call: Call, code: number, errors: unknown, operation: string | undefined, knowledge: Knowledge): DsmError {
	const known: Explained | undefined = knowledge.explain?.(call.api, code) ?? familyTable(call.api, code) ?? commonCode(code);
	const details: ErrorDetails = {
		call,
		dsmCode: code,
		...(operation !== undefined && { operation }),
		...(errors !== undefined && { errors }),
		hint: known?.remedy ?? 'The code is not documented; the NAS may have a line about it in Log Center.',
		retryable: isBusy(call.api, code),
		...(known?.transient && { transient: true }),
	};
	const where = `${call.api} ${call.method}`;
	const said = sayErrors(errors);
	const message = `${known?.cause ?? `${where} answers code ${code}`}${said ? `: ${said}` : ''} (code ${code}).`;
	if (SESSION_CODES.has(code)) return new DsmSessionError(message, details);
	if (code === 105 || code === 160) return permissionError(message, call, details, knowledge);
	if (UNAVAILABLE_CODES.has(code)) return unavailable(call, details, knowledge);
	return new DsmApiError(message, details);
}

function familyTable(api: string, code: number): Explained | undefined {
	return api.startsWith('SYNO.FileStation.') ? fileCode(code) : familyCode(api, code);
}

/** `error.errors` in words, whatever its shape (core.md 1.2). */
function sayErrors(errors: unknown): string {
	if (typeof errors === 'string') return errors;
	if (typeof errors !== 'object' || errors === null) return '';
	const { name, reason, message } = errors as Record<string, unknown>;
	if (typeof name === 'string') return `parameter "${name}"${typeof reason === 'string' ? `: ${reason}` : ''}`;
	return typeof message === 'string' ? message : '';
}

function permissionError(message: string, { api }: Call, details: ErrorDetails, { serviceOf }: Knowledge): DsmPermissionError {
	const service = serviceOf?.(api);
	const hint = service?.privilege
		? `Grant the account the application "${service.privilege}" (Control Panel, User & Group, Edit, Applications), and check that it may use this object.`
		: details.hint;
	return new DsmPermissionError(message, { ...details, ...(hint !== undefined && { hint }) });
}

/** The API is missing, or the method in the version that both sides know. */
export function unavailable(call: Call, details: ErrorDetails, { serviceOf }: Knowledge): DsmUnavailableError {
	const service = serviceOf?.(call.api);
	const what =
		details.dsmCode === 103 ? `has no method "${call.method}" in version ${call.version}`
		: details.dsmCode === 104 ? `does not support version ${call.version}`
		: 'is not there';
	return new DsmUnavailableError(`${call.api} ${what} on this NAS.`, {
		...details,
		call,
		hint: service?.package
			? `Install or start the package "${service.package}" in Package Center, or update it.`
			: 'The package that offers this API is missing, stopped or too old, or DSM is too old.',
	});
}

/** Bad parameters of an operation, before anything is sent. */
export function inputError(
	issues: readonly { path: readonly PropertyKey[]; message: string }[],
	titleOf: (name: string) => string | undefined,
	operation: string,
	given: unknown,
): DsmInputError {
	const issue = issues[0];
	const path = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? String(part) : part));
	const name = String(path[0] ?? '');
	const label = titleOf(name) ?? name;
	const missing = (given as Record<string, unknown> | undefined)?.[name] === undefined;
	const message = name === '' ? String(issue?.message) : missing ? `"${label}" is missing.` : `"${label}" does not fit: ${issue?.message}.`;
	return new DsmInputError(message, { operation, path, hint: `Check the parameter "${label}" (${name}).` });
}

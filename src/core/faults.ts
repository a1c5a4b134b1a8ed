import type { z } from '../vendor/zod';
import { BUDGETS } from './budget';
import type { Call } from './call';
import { commonCode, loginCode, uploadCode, type Explained } from './codes';
import type { Fault } from './envelope';
import { tooLarge, type TooLarge } from './longText';
import { checked, type Misfit } from './misfit';
import type { Right } from './right';
import {
	DsmApiError,
	DsmPermissionError,
	DsmSessionError,
	DsmUnavailableError,
	DsmInputError,
	type DsmError,
	type ErrorDetails,
} from './errors';

/** What the catalogue knows of the service that an API belongs to. */
export interface ServiceFacts {
	title: string;
	/** DSM package that must be installed. */
	package?: string;
	/** Packages that some of its APIs need, by the prefix of their names. */
	packages?: Readonly<Record<string, string>>;
	/** Application privilege as Control Panel shows it. */
	privilege?: string;
}

export interface Knowledge {
	explain?: (api: string, code: number) => Explained | undefined;
	serviceOf?: (api: string) => ServiceFacts | undefined;
	/** The least right that an operation or a trigger needs, by its id. */
	rightOf?: (operation: string) => Right | undefined;
	/** Milliseconds that the NAS wants between two calls of this kind by one account or token; undefined: none. */
	spacingOf?: (call: Pick<Call, 'api' | 'method'>) => number | undefined;
}

/** Codes that mean a lost session, whatever the API (core.md 4.6). */
export const SESSION_CODES = new Set([106, 107, 119, 150]);
/** Busy anywhere; 117 is a catch-all and not among them (core.md 8.1). */
const BUSY_CODES = new Set([109, 110, 111, 118]);
const UNAVAILABLE_CODES = new Set([102, 103, 104]);

/** Makes the error of an API answer: the service's own table first, then the common one. */
export function apiError(call: Call, fault: Fault, operation: string | undefined, knowledge: Knowledge): DsmError {
	const { code, errors, httpStatus } = fault;
	const meaning = (of: number): Explained | undefined =>
		knowledge.explain?.(call.api, of) ?? familyTable(call.api, of) ?? commonCode(of);
	const known = uploadCode(code, errors) ?? meaning(code);
	const details: ErrorDetails = {
		call,
		dsmCode: code,
		...(operation !== undefined && { operation }),
		...(errors !== undefined && { errors }),
		...(httpStatus !== undefined && { httpStatus }),
		hint: known ? known.remedy : 'The code is not documented; the NAS may have a line about it in Log Center.',
		retryable: BUSY_CODES.has(code) || known?.busy === true,
		...(known?.transient && { transient: true }),
	};
	const where = `${call.api} ${call.method}`;
	const said = sayErrors(errors, (of) => meaning(of)?.cause);
	const cause = known ? known.cause : `${where} answers code ${code}`;
	const adds = said !== '' && !cause.toLowerCase().includes(said.toLowerCase());
	const message = `${cause}${adds ? `: ${said}` : ''} (code ${code}).`;
	if (SESSION_CODES.has(code)) return new DsmSessionError(message, details);
	if (code === 105 || code === 160) return permissionError(message, call, details, knowledge);
	if (UNAVAILABLE_CODES.has(code)) return unavailable(call, details, knowledge);
	return new DsmApiError(message, details);
}

function familyTable(api: string, code: number): Explained | undefined {
	return api === 'SYNO.API.Auth' ? loginCode(code) : undefined;
}

/** Rows of a list of faults that an error message repeats. */
const SAID = 3;

/** `error.errors` in words, whatever its shape (core.md 1.2): text, object, or a list of them with paths and codes. */
function sayErrors(errors: unknown, meaning: (code: number) => string | undefined): string {
	if (typeof errors === 'string') return errors;
	if (Array.isArray(errors)) {
		const rows = errors.map((row) => sayErrors(row, meaning)).filter((row) => row !== '');
		return [...rows.slice(0, SAID), ...(rows.length > SAID ? [`and ${rows.length - SAID} more`] : [])].join('; ');
	}
	if (typeof errors !== 'object' || errors === null) return '';
	const { name, reason, message, msg, path, code, upload_err } = errors as Record<string, unknown>;
	if (typeof upload_err === 'number') return `upload error ${upload_err}`;
	if (typeof name === 'string') return `parameter "${name}"${typeof reason === 'string' ? `: ${reason}` : ''}`;
	if (typeof path === 'string') {
		return typeof code === 'number'
			? `${path}: ${meaning(code)?.replace(/^There/, 'there') ?? 'code'} (${code})`
			: path;
	}
	const text = message ?? msg;
	return typeof text === 'string' ? text : '';
}

/** What to do where nothing less will do. */
const ADMINISTRATOR =
	'It takes an administrator: use an account of the group administrators, or delegate the task to it in Control Panel, User & Group.';

function permissionError(
	message: string,
	{ api }: Call,
	details: ErrorDetails,
	{ serviceOf, rightOf }: Knowledge,
): DsmPermissionError {
	const service = serviceOf?.(api);
	const right = details.operation === undefined ? undefined : rightOf?.(details.operation);
	if (right === 'administrator') return new DsmPermissionError(message, { ...details, hint: ADMINISTRATOR });
	const hint = service?.privilege
		? `Grant the account the application "${service.privilege}" (Control Panel, User & Group, Edit, Applications), and check that it may use this object.`
		: details.hint;
	return new DsmPermissionError(message, { ...details, ...(hint !== undefined && { hint }) });
}

/** The package that offers an API: the prefix that names it best says which. */
export function packageOf(api: string, { package: whole, packages = {} }: ServiceFacts): string | undefined {
	const [best] = Object.keys(packages)
		.filter((prefix) => api.startsWith(prefix))
		.sort((one, other) => other.length - one.length);
	return best === undefined ? whole : packages[best];
}

/** The API is missing, or the method in the version that both sides know. */
export function unavailable(call: Call, details: ErrorDetails, { serviceOf }: Knowledge): DsmUnavailableError {
	const service = serviceOf?.(call.api);
	const named = service && packageOf(call.api, service);
	const what =
		details.dsmCode === 103
			? `has no method "${call.method}" in version ${call.version}`
			: details.dsmCode === 104
				? `does not support version ${call.version}`
				: 'is not there';
	return new DsmUnavailableError(`${call.api} ${what} on this NAS.`, {
		...details,
		call,
		hint: named
			? `Install or start the package "${named}" in Package Center, or update it.`
			: service
				? 'It belongs to DSM itself, and this release does not have it. Update DSM where an update is offered.'
				: 'The package that offers this API is missing, stopped or too old, or DSM is too old.',
	});
}

/** Parameters of an operation or trigger, checked before anything is sent. Throws DsmInputError naming the first that does not fit. */
export function parseParams<P extends z.ZodObject>(schema: P, given: unknown, id: string): z.output<P> {
	const titleOf = (name: string) => (schema.shape[name] as z.ZodType | undefined)?.meta()?.title;
	const large = tooLarge(schema, given);
	if (large) throw sizeError(large, titleOf, id);
	const result = checked(schema, given);
	if ('data' in result) return result.data;
	throw inputError(result.misfit, titleOf, id);
}

function sizeError(
	{ path, size, budget }: TooLarge,
	titleOf: (name: string) => string | undefined,
	operation: string,
): DsmInputError {
	const { most, unit, hint } = BUDGETS[budget];
	const label = titleOf(String(path[0])) ?? String(path[0]);
	return new DsmInputError(`"${label}" does not fit: it has ${size} ${unit}, and at most ${most} are taken.`, {
		...{ operation, path, budget, hint },
	});
}

function inputError(
	{ path, value, text }: Misfit,
	titleOf: (name: string) => string | undefined,
	operation: string,
): DsmInputError {
	if (path.length === 0) return new DsmInputError(text, { operation, path });
	const name = String(path[0]);
	const label = titleOf(name) ?? name;
	const isMissing = value === undefined && path.length === 1;
	const message = isMissing ? `"${label}" is missing.` : `"${label}" does not fit: ${text}.`;
	return new DsmInputError(message, { operation, path, hint: `Check the parameter "${label}" (${name}).` });
}

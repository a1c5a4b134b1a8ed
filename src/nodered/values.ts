import { listOf, valueOf, type Field } from '../host/form';
import { DsmInputError } from '../core/errors';
import { secretName } from './form';
import { toFileSource } from './files';
import type { Message, Red, RedNode } from './red';

/** A form value as it is saved: what was typed, and how to read it. */
export interface TypedValue {
	type: string;
	value: string;
	/** Name of what was picked from a list, for the editor only. */
	label?: string;
}

export type TypedValues = Record<string, TypedValue>;

/**
 * What of a message may stand in for the form. `no`: nothing but what the form itself takes from it (`msg.…`). `params`: the
 * properties of the object `msg.params`. `properties`: any property that is named like a parameter, as nodes of version 1 have it.
 */
export type Override = 'no' | 'params' | 'properties';

/** Keys of a message with a meaning of their own in Node-RED, which version 1 never took as parameters. */
const RESERVED = new Set([
	'_msgid',
	'_event',
	'complete',
	'error',
	'filename',
	'parts',
	'payload',
	'req',
	'res',
	'reset',
	'synology',
	'topic',
]);

const evaluate = async (red: Red, node: RedNode, { type, value }: TypedValue, message: Message): Promise<unknown> =>
	await new Promise((resolve, reject) => {
		red.util.evaluateNodeProperty(value, type, node, message, (error, result) =>
			error ? reject(error) : resolve(result),
		);
	});

const isPlain = (type: string): boolean => ['str', 'num', 'bool', 'json', 'pick', 'choice', 'none'].includes(type);

/** What was typed, read as the form says; undefined when the field was left empty. */
async function typed(red: Red, node: RedNode, field: Field, value: TypedValue, message: Message): Promise<unknown> {
	if (value.type === 'none' || (isPlain(value.type) && value.value === '')) return undefined;
	if (value.type === 'pick') return value.value.trim();
	if (value.type === 'choice') return field.kind === 'flag' ? value.value === 'true' : value.value;
	return await evaluate(red, node, value, message);
}

/** A file in any of the forms in which messages carry one; a list given as one text. */
function convert(field: Field, value: unknown, message: Message, isTyped: boolean): unknown {
	if (value === undefined || value === null) return undefined;
	if (field.kind === 'file') return toFileSource(value, message, isTyped);
	if (field.isList && field.kind !== 'json') return listOf(field, value);
	if (field.kind === 'moment' && value instanceof Date) return value.getTime();
	return valueOf(field, value);
}

const fallback = (field: Field): TypedValue =>
	field.kind === 'file' && field.required ? { type: 'msg', value: 'payload' } : { type: 'none', value: '' };

/** Property of the message that the form takes the file from; undefined where it takes none from there. */
export function filePropertyOf({
	fields,
	values,
}: {
	fields: readonly Field[];
	values: TypedValues;
}): string | undefined {
	const field = fields.find(({ kind }) => kind === 'file');
	const { type, value } = (field && (values[field.name] ?? fallback(field))) ?? { type: 'none', value: '' };
	return type === 'msg' ? value : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** `msg.params`, whose names must be those of fields, and none of them a secret. */
function paramsOf(message: Message, fields: readonly Field[]): Record<string, unknown> {
	const given = message['params'];
	if (given === undefined || given === null) return {};
	if (!isObject(given))
		throw new DsmInputError(`msg.params is to be an object of parameters, but it is ${JSON.stringify(given)}.`, {
			path: ['params'],
		});
	const names = fields.filter(({ kind }) => kind !== 'secret').map(({ name }) => name);
	const unknown = Object.keys(given).find((name) => !names.includes(name));
	if (unknown === undefined) return given;
	const isSecret = fields.some(({ name }) => name === unknown);
	throw new DsmInputError(`msg.params.${unknown} ${isSecret ? 'is a secret' : 'is no parameter of this operation'}.`, {
		path: [unknown],
		hint: isSecret ? 'Secrets are entered in the node alone.' : `There are: ${names.join(', ')}.`,
	});
}

/** What the message says instead of the form, by parameter. */
function overrides(how: Override, message: Message, fields: readonly Field[]): Record<string, unknown> {
	if (how === 'no') return {};
	if (how === 'params') return paramsOf(message, fields);
	const names = fields.map(({ name }) => name).filter((name) => !RESERVED.has(name));
	return Object.fromEntries(names.map((name) => [name, message[name]]));
}

/** How the parameters of a run are read. */
export interface Reading {
	values: TypedValues;
	override: Override;
	/** Told of each field whose value in the form gave way to a property of the message. */
	overridden?: (field: Field) => void;
}

/**
 * Parameters of one run: the form, the credentials for secrets, and before both what the node lets the message say.
 * Left-out fields are absent, so that the operation's defaults hold. Throws what an expression throws.
 */
export async function readParameters(
	red: Red,
	node: RedNode,
	fields: readonly Field[],
	{ values, override, overridden }: Reading,
	message: Message,
): Promise<Record<string, unknown>> {
	const params: Record<string, unknown> = {};
	const instead = overrides(override, message, fields);
	for (const field of fields) {
		const given = instead[field.name] ?? undefined;
		const secret = field.kind === 'secret' ? node.credentials?.[secretName(field.name)] : undefined;
		const saved = values[field.name] ?? fallback(field);
		const raw = given ?? secret ?? (await typed(red, node, field, saved, message));
		if (given !== undefined && override === 'properties') overridden?.(field);
		const value = convert(field, raw, message, given === undefined && saved.type === 'str');
		if (value !== undefined) params[field.name] = value;
	}
	return params;
}

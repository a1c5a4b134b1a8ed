import { listOf, valueOf, type Field } from '../host/form';
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
 * Keys of a message with a meaning of their own in Node-RED: a parameter of such a name is never taken from the message,
 * or a chain of nodes would pass one node's answer to the next as its parameter.
 */
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
	'topic',
]);

/** Whether `msg.<name>` overrides the form. */
export const isOverridable = (name: string): boolean => !RESERVED.has(name);

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
function convert(field: Field, value: unknown, message: Message): unknown {
	if (value === undefined || value === null) return undefined;
	if (field.kind === 'file') return toFileSource(value, message);
	if (field.isList && field.kind !== 'json') return listOf(field, value);
	if (field.kind === 'moment' && value instanceof Date) return value.getTime();
	return valueOf(field, value);
}

const fallback = (field: Field): TypedValue =>
	field.kind === 'file' && field.required ? { type: 'msg', value: 'payload' } : { type: 'none', value: '' };

/**
 * Parameters of one run: `msg.<parameter>` first, then the form, then the credentials for secrets.
 * Left-out fields are absent, so that the operation's defaults hold. Throws what an expression throws.
 */
export async function readParameters(
	red: Red,
	node: RedNode,
	fields: readonly Field[],
	values: TypedValues,
	message: Message,
): Promise<Record<string, unknown>> {
	const params: Record<string, unknown> = {};
	for (const field of fields) {
		const given = isOverridable(field.name) ? message[field.name] : undefined;
		const secret = field.kind === 'secret' ? node.credentials?.[secretName(field.name)] : undefined;
		const raw = given ?? secret ?? (await typed(red, node, field, values[field.name] ?? fallback(field), message));
		const value = convert(field, raw, message);
		if (value !== undefined) params[field.name] = value;
	}
	return params;
}

import type { Choices, Widget } from '../catalog/fields';
import { z } from '../vendor/zod';

/** The parts of a JSON schema, with the catalogue's metadata inline, that n8n's forms are made from. */
export interface JsonSchema {
	type?: string | string[];
	title?: string;
	description?: string;
	placeholder?: string;
	default?: unknown;
	enum?: unknown[];
	anyOf?: JsonSchema[];
	items?: JsonSchema;
	properties?: Record<string, JsonSchema>;
	required?: string[];
	additionalProperties?: unknown;
	minimum?: number;
	exclusiveMinimum?: number;
	maximum?: number;
	widget?: Widget;
	choices?: Choices;
	by?: { id?: string; path?: string; url?: string };
	advanced?: boolean;
	local?: boolean;
	labels?: Record<string, string>;
	simple?: string[];
}

/** How a value is entered in n8n and read back. */
export type Kind =
	| 'boolean'
	| 'file'
	| 'json'
	| 'list'
	| 'moment'
	| 'multiOptions'
	| 'number'
	| 'options'
	| 'picker'
	| 'pickers'
	| 'string';

export interface Field {
	name: string;
	schema: JsonSchema;
	required: boolean;
	kind: Kind;
}

/** Fields of an object schema in the order of their declaration. */
export function fieldsOf(params: z.ZodType): Field[] {
	const { properties = {}, required = [] } = read(params, 'input');
	return Object.entries(properties).map(([name, schema]) => ({
		name,
		schema,
		required: required.includes(name),
		kind: kindOf(schema),
	}));
}

/** Kinds whose form has no way to say "nothing": an optional one without a default belongs into the collection. */
const ALWAYS_SAYS_SOMETHING: readonly Kind[] = ['boolean', 'json', 'moment', 'number', 'options', 'picker'];

/** Whether a parameter stands under "Options" instead of in the form itself. */
export const isOption = ({ required, schema, kind }: Field): boolean =>
	!required && (schema.advanced === true || (schema.default === undefined && ALWAYS_SAYS_SOMETHING.includes(kind)));

const read = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
	z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;

function kindOf(schema: JsonSchema): Kind {
	if (schema.widget === 'file' || schema.widget === 'json' || schema.widget === 'moment') return schema.widget;
	const array = schema.type === 'array';
	if (schema.widget === 'picker' && schema.choices) return array ? 'pickers' : 'picker';
	if (array) return schema.items?.enum ? 'multiOptions' : isScalar(schema.items) ? 'list' : 'json';
	if (schema.enum) return 'options';
	const type = plainType(schema);
	if (type === 'boolean') return 'boolean';
	if (type === 'integer' || type === 'number') return 'number';
	return type === 'object' || type === undefined ? 'json' : 'string';
}

/** Type of a value; in a union the text wins, since every entry can be written as one. */
export function plainType(schema: JsonSchema): string | undefined {
	if (schema.anyOf) {
		const types = schema.anyOf.map(plainType).filter((type) => type !== 'null');
		return types.includes('string') ? 'string' : types[0];
	}
	return Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type;
}

const isScalar = (schema: JsonSchema | undefined): boolean =>
	['string', 'number', 'integer', 'boolean'].includes(plainType(schema ?? {}) ?? '');

/** Whether a result is a list: Return All, Limit, one item per row. */
export const isList = (result: z.ZodType): boolean => read(result, 'output').type === 'array';

/** Most fields that n8n wants to see in a simplified item. */
const SIMPLE = 10;
/** An open result of this many known fields has more than ten on a real NAS. */
const OPEN = 5;

/**
 * Names of the fields that a simplified item keeps, or undefined when the result is simple as it is.
 * The catalogue names the fields that matter; open results (`z.looseObject`) let the others of the NAS through.
 */
export function simpleFields(result: z.ZodType): string[] | undefined {
	const schema = read(result, 'output');
	const row = schema.type === 'array' ? (schema.items ?? {}) : schema;
	if (row.simple) return row.simple;
	const names = Object.keys(row.properties ?? {});
	const open = typeof row.additionalProperties === 'object';
	return names.length > SIMPLE || (open && names.length >= OPEN) ? names.slice(0, SIMPLE) : undefined;
}

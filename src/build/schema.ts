import { z } from '../vendor/zod';

/** The parts of a JSON schema that the reference shows. */
export interface JsonSchema {
	type?: string | string[];
	title?: string;
	description?: string;
	default?: unknown;
	enum?: unknown[];
	const?: unknown;
	anyOf?: JsonSchema[];
	items?: JsonSchema;
	properties?: Record<string, JsonSchema>;
	additionalProperties?: JsonSchema | boolean;
	required?: string[];
	widget?: string;
	placeholder?: string;
	advanced?: boolean;
	choices?: { from: string; value: string; label: string; search?: string };
	labels?: Record<string, string>;
	minimum?: number;
	maximum?: number;
}

/** JSON schema of a parameter list or a result, metadata inline, as the hosts' generators read it. */
export const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
	z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;

const WIDGETS: Record<string, string> = { file: 'file', moment: 'date and time (ISO 8601)', json: 'JSON' };

/** Type in words: `number`, `text`, `list of text`, `"normal"` or `"file"`. */
export function typeOf(schema: JsonSchema): string {
	const named = WIDGETS[schema.widget ?? ''];
	if (named) return named;
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
	if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
	if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
	return { string: 'text', integer: 'number', undefined: 'any' }[String(schema.type)] ?? String(schema.type);
}

const KEY = /^[a-z_]\w*$/i;

/** Shape of a value in TypeScript's notation, one field a line. */
export function shapeOf(schema: JsonSchema, indent = ''): string {
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
	if (schema.anyOf) return [...new Set(schema.anyOf.map((item) => shapeOf(item, indent)))].join(' | ');
	if (schema.type === 'array') return listShape(shapeOf(schema.items ?? {}, indent));
	if (schema.type === 'object') return objectShape(schema, indent);
	if (schema.type === 'integer') return 'number';
	return typeof schema.type === 'string' ? schema.type : 'unknown';
}

const listShape = (item: string): string => (item.includes(' | ') ? `(${item})[]` : `${item}[]`);

function objectShape({ properties, additionalProperties, required = [] }: JsonSchema, indent: string): string {
	const fields = Object.entries(properties ?? {});
	if (fields.length === 0) {
		const value = typeof additionalProperties === 'object' ? shapeOf(additionalProperties, indent) : 'unknown';
		return additionalProperties === false ? '{}' : `Record<string, ${value}>`;
	}
	const inner = `${indent}  `;
	const lines = fields.map(([name, field]) => {
		const comment = field.description ? ` // ${field.description}` : '';
		const key = `${KEY.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? '' : '?'}`;
		return `${inner}${key}: ${shapeOf(field, inner)};${comment}`;
	});
	return `{\n${lines.join('\n')}\n${indent}}`;
}

import { Readable } from 'node:stream';
import type { FileSource } from '../core/call';
import type { z } from '../vendor/zod';
import type { Samples } from '../catalog/samples';
import { jsonSchema, type JsonSchema } from './schema';

/** A service's samples stand in its folder. */
const samplesOf = (service: string): Samples =>
	(require(`../services/${service}/samples`) as { samples: Samples }).samples;

function sampleFile(): FileSource {
	const bytes = Buffer.from('Hello\n');
	return { name: 'hello.txt', type: 'text/plain', size: bytes.length, open: () => Readable.from([bytes]) };
}

/** A value that fits a parameter's schema; `known` are values by name. */
export function sampleOf(name: string, schema: JsonSchema, known: Record<string, unknown> = {}): unknown {
	if (schema.widget === 'file') return sampleFile();
	if (Object.hasOwn(known, name) && schema.type !== 'array') return known[name];
	if (schema.default !== undefined && schema.default !== '') return schema.default;
	if (schema.const !== undefined) return schema.const;
	if (schema.enum) return schema.enum[0];
	if (schema.widget === 'moment') return '2027-01-04T08:00:00Z';
	if (schema.anyOf) return sampleOf(name, schema.anyOf[0] ?? {}, known);
	if (schema.type === 'array') return [sampleOf(name.replace(/s$/, ''), schema.items ?? {}, known)];
	if (schema.type === 'object') return sampleObject(schema, known);
	if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
	if (schema.type === 'boolean') return true;
	return schema.placeholder?.replace(/^e\.g\. /, '') ?? 'Hello';
}

const sampleObject = (
	{ properties = {}, required = [] }: JsonSchema,
	known: Record<string, unknown>,
): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(properties)
			.filter(([name]) => required.includes(name))
			.map(([name, schema]) => [name, sampleOf(name, schema, known)]),
	);

/** Parameters for an example request: all required ones, and a text where the operation is about one. */
export function sampleParams(id: string, params: z.ZodObject): Record<string, unknown> {
	const schema = jsonSchema(params, 'input');
	const [service = '', ...rest] = id.split('.');
	const { '*': known = {}, [rest.join('.')]: own = {} } = samplesOf(service);
	const shown = ['message', 'keyword'].filter((name) => schema.properties?.[name]);
	return { ...sampleObject({ ...schema, required: [...(schema.required ?? []), ...shown] }, known), ...own };
}

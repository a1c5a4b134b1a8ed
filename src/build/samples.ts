import { Readable } from 'node:stream';
import type { FileSource } from '../core/call';
import type { z } from '../vendor/zod';
import { jsonSchema, type JsonSchema } from './schema';

/** Ids of the simulator's seed data and of every fresh NAS: channel 1 is General, and its first post is 1 * 2^32 + 1 (chat.md 1.3). */
const FIRST_POST = '4294967297';
const BY_NAME: Record<string, unknown> = {
	post_id: FIRST_POST,
	thread_id: FIRST_POST,
	api: 'SYNO.FileStation.Info',
	method: 'get',
	version: 2,
};

function sampleFile(): FileSource {
	const bytes = Buffer.from('Hello\n');
	return { name: 'hello.txt', type: 'text/plain', size: bytes.length, open: () => Readable.from([bytes]) };
}

/** A value that fits a parameter's schema. */
export function sampleOf(name: string, schema: JsonSchema): unknown {
	if (schema.widget === 'file') return sampleFile();
	if (name in BY_NAME && schema.type !== 'array') return BY_NAME[name];
	if (schema.default !== undefined && schema.default !== '') return schema.default;
	if (schema.const !== undefined) return schema.const;
	if (schema.enum) return schema.enum[0];
	if (schema.widget === 'moment') return '2027-01-04T08:00:00Z';
	if (schema.anyOf) return sampleOf(name, schema.anyOf[0] ?? {});
	if (schema.type === 'array') return [sampleOf(name.replace(/s$/, ''), schema.items ?? {})];
	if (schema.type === 'object') return sampleObject(schema);
	if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
	if (schema.type === 'boolean') return true;
	return schema.placeholder?.replace(/^e\.g\. /, '') ?? 'Hello';
}

const sampleObject = ({ properties = {}, required = [] }: JsonSchema): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(properties)
			.filter(([name]) => required.includes(name))
			.map(([name, schema]) => [name, sampleOf(name, schema)]),
	);

/** Parameters for an example request: all required ones, and a file or text where the operation is about one. */
export function sampleParams(params: z.ZodObject): Record<string, unknown> {
	const schema = jsonSchema(params, 'input');
	const shown = ['message', 'file', 'keyword'].filter((name) => schema.properties?.[name] && schema.properties[name].widget !== 'file');
	return sampleObject({ ...schema, required: [...(schema.required ?? []), ...shown] });
}

import { Readable } from 'node:stream';
import type { FileSource } from '../core/call';
import type { z } from '../vendor/zod';
import { jsonSchema, type JsonSchema } from './schema';

/** A post's id is its channel's id * 2^32 + a running number (chat.md 1.3). Channel 1 is General on every NAS. */
const post = (channel: number, number: number): string => String(channel * 2 ** 32 + number);

/** Values that exist in the simulator's seed data, by parameter. */
const BY_NAME: Record<string, unknown> = {
	post_id: post(1, 1),
	thread_id: post(1, 1),
	user_id: 3,
	api: 'SYNO.FileStation.Info',
	method: 'get',
	version: 2,
};

/** Where the general values would show a refusal instead of an answer, by operation. */
const BY_OPERATION: Record<string, Record<string, unknown>> = {
	'api.call.upload': {
		api: 'SYNO.FileStation.Upload',
		method: 'upload',
		params: { path: '/docs', create_parents: true, overwrite: 'overwrite' },
	},
	'api.call.download': { api: 'SYNO.Chat.Post.File', params: { post_id: Number(post(2, 4)) }, version: 1 },
	'chat.file.download': { post_id: post(2, 4) },
	'chat.channel.join': { channel_id: 4 },
	'chat.channel.invite': { channel_id: 2, user_ids: [4] },
	'chat.channel.kick': { channel_id: 2, user_ids: [3] },
	'chat.channel.create': { name: 'plans' },
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

/** Parameters for an example request: all required ones, and a text where the operation is about one. */
export function sampleParams(id: string, params: z.ZodObject): Record<string, unknown> {
	const schema = jsonSchema(params, 'input');
	const shown = ['message', 'keyword'].filter((name) => schema.properties?.[name]);
	return { ...sampleObject({ ...schema, required: [...(schema.required ?? []), ...shown] }), ...BY_OPERATION[id] };
}

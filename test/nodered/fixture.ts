import { file, fileAnswer, id, moment } from '../../src/catalog/fields';
import { operation, resource, service, trigger } from '../../src/catalog/operation';
import { call as declare } from '../../src/catalog/wire';
import { z } from '../../src/vendor/zod';

const call = { api: 'SYNO.Test.Thing', method: 'list', version: 1 } as const;
const thing = z.object({ id: z.number(), name: z.string() });

const list = operation({
	title: 'List things',
	summary: 'Lists things.',
	call: declare(call.api, call.method, call.version, {
		list: 'things',
		of: thing,
		readOnly: true,
		basis: 'capture',
		source: 'core.md 20',
	}),
	params: z.object({}),
});

const create = operation({
	title: 'Create a thing',
	summary: 'Creates a thing <with everything>.',
	call: { ...call, method: 'create' },
	params: z.object({
		thing_id: id().meta({
			title: 'Thing',
			description: 'Thing to work on',
			widget: 'picker',
			choices: { from: 'test.thing.list', value: 'id', label: 'name' },
		}),
		others: z
			.array(id())
			.default([])
			.meta({
				title: 'Others',
				widget: 'picker',
				choices: { from: 'test.thing.list', value: 'id', label: 'name', search: 'q' },
			}),
		note: z.string().default('').meta({ title: 'Note', widget: 'multiline', placeholder: 'e.g. "hello"' }),
		count: z.number().default(3).meta({ title: 'Count' }),
		sure: z.boolean().default(true).meta({ title: 'Sure' }),
		maybe: z.boolean().optional().meta({ title: 'Maybe' }),
		kind: z
			.enum(['a', 'b'])
			.default('a')
			.meta({ title: 'Kind', labels: { a: 'First', b: 'Second' } }),
		extra: z.record(z.string(), z.unknown()).optional().meta({ title: 'Extra', advanced: true }),
		due: moment().optional().meta({ title: 'Due', advanced: true }),
		code: z.string().optional().meta({ title: 'Code', widget: 'secret' }),
		file: file().optional().meta({ title: 'File' }),
	}),
	result: thing,
	basis: 'inferred',
});

const download = operation({
	title: 'Download a thing',
	summary: 'Gives the file of a thing.',
	call: { ...call, method: 'get' },
	params: z.object({
		thing_id: create.params.shape.thing_id,
		code: create.params.shape.code,
		file: file().meta({ title: 'Template' }),
	}),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'capture',
});

const added = trigger({
	title: 'New thing',
	summary: 'Starts when a thing was added.',
	params: z.object({ filter: z.string().default('').meta({ title: 'Filter', description: 'Text in the name' }) }),
	basis: 'capture',
	uses: [call],
	cursor: z.object({ v: z.literal(1) }),
	event: thing,
	key: (event) => String(event.id),
	start: async () => ({ v: 1 as const }),
	poll: async () => ({ events: [], cursor: { v: 1 as const } }),
	sample: async () => [],
	wake: '/hints/socket.io/',
});

/** A service with every kind of field, which no change of the catalogue touches. */
export const fixture = service({
	id: 'test',
	title: 'Test',
	summary: 'Works with things.',
	apis: 'SYNO.Test.',
	errors: {},
	resources: { thing: resource('Thing', { list, create, download }) },
	triggers: { added },
});

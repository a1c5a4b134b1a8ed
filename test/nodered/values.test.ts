import { describe, expect, test } from '@jest/globals';
import { fieldsOf } from '../../src/host/form';
import type { Message, Red, RedNode } from '../../src/nodered/red';
import { readParameters, type Override, type TypedValues } from '../../src/nodered/values';
import { fixture } from './fixture';

const { util } = require('@node-red/util') as { util: Red['util'] };

const fields = fieldsOf(fixture.resources['thing'].operations['create'].params);
const node = { id: 'n', credentials: { param_code: 'stored secret' } } as unknown as RedNode;

const msg = (value: string) => ({ type: 'msg', value });

const read = async (values: TypedValues, message: Message = {}, override: Override = 'no') =>
	await readParameters({ util } as Red, node, fields, { values, override }, message);

describe('reading the form', () => {
	test('leaves out what was left empty, so that the defaults of the operation hold', async () => {
		const empty = {
			note: { type: 'str', value: '' },
			count: { type: 'num', value: '' },
			maybe: { type: 'none', value: '' },
			extra: { type: 'json', value: '' },
			others: { type: 'pick', value: '' },
		};
		expect(await read(empty)).toEqual({ code: 'stored secret' });
	});

	test('gives each type of value its own form', async () => {
		expect(
			await read({
				thing_id: { type: 'pick', value: ' 7 ', label: 'Seven' },
				others: { type: 'pick', value: '1, 2,,3 ' },
				note: { type: 'str', value: 'two\nlines' },
				count: { type: 'num', value: '0' },
				sure: { type: 'bool', value: 'false' },
				kind: { type: 'choice', value: 'b' },
				extra: { type: 'json', value: '{"a":[1]}' },
				due: { type: 'str', value: '2026-11-22T08:00:00+01:00' },
			}),
		).toEqual({
			thing_id: 7,
			others: [1, 2, 3],
			note: 'two\nlines',
			count: 0,
			sure: false,
			kind: 'b',
			extra: { a: [1] },
			due: '2026-11-22T08:00:00+01:00',
			code: 'stored secret',
		});
	});

	test('takes moments as Date and lists of ids as text from a message', async () => {
		const values = { due: msg('due'), others: msg('others'), thing_id: msg('thing') };
		expect(await read(values, { due: new Date(1_790_000_000_000), others: '4,5', thing: 3 })).toMatchObject({
			due: 1_790_000_000_000,
			others: [4, 5],
			thing_id: 3,
		});
	});

	test('holds against every property of the message that happens to be named like a field', async () => {
		const names = fields.map(({ name }) => name);
		const message = Object.fromEntries(names.map((name) => [name, 'from upstream']));
		const values = { thing_id: { type: 'pick', value: '7' }, note: { type: 'str', value: 'form' } };
		expect(await read(values, message)).toEqual({ thing_id: 7, note: 'form', code: 'stored secret' });
	});

	test('fails with the words of the expression when that fails', async () => {
		await expect(read({ note: { type: 'jsonata', value: '$nothing(' } })).rejects.toMatchObject({
			message: expect.stringContaining('Expected'),
		});
	});
});

describe('msg.params, where the node lets it override the form', () => {
	const values = {
		sure: { type: 'bool', value: 'true' },
		count: { type: 'num', value: '5' },
		note: { type: 'str', value: 'form' },
	};

	test('wins with false, 0 and an empty text, too', async () => {
		const params = { sure: false, count: 0, note: '' };
		expect(await read(values, { params }, 'params')).toMatchObject(params);
	});

	test('leaves the form where it has nothing or null, and properties beside it count for nothing', async () => {
		const message = { params: { note: null }, count: 9 };
		expect(await read(values, message, 'params')).toMatchObject({ note: 'form', count: 5 });
		expect(await read(values, {}, 'params')).toMatchObject({ note: 'form', count: 5 });
	});

	test('counts for nothing where the node does not say so', async () => {
		expect(await read(values, { params: { note: 'other' } })).toMatchObject({ note: 'form' });
	});

	test('never holds a secret', async () => {
		await expect(read(values, { params: { code: 'other' } }, 'params')).rejects.toThrow('msg.params.code is a secret.');
	});

	test('is refused with a name that is no parameter, and when it is no object', async () => {
		await expect(read(values, { params: { nota: 'x' } }, 'params')).rejects.toMatchObject({
			message: 'msg.params.nota is no parameter of this operation.',
			hint: expect.stringContaining('thing_id, others, note'),
		});
		await expect(read(values, { params: [1] }, 'params')).rejects.toThrow('msg.params is to be an object');
	});
});

describe('a node that was saved in version 1', () => {
	test('takes any property that is named like a field, and says which', async () => {
		const said: string[] = [];
		const reading = {
			values: { note: { type: 'str', value: 'form' } },
			override: 'properties' as const,
			overridden: ({ name }: { name: string }) => said.push(name),
		};
		const message = { note: 'message', file: undefined, code: 'other' };
		expect(await readParameters({ util } as Red, node, fields, reading, message)).toEqual({
			note: 'message',
			code: 'other',
		});
		expect(said).toEqual(['note', 'code']);
	});
});

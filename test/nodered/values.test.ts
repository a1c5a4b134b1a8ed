import { describe, expect, test } from '@jest/globals';
import { fieldsOf } from '../../src/host/form';
import type { Message, Red, RedNode } from '../../src/nodered/red';
import { readParameters, type TypedValues } from '../../src/nodered/values';
import { fixture } from './fixture';

const { util } = require('@node-red/util') as { util: Red['util'] };

const fields = fieldsOf(fixture.resources['thing'].operations['create'].params);
const node = { id: 'n', credentials: { param_code: 'stored secret' } } as unknown as RedNode;

const read = async (values: TypedValues, message: Message = {}) =>
	await readParameters({ util } as Red, node, fields, values, message);

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
		const due = new Date(1_790_000_000_000);
		expect(await read({}, { due, others: '4,5', thing_id: 3 })).toMatchObject({
			due: 1_790_000_000_000,
			others: [4, 5],
			thing_id: 3,
		});
	});

	test('lets false, 0 and an empty text of the message win over the form', async () => {
		const values = {
			sure: { type: 'bool', value: 'true' },
			count: { type: 'num', value: '5' },
			note: { type: 'str', value: 'form' },
		};
		expect(await read(values, { sure: false, count: 0, note: '' })).toMatchObject({ sure: false, count: 0, note: '' });
	});

	test('keeps the form where the message has nothing or null', async () => {
		expect(await read({ note: { type: 'str', value: 'form' } }, { note: null })).toMatchObject({ note: 'form' });
	});

	test('prefers a secret of the message to the stored one', async () => {
		expect(await read({}, { code: 'other' })).toEqual({ code: 'other' });
	});

	test('fails with the words of the expression when that fails', async () => {
		await expect(read({ note: { type: 'jsonata', value: '$nothing(' } })).rejects.toMatchObject({
			message: expect.stringContaining('Expected'),
		});
	});
});

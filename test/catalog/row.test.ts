import { describe, expect, test } from '@jest/globals';
import { field, row } from '../../src/catalog/row';

describe('a row', () => {
	const file = row(
		{ name: field.text(), owner_name: field.text().optional(), can_read: field.flag().optional() },
		{ lift: ['capabilities'], prefix: ['owner'] },
	);

	test('is flat: what details say moves up, by itself or behind the name of the object that held it', () => {
		const sent = { name: 'a.txt', owner: { name: 'bob', uid: 1027 }, capabilities: { can_read: 1, name: 'x' } };
		const parsed = file.parse(sent);
		expect(parsed).toEqual({ name: 'a.txt', owner_name: 'bob', owner_uid: 1027, can_read: true });
		expect(file.parse(parsed)).toEqual(parsed);
	});

	test('keeps what stands where an object is expected and is none', () => {
		expect(file.parse({ name: 'a', owner: null, capabilities: 'all' })).toEqual({
			name: 'a',
			owner: null,
			capabilities: 'all',
		});
	});
});

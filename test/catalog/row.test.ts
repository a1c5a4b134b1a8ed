import { afterEach, describe, expect, test } from '@jest/globals';
import { field, row, timeOf, watchOddValues } from '../../src/catalog/row';
import { z } from '../../src/vendor/zod';

const file = row(
	{
		path: field.text(),
		is_dir: field.flag(),
		size: field.bytes().optional(),
		mtime: field.seconds().optional(),
		expires: field.secondsOrNever().optional(),
	},
	{ lift: ['additional', 'time'], rename: { isdir: 'is_dir' }, simple: ['path', 'size'] },
);

afterEach(() => watchOddValues(() => {}));

describe('a declared row', () => {
	test('is flat, with moments as ISO 8601, sizes as numbers and flags as such', () => {
		const sent = { path: '/docs', isdir: 1, additional: { size: '12', time: { mtime: 1700000000 } }, expires: '0' };
		expect(file.parse(sent)).toEqual({
			path: '/docs',
			is_dir: true,
			size: 12,
			mtime: '2023-11-14T22:13:20Z',
			expires: null,
		});
	});

	test('lets through what it does not know, also out of the parts that move up', () => {
		const sent = { path: '/docs', isdir: false, additional: { real_path: '/volume1/docs' }, color: 'red' };
		expect(file.parse(sent)).toEqual({ path: '/docs', is_dir: false, real_path: '/volume1/docs', color: 'red' });
	});

	test('gives itself when it is parsed again', () => {
		const once = file.parse({
			path: '/docs',
			isdir: 'true',
			additional: { time: { mtime: '1700000000' } },
			expires: 0,
		});
		expect(file.parse(once)).toEqual(once);
	});

	test('does without a field that holds something else, and tells who watches', () => {
		const odd: unknown[] = [];
		watchOddValues((value) => odd.push(value));
		expect(file.parse({ path: '/docs', isdir: true, additional: { size: { bytes: 1 } } })).toEqual({
			path: '/docs',
			is_dir: true,
		});
		expect(odd).toEqual([{ bytes: 1 }]);
	});

	test('is none without the fields that it cannot be without', () => {
		expect(file.safeParse({ isdir: true }).error?.issues.map(({ path }) => path)).toEqual([['path']]);
	});

	test('takes more fields for events, and keeps how it is read', () => {
		const event = file.with({ event_id: z.string() });
		expect(event.parse({ event_id: '1', path: '/a', isdir: 0, additional: { size: 3 } })).toEqual({
			event_id: '1',
			path: '/a',
			is_dir: false,
			size: 3,
		});
	});

	test('gives details the name of the object that held them before their own, where that is declared', () => {
		const owned = row({ name: field.text(), owner_name: field.text().optional() }, { prefix: ['owner'] });
		const parsed = owned.parse({ name: 'a.txt', owner: { name: 'bob', uid: 1027 } });
		expect(parsed).toEqual({ name: 'a.txt', owner_name: 'bob', owner_uid: 1027 });
		expect(owned.parse(parsed)).toEqual(parsed);
		expect(owned.parse({ name: 'a', owner: null })).toEqual({ name: 'a', owner: null });
	});

	test('says in its JSON schema what a result looks like and what a person would pick', () => {
		const schema = z.toJSONSchema(file, { io: 'output', unrepresentable: 'any' }) as Record<string, any>;
		expect(schema.simple).toEqual(['path', 'size']);
		expect(schema.properties.mtime).toEqual({ type: 'string', format: 'date-time' });
		expect(schema.properties.size).toEqual({ type: 'number', unit: 'bytes' });
		expect(schema.required).toEqual(['path', 'is_dir']);
	});
});

describe('fields', () => {
	test('ids are text, whatever the NAS sends', () => {
		expect([field.id().parse(7), field.id().parse('309237645323')]).toEqual(['7', '309237645323']);
		expect(field.id().safeParse(undefined).success).toBe(false);
		expect(field.id().safeParse('').success).toBe(false);
	});

	test('moments in milliseconds keep them', () => {
		expect(field.milliseconds().parse(1700000000123)).toBe('2023-11-14T22:13:20.123Z');
		expect(field.millisecondsOrNever().parse(0)).toBeNull();
		expect(field.milliseconds().parse(0)).toBe('1970-01-01T00:00:00Z');
	});

	test('what is no moment is not made one', () => {
		expect(field.seconds().safeParse({}).success).toBe(false);
		expect(field.seconds().safeParse(1e300).success).toBe(false);
	});

	test('a moment of a row is a time again', () => {
		expect([timeOf('2023-11-14T22:13:20Z'), timeOf(null), timeOf(undefined)]).toEqual([1700000000000, NaN, NaN]);
	});
});

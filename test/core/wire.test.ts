import { describe, expect, test } from '@jest/globals';
import { bare, quoted } from '../../src/core/call';
import { fileName } from '../../src/core/download';
import { encodeForm, encodeValue } from '../../src/core/wire';

describe('encoding of values', () => {
	test.each([
		['2024', '"2024"'],
		['true', '"true"'],
		['', '""'],
		['a "b", {c}', '"a \\"b\\", {c}"'],
		[5, '5'],
		[false, 'false'],
		[['/a', '/b,c'], '["/a","/b,c"]'],
		[{ a: 1 }, '{"a":1}'],
		[bare('text'), 'text'],
	])('for JSON APIs %j goes as %s', (value, text) => {
		expect(encodeValue(value, 'JSON')).toBe(text);
	});

	test.each([
		['2024', '2024'],
		[5, '5'],
		[true, 'true'],
		[['a', 1], 'a,1'],
		[quoted('12345'), '"12345"'],
	])('for plain APIs %j goes as %s', (value, text) => {
		expect(encodeValue(value, undefined)).toBe(text);
	});

	test('null and undefined leave the field out', () => {
		expect(encodeForm({ a: encodeValue(null, 'JSON'), b: encodeValue(undefined, 'JSON'), c: '1' })).toBe('c=1');
	});

	test('a form spells blanks as %20 and everything else in UTF-8', () => {
		expect(encodeForm({ 'a b': '100 % ü\n😀+&' })).toBe('a%20b=100%20%25%20%C3%BC%0A%F0%9F%98%80%2B%26');
	});
});

describe('name of a downloaded file', () => {
	test.each([
		[`attachment; filename="a b.txt"`, 'a b.txt'],
		[`attachment; filename=plain.bin`, 'plain.bin'],
		[`attachment; filename="x.txt"; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt`, 'grüße.txt'],
		[`attachment; filename="gr%C3%BC%C3%9Fe.txt"`, 'grüße.txt'],
		[`attachment; filename="${Buffer.from('grüße.txt').toString('latin1')}"`, 'grüße.txt'],
		[`attachment; filename="100%.txt"`, '100%.txt'],
		[`attachment; filename="a\\"b.txt"`, 'a"b.txt'],
	])('%s gives %s', (header, name) => {
		expect(fileName(header)).toBe(name);
	});
});

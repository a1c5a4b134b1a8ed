import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readJson } from '../../src/core/json';

/** The same value in a text that is so long that it is scanned before it is parsed. */
const long = (text: string) => `{"value":${text},"rest":"${'.'.repeat(1 << 18)}"}`;
const longRead = (text: string): unknown => {
	const read = readJson(long(text));
	return 'value' in read ? { value: (read.value as { value: unknown }).value } : read;
};

test.each([
	['9007199254740991', 9_007_199_254_740_991],
	['9007199254740992', '9007199254740992'],
	['-9007199254740993', '-9007199254740993'],
	['[{"id":12345678901234567890}]', [{ id: '12345678901234567890' }]],
	['12345678901234567.5', 12345678901234567.5],
	['1e300', 1e300],
	['{"text":"12345678901234567890"}', { text: '12345678901234567890' }],
])('%s is read the same in a short and in a long answer', (text, value) => {
	expect(readJson(text)).toEqual({ value });
	expect(longRead(text)).toEqual({ value });
});

test('what nests 500 levels is read, what nests 501 is too deep, also in a damaged text', () => {
	const nested = (levels: number, end = levels) => '[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(end / 2);
	expect(readJson(nested(500))).toHaveProperty('value');
	expect(readJson(`[${nested(500)}]`)).toEqual({ fault: 'deep' });
	expect(readJson(nested(502, 2))).toEqual({ fault: 'deep' });
	expect(readJson(nested(10, 2))).toEqual({ fault: 'damaged' });
});

test('any value is read the same in a short and in a long answer', () => {
	fc.assert(
		fc.property(fc.json(), (text) => {
			expect(readJson(text)).toEqual(longRead(text));
		}),
	);
});

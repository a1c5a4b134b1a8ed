import { describe, expect, test } from '@jest/globals';
import { apart } from '../../src/core/apart';
import { turn, withinTime } from '../../src/platform';
import { resting } from '../../src/platform/node/threads';
import { endless, fails, greedy, leaves, refuses, reversed } from '../support/works';
import { failure } from '../support/nas';

const works = require.resolve('../support/works');
const SHORT = 'abc';
const LONG = 'abc'.repeat(100_000);

/** How often others came to their turn while something was worked on. */
async function turns(work: Promise<unknown>): Promise<number> {
	let count = 0;
	let goesOn = true;
	const turn = () => {
		count += 1;
		if (goesOn) setImmediate(turn);
	};
	setImmediate(turn);
	await work.catch(() => undefined);
	goesOn = false;
	return count;
}

describe.each([
	['short', SHORT],
	['long', LONG],
])('work on a %s text', (_, text) => {
	test('gives its result', async () => {
		expect(await apart('conversion', works, reversed)([text])).toBe(reversed(text));
	});

	test('that never ends is stopped by its budget, and others come to their turn meanwhile', async () => {
		const work = failure(apart('matching', works, endless)([text], { path: ['keyword'] }));
		expect(await turns(work)).toBeGreaterThan(100);
		expect(await work).toMatchObject({
			name: 'DsmInputError',
			message: 'The regular expression takes too long: at most 1000 milliseconds (budget "matching").',
			details: { budget: 'matching', path: ['keyword'] },
		});
	});

	test('hands on the errors that it throws', async () => {
		expect(await failure(apart('conversion', works, refuses)([text]))).toMatchObject({
			name: 'DsmInputError',
			message: '"abc" is wrong.',
			details: { path: ['a'], hint: 'Give another one.' },
		});
		await expect(apart('conversion', works, fails)([text])).rejects.toThrow('a fault of the program');
	});
});

test('work that takes all memory ends with the error of its budget, and others go on', async () => {
	expect(await failure(apart('conversion', works, greedy)([LONG]))).toMatchObject({
		details: { budget: 'conversion' },
	});
	expect(await apart('conversion', works, reversed)([LONG])).toBe(reversed(LONG));
});

test('a thread that ends while it has nothing to do is not asked any more', async () => {
	expect(await apart('conversion', works, leaves)([LONG])).toBe(LONG.length);
	while (resting.length > 0) await turn();
	expect(await apart('conversion', works, reversed)([LONG])).toBe(reversed(LONG));
});

test('more work than there are threads is done one after the other', async () => {
	const texts = Array.from({ length: 6 }, (_, index) => LONG + String(index));
	const stopped = failure(apart('matching', works, endless)([LONG]));
	expect(await Promise.all(texts.map(async (text) => await apart('conversion', works, reversed)([text])))).toEqual(
		texts.map(reversed),
	);
	expect(await stopped).toMatchObject({ details: { budget: 'matching' } });
});

test('work in a limit of time may hold other such work', () => {
	expect(withinTime(1000, () => withinTime(1000, () => 1)!.value + 1)).toEqual({ value: 2 });
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DsmInputError } from '../../src/core/errors';
import type { Message } from '../../src/nodered/red';
import { Sequences } from '../../src/nodered/sequences';
import { TestClock } from './clock';

const MEGABYTE = 1_048_576;

let clock: TestClock;
let lost: { error: DsmInputError; message: Message }[];
let sequences: Sequences;

beforeEach(() => {
	clock = new TestClock();
	lost = [];
	sequences = new Sequences({
		maxBytes: MEGABYTE,
		lost: (error, message) => void lost.push({ error, message }),
		later: clock.later,
	});
});

/** A chunk as the core's "read file" sends it. */
const chunk = (content: string, index: number, more: object = {}): Message => ({
	payload: Buffer.from(content),
	filename: '/data/a.txt',
	parts: { id: 's', type: 'buffer', index, ch: '', ...more },
});

const add = (message: Message) => sequences.add(message, message['payload']);

describe('a file in chunks', () => {
	test('is whole when there are as many chunks as the count says, in whichever order they come', () => {
		expect(add(chunk('three', 2, { count: 3 }))).toBeUndefined();
		expect(add(chunk('one ', 0))).toBeUndefined();
		const whole = add(chunk('two ', 1));
		expect(whole?.file?.toString()).toBe('one two three');
		expect(whole?.message).toMatchObject({ filename: '/data/a.txt' });
		expect(whole?.message).not.toHaveProperty('parts');
		expect([sequences.waiting, clock.waiting]).toEqual([0, false]);
	});

	test('ends with a message that has no content, as "read file" does it for a whole number of chunks', () => {
		expect(add(chunk('one ', 0))).toBeUndefined();
		expect(add(chunk('two', 1))).toBeUndefined();
		const end = { parts: { id: 's', type: 'buffer', index: 2, count: 2, ch: '' } };
		expect(add(end)?.file?.toString()).toBe('one two');
	});

	test('ends with msg.complete where no count does', () => {
		expect(add(chunk('one ', 0))).toBeUndefined();
		const whole = add({ ...chunk('two', 1), complete: true });
		expect(whole?.file?.toString()).toBe('one two');
		expect(whole?.message).not.toHaveProperty('complete');
	});

	test('gets back what a Split node took out, and the sequence around it', () => {
		const more = { ch: Buffer.from('\n'), count: 2, parts: { id: 'outer', type: 'array', index: 4 } };
		expect(add(chunk('one', 0, more))).toBeUndefined();
		const whole = add(chunk('two', 1, more));
		expect(whole?.file?.toString()).toBe('one\ntwo');
		expect(whole?.message['parts']).toEqual({ id: 'outer', type: 'array', index: 4 });
	});

	test('may come among those of another file', () => {
		for (const index of [0, 1]) for (const id of ['a', 'b']) add(chunk(`${id}${index} `, index, { id }));
		expect(add(chunk('a2', 2, { id: 'a', count: 3 }))?.file?.toString()).toBe('a0 a1 a2');
		expect(add(chunk('b2', 2, { id: 'b', count: 3 }))?.file?.toString()).toBe('b0 b1 b2');
	});

	test('of one chunk, or of none, is a file', () => {
		expect(add(chunk('all', 0, { count: 1 }))?.file?.toString()).toBe('all');
		expect(add(chunk('', 0, { count: 1 }))?.file?.length).toBe(0);
	});
});

describe('a message that is no chunk', () => {
	test.each([
		['of an array', { payload: Buffer.from('x'), parts: { id: 's', type: 'array', index: 0, count: 2 } }],
		['of lines', { payload: 'x', parts: { id: 's', type: 'string', index: 0, count: 2 } }],
		['without an id', { payload: Buffer.from('x'), parts: { type: 'buffer', index: 0 } }],
		['without content', { parts: { id: 's', type: 'buffer', index: 0, count: 2 } }],
		['that became something else', { payload: { content: 'x' }, parts: { id: 's', type: 'buffer', index: 0 } }],
	])('%s is worked on by itself', (_what, message) => {
		expect(add(message)).toEqual({ message });
		expect(clock.waiting).toBe(false);
	});
});

describe('a sequence that does not become whole', () => {
	test('ends with an error after a minute without a chunk, which says what is there', () => {
		add(chunk('one ', 0, { count: 3 }));
		const last = chunk('three', 2, { count: 3 });
		add(last);
		expect(clock.waits).toEqual([60_000, 60_000]);
		clock.run();
		expect(lost).toMatchObject([
			{ error: { code: 'input', details: { path: ['parts'] } }, message: { payload: last['payload'] } },
		]);
		expect(lost[0]!.error.message).toBe('"/data/a.txt" came incomplete: 2 of 3 chunks, without the one of index 1.');
		expect(sequences.waiting).toBe(0);
	});

	test('says that no chunk was the last where none had a count', () => {
		add(chunk('one ', 0));
		clock.run();
		expect(lost[0]!.error.message).toBe('"/data/a.txt" came in 1 chunks, and none said that it is the last.');
	});

	test('ends at once where msg.complete comes before all chunks do', () => {
		add(chunk('one ', 0));
		expect(() => add({ ...chunk('three', 2), complete: true })).toThrow('2 of 3 chunks, without the one of index 1');
		expect([sequences.waiting, clock.waiting]).toEqual([0, false]);
	});

	test('is refused once where its chunks are larger together than the node holds, and what still comes is dropped', () => {
		const half = 'x'.repeat(MEGABYTE / 2);
		add(chunk(half, 0, { id: 'a' }));
		add(chunk(half, 0, { id: 'b' }));
		expect(() => add(chunk('x', 1, { id: 'b' }))).toThrow(
			'"/data/a.txt" is larger than the 1 MB that chunks may have together.',
		);
		expect(add(chunk('x', 2, { id: 'b', count: 3 }))).toBeUndefined();
		clock.run();
		expect(lost).toEqual([]);
		expect(add(chunk('end', 1, { id: 'a', count: 2 }))?.file?.length).toBe(MEGABYTE / 2 + 3);
	});

	test.each([
		[{ index: -1 }, 'msg.parts.index is to be a whole number from 0, but it is -1.'],
		[{ index: '1' }, 'msg.parts.index is to be a whole number from 0, but it is 1.'],
		[{ index: 0, count: 1.5 }, 'msg.parts.count is to be a whole number from 0, but it is 1.5.'],
	])('is refused where a chunk has no place: %j', (parts, says) => {
		expect(() => add({ ...chunk('x', 0, parts) })).toThrow(says);
	});

	test('is forgotten when the node closes', () => {
		add(chunk('one ', 0));
		sequences.close();
		expect([sequences.waiting, clock.waiting]).toEqual([0, false]);
	});
});

import { describe, expect, test } from '@jest/globals';
import { backgroundTask, stateOf, type TaskEnd } from '../../src/catalog/backgroundTask';
import { operation } from '../../src/catalog/operation';
import { timeout } from '../../src/catalog/tasks';
import { call } from '../../src/catalog/wire';
import { callsOf } from '../../src/core/operation';
import { DsmApiError } from '../../src/core/errors';
import { z } from '../../src/vendor/zod';
import { failure, withNas } from '../support/nas';

const known = { basis: 'guide', source: 'filestation.md 4.10' } as const;
const api = 'SYNO.FileStation.MD5';
const start = call(api, 'start', 2, { answer: z.object({ taskid: z.string().optional() }), ...known });
const status = call(api, 'status', 2, {
	answer: z.object({ finished: z.boolean(), progress: z.number().optional(), md5: z.string().optional() }),
	...known,
});
const stop = call(api, 'stop', 2, known);
const task = backgroundTask({
	status,
	stop,
	idOf: ({ taskid }: { taskid?: string | undefined }) => taskid,
	atOnce: () => ({ is: 'done', state: { finished: true, md5: 'at once' } }),
	named: (taskid) => ({ taskid }),
	read: (state) =>
		!state.finished
			? { is: 'running', state, progress: state.progress }
			: state.md5 === undefined
				? { is: 'gone' }
				: { is: 'done', state },
	refusal: (error) =>
		error.dsmCode === 599
			? { is: 'gone', error }
			: error instanceof DsmApiError
				? { is: 'failed', failures: [], error }
				: undefined,
	tolerated: 1,
	attempts: 2,
});
const checksum = operation({
	title: 'Get a checksum',
	summary: 'Lets the NAS compute it.',
	call: start,
	wait: task.wait('The checksum'),
	params: z.object({ path: z.string(), timeout: timeout() }),
	request: ({ path }) => ({ file_path: path }),
	response: (end) => ({ md5: stateOf(end, 'The checksum').md5 }),
	result: z.object({ md5: z.string().optional() }),
});

/** A NAS that gives these answers to the looks at a task, one after the other. */
async function nas(answers: object[], run: (begin: () => Promise<unknown>, sent: string[]) => Promise<void>) {
	await withNas({}, async ({ dsm, simulator }) => {
		const sent: string[] = [];
		const method = (name: string, answer: () => object) => ({
			[`${api}.${name}`]: () => {
				sent.push(name);
				return answer();
			},
		});
		simulator.use({
			...method('start', () => ({ data: { taskid: 'A1' } })),
			...method('status', () => answers.shift() ?? { data: { finished: false } }),
			...method('stop', () => ({})),
		});
		await run(async () => await dsm.do(checksum, { path: '/docs/a', timeout: 5 }), sent);
	});
}

describe('an operation whose call starts a background task', () => {
	test('knows the calls that it can make, and is as certain as they are', () => {
		expect(callsOf(checksum)).toEqual([start, status, stop]);
		expect(checksum.basis).toBe('guide');
	});

	test('waits until it is done', async () => {
		const answers = [{ data: { finished: false, progress: 0.5 } }, { data: { finished: true, md5: 'x' } }];
		await nas(answers, async (begin, sent) => {
			expect(await begin()).toEqual({ md5: 'x' });
			expect(sent).toEqual(['start', 'status', 'status']);
		});
	});

	test('tolerates one that is not registered yet, and begins one again that is gone', async () => {
		const gone = { error: 599 };
		await nas([gone, gone, gone, { data: { finished: true, md5: 'x' } }], async (begin, sent) => {
			expect(await begin()).toEqual({ md5: 'x' });
			expect(sent).toEqual(['start', 'status', 'status', 'start', 'status', 'status']);
		});
	});

	test('fails when it has gone each time, and never makes a result up', async () => {
		const bare = { data: { finished: true } };
		await nas([bare, bare, bare, bare], async (begin) => {
			const told = await failure(begin());
			expect([told.message, told.retryable]).toEqual(['The checksum was lost by the NAS.', true]);
		});
	});

	test('looks for it in the list of the NAS where the status knows nothing of it', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({
				[`${api}.start`]: () => ({ data: { taskid: 'A1' } }),
				[`${api}.status`]: () => ({ error: 599 }),
			});
			const listed = backgroundTask({
				status,
				stop,
				idOf: ({ taskid }: { taskid?: string | undefined }) => taskid,
				named: (taskid) => ({ taskid }),
				read: (state) => ({ is: 'done', state }),
				refusal: (error) => (error.dsmCode === 599 ? { is: 'gone', error } : undefined),
				elsewhere: (_, id) => Promise.resolve({ finished: true, md5: id }),
			});
			const end = await listed.run(dsm, start, {}, { timeout: 5, what: 'The checksum' });
			expect(end).toEqual({ is: 'done', state: { finished: true, md5: 'A1' }, id: 'A1' });
		});
	});

	test('fails as the task did', async () => {
		await nas([{ error: 408 }], async (begin) => {
			expect((await failure(begin())).dsmCode).toBe(408);
		});
	});

	test('stops it when its time is over', async () => {
		await nas([], async (begin, sent) => {
			expect((await failure(begin())).message).toBe('The checksum did not end within 5 seconds and was stopped.');
			expect(sent.at(-1)).toBe('stop');
		});
	});

	test('has nothing to wait for when the start says that nothing is left to do', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ [`${api}.start`]: () => ({ data: {} }) });
			expect(await dsm.do(checksum, { path: '/docs/a' })).toEqual({ md5: 'at once' });
		});
	});
});

test('what a task says that failed for some of its paths names the first', () => {
	const end: TaskEnd<unknown> = { is: 'failed', failures: [{ code: 414, path: '/docs/a' }] };
	expect(() => stateOf(end, 'The copy')).toThrow('The copy failed: /docs/a (code 414).');
});

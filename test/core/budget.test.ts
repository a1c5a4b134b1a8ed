import { describe, expect, test } from '@jest/globals';
import { BUDGETS, Meter } from '../../src/core/budget';
import { isDsmError } from '../../src/core/errors';
import { keepMarkupBudget, tagsIn } from '../../src/core/markup';
import { readMultistatus } from '../../src/core/multistatus';
import { readFields } from '../../src/core/receive';
import type { AnyOperation } from '../../src/core/operation';
import { namePattern } from '../../src/catalog/pattern';
import { chat } from '../../src/services/chat';
import { file as fileService } from '../../src/services/file';
import { fromHtml, toHtml } from '../../src/services/note/lib/format';
import { failure, withNas } from '../support/nas';

/** What a work was refused with. */
async function refusal(work: () => unknown): Promise<[name: string, message: string, budget: string | undefined]> {
	try {
		await work();
	} catch (error) {
		if (isDsmError(error)) return [error.name, error.message, error.details.budget];
		throw error;
	}
	throw new Error('Nothing was refused.');
}

const multistatus = (inner: string) => `<d:multistatus xmlns:d="DAV:">${inner}</d:multistatus>`;

describe('a budget', () => {
	test('is counted up to its bound, and names itself when it is spent', async () => {
		const meter = new Meter('rows', {}, 3);
		meter.spend(3);
		expect(await refusal(() => meter.spend())).toEqual([
			'DsmProtocolError',
			'A list of the NAS does not end: at most 1000000 rows (budget "rows").',
			'rows',
		]);
	});
});

describe('markup', () => {
	test('is read tag by tag; comments, CDATA and signs of "less than" are none', () => {
		const tags = [...tagsIn('a < b <x y="1>2"><!-- <z> --><q/><![CDATA[<w>]]></x><open')];
		expect(tags.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['open x', 'empty q', 'close x']);
	});

	test.each([
		['a', () => readMultistatus('<a>'.repeat(100_000))],
		['an answer', () => readMultistatus(multistatus('<d:a>'.repeat(100_000) + '</d:a>'.repeat(100_000)))],
		['a note', () => fromHtml('<div>'.repeat(100_000), 'markdown')],
	])('of %s that is nested too deeply is refused, not followed', async (_, read) => {
		expect(await refusal(read)).toEqual([
			'DsmProtocolError',
			'What came is nested too deeply: at most 200 levels (budget "depth").',
			'depth',
		]);
	});

	test('that is nested as deeply as is allowed is read', async () => {
		const levels = BUDGETS.depth.most - 1;
		expect(await fromHtml(`${'<div>'.repeat(levels)}a${'</div>'.repeat(levels)}`, 'markdown')).toBe('a');
		expect((await readMultistatus(multistatus('<d:a>'.repeat(levels) + '</d:a>'.repeat(levels)))).rows).toEqual([]);
	});

	test('whose elements do not nest may follow each other in any number', async () => {
		expect(await fromHtml('<p>a'.repeat(1000), 'text')).toBe('a'.repeat(1000));
		expect((await fromHtml('<p>a'.repeat(1000), 'markdown')).split('\n\n')).toHaveLength(1000);
	});

	test('of more elements than the budget is refused', async () => {
		const html = '<b>a</b>'.repeat(BUDGETS.noteElements.most + 1);
		expect((await refusal(() => keepMarkupBudget(html, 'noteElements')))[2]).toBe('noteElements');
	});

	test.each(['<'.repeat(1_000_000), '<div '.repeat(200_000), '<!--'.repeat(200_000)])(
		'that never closes its tags is plain text from there on',
		async (html) => {
			expect(await fromHtml(`<p>a</p>${html}`, 'text')).toBe(`a\n${html}`.trimEnd());
		},
	);
});

describe('text of others', () => {
	test('that Markdown would take minutes for is refused', async () => {
		expect((await refusal(() => toHtml('!['.repeat(3_000_000), 'markdown')))[2]).toBe('conversion');
	});

	test('of a pattern is refused beyond its bound', async () => {
		expect(await refusal(() => namePattern('*-'.repeat(500_000)))).toEqual([
			'DsmInputError',
			'The patterns are too long: 1000000 characters, at most 10000 (budget "pattern").',
			'pattern',
		]);
	});

	test('of a form with more fields than any call has is no form', () => {
		expect(readFields({}, `token=a&${'b=c&'.repeat(BUDGETS.formFields.most)}`)).toEqual({});
		expect(readFields({}, 'token=a&b=c')).toEqual({ token: 'a', b: 'c' });
	});
});

describe('a message', () => {
	const long = 'a b '.repeat(30_000);

	test.each([
		['in parts', {}, 'The text would become too many messages: 60 messages, at most 50 (budget "posts").'],
		['whole', { part_length: 0 }, 'The message is too long: 120000 characters, at most 100000 (budget "message").'],
	])('of more than a hundred thousand characters is refused %s before anything is sent', async (_, more, message) => {
		await withNas({}, async ({ dsm, simulator }) => {
			const { send, sendToMany } = chat.resources.message.operations;
			const texts = { message: long, ...more };
			for (const sending of [
				dsm.do(send, { channel_id: 1, ...texts }),
				dsm.do(sendToMany, { channel_ids: [1], ...texts }),
			]) {
				const error = await failure(sending);
				expect([error.name, error.message, error.details]).toMatchObject([
					'DsmInputError',
					message,
					{ path: ['message'] },
				]);
			}
			expect(simulator.requests.filter(({ api }) => api === 'SYNO.Chat.Post')).toEqual([]);
		});
	});

	test('that the NAS takes in small parts only stops at the bound and says what was sent', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			let sent = 0;
			simulator.use({
				'SYNO.Chat.Post.create': ({ params }) => {
					if (String(params['message']).length > 250) return { error: 410 };
					sent += 1;
					return undefined;
				},
			});
			const error = await failure(
				dsm.do(chat.resources.message.operations.send, { channel_id: 1, message: 'word '.repeat(12_000) }),
			);
			expect([error.name, error.message]).toEqual([
				'DsmInputError',
				expect.stringMatching(
					new RegExp(`at most 50 \\(budget "posts"\\)\\. ${sent} of \\d+ parts were sent before: `),
				),
			]);
			expect([sent > 0, sent < BUDGETS.posts.most]).toEqual([true, true]);
		});
	});
});

describe('a server that always has more', () => {
	const post = (post_id: number) => ({
		post_id,
		message: 'a',
		type: 'normal',
		create_at: post_id,
		creator_id: 1,
		channel_id: 1,
	});
	const number = (value: unknown) => Number(value ?? 0);
	const file = (index: number) => ({ path: `/home/${index}`, name: String(index), isdir: false });
	const endless: Record<string, (request: { params: Record<string, unknown> }) => { data: unknown }> = {
		'SYNO.FileStation.List.list': ({ params }) => ({
			data: { files: [file(number(params['offset'])), file(number(params['offset']) + 1)], total: 1e9 },
		}),
		'SYNO.Chat.Post.list': ({ params }) => ({
			data: { posts: [post(number(params['post_id'] ?? 2 ** 40) - 2), post(number(params['post_id'] ?? 2 ** 40) - 1)] },
		}),
	};

	test.each([
		['files', fileService.resources.folder.operations.list, { folder: '/home' }],
		['messages', chat.resources.message.operations.list, { channel_id: 1 }],
	])('of %s ends with an error, by the calls that one operation may make', async (_, operation, params) => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use(endless);
			const work = new Meter('calls', {}, 40);
			const error = await failure(dsm.with({ work }).do(operation as AnyOperation, params));
			expect([error.name, error.details]).toMatchObject(['DsmProtocolError', { budget: 'calls' }]);
			expect(work.spent).toBe(41);
		});
	});

	test('begins anew with each operation', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use(endless);
			const first: unknown[] = [];
			for await (const row of dsm.each(chat.resources.message.operations.list, { channel_id: 1 }, { limit: 120 }))
				first.push(row);
			expect(first).toHaveLength(120);
		});
	});
});

test('every budget says what it counts and what to do', () => {
	for (const { most, unit, subject, hint } of Object.values(BUDGETS))
		expect([most > 0, /^[a-z]+$/.test(unit), /^[A-Z].*[^.]$/.test(subject), /\.$/.test(hint)]).toEqual([
			true,
			true,
			true,
			true,
		]);
});

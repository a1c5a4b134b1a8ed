import { describe, expect, test } from '@jest/globals';
import { bare } from '../../src/core/call';
import type { BatchAnswer } from '../../src/core/dsm';
import { fileFromBytes } from '../../src/core/multipart';
import { failure, withNas } from '../support/nas';
import { until } from '../support/until';
import { LIST, ok, replaying, row, type Asked, type Replay } from './recorded';

const one = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const two = { api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 } as const;
const home = { api: 'SYNO.Core.User.Home', method: 'get', version: 1 } as const;
const upload = { api: 'SYNO.FileStation.Upload', method: 'upload', version: 2 } as const;
const list = { ...LIST, 'SYNO.Entry.Request': row(), 'SYNO.Core.Desktop.Timeout': row(), 'SYNO.Core.User.Home': row() };
const codes = (answers: BatchAnswer[]) => answers.map((answer) => ('data' in answer ? answer.data : answer.error.code));

interface Entry {
	api: string;
	method: string;
	version: number;
}

/** A NAS whose batch answers what `rows` makes of the entries; other calls give their own name. */
const batching =
	(rows: (entries: Entry[], asked: Asked) => unknown[], apis: object = list): Replay =>
	(asked) => {
		if (asked.api === 'SYNO.API.Info') return ok(apis);
		if (asked.api === 'SYNO.API.Auth') return undefined;
		if (asked.api !== 'SYNO.Entry.Request') return ok(asked.api);
		const result = rows(JSON.parse(asked.params.compound!) as Entry[], asked);
		return ok({ has_fail: false, result });
	};
const good = ({ api, method, version }: Entry) => ({ api, data: api, method, success: true, version });
const bad = ({ api, method, version }: Entry, code: unknown) => ({
	api,
	error: { code },
	method,
	success: false,
	version,
});

describe('a batch', () => {
	test('with fewer answers than entries leaves the last ones unanswered, and says that their outcome is unknown', async () => {
		await replaying(
			batching((entries) => entries.slice(0, 1).map(good)),
			async ({ dsm }) => {
				const answers = await dsm.batch([{ call: one }, { call: two }]);
				expect(codes(answers)).toEqual([one.api, 'protocol']);
				expect(answers[1]).toMatchObject({ error: { details: { call: { ...two }, outcomeUnknown: true } } });
			},
		);
	});

	test('that leaves out the first answer does not give the second one to the first entry', async () => {
		await replaying(
			batching((entries) => entries.slice(1).map(good)),
			async ({ dsm }) => {
				expect(codes(await dsm.batch([{ call: one }, { call: two }]))).toEqual(['protocol', 'protocol']);
			},
		);
	});

	test.each([
		['without the success mark', ({ api }: Entry) => ({ data: api })],
		['without the names', ({ api }: Entry) => ({ data: api, success: true })],
	])('is read %s too', async (_, answer) => {
		await replaying(
			batching((entries) => entries.map(answer)),
			async ({ dsm }) => {
				expect(codes(await dsm.batch([{ call: one }, { call: two }]))).toEqual([one.api, two.api]);
			},
		);
	});

	test('tells codes that came as text, or not at all', async () => {
		await replaying(
			batching((entries) => [bad(entries[0]!, '105'), bad(entries[1]!, undefined)]),
			async ({ dsm }) => {
				expect(codes(await dsm.batch([{ call: one }, { call: two }]))).toEqual(['permission', 'api']);
			},
		);
	});

	test('on a NAS without SYNO.Entry.Request becomes single calls', async () => {
		const { 'SYNO.Entry.Request': _, ...without } = list;
		await replaying(
			batching(() => [], without),
			async ({ dsm, names }) => {
				expect(codes(await dsm.batch([{ call: one }, { call: two }]))).toEqual([one.api, two.api]);
				expect(names()).toEqual([
					'SYNO.API.Info.query',
					'SYNO.API.Auth.login',
					'SYNO.DSM.Info.getinfo',
					'SYNO.Core.Desktop.Timeout.get',
				]);
			},
		);
	});

	test('asks for the API list once, however many APIs its entries have', async () => {
		await replaying(
			batching((entries) => entries.map(good)),
			async ({ dsm, names }) => {
				await dsm.batch([{ call: one }, { call: two }, { call: home }]);
				expect(names()).toEqual(['SYNO.API.Info.query', 'SYNO.API.Auth.login', 'SYNO.Entry.Request.request']);
			},
		);
	});

	test('sends an entry with a file by itself', async () => {
		await replaying(
			batching((entries) => entries.map(good)),
			async ({ dsm, asked }) => {
				const file = fileFromBytes('a.txt', Buffer.from('abc'));
				expect(codes(await dsm.batch([{ call: one }, { call: upload, params: { file } }]))).toEqual([
					one.api,
					upload.api,
				]);
				expect(
					asked
						.map(({ api }) => api)
						.sort()
						.slice(-2),
				).toEqual(['SYNO.Entry.Request', 'SYNO.FileStation.Upload']);
			},
		);
	});

	test('that breaks down in its second request keeps the answers of the first', async () => {
		let requests = 0;
		const replay = batching((entries) => entries.map(good));
		const broken: Replay = (asked) =>
			asked.api === 'SYNO.Entry.Request' && ++requests === 2
				? { send: (response) => void response.destroy() }
				: replay(asked);
		await replaying(broken, async ({ dsm }) => {
			const answers = await dsm.batch(Array.from({ length: 25 }, () => ({ call: one })));
			expect(codes(answers).slice(18, 22)).toEqual([one.api, one.api, 'connection', 'connection']);
			expect(answers[24]).toMatchObject({ error: { details: { call: { ...one }, outcomeUnknown: true } } });
		});
	});

	test('with an entry that answers 119 for good gives the others their answers, and logs in once more, not each time', async () => {
		const replay = batching((entries) =>
			entries.map((entry) => (entry.api === home.api ? bad(entry, 119) : good(entry))),
		);
		await replaying(replay, async ({ dsm, names }) => {
			for (let index = 0; index < 4; index++) {
				const answers = await dsm.batch([{ call: one }, { call: home }, { call: two }], { readOnly: true });
				expect(codes(answers)).toEqual([one.api, 'session', two.api]);
			}
			expect(names().filter((name) => name.endsWith('login'))).toHaveLength(2);
		});
	});

	test('in which nothing but such entries are costs no login each time either', async () => {
		await replaying(
			batching((entries) => entries.map((entry) => bad(entry, 119))),
			async ({ dsm, names }) => {
				for (let index = 0; index < 4; index++) {
					expect(codes(await dsm.batch([{ call: home }, { call: home }]))).toEqual(['session', 'session']);
				}
				expect(names().filter((name) => name.endsWith('login'))).toHaveLength(2);
			},
		);
	});

	test('of writes of which one lost the session is not sent again', async () => {
		await replaying(
			batching(([first, second]) => [good(first!), bad(second!, 119)]),
			async ({ dsm, names }) => {
				expect(codes(await dsm.batch([{ call: one }, { call: two }]))).toEqual([one.api, 'session']);
				expect(names().filter((name) => name === 'SYNO.Entry.Request.request')).toHaveLength(1);
			},
		);
	});

	test('that was cancelled gives every entry the cancellation, and no promise is left alone', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm }) => {
			const audio = { api: 'SYNO.AudioStation.Info', method: 'getinfo', version: 4 } as const;
			const entries = [{ call: one }, { call: audio }, { call: two }];
			expect(codes(await dsm.batch(entries, { signal: AbortSignal.abort() }))).toEqual([
				'aborted',
				'aborted',
				'aborted',
			]);
		});
	});
});

describe('shared reads', () => {
	test('that differ in a bare value only are different questions', async () => {
		const replay = batching((entries) =>
			entries.map((entry) => ({ ...good(entry), data: (entry as Entry & { text: string }).text })),
		);
		await replaying(replay, async ({ dsm }) => {
			const asked = ['a', 'b', 'a'].map(async (text) => await dsm.call(one, { text: bare(text) }, { share: true }));
			expect(await Promise.all(asked)).toEqual(['a', 'b', 'a']);
		});
	});

	test('of one caller can be cancelled without the others noticing', async () => {
		await replaying(
			batching((entries) => entries.map(good)),
			async ({ dsm }) => {
				const abort = new AbortController();
				const cancelled = dsm
					.call(one, {}, { share: true, signal: abort.signal })
					.catch((reason: { code: string }) => reason.code);
				const other = dsm.call(one, {}, { share: true });
				abort.abort();
				expect(await Promise.all([cancelled, other])).toEqual(['aborted', one.api]);
			},
		);
	});
});

describe('shared reads', () => {
	test('that find the NAS busy are asked again by themselves', async () => {
		await withNas({ apis: [one.api, two.api] }, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ api: one.api, code: 109 });
			const asked = [one, two].map(async (call) => await dsm.call(call, {}, { share: true }));
			expect(await Promise.all(asked)).toMatchObject([{ model: 'DS920+' }, { timeout: 15 }]);
			expect(simulator.requests.at(-1)).toMatchObject({ api: one.api, answerCode: 0 });
		});
	});

	test('that fail name the operation of each who asked', async () => {
		await withNas({ apis: [one.api] }, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ api: one.api, code: 105 });
			const ask = (operation: string) => failure(dsm.call(one, {}, { share: true, operation }));
			const errors = await Promise.all([ask('chat.a.get'), ask('chat.b.get')]);
			expect(errors.map(({ operation }) => operation)).toEqual(['chat.a.get', 'chat.b.get']);
		});
	});
});

test('an answer is never older than its question: one that is under way is not given to who asks later', async () => {
	const held: (() => void)[] = [];
	const slowly: Replay = ({ api }) => {
		if (api !== one.api) return undefined;
		const body = JSON.stringify({ success: true, data: `looked at ${held.length}` });
		return {
			send: (response) =>
				void held.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end(body)),
		};
	};
	await replaying(slowly, async ({ dsm }) => {
		const ask = async () => await dsm.call(one, {}, { share: true });
		const earlier = [ask(), ask()];
		await until(() => held.length === 1);
		const later = ask();
		await until(() => held.length === 2);
		for (const answer of held) answer();
		expect(await Promise.all([...earlier, later])).toEqual(['looked at 0', 'looked at 0', 'looked at 1']);
	});
});

test('the same holds for questions over DAV', async () => {
	const held: (() => void)[] = [];
	const slowly: Replay = () => {
		const rows = `<d:response><d:href>/looked-at-${held.length}</d:href></d:response>`;
		const body = `<d:multistatus xmlns:d="DAV:">${rows}</d:multistatus>`;
		return { send: (response) => void held.push(() => response.writeHead(207).end(body)) };
	};
	await replaying(slowly, async ({ dsm }) => {
		const ask = async () =>
			(await dsm.dav({ method: 'PROPFIND', path: '/carddav/' }, { share: true })).rows.map(({ path }) => path);
		const earlier = [ask(), ask()];
		await until(() => held.length === 1);
		const later = ask();
		held[0]!();
		await until(() => held.length === 2);
		held[1]!();
		expect(await Promise.all([...earlier, later])).toEqual([['/looked-at-0'], ['/looked-at-0'], ['/looked-at-1']]);
	});
});

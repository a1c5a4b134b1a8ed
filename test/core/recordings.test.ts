import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { failure } from '../support/nas';
import { error, LIST, ok, replaying, row, type Answer, type Asked, type Replay } from './recorded';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const only =
	(api: string, answer: Answer | ((asked: Asked) => Answer | undefined)): Replay =>
	(asked) =>
		asked.api === api ? (typeof answer === 'function' ? answer(asked) : answer) : undefined;
const envelope = '{"data":{"model":"DS920+"},"success":true}';

describe('an answer is read by what it says', () => {
	test.each<[string, Answer]>([
		[
			'of type text/plain with a quoted charset',
			{ headers: { 'content-type': 'text/plain; charset="UTF-8"' }, body: envelope },
		],
		['of type text/html, as iframe uploads get it', { headers: { 'content-type': 'text/html' }, body: envelope }],
		['without any type', { send: (response) => void response.end(envelope) }],
		['with a byte order mark and blanks around it', { body: `\uFEFF\r\n ${envelope}\n` }],
		[
			'compressed although identity was asked for',
			{ headers: { 'content-encoding': 'gzip' }, body: gzipSync(envelope) },
		],
		[
			'in single bytes',
			{ send: (response) => void (envelope.split('').forEach((byte) => response.write(byte)), response.end()) },
		],
		['without a Date header', { send: (response) => void ((response.sendDate = false), response.end(envelope)) }],
		[
			'with fields nobody knows, in any order',
			{ body: '{"success":true,"took":3,"data":{"x":[],"model":"DS920+"},"httpd":null}' },
		],
		['with HTTP status 201', { status: 201, body: envelope }],
	])('%s', async (_, answer) => {
		await replaying(only('SYNO.DSM.Info', answer), async ({ dsm }) => {
			expect((await dsm.call(info)).model).toBe('DS920+');
		});
	});

	test.each<[string, Answer, number, unknown]>([
		['as text', error('105'), 105, undefined],
		['at HTTP status 403', { status: 403, ...error(105) }, 105, undefined],
		['that is missing', { json: { success: false } }, 100, undefined],
		['with a text beside it', error(411, 'create post too fast'), 411, 'create post too fast'],
		['with an object beside it', error(120, { name: 'limit', reason: 'type' }), 120, { name: 'limit', reason: 'type' }],
		['with an empty object beside it', error(120, {}), 120, {}],
		['with a list beside it', error(1100, [{ code: 408, path: '/x' }]), 1100, [{ code: 408, path: '/x' }]],
		['with a number beside it', error(114, { synodrive: 0 }), 114, { synodrive: 0 }],
		['with null beside it', error(400, null), 400, null],
	])('a code %s', async (_, answer, code, errors) => {
		await replaying(only('SYNO.DSM.Info', answer), async ({ dsm }) => {
			const told = await failure(dsm.call(info));
			expect([told.dsmCode, (told.details as { errors: unknown }).errors]).toEqual([code, errors]);
		});
	});

	test.each<[string, string, unknown, string]>([
		['a text', 'SYNO.DSM.Info', 'line 73', 'SYNO.DSM.Info getinfo answers code 999: line 73 (code 999).'],
		[
			'name and reason',
			'SYNO.DSM.Info',
			{ name: 'limit', reason: 'type' },
			'SYNO.DSM.Info getinfo answers code 999: parameter "limit": type (code 999).',
		],
		[
			'rows with a message',
			'SYNO.DSM.Info',
			[{ msg: 'a' }, { msg: 'b' }],
			'SYNO.DSM.Info getinfo answers code 999: a; b (code 999).',
		],
		[
			'five rows',
			'SYNO.DSM.Info',
			['a', 'b', 'c', 'd', 'e'],
			'SYNO.DSM.Info getinfo answers code 999: a; b; c; and 2 more (code 999).',
		],
		[
			'paths with codes',
			'SYNO.FileStation.Upload',
			[{ code: 408, path: '/x' }],
			'SYNO.FileStation.Upload getinfo answers code 999: /x: there is no such file or folder (408) (code 999).',
		],
	])('details that are %s are part of the message', async (_, api, errors, message) => {
		await replaying(only(api, error(999, errors)), async ({ dsm }) => {
			expect((await failure(dsm.call({ ...info, api: api as 'SYNO.X' }))).message).toBe(message);
		});
	});

	test('the HTTP status of an error goes with it', async () => {
		await replaying(only('SYNO.DSM.Info', { status: 400, ...error(408) }), async ({ dsm }) => {
			expect((await failure(dsm.call(info))).details).toMatchObject({ dsmCode: 408, httpStatus: 400 });
		});
	});

	test('success without data gives undefined', async () => {
		await replaying(only('SYNO.DSM.Info', ok()), async ({ dsm }) => expect(await dsm.call(info)).toBeUndefined());
	});
});

describe('an answer that breaks off', () => {
	test.each<[string, Answer]>([
		['in JSON that ends too early', { body: envelope.slice(0, 20) }],
		['in compressed bytes', { headers: { 'content-encoding': 'gzip' }, body: gzipSync(envelope).subarray(0, 25) }],
		['behind HTTP 504', { status: 504, body: '<h1>Gateway Time-out</h1>' }],
		['behind HTTP 500', { status: 500, body: '' }],
	])('%s is asked for again when it only reads, and reported as unknown when it writes', async (_, answer) => {
		let broken = 2;
		await replaying(
			only('SYNO.DSM.Info', () => (broken-- > 0 ? answer : ok({ model: 'DS920+' }))),
			async ({ dsm, names }) => {
				expect((await dsm.call(info, {}, { readOnly: true })).model).toBe('DS920+');
				broken = 1;
				const told = await failure(dsm.call(info));
				expect(told.message).toMatch(/It is unknown whether the NAS carried the request out\.$/);
				expect([told.retryable, told.details]).toEqual([false, expect.objectContaining({ outcomeUnknown: true })]);
				expect(names().filter((name) => name === 'SYNO.DSM.Info.getinfo')).toHaveLength(4);
			},
		);
	});

	test('of a login, truncated, does not show the session in the error', async () => {
		const replay = only('SYNO.API.Auth', { body: '{"data":{"sid":"a-very-secret-sid' });
		await replaying(replay, async ({ dsm, lease }) => {
			expect((await failure(dsm.call(info))).message).toMatch(/\{"data":\{"sid":"\[redacted\]/);
			expect((await failure(lease.export())).message).not.toContain('a-very-secret');
		});
	});
});

test('a server that closes after each answer without a word is served for fifty calls', async () => {
	await replaying(
		only('SYNO.DSM.Info', ok({ model: 'DS920+' })),
		async ({ dsm, asked }) => {
			for (let index = 0; index < 50; index++) await dsm.call(info);
			expect(asked).toHaveLength(52);
		},
		{ closing: true },
	);
});

describe('API list', () => {
	test('without query.cgi it is asked of entry.cgi, from then on first', async () => {
		const replay: Replay = (asked) => {
			if (asked.path === '/webapi/query.cgi') return { status: 404, body: '<h1>404</h1>' };
			return only('SYNO.DSM.Info', ok({ model: 'DS920+' }))(asked);
		};
		await replaying(replay, async ({ dsm, asked }) => {
			expect((await dsm.call(info)).model).toBe('DS920+');
			await dsm.apis(['SYNO.X']);
			expect(asked.filter(({ api }) => api === 'SYNO.API.Info').map(({ path }) => path)).toEqual([
				'/webapi/query.cgi',
				'/webapi/entry.cgi',
				'/webapi/entry.cgi',
			]);
		});
	});

	test('login goes where the list says', async () => {
		const list = { ...LIST, 'SYNO.API.Auth': { maxVersion: '6', minVersion: '1', path: '/webapi/auth.cgi' } };
		const replay: Replay = (asked) => only('SYNO.API.Info', ok(list))(asked) ?? only('SYNO.DSM.Info', ok({}))(asked);
		await replaying(replay, async ({ dsm, asked }) => {
			await dsm.call(info);
			expect(asked.map(({ path, version }) => [path, version]).slice(1)).toEqual([
				['/webapi/auth.cgi', 6],
				['/webapi/entry.cgi', 2],
			]);
		});
	});

	test('an API without requestFormat gets bare values and comma lists', async () => {
		const list = { ...LIST, 'SYNO.DSM.Info': row({ requestFormat: undefined }) };
		const replay: Replay = (asked) => only('SYNO.API.Info', ok(list))(asked) ?? only('SYNO.DSM.Info', ok({}))(asked);
		await replaying(replay, async ({ dsm, asked }) => {
			await dsm.call(info, { text: 'a', list: ['b', 'c'], yes: true, none: undefined });
			const { params } = asked.at(-1)!;
			expect([params.text, params.list, params.yes, 'none' in params]).toEqual(['a', 'b,c', 'true', false]);
		});
	});

	test('success without a list says that there is no DSM here', async () => {
		await replaying(only('SYNO.API.Info', ok()), async ({ dsm }) => {
			expect((await failure(dsm.call(info))).message).toBe('SYNO.DSM.Info is not there on this NAS.');
		});
	});
});

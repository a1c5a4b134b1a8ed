import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { discoverHome } from '../../src/catalog/dav';
import { safeFileName, fileName } from '../../src/core/download';
import { readJson } from '../../src/core/json';
import { failure, testHost } from '../support/nas';
import { error, ok, replaying, type Answer, type Replay } from './recorded';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const READ = { readOnly: true } as const;
const told = (body: string): Answer => ({ headers: { 'content-type': 'application/json' }, body });
/** The answers of one call in turn; the last one stays. */
const inTurn = (...answers: Answer[]): Replay => {
	let next = 0;
	return ({ api }) => (api === info.api ? answers[Math.min(next++, answers.length - 1)] : undefined);
};
const calls = (names: string[]) => names.filter((name) => name === 'SYNO.DSM.Info.getinfo').length;

describe('JSON', () => {
	test.each([
		['{"id":9007199254740993}', { id: '9007199254740993' }],
		['[-9007199254740993,9007199254740991]', ['-9007199254740993', 9007199254740991]],
		['{"a":1234567890.1234567890123456,"b":1e-12345678901234567890}', { a: 1234567890.1234567, b: 0 }],
		[
			'{"t":"9007199254740993 \\\\\\" [{","n":[12345678901234567890]}',
			{ t: '9007199254740993 \\" [{', n: ['12345678901234567890'] },
		],
		['\uFEFF{"a":"\\\\","b":99999999999999999}', { a: '\\', b: '99999999999999999' }],
	])('keeps every digit of ids, and leaves everything else alone: %s', (text, value) => {
		expect(readJson(text)).toEqual({ value });
	});

	test('of a real answer keeps them, too', async () => {
		await replaying(inTurn(told('{"success":true,"data":{"id":9007199254740993}}')), async ({ dsm }) => {
			expect(await dsm.call(info)).toEqual({ id: '9007199254740993' });
		});
	});

	test.each(['[', '{"a":'])('nested 100,000 deep by %s is an error that says so', async (open) => {
		const deep = `{"success":true,"data":${open.repeat(100_000)}1${(open === '[' ? ']' : '}').repeat(100_000)}}`;
		await replaying(inTurn(told(deep)), async ({ dsm, names }) => {
			const { code, message } = await failure(dsm.call(info, {}, READ));
			expect([code, message.slice(0, 48)]).toEqual(['protocol', 'The answer nests deeper than any answer of DSM (']);
			expect(calls(names())).toBe(1);
		});
	});

	test('that breaks off, or is missing, leaves a write unknown', async () => {
		for (const body of ['{"success":true,"data":{"id":1', '', ' \n'])
			await replaying(inTurn(told(body)), async ({ dsm, names }) => {
				const { message, details } = await failure(dsm.call(info));
				expect([body, message]).toEqual([body, expect.stringMatching(/It is unknown whether the NAS carried/)]);
				expect(details).toMatchObject({ outcomeUnknown: true });
				expect(calls(names())).toBe(1);
			});
	});
});

describe('too many requests', () => {
	const busy = (after?: string): Answer => ({
		status: 429,
		headers: {
			'content-type': 'text/html',
			date: 'Sun, 22 Nov 2026 08:00:00 GMT',
			...(after && { 'retry-after': after }),
		},
		body: '<h1>429</h1>',
	});
	const model = ok({ model: 'DS920+' });

	test.each([
		['30', 30_000],
		['Sun, 22 Nov 2026 08:00:45 GMT', 45_000],
		[undefined, 700],
	])('are sent again after the pause asked for (%s), writes too', async (after, least) => {
		await replaying(inTurn(busy(after), model), async ({ dsm, clock, names }) => {
			const before = clock.now();
			expect(await dsm.call(info)).toEqual({ model: 'DS920+' });
			expect(clock.now() - before).toBeGreaterThanOrEqual(least);
			expect(calls(names())).toBe(2);
		});
	});

	test('with a pause of an hour are told with it', async () => {
		await replaying(inTurn(busy('3600')), async ({ dsm, names }) => {
			const { code, hint, message } = await failure(dsm.call(info, {}, READ));
			expect([code, message]).toEqual(['connection', expect.stringContaining('HTTP 429')]);
			expect(hint).toContain('It asks to wait 3600 seconds.');
			expect(calls(names())).toBe(1);
		});
	});

	test('of CardDAV wait as well', async () => {
		let left = 1;
		const replay: Replay = ({ path }) =>
			path.startsWith('/carddav') ? (left-- > 0 ? busy('5') : { status: 204, headers: {}, body: '' }) : undefined;
		await replaying(replay, async ({ dsm, clock }) => {
			const before = clock.now();
			expect((await dsm.dav({ method: 'OPTIONS', path: '/carddav/' })).status).toBe(204);
			expect(clock.now() - before).toBeGreaterThanOrEqual(5_000);
		});
	});
});

describe('an answer that stalls', () => {
	const half = (response: ServerResponse) =>
		void response.writeHead(200, { 'content-type': 'application/json' }).write('{"suc');
	const drops = (response: ServerResponse) => {
		half(response);
		const timer = setInterval(() => response.write(' '), 200);
		response.on('close', () => clearInterval(timer));
	};
	const real = () => ({ pool: { host: testHost(Date) }, connection: { timeout: 1 } });

	test.each([
		['in the middle', half],
		['again and again', drops],
	])('%s ends with the timeout of the connection, and is not asked for anew', async (_, send) => {
		await replaying(
			({ api }) => (api === info.api ? { send } : undefined),
			async ({ dsm, names }) => {
				const { code, message } = await failure(dsm.call(info, {}, READ));
				expect([code, message]).toEqual(['connection', 'The NAS stopped in the middle of its answer.']);
				expect(calls(names())).toBe(1);
			},
			real(),
		);
	});

	test('does not cut a file, which may take longer', async () => {
		const send = (response: ServerResponse) => {
			response
				.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' })
				.write('a');
			setTimeout(() => response.end('b'), 2_500);
		};
		await replaying(
			({ api }) => (api === info.api ? { send } : undefined),
			async ({ dsm }) => {
				const { stream } = await dsm.file(info);
				expect(Buffer.concat(await stream.toArray()).toString()).toBe('ab');
			},
			real(),
		);
	});
});

test.each(['@other.example.com/carddav/', '0/carddav/', 'carddav/', '\\\\other.example.com/'])(
	'a path "%s" does not lead account and password elsewhere',
	async (path) => {
		await replaying(
			() => error(100),
			async ({ dsm, asked }) => {
				expect((await failure(dsm.dav({ method: 'GET', path }))).code).toBe('protocol');
				expect(asked).toEqual([]);
			},
		);
	},
);

const property = (prop: string, href: string): Answer => ({
	status: 207,
	headers: { 'content-type': 'application/xml' },
	body: `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:response><d:href>/</d:href><d:propstat><d:prop><${prop}><d:href>${href}</d:href></${prop}></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`,
});
const principal = (href: string): Answer => property('d:current-user-principal', href);

test('a principal and a home that are told with the whole address of the NAS are found', async () => {
	const replay: Replay = ({ path, headers }) => {
		const own = `http://${headers.host}`;
		if (path === '/.well-known/carddav') return principal(`${own}/principals/alice/`);
		return path === '/principals/alice/' ? property('c:addressbook-home-set', `${own}/carddav/alice/`) : undefined;
	};
	await replaying(replay, async ({ dsm, asked }) => {
		expect(await discoverHome(dsm, 'carddav')).toBe('/carddav/alice/');
		expect(asked.map(({ path }) => path)).toEqual(['/.well-known/carddav', '/principals/alice/']);
	});
});

test('a principal on another host is not asked', async () => {
	await replaying(
		() => undefined,
		async (other) => {
			const replay: Replay = ({ path }) =>
				path === '/.well-known/carddav' ? principal(`${other.url}/principals/alice/`) : undefined;
			await replaying(replay, async ({ dsm, asked }) => {
				expect((await failure(discoverHome(dsm, 'carddav'))).code).toBe('protocol');
				expect([asked.map(({ path }) => path), other.asked]).toEqual([['/.well-known/carddav'], []]);
			});
		},
	);
});

test.each([
	['..', ''],
	['.', ''],
	['..\\..\\evil.exe', 'evil.exe'],
	['C:\\Windows\\x', 'x'],
	['C:evil.txt', 'evil.txt'],
	['/etc/passwd', 'passwd'],
	['a\0b\r\nc.txt', 'abc.txt'],
	['...', '...'],
	['Rechnung März 2026.pdf', 'Rechnung März 2026.pdf'],
])('the name %j of a download becomes %j', (name, safe) => {
	expect([safeFileName(name), fileName(`attachment; filename*=UTF-8''${encodeURIComponent(name)}`)]).toEqual([
		safe,
		safe,
	]);
});

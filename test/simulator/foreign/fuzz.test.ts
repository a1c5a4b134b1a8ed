import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../../src/simulator';
import { behaviours } from '../../../src/simulator/services';
import { exchange, postForm } from './nas';

let nas: Simulator;
let sid: string;
/** The simulator warns of faults of its own. Unhandled rejections fail a test by themselves. */
const warned = jest.spyOn(process, 'emitWarning');

beforeAll(async () => {
	nas = await startSimulator();
	const login = {
		api: 'SYNO.API.Auth',
		version: 6,
		method: 'login',
		account: 'alice',
		passwd: 'alice-Passw0rd',
		format: 'sid',
	};
	({ sid } = (await postForm(`${nas.url}/webapi/entry.cgi`, login)).data);
});

afterEach(() => expect(warned.mock.calls).toEqual([]));
afterAll(() => nas.close());

/** All but those that end the session, block the address or give the session a token. */
const calls = [...Object.keys(behaviours), 'SYNO.Entry.Request.request', 'SYNO.Entry.Request.Polling.status'].filter(
	(name) => !/^SYNO\.API\.Auth\.|kick|AutoBlock/.test(name),
);
const names = (
	'channel_id post_id user_id user_ids thread_id prev_count next_count message type in has keyword offset limit sort_by ' +
	'choices options choice_ids payload token compound task_id path folder_path name additional file mtime query action ' +
	'sticker_name remind_at send_at cronjob_id nickname url purpose channel_ids channel_key_encs status file_url'
).split(' ');
const value = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.json(),
	fc.integer().map(String),
	fc.constantFrom(
		'1',
		'2',
		'4294967297',
		'8589934593',
		'/docs',
		'/home',
		'["/docs"]',
		'{"toString":1}',
		'__proto__',
		'null',
		'[null]',
		'[[[[]]]]',
		'1e999',
	),
	fc
		.array(
			fc.record({
				api: fc.constantFrom('SYNO.Chat.Post', 'SYNO.Entry.Request', 'x'),
				method: fc.constantFrom('list', 'request', 'constructor'),
				version: fc.oneof(fc.nat(9), fc.json()),
			}),
			{ maxLength: 3 },
		)
		.map((entries) => JSON.stringify(entries)),
);

/** A DSM envelope or, for calls for bytes, HTTP 200 or 404 without one. */
function expectDsm(status: number, text: string): void {
	expect([200, ...(text.startsWith('<html>') ? [404] : [])]).toContain(status);
	if (text.startsWith('{')) expect(typeof JSON.parse(text).success).toBe('boolean');
}

test('whatever the values, every call gets an answer of DSM and the NAS lives on', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...calls),
			fc.nat(8),
			fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value, { maxKeys: 6 }),
			async (call, version, params) => {
				const at = call.lastIndexOf('.');
				const form = { ...params, api: call.slice(0, at), method: call.slice(at + 1), version: version + 1, _sid: sid };
				const { status, text } = await postForm(`${nas.url}/webapi/entry.cgi`, form);
				expectDsm(status, text);
			},
		),
		{ numRuns: 600 },
	);
});

test('broken multipart bodies are 101 or an answer of the method, and leave no files behind', async () => {
	const piece = fc.oneof(
		fc.constantFrom('--xB', '--xB\r\n', '--xB--', '\r\n', '\r\n\r\n', '--', 'garbage', 'bad header'),
		fc.constantFrom(
			'Content-Disposition: form-data; name="path"\r\n\r\n/docs\r\n',
			'Content-Disposition: form-data; name="__proto__"\r\n\r\nx\r\n',
		),
		fc.constantFrom(
			'Content-Disposition: form-data; name="file"; filename="a/../b.txt"\r\nContent-Type: \x01\r\n\r\nabc\r\n',
			'Content-Disposition: form-data; name="file"; filename="',
		),
		fc.string({ unit: 'binary', maxLength: 20 }),
	);
	const target = `/webapi/entry.cgi?api=SYNO.FileStation.Upload&method=upload&version=2&_sid=${sid}`;
	await fc.assert(
		fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.boolean(), async (pieces, cutShort) => {
			const body = Buffer.from(pieces.join(''));
			const length = body.length + (cutShort ? 7 : 0);
			const header = `POST ${target} HTTP/1.1\r\nHost: nas\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=xB\r\nContent-Length: ${length}\r\n\r\n`;
			const answer = await exchange(nas.url, Buffer.concat([Buffer.from(header), body]), {
				end: cutShort,
				quiet: 1000,
			});
			if (!cutShort) expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"success":(true|false)\}/);
		}),
		{ numRuns: 200 },
	);
	await postForm(`${nas.url}/webapi/entry.cgi`, { api: 'x', version: 1, method: 'y' });
	expect(readdirSync(join(nas.nas.folder, 'incoming'))).toEqual([]);
});

test('random paths, methods and bytes are refused as nginx or DSM does', async () => {
	const method = fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'CONNECT', 'get', '');
	const path = fc.oneof(
		fc.webPath(),
		fc.webUrl(),
		fc.string({ maxLength: 30 }),
		fc.constantFrom('//[', '/webapi/entry.cgi', '/webapi/entry.cgi?api=%', '/chat/webapi/entry.cgi/%2e%2e'),
	);
	const lines = fc
		.tuple(method, path, fc.string({ maxLength: 30 }))
		.map(([verb, target, rest]) => `${verb} ${target} HTTP/1.1\r\nHost: nas\r\nConnection: close\r\n${rest}\r\n\r\n`);
	const bytes = fc.oneof(
		lines.map((text) => Buffer.from(text)),
		fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
	);
	await fc.assert(
		fc.asyncProperty(bytes, async (garbage) => {
			const answer = await exchange(nas.url, garbage, { end: true });
			if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404|414) /);
		}),
		{ numRuns: 200 },
	);
	expect(
		(await postForm(`${nas.url}/webapi/query.cgi`, { api: 'SYNO.API.Info', version: 1, method: 'query', query: 'all' }))
			.success,
	).toBe(true);
});

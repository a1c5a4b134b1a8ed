import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { fileFromBytes } from '../../src/core/multipart';
import { failure, withNas } from '../support/nas';
import { bytesOf, download, upload } from './known';
import { replaying, type Answer, type Replay } from './recorded';

const MIB = 1 << 20;
const textOf = async (stream: AsyncIterable<Uint8Array>) => String(await bytesOf(stream));

/** Waits for the end without listening to errors. */
const closing = async (stream: Readable) => await new Promise<void>((resolve) => void stream.once('close', resolve));

describe('a download', () => {
	const file =
		(answer: Answer): Replay =>
		({ api }) =>
			api === download.api ? answer : undefined;
	const named = (disposition: string, more: Answer = {}): Answer => ({
		body: 'content',
		...more,
		headers: { 'content-type': 'application/zip', 'content-disposition': disposition, ...more.headers },
	});
	const raw = (headers: string): Answer => ({
		send: ({ socket }) => void socket!.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n${headers}\r\n\r\ncontent`),
	});

	test.each<[string, Answer, string, number | undefined]>([
		[
			'a raw UTF-8 name and a length',
			raw('Content-Disposition: attachment; filename="Ł ü.zip"\r\nContent-Length: 7'),
			'Ł ü.zip',
			7,
		],
		['a raw UTF-8 name and no length', raw('Content-Disposition: attachment; filename="Ł.zip"'), 'Ł.zip', undefined],
		['a name in blanks without quotes', named('attachment; filename=a b.zip'), 'a b.zip', 7],
		[
			'an extended name with a language',
			named(`attachment; filename="x"; filename*=UTF-8'de'gr%C3%BC%C3%9Fe.zip`),
			'grüße.zip',
			7,
		],
		['an extended name in Latin-1', named("attachment; filename*=iso-8859-1''gr%FC%DFe.zip"), 'grüße.zip', 7],
		['an extended name in quotes', named(`attachment; filename*="UTF-8''a%20b.zip"`), 'a b.zip', 7],
		['a name that looks like a parameter', named(`attachment; filename="a; filename*=x.zip"`), 'a; filename*=x.zip', 7],
		['a path in the name', named('attachment; filename="../../etc/passwd"'), 'passwd', 7],
		['no name', named('inline'), '', 7],
		['status 206', named('attachment; filename="a.zip"', { status: 206 }), 'a.zip', 7],
		[
			'compression',
			named('attachment; filename="a.bin"', {
				headers: { 'content-encoding': 'gzip', 'content-type': 'application/octet-stream' },
				body: gzipSync('content'),
			}),
			'a.bin',
			undefined,
		],
		['no Content-Disposition, as text', { headers: { 'content-type': 'text/plain' }, body: 'content' }, '', 7],
		['neither Content-Disposition nor type', { send: (response) => void response.end('content') }, '', 7],
	])('with %s comes whole', async (_, answer, name, size) => {
		await replaying(file(answer), async ({ dsm }) => {
			const found = await dsm.file(download, {});
			expect([found.name, found.size, await textOf(found.stream)]).toEqual([name, size, 'content']);
		});
	});

	test('of a large text without Content-Disposition comes whole', async () => {
		const text = '{"a":1}\n'.repeat(100_000);
		await replaying(file({ headers: { 'content-type': 'text/plain' }, body: text }), async ({ dsm }) => {
			expect(await textOf((await dsm.file(download, {})).stream)).toBe(text);
		});
	});

	test.each<[string, Answer, RegExp]>([
		['nothing', { body: '' }, /is no file \(HTTP 200\): it is empty/],
		['status 204', { status: 204, body: '' }, /is no file \(HTTP 204\): it is empty/],
		['null', { body: 'null' }, /is no file \(HTTP 200\): it says null/],
		['a list', { body: '[]' }, /it says \[\]/],
		['a text in quotes', { body: '"x"' }, /it says "x"/],
		['an object', { body: '{}' }, /it says \{\}/],
		['a success', { body: '{"success":true}' }, /is a success without a file/],
		['a success with data', { body: '{"success":true,"data":{"task":1}}' }, /is a success without a file/],
	])('in whose place comes %s is none', async (_, answer, message) => {
		await replaying(file({ headers: { 'content-type': 'text/plain' }, ...answer }), async ({ dsm }) => {
			const told = await failure(dsm.file(download, {}));
			expect([told.code, told.message]).toEqual(['protocol', expect.stringMatching(message)]);
		});
	});

	test('of an empty file is a file of no bytes', async () => {
		await replaying(
			file({ headers: { 'content-disposition': 'attachment; filename="a.txt"' }, body: '' }),
			async ({ dsm }) => {
				const found = await dsm.file(download, {});
				expect([found.name, await textOf(found.stream)]).toEqual(['a.txt', '']);
			},
		);
	});

	test('without a length that ends early is measured', async () => {
		const cut = raw('Content-Disposition: attachment; filename="a.bin"');
		await replaying(file(cut), async ({ dsm }) => {
			const told = await failure(textOf((await dsm.file(download, {}, { size: 50_000 })).stream));
			expect([told.code, told.message]).toEqual([
				'protocol',
				'The file did not come whole: 7 bytes of the 50000 that the file has came.',
			]);
			expect(await textOf((await dsm.file(download, {}, { size: 7 })).stream)).toBe('content');
			const asked = { size: async () => await Promise.resolve(undefined) };
			expect(await textOf((await dsm.file(download, {}, asked)).stream)).toBe('content');
		});
	});

	test('whose length was made to fit what is left of it is measured by what the service says', async () => {
		const cut = raw('Content-Disposition: attachment; filename="a.bin"\r\nContent-Length: 7');
		await replaying(file(cut), async ({ dsm }) => {
			const told = await failure(textOf((await dsm.file(download, {}, { size: 50_000 })).stream));
			expect(told.message).toBe('The file did not come whole: 7 bytes of the 50000 that the file has came.');
			const refused = { size: async () => await Promise.reject(new Error('nobody knows')) };
			expect(await textOf((await dsm.file(download, {}, refused)).stream)).toBe('content');
		});
	});

	test.each([
		['a picture in PNG', 'x', '\x89PNG\r\n\x1a\n pixels IEND\xaeB`\x82', 'the picture has no end'],
		['a picture in JPEG', 'x', '\xff\xd8\xff\xe0 pixels \xff\xd9', 'the picture has no end'],
		['a calendar', 'text/calendar', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', 'END:VCALENDAR is missing'],
		['a torrent', 'application/x-bittorrent', 'd4:infod4:name1:aee', 'the torrent has no end'],
	])('of %s is whole only with its end, also where its length fits', async (_, type, text, reason) => {
		const answer = (bytes: Buffer): Answer => ({
			send: (response) => {
				const headers = { 'content-type': type, 'content-disposition': 'attachment', 'content-length': bytes.length };
				response.writeHead(200, headers).end(bytes);
			},
		});
		const made = { ...download, generated: true } as const;
		const whole = Buffer.from(text, 'latin1');
		await replaying(file(answer(whole)), async ({ dsm }) => {
			expect((await bytesOf((await dsm.file(made, {})).stream)).equals(whole)).toBe(true);
		});
		const cut = whole.subarray(0, whole.length / 2);
		await replaying(file(answer(cut)), async ({ dsm }) => {
			const told = await failure(bytesOf((await dsm.file(made, {})).stream));
			expect(told.message).toBe(`The file did not come whole: ${reason}.`);
			// A file of somebody may lie so on the NAS.
			expect((await bytesOf((await dsm.file(download, {})).stream)).equals(cut)).toBe(true);
		});
	});

	test('of an archive that is made while it is sent is whole only with its end', async () => {
		const zip = Buffer.from(zipSync({ 'a.txt': new Uint8Array(5000) }));
		const archive = (bytes: Buffer): Answer => ({
			send: (response) => {
				response.writeHead(200, { 'content-type': 'application/zip', 'content-disposition': 'attachment' });
				response.write(bytes);
				response.end();
			},
		});
		await replaying(file(archive(zip)), async ({ dsm }) => {
			expect((await bytesOf((await dsm.file(download, {})).stream)).equals(zip)).toBe(true);
		});
		await replaying(file(archive(zip.subarray(0, -22))), async ({ dsm }) => {
			const told = await failure(textOf((await dsm.file(download, {})).stream));
			expect(told.message).toBe('The file did not come whole: the archive has no end.');
		});
	});

	test.each<[string, Answer, string, RegExp]>([
		[
			'an error without any type',
			{ send: (response) => void response.end('{"error":{"code":408},"success":false}') },
			'api',
			/code 408/,
		],
		[
			'an error as octet-stream at 404',
			{
				status: 404,
				headers: { 'content-type': 'application/octet-stream' },
				body: '{"error":{"code":408},"success":false}',
			},
			'api',
			/code 408/,
		],
		[
			'a large page at 404',
			{ status: 404, headers: { 'content-type': 'text/html' }, body: `<h1>No</h1>${' x'.repeat(200_000)}` },
			'protocol',
			/HTTP 404/,
		],
		[
			'the login page of a proxy',
			{ headers: { 'content-type': 'text/html' }, body: '<form>' },
			'protocol',
			/not an answer of the DSM API/,
		],
		[
			'a redirect',
			{ status: 302, headers: { location: 'https://nas.example.com/x' } },
			'connection',
			/sends API calls on to/,
		],
	])('in whose place comes %s fails', async (_, answer, code, message) => {
		await replaying(file(answer), async ({ dsm }) => {
			const told = await failure(dsm.file(download, {}));
			expect([told.code, told.message]).toEqual([code, expect.stringMatching(message)]);
		});
	});

	const broken: Answer = {
		send: (response) => {
			response.writeHead(200, { 'content-disposition': 'attachment; filename="a.bin"', 'content-length': '1000000' });
			response.write(Buffer.alloc(1000), () => setTimeout(() => response.destroy(), 20));
		},
	};

	test('that breaks off gives its reader an error of this client, with the operation', async () => {
		await replaying(file(broken), async ({ dsm }) => {
			const { stream } = await dsm.file(download, {}, { operation: 'file.file.download' });
			const told = await failure(textOf(stream));
			expect([told.code, told.operation, told.message]).toEqual([
				'connection',
				'file.file.download',
				'The NAS closed the connection.',
			]);
		});
	});

	test('that breaks off with nobody listening harms nobody', async () => {
		await replaying(file(broken), async ({ dsm }) => {
			const { stream } = await dsm.file(download, {});
			await closing(stream);
			expect(stream.errored).toMatchObject({ code: 'connection' });
		});
	});

	test('that is cancelled gives its reader the cancellation', async () => {
		const slow: Answer = {
			send: (response) => void response.writeHead(200, { 'content-disposition': 'attachment' }).write('a'),
		};
		await replaying(file(slow), async ({ dsm }) => {
			const abort = new AbortController();
			const { stream } = await dsm.file(download, {}, { signal: abort.signal });
			setImmediate(() => abort.abort());
			expect((await failure(textOf(stream))).code).toBe('aborted');
			const other = await dsm.file(download, {});
			other.stream.destroy();
			await closing(other.stream);
			expect(other.stream.errored).toBeNull();
		});
	});

	test('that nobody reads does not keep the pool from closing', async () => {
		await withNas({}, async ({ dsm, pool }) => {
			await dsm.call(upload, {
				path: '/home',
				overwrite: 'true',
				file: fileFromBytes('big.bin', Buffer.alloc(8 * MIB)),
			});
			const { stream } = await dsm.file(download, { path: ['/home/big.bin'], mode: 'download' });
			await pool.close();
			expect((await failure(textOf(stream))).code).toBe('connection');
		});
	});
});

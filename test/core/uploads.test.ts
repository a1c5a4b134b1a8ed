import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { FileSource } from '../../src/core/call';
import { fileFromBytes } from '../../src/core/multipart';
import { failure, withNas } from '../support/nas';
import { bytesOf, download, info, upload } from './known';
import { error, LIST, ok, replaying, row, type Replay } from './recorded';

const MIB = 1 << 20;

/** A file of 8 MiB whose stream can be watched. */
function watched(make: () => Readable): FileSource & { streams: Readable[] } {
	const streams: Readable[] = [];
	const open = () => {
		streams.push(make());
		return streams.at(-1)!;
	};
	return { name: 'big.bin', size: 8 * MIB, open, streams };
}

async function* chunks(count: number, then: () => unknown = () => undefined): AsyncGenerator<Buffer> {
	for (let index = 0; index < count; index++) yield Buffer.alloc(MIB);
	await then();
}

const never = async () => await new Promise<never>(() => undefined);

describe('an upload that breaks off', () => {
	const ways: [string, () => Readable, RegExp][] = [
		[
			'the file cannot be read on',
			() => Readable.from(chunks(2, () => Promise.reject(new Error('EIO: i/o error')))),
			/^"big\.bin" cannot be read: EIO: i\/o error\.$/,
		],
		[
			'the file is too short',
			() => Readable.from(chunks(2)),
			/^"big\.bin" has fewer bytes than the announced 8388608\.$/,
		],
		[
			'the file is too long',
			() => Readable.from(chunks(9)),
			/^"big\.bin" has more bytes than the announced 8388608\.$/,
		],
		['the file was destroyed', () => Readable.from(chunks(2)).destroy(), /^"big\.bin" cannot be read: /],
	];

	test.each(ways)(
		'because %s: the error says so, the NAS keeps nothing, and the next call works',
		async (_, make, message) => {
			await withNas({}, async ({ dsm }) => {
				const file = watched(make);
				const told = await failure(dsm.call(upload, { path: '/home', file }));
				expect([told.code, told.message]).toEqual(['input', expect.stringMatching(message)]);
				expect(file.streams.map(({ destroyed }) => destroyed)).toEqual([true]);
				const { files } = await dsm.call(
					{ api: 'SYNO.FileStation.List', method: 'list', version: 2 },
					{ folder_path: '/home' },
				);
				expect(files.map(({ name }: { name: string }) => name)).not.toContain('big.bin');
			});
		},
	);

	test('because opening it fails: nothing hangs', async () => {
		await withNas({}, async ({ dsm }) => {
			const file: FileSource = {
				name: 'a.bin',
				size: 3,
				open: () => Promise.reject(new Error('ENOENT: no such file')),
			};
			expect((await failure(dsm.call(upload, { path: '/home', file }))).message).toBe(
				'"a.bin" cannot be read: ENOENT: no such file.',
			);
		});
	});

	test('because it was cancelled while the file kept its next bytes waiting: the file is closed', async () => {
		await withNas({}, async ({ dsm }) => {
			const abort = new AbortController();
			const file = watched(() => Readable.from(chunks(2, never)));
			const onProgress = (sent: number) => void (sent === 2 * MIB && setImmediate(() => abort.abort()));
			const told = await failure(dsm.call(upload, { path: '/home', file }, { signal: abort.signal, onProgress }));
			expect([told.code, told.message]).toEqual(['aborted', 'The request was cancelled.']);
			expect(file.streams[0]!.destroyed).toBe(true);
		});
	});

	test('because the NAS hangs up: the outcome is unknown, and the file is closed', async () => {
		const hangUp: Replay = ({ api }) =>
			api === upload.api ? { send: (response) => void response.destroy() } : undefined;
		await replaying(hangUp, async ({ dsm }) => {
			const file = watched(() => Readable.from(chunks(8)));
			const told = await failure(dsm.call(upload, { path: '/home', file }));
			expect([told.code, told.details]).toEqual(['connection', expect.objectContaining({ outcomeUnknown: true })]);
			expect(file.streams[0]!.destroyed).toBe(true);
		});
	});

	test('nothing hangs or is left open in a dozen of them in a row', async () => {
		await withNas({}, async ({ dsm }) => {
			const codes = new Set<unknown>();
			for (let index = 0; index < 12; index++) {
				const way = ways[index % ways.length]!;
				const file = { ...watched(way[1]), size: 8 * MIB };
				codes.add((await failure(dsm.call(upload, { path: '/home', file }))).code);
			}
			expect([...codes]).toEqual(['input']);
			expect((await dsm.call(info)).model).toBe('DS920+');
		});
	});

	test('before it began: a file that is not needed is not opened', async () => {
		await withNas({ connection: { url: 'http://127.0.0.1:1' } }, async ({ dsm }) => {
			const file = watched(() => Readable.from(chunks(8)));
			expect((await failure(dsm.call(upload, { path: '/home', file }))).code).toBe('connection');
			expect((await failure(dsm.call(upload, { file }, { signal: AbortSignal.abort() }))).code).toBe('aborted');
			expect(file.streams).toEqual([]);
		});
	});
});

describe('an upload', () => {
	test('tells its progress up to the size of the files', async () => {
		await withNas({}, async ({ dsm }) => {
			const seen: string[] = [];
			const onProgress = (sent: number, total: number) => void seen.push(`${sent}/${total}`);
			await dsm.call(upload, { path: '/home', file: watched(() => Readable.from(chunks(8))) }, { onProgress });
			expect([seen.length, seen.at(-1)]).toEqual([8, `${8 * MIB}/${8 * MIB}`]);
		});
	});

	test('of an empty file arrives as an empty file', async () => {
		await withNas({}, async ({ dsm }) => {
			await dsm.call(upload, { path: '/home', overwrite: 'true', file: fileFromBytes('empty.bin', Buffer.alloc(0)) });
			const file = await dsm.file(download, { path: ['/home/empty.bin'], mode: 'download' });
			expect([file.size, String(await bytesOf(file.stream))]).toEqual([0, '']);
		});
	});

	test('names its call in the address alone, and neither session nor parameters stand there', async () => {
		const replay: Replay = ({ api }) => (api === upload.api ? ok() : undefined);
		await replaying(replay, async ({ dsm, asked }) => {
			await dsm.call(upload, { path: '/home', overwrite: 'true', file: fileFromBytes('a.txt', Buffer.from('abc')) });
			const { query, headers, body } = asked.at(-1)!;
			expect(query).toEqual({ api: 'SYNO.FileStation.Upload', method: 'upload', version: '2' });
			expect([headers.cookie, headers['x-syno-token']]).toEqual(['id=sid-1-abcdefgh', 'token-1-abcdefgh']);
			const parts = [...String(body).matchAll(/form-data; name="([^"]*)"/g)].map(([, name]) => name);
			expect(parts).toEqual(['path', 'overwrite', 'file']);
		});
	});

	test('whose handler takes the session by query only is sent again so, without a new login, and from then on at once', async () => {
		const list = { ...LIST, 'SYNO.Core.Desktop.Timeout': row() };
		const replay: Replay = ({ api, query }) => {
			if (api === 'SYNO.API.Info') return ok(list);
			if (api === 'SYNO.Core.Desktop.Timeout') return ok({ timeout: 15 });
			if (api !== upload.api) return undefined;
			return query._sid === 'sid-1-abcdefgh' && query.SynoToken === 'token-1-abcdefgh'
				? ok({ blSkip: false })
				: error(119);
		};
		await replaying(replay, async ({ dsm, names }) => {
			const file = fileFromBytes('a.txt', Buffer.from('abc'));
			expect(await dsm.call(upload, { path: '/home', file })).toEqual({ blSkip: false });
			await dsm.call(upload, { path: '/home', file });
			expect(names()).toEqual([
				'SYNO.API.Info.query',
				'SYNO.API.Auth.login',
				'SYNO.FileStation.Upload.upload',
				'SYNO.Core.Desktop.Timeout.get',
				'SYNO.FileStation.Upload.upload',
				'SYNO.FileStation.Upload.upload',
			]);
		});
	});

	test('that a proxy refuses for its size is told so, although the proxy does not read it', async () => {
		const early = {
			address: /SYNO\.FileStation\.Upload/,
			answer: (response: ServerResponse) => void response.writeHead(413, { connection: 'close' }).end('<h1>413</h1>'),
		};
		await replaying(
			() => undefined,
			async ({ dsm }) => {
				const file = watched(() => Readable.from(chunks(8)));
				const told = await failure(dsm.call(upload, { file }));
				expect(told.message).toMatch(/^A proxy in front of the NAS refuses an upload of this size \(HTTP 413\)/);
				expect(file.streams[0]!.destroyed).toBe(true);
			},
			{ early },
		);
	});

	test('keeps the cookie that a proxy in front needs', async () => {
		const replay: Replay = ({ api }) => (api === upload.api ? ok() : undefined);
		await replaying(
			replay,
			async ({ dsm, asked }) => {
				await dsm.call(upload, { file: fileFromBytes('a.txt', Buffer.from('abc')) });
				expect(asked.at(-1)!.headers.cookie).toBe('CF_Authorization=abc; id=sid-1-abcdefgh');
			},
			{ connection: { headers: { Cookie: 'CF_Authorization=abc' } } },
		);
	});
});

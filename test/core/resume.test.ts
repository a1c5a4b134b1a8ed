import { describe, expect, test } from '@jest/globals';
import { filesOf, type FileState } from '../../src/simulator/services/file';
import { file } from '../../src/services/file';
import type { SettableClock } from '../../src/simulator';
import { failure, withNas, type Scene } from '../support/nas';
import { bytesOf, download } from './known';
import { replaying, type Answer, type Replay } from './recorded';

const SIZE = 1 << 20;
const content = Buffer.from(Array.from({ length: SIZE }, (_, index) => (index * 7) % 251));
const operation = file.resources.file.operations.download;

async function scene(run: (scene: Scene, files: FileState, clock: SettableClock) => Promise<void>): Promise<void> {
	await withNas({}, async (all) => {
		const files = filesOf(all.simulator.nas);
		const clock = all.simulator.nas.clock as SettableClock;
		files.write('/docs/big.bin', { content });
		clock.advance(60_000);
		await run(all, files, clock);
	});
}

const ranges = ({ simulator }: Scene) =>
	simulator.requests.filter(({ api }) => api === download.api).map(({ headers }) => headers['range']);
const cut = ({ simulator }: Scene, times = 1) => simulator.nas.faults.cut({ api: download.api, after: 'half', times });

describe('a download that breaks off', () => {
	test('is continued where it stopped, as often as it gets on', async () => {
		await scene(async (all) => {
			cut(all, 6);
			const { stream } = await all.dsm.do(operation, { path: '/docs/big.bin' });
			expect((await bytesOf(stream)).equals(content)).toBe(true);
			const asked = ranges(all);
			expect([asked.length, asked[0]]).toEqual([7, undefined]);
			const starts = asked.slice(1).map((range) => Number(/^bytes=(\d+)-$/.exec(range!)![1]));
			expect(starts.every((start, index) => start > (starts[index - 1] ?? 0))).toBe(true);
		});
	});

	test('is continued with a new session when the old one was lost meanwhile', async () => {
		await scene(async (all) => {
			cut(all);
			const { stream } = await all.dsm.do(operation, { path: '/docs/big.bin' });
			all.simulator.nas.faults.loseSessions(119);
			expect((await bytesOf(stream)).equals(content)).toBe(true);
		});
	});

	test('fails when the file changed meanwhile, instead of mixing two files', async () => {
		await scene(async (all, files, clock) => {
			cut(all);
			const { stream } = await all.dsm.do(operation, { path: '/docs/big.bin' });
			clock.advance(60_000);
			files.write('/docs/big.bin', { content: Buffer.alloc(SIZE, 1) });
			const told = await failure(bytesOf(stream));
			expect([told.code, told.message, told.operation]).toEqual([
				'protocol',
				'The transfer broke off and cannot be continued: the file on the NAS changed meanwhile.',
				'file.file.download',
			]);
		});
	});

	test('fails when another file was put in its place, although it has the same size and an older date', async () => {
		await scene(async (all, files, clock) => {
			files.write('/docs/other.bin', { content: Buffer.alloc(SIZE, 1), times: { mtime: Date.UTC(2009, 0, 1) } });
			clock.advance(60_000);
			cut(all);
			const { stream } = await all.dsm.do(operation, { path: '/docs/big.bin' });
			clock.advance(60_000);
			files.remove('/docs/big.bin');
			files.move('/docs/other.bin', '/docs/big.bin');
			expect((await failure(bytesOf(stream))).message).toContain('changed meanwhile');
		});
	});

	test('fails when the NAS takes no ranges, or nothing tells that the file is the same', async () => {
		await scene(async (all, files) => {
			files.switches.ranges = false;
			cut(all);
			const first = await all.dsm.do(operation, { path: '/docs/big.bin' });
			expect((await failure(bytesOf(first.stream))).message).toBe('The NAS closed the connection.');
			files.switches.ranges = true;
			cut(all);
			const second = await all.dsm.file(download, { path: ['/docs/big.bin'], mode: 'download' }, { readOnly: true });
			expect((await failure(bytesOf(second.stream))).message).toBe('The NAS closed the connection.');
		});
	});

	test('is given up when it no longer gets on', async () => {
		await scene(async (all) => {
			const { stream } = await all.dsm.do(operation, { path: '/docs/big.bin' });
			stream.destroy();
			all.simulator.nas.faults.cut({ api: download.api, after: 'headers', times: 99 });
			const other = await all.dsm.do(operation, { path: '/docs/big.bin' });
			expect((await failure(bytesOf(other.stream))).code).toBe('connection');
			expect(ranges(all).length).toBeLessThan(10);
		});
	});

	test('is not continued when it was cancelled', async () => {
		await scene(async (all) => {
			const abort = new AbortController();
			const { stream } = await all.dsm.do(operation, { path: '/docs/big.bin' }, { signal: abort.signal });
			abort.abort();
			expect((await failure(bytesOf(stream))).code).toBe('aborted');
			expect(ranges(all)).toEqual([undefined]);
		});
	});
});

describe('a server that marks its files', () => {
	/** The first answer breaks off after four bytes; `rest` answers the wish for the others. */
	const marked = (first: Record<string, string>, rest: Answer): Replay => {
		let count = 0;
		return ({ api }) => {
			if (api !== download.api) return undefined;
			if (count++ > 0) return rest;
			return {
				send: (response) => {
					response.writeHead(200, {
						'content-disposition': 'attachment',
						'content-length': '8',
						'accept-ranges': 'bytes',
						...first,
					});
					response.write('abcd', () => setTimeout(() => response.destroy(), 20));
				},
			};
		};
	};
	const part = (headers: Record<string, string>): Answer => ({
		status: 206,
		headers: { 'content-disposition': 'attachment', 'content-range': 'bytes 4-7/8', ...headers },
		body: 'efgh',
	});
	const read = async (replay: Replay): Promise<string> => {
		let text = '';
		await replaying(replay, async ({ dsm }) => {
			const { stream } = await dsm.file(download, {}, { readOnly: true });
			text = await bytesOf(stream).then(String, (error: Error) => error.message);
		});
		return text;
	};
	const refused = 'The transfer broke off and cannot be continued: the NAS does not go on where it stopped.';

	test.each<[string, Record<string, string>, Answer, string]>([
		['the same tag is continued', { etag: '"1"' }, part({ etag: '"1"' }), 'abcdefgh'],
		['the same time of change is continued', { 'last-modified': 'Mon' }, part({ 'last-modified': 'Mon' }), 'abcdefgh'],
		['another tag is not', { etag: '"1"' }, part({ etag: '"2"' }), refused],
		['another time of change is not', { 'last-modified': 'Mon' }, part({ 'last-modified': 'Tue' }), refused],
		['another size is not', { etag: '"1"' }, part({ etag: '"1"', 'content-range': 'bytes 4-7/9' }), refused],
		['another place is not', { etag: '"1"' }, part({ etag: '"1"', 'content-range': 'bytes 0-7/8' }), refused],
		[
			'the whole file again is not',
			{ etag: '"1"' },
			{ headers: { 'content-disposition': 'attachment', etag: '"1"' }, body: 'abcdefgh' },
			refused,
		],
		['a weak tag only is not', { etag: 'W/"1"' }, part({ etag: 'W/"1"' }), 'The NAS closed the connection.'],
	])('%s', async (_, first, rest, wanted) => {
		expect(await read(marked(first, rest))).toBe(wanted);
	});
});

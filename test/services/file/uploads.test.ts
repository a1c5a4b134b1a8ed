import { describe, expect, test } from '@jest/globals';
import type { FileSource } from '../../../src/core/call';
import { fileFromBytes } from '../../../src/core/multipart';
import type { ApiReply } from '../../../src/simulator';
import { clockOf } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { callsSince, files, namesIn, state } from './stage';

const hello = fileFromBytes('hello.txt', Buffer.from('Hello'));
const UPLOAD = { api: 'SYNO.FileStation.Upload' };
const at = { folder: '/docs', file: hello };
const page = (status: number): ApiReply => ({ html: status === 200 ? '' : '<h1>Gateway</h1>', status });

/** The first upload is answered so, and not carried out. */
function first({ simulator }: Scene, answer: () => ApiReply): void {
	let left = 1;
	simulator.use({ 'SYNO.FileStation.Upload.upload': () => (left-- > 0 ? answer() : undefined) });
}

const sent = (scene: Scene) => callsSince(scene, 0).filter((call) => call === 'Upload.upload').length;

describe('an upload to File Station whose answer is lost', () => {
	test('is done when the whole file is there: nothing is sent again', async () => {
		await withNas({}, async (scene) => {
			scene.simulator.nas.faults.cut(UPLOAD);
			const row = await scene.dsm.do(files.upload, at);
			expect([row.path, row.size, row.skipped, sent(scene)]).toEqual(['/docs/hello.txt', 5, false, 1]);
		});
	});

	test.each([
		['a page of a proxy with status 504', 504],
		['an empty success', 200],
	])('is sent again when nothing is there: %s', async (_, status) => {
		await withNas({}, async (scene) => {
			first(scene, () => page(status));
			const row = await scene.dsm.do(files.upload, at);
			expect([row.path, row.size, sent(scene)]).toEqual(['/docs/hello.txt', 5, 2]);
		});
	});

	test('does not take an older file of the same size for it', async () => {
		await withNas({}, async (scene) => {
			state(scene).write('/docs/hello.txt', { content: 'Older' });
			clockOf(scene).advance(60_000);
			first(scene, () => page(504));
			const told = await failure(scene.dsm.do(files.upload, at));
			expect([told.dsmCode, sent(scene)]).toEqual([414, 2]);
			first(scene, () => page(504));
			await scene.dsm.do(files.upload, { ...at, conflict: 'overwrite' });
			expect(sent(scene)).toBe(4);
		});
	});

	test('says so when a part of it is there', async () => {
		await withNas({}, async (scene) => {
			first(scene, () => {
				state(scene).write('/docs/hello.txt', { content: 'He' });
				return page(504);
			});
			const told = await failure(scene.dsm.do(files.upload, at));
			expect([told.message, sent(scene)]).toEqual(['"/docs/hello.txt" has 2 bytes on the NAS instead of 5.', 1]);
		});
	});

	test('waits for a NAS that is still writing', async () => {
		await withNas({}, async (scene) => {
			first(scene, () => {
				state(scene).write('/docs/hello.txt', { content: 'He' });
				return page(504);
			});
			let looks = 0;
			scene.simulator.use({
				'SYNO.FileStation.List.getinfo': () => {
					if (++looks === 2) state(scene).write('/docs/hello.txt', { content: 'Hello' });
					return undefined;
				},
			});
			expect((await scene.dsm.do(files.upload, at)).size).toBe(5);
			expect(sent(scene)).toBe(1);
		});
	});

	test('meets a first attempt that came late, and takes it for done', async () => {
		await withNas({}, async (scene) => {
			let attempt = 0;
			scene.simulator.use({
				'SYNO.FileStation.Upload.upload': () => {
					if (++attempt === 1) return page(504);
					state(scene).write('/docs/hello.txt', { content: 'Hello' });
					return undefined;
				},
			});
			const row = await scene.dsm.do(files.upload, at);
			expect([row.size, row.skipped, sent(scene)]).toEqual([5, false, 2]);
		});
	});

	test('stays unknown when nobody can look', async () => {
		await withNas({}, async (scene) => {
			first(scene, () => page(504));
			scene.simulator.use({ 'SYNO.FileStation.List.getinfo': () => page(502) });
			const told = await failure(scene.dsm.do(files.upload, at));
			expect([told.code, told.message]).toEqual(['connection', expect.stringContaining('It is unknown whether')]);
		});
	});
});

describe('the name of an upload to File Station', () => {
	const named = (name: string): FileSource => ({ ...hello, name, open: () => hello.open() });

	test.each([
		['certs/chain.pem', 'chain.pem'],
		['C:\\temp\\chain.pem', 'chain.pem'],
	])('%s is its last part', async (name, wanted) => {
		await withNas({}, async (scene) => {
			expect((await scene.dsm.do(files.upload, { folder: '/docs', file: named(name) })).name).toBe(wanted);
			expect(namesIn(scene, '/docs')).toEqual([wanted]);
		});
	});

	test('that no file can have is refused before anything is sent', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const told = await failure(dsm.do(files.upload, { folder: '/docs', file: named('certs/') }));
			expect([told.code, told.message]).toEqual(['input', 'The name of the file does not fit: it is empty.']);
			expect(simulator.requests).toEqual([]);
		});
	});

	test('with quotes is the one that was asked for', async () => {
		await withNas({}, async (scene) => {
			const file = named('Report "Q1".pdf');
			const row = await scene.dsm.do(files.upload, { folder: '/docs', file });
			expect(row).toMatchObject({ path: '/docs/Report "Q1".pdf', name: 'Report "Q1".pdf', size: 5, skipped: false });
			expect(namesIn(scene, '/docs')).toEqual(['Report "Q1".pdf']);
			const again = await failure(scene.dsm.do(files.upload, { folder: '/docs', file }));
			expect([again.dsmCode, again.message]).toEqual([414, expect.stringContaining('exists and was kept')]);
			const kept = await scene.dsm.do(files.upload, { folder: '/docs', file, conflict: 'skip' });
			expect([kept.skipped, namesIn(scene, '/docs')]).toEqual([true, ['Report "Q1".pdf']]);
			const over = await failure(scene.dsm.do(files.upload, { folder: '/docs', file, conflict: 'overwrite' }));
			expect([over.code, over.message]).toEqual(['input', expect.stringContaining('the name has quotes')]);
		});
	});

	test('that DSM changes is an error', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.FileStation.Upload.upload': () => ({ data: { blSkip: false, file: 'hello_.txt' } }) });
			expect((await failure(dsm.do(files.upload, at))).message).toBe(
				'DSM stored the file as "/docs/hello_.txt" instead of "/docs/hello.txt".',
			);
		});
	});

	test('that the NAS refuses is said to be at fault, and no proxy', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ ...UPLOAD, code: 108, errors: { upload_err: -8 } });
			const told = await failure(dsm.do(files.upload, at));
			expect(told.message).toBe('The NAS refuses the name of the file: upload error -8 (code 108).');
			expect(told.hint).toBe('Give a name without a path: the folder is a parameter of its own.');
		});
	});
});

import { describe, expect, test } from '@jest/globals';
import { text } from 'node:stream/consumers';
import { fileFromBytes } from '../../../src/core/multipart';
import { clockOf } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { listening, operations, stage } from './stage';

const { file, folder } = operations;
const LONG = 'all of it, from the first byte to the last';

async function withFile(
	run: (scene: Scene, at: Awaited<ReturnType<typeof listening>>) => Promise<void>,
): Promise<void> {
	await withNas({ account: 'admin' }, async (scene) => {
		stage(scene).files.write('/work/long.txt', { content: LONG });
		await run(scene, await listening(scene));
	});
}

const hello = (content = 'new') => fileFromBytes('new.txt', Buffer.from(content), 'text/plain');
const count = (scene: Scene, method: string) => stage(scene).server.seen.filter((one) => one.method === method).length;

describe('a download over WebDAV', () => {
	test('goes on where it broke off', async () => {
		await withFile(async (scene, at) => {
			scene.simulator.nas.faults.breakDav({ method: 'GET', times: 2 });
			const { stream } = await scene.dsm.do(file.download, { ...at, path: '/work/long.txt' });
			expect(await text(stream)).toBe(LONG);
			const ranges = stage(scene).server.seen.flatMap(({ headers }) => headers.range ?? []);
			expect(ranges).toEqual(['bytes=21-', 'bytes=31-']);
		});
	});

	test('that goes on with another file is refused', async () => {
		await withFile(async (scene, at) => {
			scene.simulator.nas.faults.breakDav({ method: 'GET' });
			const { stream } = await scene.dsm.do(file.download, { ...at, path: '/work/long.txt' });
			clockOf(scene).advance(60_000);
			stage(scene).files.write('/work/long.txt', { content: LONG.toUpperCase() });
			await expect(text(stream)).rejects.toThrow('The transfer broke off and cannot be continued');
		});
	});

	test('that ends too early with a length that fits is no whole file', async () => {
		await withFile(async (scene, at) => {
			scene.simulator.nas.faults.cutDav({ method: 'GET' });
			const { stream } = await scene.dsm.do(file.download, { ...at, path: '/work/long.txt' });
			await expect(text(stream)).rejects.toThrow('21 bytes of the 42 that the file has came');
		});
	});
});

describe('a write over WebDAV whose answer is lost', () => {
	test.each([
		['PUT', { overwrite: false }],
		['PUT', { overwrite: true }],
	])('%s %j is found done, and not sent twice', async (method, more) => {
		await withFile(async (scene, at) => {
			scene.simulator.nas.faults.loseDav({ method });
			const sent = await scene.dsm.do(file.upload, { ...at, folder: '/work', file: hello(), ...more });
			expect(sent).toMatchObject({ path: '/work/new.txt', size: 3 });
			expect(count(scene, 'PUT')).toBe(1);
		});
	});

	test('makes a folder, moves and deletes once', async () => {
		await withFile(async (scene, at) => {
			const { faults } = scene.simulator.nas;
			for (const method of ['MKCOL', 'MOVE', 'DELETE']) faults.loseDav({ method });
			expect(await scene.dsm.do(folder.create, { ...at, path: '/work/made' })).toMatchObject({ is_folder: true });
			const to = '/work/made/long.txt';
			expect(await scene.dsm.do(file.move, { ...at, path: '/work/long.txt', to })).toMatchObject({ path: to });
			await scene.dsm.do(file.delete, { ...at, path: to });
			expect((await failure(scene.dsm.do(file.get, { ...at, path: to }))).message).toContain('nothing at this path');
			expect(['MKCOL', 'MOVE', 'DELETE'].map((method) => count(scene, method))).toEqual([1, 1, 1]);
		});
	});

	test('copies without knowing: what lies there may have been there before', async () => {
		await withFile(async (scene, at) => {
			scene.simulator.nas.faults.loseDav({ method: 'COPY' });
			const given = { ...at, path: '/work/long.txt', to: '/work/copy.txt' };
			expect((await failure(scene.dsm.do(file.copy, given))).details).toMatchObject({ outcomeUnknown: true });
			expect(count(scene, 'COPY')).toBe(1);
		});
	});
});

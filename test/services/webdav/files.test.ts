import { describe, expect, test } from '@jest/globals';
import { buffer, text } from 'node:stream/consumers';
import { fileFromBytes } from '../../../src/core/multipart';
import { failure, withNas, type Scene } from '../../support/nas';
import { behindDirectory } from '../../core/directory';
import { clockOf } from '../../support/follow';
import { listening, operations, stage } from './stage';

const { file, folder, connection } = operations;

type At = Awaited<ReturnType<typeof listening>>;

/** The server listens, and there is something to work with. */
async function withFiles(
	run: (scene: Scene, at: At) => Promise<void>,
	account: 'admin' | 'user' = 'admin',
): Promise<void> {
	await withNas({ account }, async (scene) => {
		const { files } = stage(scene);
		files.write('/work/May & June.txt', { content: 'hello world' });
		files.write('/work/plans/ü 100%.txt', { content: 'plan' });
		await run(scene, await listening(scene));
	});
}

const hello = (name = 'new.txt', content = 'new') => fileFromBytes(name, Buffer.from(content), 'text/plain');

describe('Files over WebDAV', () => {
	test('are listed with the shared folders at the top, whatever is in their names', async () => {
		await withFiles(async ({ dsm }, at) => {
			const shares = await dsm.do(file.list, at);
			expect(shares).toContainEqual({ path: '/work', name: 'work', is_folder: true, modified: expect.any(String) });
			expect(await dsm.do(file.list, { ...at, folder: '/work' })).toMatchObject([
				{ path: '/work/May & June.txt', name: 'May & June.txt', is_folder: false, size: 11 },
				{ path: '/work/plans', is_folder: true },
			]);
			expect(await dsm.do(file.list, { ...at, folder: '/work/plans/' })).toMatchObject([{ name: 'ü 100%.txt' }]);
			expect((await failure(dsm.do(file.list, { ...at, folder: '/work/May & June.txt' }))).message).toContain(
				'is a file',
			);
		});
	});

	test('are read as a whole or in part', async () => {
		await withFiles(async ({ dsm }, at) => {
			const whole = await dsm.do(file.download, { ...at, path: '/work/May & June.txt' });
			expect(whole).toMatchObject({ name: 'May & June.txt', type: 'text/plain', size: 11 });
			expect(await text(whole.stream)).toBe('hello world');
			const part = await dsm.do(file.download, { ...at, path: '/work/May & June.txt', range: '6-8' });
			expect([part.size, await text(part.stream)]).toEqual([3, 'wor']);
			expect(await failure(dsm.do(file.download, { ...at, path: '/work/plans' }))).toMatchObject({
				message: '"/work/plans" is a folder, not a file.',
			});
			expect((await failure(dsm.do(file.get, { ...at, path: '/work/none' }))).message).toContain(
				'There is nothing at this path (HTTP 404',
			);
		});
	});

	test('that look like an answer of DSM are files all the same', async () => {
		await withFiles(async (scene, at) => {
			const answer = '{"success":false,"error":{"code":105}}';
			stage(scene).files.write('/work/answer.json', { content: answer });
			const { stream } = await scene.dsm.do(file.download, { ...at, path: '/work/answer.json' });
			expect(await text(stream)).toBe(answer);
		});
	});

	test('are written once, replaced only when that is wanted, or when nobody else was faster', async () => {
		await withFiles(async ({ dsm }, at) => {
			const into = { ...at, folder: '/work', file: hello() };
			const made = await dsm.do(file.upload, into);
			expect(made).toMatchObject({ path: '/work/new.txt', size: 3, created: true });
			expect((await failure(dsm.do(file.upload, into))).message).toBe(
				'"/work/new.txt" exists already; nothing was written.',
			);
			const longer = { ...into, file: hello('new.txt', 'newer') };
			const replaced = await dsm.do(file.upload, { ...longer, etag: made.etag! });
			expect(replaced).toMatchObject({ size: 5, created: false });
			expect((await failure(dsm.do(file.upload, { ...into, etag: made.etag! }))).message).toContain(
				'was changed or deleted by somebody else since it was read',
			);
			expect(await dsm.do(file.upload, { ...into, overwrite: true })).toMatchObject({ size: 3, created: false });
			expect((await failure(dsm.do(file.upload, { ...into, folder: '/work/none' }))).message).toContain(
				'The folder above it does not exist',
			);
		});
	});

	test('of many megabytes go both ways as streams', async () => {
		await withFiles(async ({ dsm }, at) => {
			const size = 24 * 1024 * 1024;
			const chunk = Buffer.alloc(1024 * 1024, 'x');
			let opened = 0;
			const large = {
				name: 'large.bin',
				size,
				async *open() {
					opened += 1;
					for (let n = 0; n < 24; n++) yield await Promise.resolve(chunk);
				},
			};
			expect(await dsm.do(file.upload, { ...at, folder: '/work', file: large as never })).toMatchObject({ size });
			expect(opened).toBe(1);
			const { stream } = await dsm.do(file.download, { ...at, path: '/work/large.bin' });
			let seen = 0;
			for await (const part of stream) seen += (part as Buffer).length;
			expect(seen).toBe(size);
		});
	});

	test('are moved and copied, folders with all in them, and never into themselves', async () => {
		await withFiles(async ({ dsm }, at) => {
			expect(await dsm.do(file.copy, { ...at, path: '/work/plans', to: '/work/copies' })).toMatchObject({
				path: '/work/copies',
				is_folder: true,
			});
			expect(await dsm.do(file.move, { ...at, path: '/work/copies/ü 100%.txt', to: '/work/a+b.txt' })).toMatchObject({
				name: 'a+b.txt',
				size: 4,
			});
			expect(await dsm.do(file.list, { ...at, folder: '/work/copies' })).toEqual([]);
			const over = { ...at, path: '/work/a+b.txt', to: '/work/May & June.txt' };
			expect((await failure(dsm.do(file.move, over))).message).toContain('exists already; nothing was written');
			expect(await dsm.do(file.move, { ...over, overwrite: true })).toMatchObject({ size: 4 });
			expect(await failure(dsm.do(file.copy, { ...at, path: '/work/plans', to: '/work/plans/x' }))).toMatchObject({
				code: 'input',
			});
		});
	});

	test('and folders are made and deleted', async () => {
		await withFiles(async (scene, at) => {
			const { dsm } = scene;
			expect(await dsm.do(folder.create, { ...at, path: '/work/new' })).toMatchObject({ name: 'new', is_folder: true });
			expect((await failure(dsm.do(folder.create, { ...at, path: '/work/new' }))).message).toContain('HTTP 405');
			expect((await failure(dsm.do(folder.create, { ...at, path: '/work/x/y' }))).message).toContain('HTTP 409');
			expect(await dsm.do(file.delete, { ...at, path: '/work/plans' })).toEqual({ path: '/work/plans' });
			const found = await dsm.do(file.get, { ...at, path: '/work/May & June.txt' });
			stage(scene).files.write('/work/May & June.txt', { content: 'changed meanwhile' });
			const guarded = { ...at, path: '/work/May & June.txt', etag: found.etag! };
			expect((await failure(dsm.do(file.delete, guarded))).message).toContain('changed or deleted by somebody else');
			expect((await failure(dsm.do(file.delete, { ...at, path: '/work' }))).message).toContain('is a shared folder');
		});
	});

	test('are kept from others while they are locked', async () => {
		await withFiles(async (scene, at) => {
			const { dsm } = scene;
			const path = '/work/May & June.txt';
			const lock = await dsm.do(file.lock, { ...at, path, seconds: 60 });
			expect(lock).toEqual({ path, lock_token: expect.stringMatching(/^opaquelocktoken:/), seconds: 60 });
			expect((await failure(dsm.do(file.lock, { ...at, path }))).message).toContain('It is locked (HTTP 423');
			const into = { ...at, folder: '/work', name: 'May & June.txt', file: hello(), overwrite: true };
			expect((await failure(dsm.do(file.upload, into))).message).toContain('It is locked');
			expect(await dsm.do(file.upload, { ...into, lock_token: lock.lock_token })).toMatchObject({ size: 3 });
			clockOf(scene).advance(50_000);
			expect(await dsm.do(file.renewLock, { ...at, path, lock_token: lock.lock_token, seconds: 9000 })).toMatchObject({
				lock_token: lock.lock_token,
				seconds: 3600,
			});
			clockOf(scene).advance(50_000);
			expect((await failure(dsm.do(file.delete, { ...at, path }))).message).toContain('It is locked');
			expect(await dsm.do(file.unlock, { ...at, path, lock_token: lock.lock_token })).toEqual({ path });
			await dsm.do(file.delete, { ...at, path });
			expect((await failure(dsm.do(file.lock, { ...at, path }))).message).toContain('There is nothing at this path');
		});
	});

	test('are those that the account may see', async () => {
		await withFiles(async (scene, at) => {
			stage(scene).files.volume.addShare('secret', { otherwise: 'NA' });
			const names = (await scene.dsm.do(file.list, at)).map(({ name }) => name);
			expect([names.includes('work'), names.includes('secret')]).toEqual([true, false]);
			expect((await failure(scene.dsm.do(file.list, { ...at, folder: '/secret' }))).message).toContain('HTTP 404');
		}, 'user');
	});

	test('go from upload to deletion with an ordinary account, which is told of the privilege when that is taken away', async () => {
		await withFiles(async (scene, at) => {
			const { dsm } = scene;
			await dsm.do(folder.create, { ...at, path: '/work/mine' });
			expect(await dsm.do(file.upload, { ...at, folder: '/work/mine', file: hello() })).toMatchObject({ size: 3 });
			const { lock_token } = await dsm.do(file.lock, { ...at, path: '/work/mine/new.txt' });
			expect(await dsm.do(file.renewLock, { ...at, path: '/work/mine/new.txt', lock_token })).toMatchObject({
				lock_token,
			});
			await dsm.do(file.unlock, { ...at, path: '/work/mine/new.txt', lock_token });
			await dsm.do(file.copy, { ...at, path: '/work/mine/new.txt', to: '/work/mine/copy.txt' });
			await dsm.do(file.move, { ...at, path: '/work/mine/copy.txt', to: '/work/mine/moved.txt' });
			expect((await dsm.do(file.list, { ...at, folder: '/work/mine' })).map(({ name }) => name).sort()).toEqual([
				'moved.txt',
				'new.txt',
			]);
			const { stream } = await dsm.do(file.download, { ...at, path: '/work/mine/moved.txt' });
			expect(await text(stream)).toBe('new');
			await dsm.do(file.delete, { ...at, path: '/work/mine' });
			stage(scene).rules.push({
				entity_type: 'user',
				entity_name: 'bob',
				allow_ip: [],
				deny_ip: ['0.0.0.0'],
			});
			expect(await failure(dsm.do(file.list, { ...at, folder: '/work' }))).toMatchObject({
				code: 'permission',
				message: 'The account may not do this (HTTP 403, PROPFIND /work/).',
				hint: expect.stringContaining('Grant the account the application "WebDAV Server"'),
			});
		}, 'user');
	});

	test('need no session of DSM, and a wrong password is tried once', async () => {
		await withFiles(async (scene, at) => {
			await scene.dsm.do(file.list, at);
			expect(scene.simulator.logins).toBe(0);
			const wrong = scene.acquire({ password: 'nonsense' }).dsm;
			const before = stage(scene).server.seen.length;
			const refused = {
				code: 'login',
				message: 'The NAS refuses account and password for WebDAV (HTTP 401).',
			};
			expect(await failure(wrong.do(file.list, at))).toMatchObject(refused);
			expect(await failure(wrong.do(file.list, at))).toMatchObject(refused);
			expect(stage(scene).server.seen.length - before).toBe(1);
		});
	});

	test('go over HTTPS with the certificate check of the connection', async () => {
		await withNas({ connection: { tls: 'ignore' } }, async (scene) => {
			const { https } = await stage(scene).open();
			const at = { protocol: 'https', port: https } as const;
			stage(scene).files.write('/work/a.txt', { content: 'secret' });
			const { stream } = await scene.dsm.do(file.download, { ...at, path: '/work/a.txt' });
			expect(String(await buffer(stream))).toBe('secret');
			const strict = scene.acquire({ tls: 'verify' }).dsm;
			expect((await failure(strict.do(file.list, at))).message).toContain('self-signed certificate');
		});
	});

	test('show whoever transfers them among the connections, who can be thrown out', async () => {
		await withFiles(async (scene, at) => {
			await scene.acquire({ account: 'bob', password: 'bob-Passw0rd' }).dsm.do(file.list, { ...at, folder: '/work' });
			expect(await scene.dsm.do(connection.list, {})).toMatchObject([{ who: 'bob', descr: 'work' }]);
			expect(await scene.dsm.do(connection.close, { who: 'bob' })).toEqual({ closed: 1, still_open: 0 });
		});
	});

	test('are never asked for by way of QuickConnect, whose relay is not the NAS', async () => {
		const sites = (port: number) => [{ 'alice-home': { serverID: '0123456789', port, lan: ['127.0.0.1'] } }];
		await behindDirectory(sites, async (scene) => {
			const { https } = await stage(scene).open();
			const error = await failure(scene.dsm.do(file.list, { protocol: 'https', port: https }));
			expect([error.code, error.message]).toEqual([
				'input',
				'A QuickConnect ID leads to DSM only, not to the ports of WebDAV.',
			]);
			expect(stage(scene).server.seen).toEqual([]);
		});
	});
});

import { describe, expect, test } from '@jest/globals';
import type { Dsm } from '../../src/core/dsm';
import { SettableClock } from '../../src/simulator';
import { failure, withNas, type Scene } from '../support/nas';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const apis = ['SYNO.DSM.Info'];
const book = { method: 'PROPFIND', path: '/carddav/alice/', depth: '1' } as const;
const many = <T>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));
const books = async (dsm: Dsm) => (await dsm.dav(book)).rows.length;
const davs = ({ simulator }: Pick<Scene, 'simulator'>) =>
	simulator.requests.filter(({ path }) => path.startsWith('/carddav')).length;
const isBlocked = ({ simulator }: Pick<Scene, 'simulator'>) => simulator.nas.autoBlock.deny.size > 0;

describe('a wrong password', () => {
	test('is sent once by 50 nodes of CardDAV, and then no more', async () => {
		await withNas({ connection: { password: 'not the password' } }, async (scene) => {
			const errors = await Promise.all(many(50, async () => await failure(scene.acquire().dsm.dav(book))));
			expect(new Set(errors.map(({ code, httpStatus }) => `${String(code)} ${String(httpStatus)}`)).size).toBe(1);
			expect((await failure(scene.dsm.dav(book))).code).toBe('login');
			expect([davs(scene), isBlocked(scene)]).toEqual([1, false]);
		});
	});

	test('that was right until now is sent once by 25 nodes', async () => {
		await withNas({}, async (scene) => {
			expect(await books(scene.dsm)).toBeGreaterThan(1);
			scene.simulator.nas.user('alice').password = 'another one';
			await Promise.all(many(25, async () => await failure(scene.dsm.dav(book))));
			expect(davs(scene)).toBe(2);
		});
	});

	test('that the login refused is not tried by CardDAV, nor by a connection with other settings', async () => {
		await withNas({ apis, connection: { password: 'not the password' } }, async (scene) => {
			expect((await failure(scene.dsm.call(info))).dsmCode).toBe(400);
			expect((await failure(scene.dsm.dav(book))).dsmCode).toBe(400);
			expect((await failure(scene.acquire({ timeout: 7 }).dsm.call(info))).dsmCode).toBe(400);
			expect([davs(scene), scene.simulator.logins]).toEqual([0, 1]);
		});
	});

	test('costs two attempts where CardDAV and calls begin at once: CardDAV refuses accounts that may log in, too', async () => {
		await withNas({ apis, connection: { password: 'not the password' } }, async (scene) => {
			const { dsm } = scene;
			await Promise.all(many(40, async (index) => await failure(index % 2 === 0 ? dsm.dav(book) : dsm.call(info))));
			expect(davs(scene) + scene.simulator.logins).toBeLessThanOrEqual(2);
		});
	});

	test('is tried again once the user has tested the connection', async () => {
		await withNas({}, async (scene) => {
			const user = scene.simulator.nas.user('alice');
			user.password = 'another one';
			await failure(scene.dsm.dav(book));
			user.password = String(scene.connection.password);
			expect((await failure(scene.dsm.dav(book))).code).toBe('login');
			scene.pool.forget(scene.connection);
			expect(await books(scene.dsm)).toBeGreaterThan(1);
		});
	});
});

describe('many wrong passwords', () => {
	test('spend a budget below that of Auto Block, and a connection that works goes on working', async () => {
		const clock = new SettableClock(Date.UTC(2026, 10, 22, 8));
		await withNas({ apis, clock }, async (scene) => {
			await scene.dsm.call(info);
			const wrong = (index: number) => scene.acquire({ password: `wrong ${index}` }).dsm;
			const errors = await Promise.all(
				many(40, async (index) => await failure(index % 2 ? wrong(index).dav(book) : wrong(index).call(info))),
			);
			expect([davs(scene) + scene.simulator.logins - 1, isBlocked(scene)]).toEqual([5, false]);
			expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['login']));
			scene.simulator.nas.faults.loseSessions();
			expect((await scene.dsm.call(info)).model).toBe('DS920+');
			clock.advance(5 * 60_000);
			expect((await failure(wrong(41).call(info))).dsmCode).toBe(400);
		});
	});

	test('of a host that the NAS has blocked end all attempts for five minutes', async () => {
		const clock = new SettableClock(Date.UTC(2026, 10, 22, 8));
		await withNas({ apis, clock }, async ({ acquire, dsm, simulator }) => {
			simulator.nas.faults.next({ api: 'SYNO.API.Auth', method: 'login', code: 407 });
			expect((await failure(dsm.call(info))).dsmCode).toBe(407);
			expect((await failure(acquire({ account: 'bob' }).dsm.dav(book))).dsmCode).toBe(407);
			expect(simulator.requests.filter(({ api }) => api !== 'SYNO.API.Info')).toHaveLength(1);
			clock.advance(5 * 60_000);
			expect((await dsm.call(info)).model).toBe('DS920+');
		});
	});
});

test('a right password lets requests of one moment follow the first at once', async () => {
	await withNas({}, async (scene) => {
		const counts = await Promise.all(many(20, async () => await books(scene.dsm)));
		expect([new Set(counts).size, davs(scene)]).toEqual([1, 20]);
	});
});

import { describe, expect, test } from '@jest/globals';
import { collectionsOf, membersOf } from '../../src/catalog/dav';
import { put, remove } from '../../src/catalog/davWrite';
import { failure, withNas } from '../support/nas';
import { BOOK, card, vcard } from './book';

describe('errors of DAV', () => {
	test('a wrong password is tried once, until it is tested anew', async () => {
		await withNas({}, async ({ acquire, simulator, pool, connection }) => {
			const { dsm } = acquire({ password: 'wrong' });
			for (let n = 0; n < 3; n++) expect((await failure(collectionsOf(dsm, 'carddav'))).code).toBe('login');
			expect(simulator.requests).toHaveLength(1);
			pool.forget({ ...connection, password: 'wrong' });
			await failure(collectionsOf(dsm, 'carddav'));
			expect(simulator.requests).toHaveLength(2);
		});
	});

	test('a password that the web login refused is not tried here', async () => {
		await withNas({}, async ({ acquire, simulator }) => {
			const { dsm } = acquire({ password: 'wrong' });
			await failure(dsm.call({ api: 'SYNO.Contacts.Info', method: 'get', version: 1 }));
			const before = simulator.requests.length;
			expect((await failure(collectionsOf(dsm, 'carddav'))).code).toBe('login');
			expect(simulator.requests).toHaveLength(before);
		});
	});

	test.each([
		[403, 'permission', 'The account may not do this (HTTP 403, GET /carddav/alice/x).'],
		[409, 'api', 'The NAS sees a conflict (HTTP 409, GET /carddav/alice/x).'],
		[423, 'api', 'It is locked (HTTP 423, GET /carddav/alice/x).'],
		[507, 'api', 'The volume of the NAS is full (HTTP 507, GET /carddav/alice/x).'],
	])('HTTP %i becomes an error with a remedy', async (status, code, message) => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.dav(status);
			const error = await failure(dsm.dav({ method: 'GET', path: '/carddav/alice/x' }));
			expect([error.code, error.message, typeof error.hint]).toEqual([code, message, 'string']);
		});
	});

	test.each([
		['/carddav/alice/x', 'the application "Synology Contacts"'],
		['/caldav/alice/x', 'the application "Synology Calendar"'],
	])('a refusal at %s says which application privilege is missing', async (path, application) => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.dav(403);
			expect((await failure(dsm.dav({ method: 'GET', path }))).hint).toContain(`Grant the account ${application}`);
		});
	});

	test('reads are repeated after a bad gateway, a card and a deletion after a look that finds them not done, other writes are not', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.badGateway(2);
			expect(await membersOf(dsm, BOOK)).toHaveLength(3);
			simulator.nas.faults.badGateway(1);
			await put(dsm, `${BOOK}z.vcf`, card('z'), vcard);
			expect(await membersOf(dsm, BOOK)).toHaveLength(4);
			simulator.nas.faults.badGateway(1);
			await remove(dsm, `${BOOK}z.vcf`, 'The contact');
			expect(await membersOf(dsm, BOOK)).toHaveLength(3);
			simulator.nas.faults.badGateway(1);
			const error = await failure(dsm.dav({ method: 'DELETE', path: `${BOOK}none.vcf` }));
			expect(error.message).toContain('It is unknown whether the NAS carried the request out.');
		});
	});

	test('a package that is not there says so', async () => {
		await withNas({ packages: [] }, async ({ dsm }) => {
			const error = await failure(collectionsOf(dsm, 'carddav'));
			expect([error.code, error.hint]).toEqual([
				'unavailable',
				expect.stringContaining('Install or start the package'),
			]);
		});
	});

	test('a login page in place of an answer is no list', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.html(200);
			expect((await failure(collectionsOf(dsm, 'carddav'))).code).toBe('protocol');
		});
	});

	test('nothing tells the password', async () => {
		await withNas({}, async ({ dsm, simulator, lines }) => {
			simulator.nas.faults.dav(403, { times: 2 });
			const error = await failure(collectionsOf(dsm, 'carddav'));
			const said = [...lines, error.message, JSON.stringify(error.details)].join('\n');
			expect(said).not.toContain(Buffer.from('alice:alice-Passw0rd').toString('base64'));
			expect(said).not.toContain('alice-Passw0rd');
		});
	});

	test('a request that is taken back ends as cancelled', async () => {
		await withNas({}, async ({ dsm }) => {
			const signal = AbortSignal.abort();
			expect((await failure(dsm.with({ signal }).dav({ method: 'GET', path: BOOK }))).code).toBe('aborted');
		});
	});
});

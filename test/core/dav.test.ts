import { describe, expect, test } from '@jest/globals';
import { allObjects, collectionsOf, discoverHome, membersOf, objectAt, objectsAt } from '../../src/catalog/dav';
import { put, remove } from '../../src/catalog/davWrite';
import { changesSince } from '../../src/catalog/davSync';
import { contactsOf } from '../../src/simulator/services/contacts/state';
import { failure, withNas, type Scene } from '../support/nas';
import { BOOK, card, davCalls, vcard } from './book';

describe('collections', () => {
	test('come in one request, with names, versions and whether one may write', async () => {
		await withNas({}, async (scene) => {
			const books = await collectionsOf(scene.dsm, 'carddav');
			expect(books.map(({ name, uri, writable }) => [name, uri, writable])).toEqual([
				['My Contacts', 'alice-contacts', true],
				['Suppliers', 'alice-suppliers', true],
				['Team', 'bob-team', false],
			]);
			expect(books[0]!.ctag).toMatch(/^"[0-9a-f]{32}"$/);
			expect(davCalls(scene)).toEqual(['PROPFIND /carddav/alice/']);
			expect(scene.simulator.logins).toBe(0);
		});
	});

	test('are found by the well-known address, whose redirect is followed within the NAS', async () => {
		await withNas({}, async (scene) => {
			expect(await discoverHome(scene.dsm, 'carddav')).toBe('/carddav/alice/');
			expect(davCalls(scene)).toEqual(['PROPFIND /.well-known/carddav', 'PROPFIND /carddav/']);
		});
	});

	test.each(['nothing', 'row', 'empty'] as const)(
		'of an account with another name in DAV are found where the login name leads to %s, and sought once',
		async (face) => {
			await withNas({}, async (scene) => {
				scene.simulator.nas.user('alice').davName = 'alice@example.org';
				contactsOf(scene.simulator.nas).switches.elsewhere = face;
				const home = '/carddav/alice%40example.org/';
				for (const round of [1, 2])
					expect([round, (await collectionsOf(scene.dsm, 'carddav')).map(({ path }) => path)]).toEqual([
						round,
						['alice-contacts', 'alice-suppliers', 'bob-team'].map((uri) => `${home}${uri}/`),
					]);
				expect(davCalls(scene)).toEqual([
					'PROPFIND /carddav/alice/',
					'PROPFIND /.well-known/carddav',
					'PROPFIND /carddav/',
					`PROPFIND ${home}`,
					`PROPFIND ${home}`,
				]);
			});
		},
	);

	test('with names that look like numbers, or are nearly XML, keep them', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const contacts = contactsOf(simulator.nas);
			for (const name of ['007', 'true', '1e5', 'R&D <x>']) contacts.addBook('alice', name);
			expect((await collectionsOf(dsm, 'carddav')).map(({ name }) => name).slice(2, -1)).toEqual([
				'007',
				'true',
				'1e5',
				'R&D <x>',
			]);
		});
	});

	test('of a NAS behind a sub-path are asked for below it', async () => {
		await withNas({}, async ({ acquire, simulator }) => {
			const { dsm } = acquire({ url: `${simulator.url}/nas` });
			const error = await failure(collectionsOf(dsm, 'carddav'));
			expect(error.code).toBe('unavailable');
			expect(simulator.requests.map(({ path }) => path)).toContain('/nas/carddav/alice/');
		});
	});
});

describe('members', () => {
	test('are written, read and deleted, each only in the version that was read', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const path = `${BOOK}z.vcf`;
			const etag = await put(dsm, path, card('z'), vcard);
			expect(await objectAt(dsm, path)).toEqual({ path, etag, data: card('z') });
			const twice = await failure(put(dsm, path, card('z'), vcard));
			expect(twice.message).toBe('The contact exists already: its UID is in use.');
			contactsOf(simulator.nas).editCard('z', (text) => text.replace('FN:Zed', 'FN:Zoe'));
			const late = await failure(put(dsm, path, card('z', 'Zack'), { ...vcard, etag }));
			expect([late.code, (late.details as any).httpStatus, late.message]).toEqual([
				'api',
				412,
				'The contact was changed or deleted by somebody else since it was read; nothing was written.',
			]);
			expect((await failure(remove(dsm, path, 'The contact', etag))).message).toBe(late.message);
			await remove(dsm, path, 'The contact');
			expect((await failure(objectAt(dsm, path))).message).toBe(
				`There is nothing at this address (HTTP 404, GET ${path}).`,
			);
		});
	});

	test('get their version from a second request where the answer to writing has none', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			contactsOf(simulator.nas).switches.noEtagHeader = true;
			const etag = await put(dsm, `${BOOK}z.vcf`, card('z'), vcard);
			expect(etag).toBe(contactsOf(simulator.nas).card('z').card.etag);
		});
	});

	test('come in batches of fifty, also with contents longer than a buffer', async () => {
		await withNas({}, async (scene) => {
			const contacts = contactsOf(scene.simulator.nas);
			const photo = 'QUJD'.repeat(60_000);
			for (let n = 0; n < 60; n++)
				contacts.storeAs(
					'alice',
					card(`n${n}`).replace('END:', `PHOTO;ENCODING=b;TYPE=JPEG:${n === 7 ? photo : 'QUJD'}\r\nEND:`),
					{ uid: `n${n}` },
				);
			const all = await allObjects(scene.dsm, 'carddav', BOOK);
			expect(all).toHaveLength(63);
			expect(all.find(({ path }) => path.endsWith('/n7.vcf'))!.data).toContain(`PHOTO;ENCODING=b;TYPE=JPEG:${photo}`);
			expect(davCalls(scene).filter((call) => call.startsWith('REPORT'))).toHaveLength(2);
		});
	});

	test('that the answer passes over are unknown, and not gone', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.shortDav({ method: 'REPORT' });
			const paths = [`${BOOK}card-dana.vcf`, `${BOOK}card-erin.vcf`];
			const error = await failure(objectsAt(dsm, 'carddav', BOOK, paths));
			expect([error.code, error.message]).toEqual(['protocol', `The NAS does not say what is at ${paths[1]}.`]);
		});
	});

	test('that are gone meanwhile are left out', async () => {
		await withNas({}, async ({ dsm }) => {
			const paths = [`${BOOK}gone.vcf`, `${BOOK}card-dana.vcf`];
			expect((await objectsAt(dsm, 'carddav', BOOK, paths)).map(({ path }) => path)).toEqual([`${BOOK}card-dana.vcf`]);
		});
	});
});

describe('changes', () => {
	const start = async (scene: Scene) => await changesSince(scene.dsm, 'carddav', BOOK, { items: {} });

	test.each([
		'by token',
		'by token, which has expired',
		'by token, which has expired and breaks the server',
		'without a token',
		'by comparing everything',
	])('are found %s', async (how) => {
		await withNas({}, async (scene) => {
			const contacts = contactsOf(scene.simulator.nas);
			const { token, items } = await start(scene);
			expect(Object.keys(items)).toHaveLength(3);
			contacts.deleteCard('card-frank');
			contacts.saveAs('alice', { uid: 'new', full_name: 'New' });
			contacts.editCard('card-dana', (text) => text.replace('TITLE:Engineer', 'TITLE:Boss'));
			if (how.includes('breaks')) contacts.switches.oldTokenStatus = 500;
			if (how.includes('expired')) contacts.book('alice').history.expire();
			const known = how === 'without a token' ? { items } : { token, items };
			const changes = await changesSince(scene.dsm, 'carddav', BOOK, known, how.includes('everything'));
			expect(
				[changes.created, changes.changed, changes.deleted].map((rows) =>
					rows.map((row) => (typeof row === 'string' ? row : row.path)),
				),
			).toEqual([[`${BOOK}new.vcf`], [`${BOOK}card-dana.vcf`], [`${BOOK}card-frank.vcf`]]);
			expect(await changesSince(scene.dsm, 'carddav', BOOK, changes)).toMatchObject({
				created: [],
				changed: [],
				deleted: [],
			});
			expect(changes.items).toEqual(
				Object.fromEntries((await membersOf(scene.dsm, BOOK)).map(({ path, etag }) => [path, etag])),
			);
		});
	});

	test.each(['PROPFIND', 'REPORT'])('are not made of an answer to %s that stops in the middle', async (method) => {
		await withNas({}, async (scene) => {
			const known = await start(scene);
			scene.simulator.nas.faults.cutDav({ method, times: 4 });
			const whole = method === 'PROPFIND';
			expect(await failure(changesSince(scene.dsm, 'carddav', BOOK, known, whole))).toMatchObject({ code: 'protocol' });
			expect((await changesSince(scene.dsm, 'carddav', BOOK, known, whole)).deleted).toEqual([]);
		});
	});

	test('are not made of a list that leaves members out: those are asked for by name', async () => {
		await withNas({}, async (scene) => {
			const known = await start(scene);
			const contacts = contactsOf(scene.simulator.nas);
			contacts.deleteCard('card-frank');
			scene.simulator.nas.faults.shortDav({ method: 'PROPFIND', times: 2 });
			const changes = await changesSince(scene.dsm, 'carddav', BOOK, known, true);
			expect(changes).toMatchObject({ created: [], changed: [], deleted: [`${BOOK}card-frank.vcf`] });
			expect(Object.keys(changes.items)).toHaveLength(2);
		});
	});

	test('of a book that is gone are an error', async () => {
		await withNas({}, async (scene) => {
			const known = await start(scene);
			const contacts = contactsOf(scene.simulator.nas);
			contacts.dropBook(contacts.book('alice'));
			expect((await failure(changesSince(scene.dsm, 'carddav', BOOK, known))).message).toContain('HTTP 404');
		});
	});
});

test('equal questions of several triggers are asked once', async () => {
	await withNas({}, async (scene) => {
		const shared = scene.dsm.with({ share: true });
		await Promise.all([1, 2, 3].map(async () => await collectionsOf(shared, 'carddav')));
		expect(davCalls(scene)).toHaveLength(1);
	});
});

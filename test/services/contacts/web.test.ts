import { describe, expect, test } from '@jest/globals';
import { contacts } from '../../../src/services/contacts';
import { contactsOf } from '../../../src/simulator/services/contacts/state';
import { failure, withNas, type Scene } from '../../support/nas';

const { resources } = contacts;
const contact = resources.contact.operations;
const addressBook = resources.addressBook.operations;
const label = resources.label.operations;
const source = resources.source.operations;
const account = resources.account.operations;
const settings = resources.settings.operations;
const directory = resources.directory.operations;
const stage = ({ simulator }: Scene) => contactsOf(simulator.nas);

describe('address books', () => {
	test('are listed with their IDs and CardDAV paths', async () => {
		await withNas({}, async ({ dsm }) => {
			const rows = await dsm.do(addressBook.list, {});
			expect(
				rows.map(({ id, name, path, is_writable, shared_from }) => [id, name, path, is_writable, shared_from]),
			).toEqual([
				['1', 'My Contacts', '/carddav/alice/alice-contacts/', true, ''],
				['2', 'Suppliers', '/carddav/alice/alice-suppliers/', true, ''],
				['4', 'Team', '/carddav/alice/bob-team/', false, 'bob'],
			]);
		});
	});

	test('are listed without paths where CardDAV is off', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.noCardDav = true;
			const rows = await scene.dsm.do(addressBook.list, {});
			expect(rows.map(({ id, path }) => [id, path])).toEqual([
				['1', undefined],
				['2', undefined],
				['4', undefined],
			]);
		});
	});

	test('are created, renamed, shown, shared and deleted', async () => {
		await withNas({}, async (scene) => {
			const { id = '' } = await scene.dsm.do(addressBook.create, { name: '007' });
			await scene.dsm.do(addressBook.rename, { addressbook_id: id, name: 'Bond' });
			await scene.dsm.do(addressBook.setDisplay, { addressbook_id: id, parameters: { display: true } });
			await scene.dsm.do(addressBook.share, {
				addressbook_id: id,
				parameters: { principals: [{ account_name: 'bob', role: 'read/write' }] },
			});
			expect(stage(scene).books.get(Number(id))).toMatchObject({
				name: 'Bond',
				owner: 'alice',
				shares: new Map([['bob', 1]]),
			});
			expect(await scene.dsm.do(addressBook.get, { addressbook_id: id })).toMatchObject({
				addressbook: [{ name: 'Bond', owned_shared: true }],
			});
			expect(await scene.dsm.do(addressBook.listPrincipals, {})).toMatchObject({
				principal: expect.arrayContaining([expect.objectContaining({ account_name: 'bob' })]),
			});
			expect(await scene.dsm.do(addressBook.delete, { addressbook_id: id })).toEqual({});
			expect(stage(scene).books.has(Number(id))).toBe(false);
		});
	});

	test('of others cannot be deleted', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.do(addressBook.delete, { addressbook_id: 4 }));
			expect([error.code, error.hint]).toEqual(['permission', expect.stringContaining('"Synology Contacts"')]);
		});
	});
});

describe('rows of contacts', () => {
	test('come with the numeric IDs, page by page, also from a NAS that ignores pages', async () => {
		await withNas({}, async (scene) => {
			for (let n = 0; n < 620; n++)
				stage(scene).saveAs('alice', { uid: `n${n}`, full_name: `N ${n}`, book: 'Suppliers' });
			for (const limitIgnored of [false, true]) {
				stage(scene).switches.limitIgnored = limitIgnored;
				const rows = await scene.dsm.do(contact.listRows, { addressbook_id: 2 });
				expect(new Set(rows.map(({ id }) => id)).size).toBe(621);
				expect(rows).toHaveLength(621);
			}
			expect((await scene.dsm.do(contact.listRows, {}))[0]).toMatchObject({
				id: '101',
				addressbook_id: '1',
				label: ['1'],
				full_name: 'Dana Example',
				primary_mail: 'dana@example.org',
				photo: '',
			});
		});
	});

	test('and rows by ID, groups and team contacts are passed on as they are', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(contact.getRows, { contact_ids: [101] })).toMatchObject({
				contact: [{ full_name: 'Dana Example' }],
			});
			expect(await dsm.do(contact.listGroups, { addressbook_id: 1 })).toMatchObject({ group: [] });
			expect(await dsm.do(contact.listTeam, {})).toMatchObject({
				contact: expect.arrayContaining([expect.objectContaining({ primary_mail: 'bob@example.com' })]),
			});
		});
	});
});

describe('labels', () => {
	test('are listed with their contacts', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(label.list, {})).toMatchObject([
				{ id: '1', name: 'Customers', color: '#FF8000', member: ['101', '102'], member_count: 2 },
				{ id: '2', name: 'Private', member_count: 0 },
			]);
			expect((await dsm.do(label.listContacts, { label_id: 1 })).map(({ full_name }) => full_name)).toEqual([
				'Dana Example',
				'Erin Example',
			]);
			expect(await dsm.do(label.listContacts, { label_id: 2 })).toEqual([]);
		});
	});

	test('are created, changed, filled, emptied and deleted', async () => {
		await withNas({}, async (scene) => {
			const { id = '' } = await scene.dsm.do(label.create, { name: 'Club', color: '#00FF00' });
			await scene.dsm.do(label.update, { label_id: id, name: 'Clubs' });
			await scene.dsm.do(label.addContacts, { label_id: id, contact_ids: [101, 103] });
			await scene.dsm.do(label.removeContacts, { label_id: id, contact_ids: [101] });
			expect(stage(scene).labels.get(Number(id))).toMatchObject({ name: 'Clubs', color: '#00FF00', member: [103] });
			await scene.dsm.do(label.delete, { label_id: id });
			expect(stage(scene).labels.has(Number(id))).toBe(false);
			expect((await failure(scene.dsm.do(label.update, { label_id: 99, name: 'x' }))).message).toBe(
				'Contacts could not do it (code 117).',
			);
		});
	});
});

describe('external sources', () => {
	test('are listed, added, changed and fetched anew, with parameters as they are given', async () => {
		await withNas({}, async (scene) => {
			expect(await scene.dsm.do(source.list, {})).toEqual([]);
			await scene.dsm.do(source.create, { parameters: { name: 'Cloud' } });
			await scene.dsm.do(source.createCardDav, { parameters: { name: 'Elsewhere' } });
			await scene.dsm.do(source.update, { source_id: 1, parameters: { name: 'Sky' } });
			await scene.dsm.do(source.updateCardDav, { source_id: 2, parameters: { name: 'Nowhere' } });
			await scene.dsm.do(source.startSync, { source_id: 1 });
			expect(await scene.dsm.do(source.get, { source_id: 2 })).toMatchObject({ name: 'Nowhere' });
			expect(await scene.dsm.do(source.list, {})).toMatchObject([
				{ id: '1', name: 'Sky' },
				{ id: '2', name: 'Nowhere' },
			]);
		});
	});

	test('and units of the directory without parameters are refused in words', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.do(directory.listUnits, {}));
			expect([error.message, error.dsmCode]).toEqual(['A parameter is missing or unusable (code 120).', 120]);
			expect(await dsm.do(directory.listUnits, { parameters: { parent: 'x' } })).toMatchObject({ total: 0 });
		});
	});
});

describe('account and administration', () => {
	test('tell who one is, in version 1, which alone has the method', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect(await dsm.do(account.get, {})).toMatchObject({
				id: '1026',
				account_name: 'alice',
				display_name: 'Alice',
				is_sharing_addressbook_prohibited: false,
			});
			expect(simulator.requests.at(-1)).toMatchObject({ api: 'SYNO.Contacts.Info', version: 1 });
			expect(await dsm.do(account.getTimeZones, {})).toMatchObject({ timezone: expect.any(Array) });
		});
	});

	test('are for administrators, and change something only when confirmed', async () => {
		await withNas({}, async (scene) => {
			expect(await scene.dsm.do(settings.get, {})).toMatchObject({ is_migrating: false, migration_status: 0 });
			const before = scene.simulator.requests.length;
			const error = await failure(
				scene.dsm.do(settings.setAccountSystem, { parameters: { type: 'local' }, confirm: false }),
			);
			expect([error.code, scene.simulator.requests.length]).toEqual(['input', before]);
			await scene.dsm.do(settings.setAccountSystem, { parameters: { type: 'local' }, confirm: true });
			await scene.dsm.do(settings.setSharing, { parameters: { prohibited: true }, confirm: true });
			expect(stage(scene).recorded.map(({ method }) => method)).toEqual(['set', 'set_sharing']);
		});
		await withNas({ account: 'user' }, async ({ dsm }) => {
			expect((await failure(dsm.do(settings.get, {}))).code).toBe('permission');
		});
	});
});

test('a NAS without the package says what to install', async () => {
	await withNas({ packages: [] }, async ({ dsm }) => {
		for (const asked of [dsm.do(account.get, {}), dsm.do(contact.list, {})]) {
			expect((await failure(asked)).code).toBe('unavailable');
		}
	});
});

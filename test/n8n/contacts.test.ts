import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BinaryDataService } from 'n8n-core';
import type { SettableClock } from '../../src/simulator';
import { contactsOf, type ContactsState } from '../../src/simulator/services/contacts/state';
import { inRows, itemsOf, jsonOf, runNode, service, synology } from './engine';
import { Poller } from './poller';
import { withNas, type Scene } from './support';
import { SharedClock } from '../support/sharedClock';

const BOOK = '/carddav/alice/alice-contacts/';
const stage = ({ simulator }: Scene): ContactsState => contactsOf(simulator.nas);
const node = (resource: string, operation: string, more = {}) =>
	synology('synologyContacts', { resource, operation, simplify: false, ...more });
const picked = (mode: string, value: string) => ({ __rl: true, mode, value });

describe('contacts in n8n', () => {
	test('come as one item each, simplified to the fields that matter', async () => {
		await withNas({}, async ({ credentials }) => {
			const list = node('contact', 'list', { returnAll: true, simplify: true });
			const rows = jsonOf((await runNode(list, itemsOf({}), credentials)).outputs[0]);
			expect(rows).toHaveLength(5);
			expect(Object.keys(rows[0]!)).toEqual(
				expect.arrayContaining([
					'path',
					'etag',
					'uid',
					'full_name',
					'emails',
					'phones',
					'company',
					'birthday',
					'categories',
				]),
			);
			expect(Object.keys(rows[0]!).length).toBeLessThanOrEqual(10);
		});
	});

	test('are created and updated from the fields of items, lists and texts alike', async () => {
		await withNas({}, async (scene) => {
			const create = node('contact', 'create', {
				full_name: '={{ $json.name }}',
				emails: inRows('={{ $json.mails }}'),
				birthday: '={{ $json.born }}',
				book: picked('id', 'Suppliers'),
			});
			const { outputs } = await runNode(
				create,
				itemsOf(
					{ name: 'One', mails: 'one@example.org', born: '1990-02-03' },
					{ name: 'Two', mails: ['two@example.org', 'zwei@example.org'], born: '' },
				),
				scene.credentials,
			);
			expect(jsonOf(outputs[0])).toMatchObject([
				{ full_name: 'One', emails: [{ value: 'one@example.org' }], birthday: '1990-02-03' },
				{ full_name: 'Two', emails: [{ value: 'two@example.org' }, { value: 'zwei@example.org' }], birthday: '' },
			]);
			const update = node('contact', 'update', { contact: picked('path', `${BOOK}card-dana.vcf`), title: 'Boss' });
			expect(jsonOf((await runNode(update, itemsOf({}), scene.credentials)).outputs[0])).toMatchObject([
				{ title: 'Boss', birthday: '1980-04-23' },
			]);
			expect(stage(scene).card('card-dana').card.data).toContain('X-SHOE-SIZE:39');
		});
	});

	test('go out as a file and come in from one', async () => {
		await withNas({}, async (scene) => {
			const exported = node('addressBook', 'export', { book: picked('path', BOOK), outputField: 'data' });
			const [item] = (await runNode(exported, itemsOf({}), scene.credentials)).outputs[0]!;
			expect(item!.binary!.data).toMatchObject({ fileName: 'My Contacts.vcf', mimeType: 'text/vcard' });
			const text = (await service(BinaryDataService).getAsBuffer(item!.binary!.data!)).toString();
			expect(text).toContain('FN:Dana Example');
			const file = readFileSync(join(__dirname, '../fixtures/vcards/b2-no-colon.vcf')).toString('base64');
			const imported = node('addressBook', 'import', { file: 'data' });
			const { outputs } = await runNode(
				imported,
				[{ json: {}, binary: { data: { data: file, mimeType: 'text/vcard', fileName: 'b2.vcf' } } }],
				scene.credentials,
			);
			expect(jsonOf(outputs[0])).toMatchObject([
				{ imported: [{ uid: 'b2ok', action: 'created' }], refused: [{ line: 6 }] },
			]);
		});
	});

	test('that somebody else has changed end in an error that says so', async () => {
		await withNas({}, async ({ credentials }) => {
			const update = node('contact', 'update', {
				contact: picked('path', `${BOOK}card-dana.vcf`),
				note: 'x',
				options: { etag: '"old"' },
			});
			const { status, error } = await runNode(update, itemsOf({}), credentials);
			expect(status).toBe('error');
			expect(error!.message).toContain('changed or deleted by somebody else');
			expect(error!.description).toContain('Read it again');
		});
	});
});

const triggers: [event: string, happen: (contacts: ContactsState, clock: SettableClock) => void, seen: object][] = [
	[
		'contactCreated',
		(contacts) => contacts.saveAs('alice', { uid: 'n', full_name: 'N' }),
		{ uid: 'n', full_name: 'N' },
	],
	[
		'contactUpdated',
		(contacts) => contacts.editCard('card-erin', (text) => text.replace('END:', 'NOTE:new\r\nEND:')),
		{ uid: 'card-erin', note: 'new' },
	],
	['contactDeleted', (contacts) => contacts.deleteCard('card-erin'), { uid: 'card-erin', full_name: 'Erin Example' }],
	[
		'birthdayDue',
		(_contacts, clock) => clock.advance(Date.parse('2027-04-23T22:00:00Z') - clock.now()),
		{ uid: 'card-dana', date: '2027-04-23', years: 47 },
	],
	[
		'anniversaryDue',
		(_contacts, clock) => clock.advance(Date.parse('2027-06-05T22:00:00Z') - clock.now()),
		{ uid: 'card-erin', years: 17 },
	],
	[
		'labelChanged',
		(contacts) => void contacts.addLabel('alice', 'Club', '#000000'),
		{ change: 'created', name: 'Club' },
	],
	['addressBookChanged', (contacts) => void contacts.addBook('alice', 'Club'), { change: 'created', name: 'Club' }],
];

test.each(triggers)('the trigger %s starts a workflow once', async (event, happen, seen) => {
	const clock = new SharedClock(Date.parse('2027-04-22T12:00:00Z'));
	await withNas({ clock }, async (scene) => {
		const parameters = { event, simplify: false, hour: 0, options: { time_zone: 'Europe/Rome' } };
		const poller = new Poller(scene.credentials, { type: 'synologyContactsTrigger', parameters });
		expect(await poller.tick()).toBeUndefined();
		if (event === 'anniversaryDue') clock.advance(Date.parse('2027-06-04T12:00:00Z') - clock.now());
		if (event === 'anniversaryDue') expect(await poller.tick()).toBeUndefined();
		happen(stage(scene), clock);
		const items = (await poller.tick()) ?? [];
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject(seen);
		expect(await poller.tick()).toBeUndefined();
	});
});

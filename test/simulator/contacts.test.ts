import { describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import { contactsScenes } from '../../src/simulator/services/contacts/life';
import { contactsOf, type ContactsState } from '../../src/simulator/services/contacts/state';
import { call, login, multipart, raw, type Answer, type Form, type Login } from './client';

interface Scene {
	simulator: Simulator;
	contacts: ContactsState;
	who: Login;
	/** One call below SYNO.Contacts. */
	ask: (api: string, method: string, version: number, params?: Form) => Promise<Answer['json']>;
	/** The text of a card over CardDAV. */
	card: (name: string) => Promise<string>;
}

async function withContacts(run: (scene: Scene) => Promise<void>, account = 'alice'): Promise<void> {
	const simulator = await startSimulator();
	try {
		const who = await login(simulator, { account });
		const ask: Scene['ask'] = async (api, method, version, params) =>
			(await call(simulator, who, `SYNO.Contacts.${api}`, method, version, params)).json;
		const authorization = `Basic ${btoa(`${account}:${account}-Passw0rd`)}`;
		const card = async (name: string) =>
			await (
				await fetch(`${simulator.url}/carddav/alice/alice-contacts/${name}.vcf`, { headers: { authorization } })
			).text();
		await run({ simulator, contacts: contactsOf(simulator.nas), who, ask, card });
	} finally {
		await simulator.close();
	}
}

describe('the calls that were captured', () => {
	test('Info.get answers version 1, and 103 in the version that is offered and empty', async () => {
		await withContacts(async ({ ask }) => {
			expect(await ask('Info', 'get', 1)).toEqual({
				data: {
					is_migrating: false,
					is_sharing_addressbook_prohibited: false,
					principal: { account_name: 'alice', display_name: 'Alice', id: 1026, type: 0 },
				},
				success: true,
			});
			expect(await ask('Info', 'get', 2)).toEqual({ error: { code: 103 }, success: false });
		});
	});

	test('Addressbook.list gives ten fields for each', async () => {
		await withContacts(async ({ ask }) => {
			const { data } = await ask('Addressbook', 'list', 1);
			expect(data.total).toBe(3);
			expect(data.addressbook[2]).toEqual({
				id: 4,
				member_count: 1,
				mode: 0,
				name: 'Team',
				owned_shared: false,
				shared_from: 'bob',
				shared_with: '',
				status: 0,
				type: 2,
				uri: 'bob-team',
			});
		});
	});

	test.each([1, 2])(
		'Contact.list in version %i gives thirteen fields for each, and the photo only when asked',
		async (version) => {
			await withContacts(async ({ ask }) => {
				const { data } = await ask('Contact', 'list', version, { addressbook_id: 1 });
				expect(data.offset).toBe(0);
				expect(data.contact[0]).toEqual({
					additional: { label: [1] },
					addressbook_id: 1,
					company: 'Example Ltd',
					department: 'R&D',
					full_name: 'Dana Example',
					id: 101,
					is_editable: true,
					is_hidden: false,
					photo: '',
					primary_mail: 'dana@example.org',
					primary_tel: '+39 055 1234',
					title: 'Engineer',
					usage_frequency: 0,
				});
				const photos = (await ask('Contact', 'list', version, { with_photo: 'true' })).data.contact.map(
					({ photo }: any) => photo.slice(0, 5),
				);
				expect(photos).toEqual(['iVBOR', '', '', '', '']);
			});
		},
	);

	test('Contact.list ignores unknown parameters, and pages where the switch says so', async () => {
		await withContacts(async ({ ask, contacts }) => {
			const ids = async () =>
				(await ask('Contact', 'list', 2, { offset: 1, limit: 2, keyword: '"x"' })).data.contact.map(
					({ id }: any) => id,
				);
			expect(await ids()).toEqual([102, 103]);
			contacts.switches.limitIgnored = true;
			expect(await ids()).toHaveLength(5);
		});
	});

	test('Label.list, ExternalSource.list and AdminSetting.get have their fields', async () => {
		await withContacts(async ({ ask }) => {
			expect((await ask('Label', 'list', 2)).data).toEqual({
				label: [
					{ color: '#FF8000', id: 1, member: [101, 102], member_count: 2, name: 'Customers', type: 0 },
					{ color: '#3366CC', id: 2, member: [], member_count: 0, name: 'Private', type: 0 },
				],
				total: 2,
			});
			expect((await ask('ExternalSource', 'list', 1)).data).toEqual({ external_sources: [], total: 0 });
			expect(Object.keys((await ask('AdminSetting', 'get', 1)).data)).toEqual([
				'bound_domain_name',
				'bound_domain_type',
				'dsm_domain_name',
				'dsm_domain_type',
				'is_migrating',
				'migration',
			]);
		});
	});

	test.each([
		['Addressbook', 'get', 1],
		['Contact', 'get', 2],
		['ExternalSource', 'get', 1],
		['OU', 'list', 1],
	])('%s.%s without its parameter is refused with 120 and empty details', async (api, method, version) => {
		await withContacts(async ({ ask, contacts }) => {
			expect(await ask(api, method, version)).toEqual({ error: { code: 120, errors: {} }, success: false });
			contacts.switches.namesMissing = true;
			expect((await ask(api, method, version)).error!.errors).toMatchObject({ reason: 'required' });
		});
	});

	test('an ordinary user may not see the settings, and without the privilege nothing', async () => {
		await withContacts(
			async ({ ask }) => expect(await ask('AdminSetting', 'get', 1)).toEqual({ error: { code: 105 }, success: false }),
			'bob',
		);
		await withContacts(
			async ({ ask }) => expect(await ask('Addressbook', 'list', 1)).toEqual({ error: { code: 105 }, success: false }),
			'noapps',
		);
	});

	test('the versions end where the list says, and names that others made up are unknown', async () => {
		await withContacts(async ({ ask, simulator }) => {
			expect((await ask('Contact', 'list', 3)).error!.code).toBe(104);
			expect((await ask('Contact', 'search', 2)).error!.code).toBe(103);
			simulator.nas.packages.get('Contacts')!.status = 'stop';
			expect((await ask('Contact', 'list', 2)).error!.code).toBe(102);
		});
	});
});

describe('writes', () => {
	test('over the web API are seen over CardDAV, and what the form does not show stays', async () => {
		await withContacts(async ({ ask, card, contacts }) => {
			const ctag = contacts.book('alice').history.ctag;
			expect(await ask('Contact', 'set', 1, { id: 101, title: '"Boss"' })).toEqual({ success: true });
			const text = await card('card-dana');
			expect([text.includes('TITLE:Boss'), text.includes('X-SHOE-SIZE:39'), text.includes('BDAY:1980-04-23')]).toEqual([
				true,
				true,
				true,
			]);
			expect(contacts.book('alice').history.ctag).not.toBe(ctag);
		});
	});

	test.each([
		['an object', { contact: '{"full_name":"Heidi","primary_mail":"heidi@example.org"}' }],
		['fields beside', { full_name: '"Heidi"', primary_mail: '"heidi@example.org"' }],
	])('create takes the contact as %s', async (_, fields) => {
		await withContacts(async ({ ask }) => {
			const { data } = await ask('Contact', 'create', 1, { addressbook_id: 1, ...fields } as Form);
			const rows = (await ask('Contact', 'list', 2)).data.contact;
			expect(rows.find(({ id }: any) => id === data.id)).toMatchObject({
				full_name: 'Heidi',
				primary_mail: 'heidi@example.org',
			});
		});
	});

	test('delete takes a list, passes over what is unknown, and takes contacts out of labels', async () => {
		await withContacts(async ({ ask }) => {
			expect((await ask('Contact', 'delete', 2, { ids: 101 })).error!.code).toBe(120);
			expect(await ask('Contact', 'delete', 2, { ids: '[101,999]', type: '"SAGA_DELETE_CONTACT"' })).toEqual({
				success: true,
			});
			expect((await ask('Label', 'list', 2)).data.label[0]).toMatchObject({ member: [102], member_count: 1 });
			expect((await ask('Addressbook', 'list', 1)).data.addressbook[0].member_count).toBe(2);
		});
	});

	test('to a book that is shared read-only are refused', async () => {
		await withContacts(async ({ ask }) => {
			expect((await ask('Contact', 'create', 1, { addressbook_id: 4, full_name: '"X"' })).error!.code).toBe(105);
			expect((await ask('Contact', 'delete', 2, { ids: '[105]' })).error!.code).toBe(105);
			expect((await ask('Contact', 'list', 2, { addressbook_id: 4 })).data.contact[0].is_editable).toBe(false);
		});
	});

	test('move contacts under a new ID and copy them under a new UID', async () => {
		await withContacts(async ({ ask, contacts }) => {
			await ask('Addressbook', 'move_member', 1, { addressbook_id: 2, contact_ids: '[101]' });
			expect([contacts.card('card-dana').book.id, contacts.card('card-dana').card.id === 101]).toEqual([2, false]);
			await ask('Addressbook', 'copy_member', 1, { addressbook_id: 2, contact_ids: '[102]' });
			expect(
				[...contacts.books.get(2)!.cards.values()].filter(({ facts }) => facts.full_name === 'Erin Example'),
			).toHaveLength(1);
			expect(contacts.card('card-erin').book.id).toBe(1);
		});
	});

	test('of administrators are kept and answered with success', async () => {
		await withContacts(async ({ ask, contacts }) => {
			expect(await ask('AdminSetting', 'set_sharing', 1, { prohibit: 'true' })).toEqual({ success: true });
			expect(contacts.recorded).toMatchObject([{ method: 'set_sharing', params: { prohibit: true } }]);
		});
	});
});

describe('files', () => {
	test('of address books, contacts and labels are vCards', async () => {
		await withContacts(async ({ simulator, who }) => {
			const file = async (api: string, params: Form) =>
				(await call(simulator, who, `SYNO.Contacts.${api}`, 'export', 1, params)).text.match(/^FN:.*$/gm);
			expect(await file('Addressbook', { id: 2 })).toEqual(['FN:Paper & Co']);
			expect(await file('Contact', { ids: '[103]' })).toEqual(['FN:Frank Example']);
			expect(await file('Label', { id: 1 })).toEqual(['FN:Dana Example', 'FN:Erin Example']);
		});
	});

	test('that are uploaded are counted first and imported then', async () => {
		await withContacts(async ({ simulator, who, contacts }) => {
			const text = ['a', 'b']
				.map((uid) => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${uid}\r\nN:${uid};;;;\r\nEND:VCARD\r\n`)
				.join('');
			const upload = async (method: string) => {
				const body = multipart([
					{ name: 'id', value: '2' },
					{ name: 'file', value: text, filename: 'a.vcf', type: 'text/vcard' },
				]);
				const query = `api=SYNO.Contacts.Addressbook&version=1&method=${method}&_sid=${who.sid}&SynoToken=${who.token}`;
				const headers = {
					'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx',
					'Content-Length': String(body.length),
				};
				return JSON.parse(
					(await raw(`${simulator.url}/webapi/entry.cgi?${query}`, { method: 'POST', headers, body })).text,
				);
			};
			expect(await upload('import_preview')).toEqual({ data: { total: 2 }, success: true });
			expect(await upload('import')).toEqual({ data: { imported: 2, total: 2 }, success: true });
			expect(contacts.card('b').book.name).toBe('Suppliers');
		});
	});
});

test('the demo lets contacts come, change and go, and does not grow for ever', async () => {
	await withContacts(async ({ contacts, simulator }) => {
		for (let round = 0; round < 30; round++) for (const scene of contactsScenes) await scene(simulator.nas, round);
		expect(contacts.book('alice').cards.size).toBe(3 + 6);
		expect(contacts.card('card-dana').card.facts.title).toBe('Engineer, level 3');
		expect(contacts.card('life-29').card.data).toContain(
			`BDAY:1999-${new Date(simulator.nas.clock.now()).toISOString().slice(5, 10)}`,
		);
	});
});

import { describe, expect, test } from '@jest/globals';
import { contacts } from '../../../src/services/contacts';
import { contactsOf, type ContactsState } from '../../../src/simulator/services/contacts/state';
import { clockOf, Follower, following } from '../../support/follow';
import type { Scene } from '../../support/nas';
import { tellsEachOnce } from '../../support/trigger-suite';

const { contactCreated, contactUpdated, contactDeleted, labelChanged, addressBookChanged } = contacts.triggers;
const stage = ({ simulator }: Scene): ContactsState => contactsOf(simulator.nas);
const BOOK = '/carddav/alice/alice-contacts/';
const fill = (scene: Scene, count: number) => {
	for (let n = 0; n < count; n++) stage(scene).saveAs('alice', { uid: `u${n}`, full_name: `Contact ${n}` });
};
const requestsOf = (scene: Scene, before: number) =>
	scene.simulator.requests
		.slice(before)
		.map(({ httpMethod, api, path }) => (api === '' ? `${httpMethod} ${path}` : api));

tellsEachOnce({
	trigger: contactCreated,
	given: {},
	many: 230,
	anyOrder: true,
	happen: (scene, n) => stage(scene).saveAs('alice', { uid: `new-${n}`, full_name: `New ${n}` }),
	nameOf: ({ uid }) => uid!,
	edit: (scene, n) => stage(scene).editCard(`new-${n}`, (text) => text.replace('END:', `NOTE:edited\r\nEND:`)),
	delete: (scene, n) => stage(scene).deleteCard(`new-${n}`),
	noise: (scene) => stage(scene).editCard('card-dana', (text) => text.replace('TITLE:Engineer', 'TITLE:Boss')),
});

tellsEachOnce({
	trigger: contactUpdated,
	given: { book: BOOK },
	many: 230,
	anyOrder: true,
	before: (scene) => fill(scene, 240),
	happen: (scene, n) => {
		stage(scene).editCard(`u${n}`, (text) => text.replace('END:', `NOTE:changed\r\nEND:`));
		return `u${n}`;
	},
	nameOf: ({ uid }) => uid!,
	delete: (scene, n) => stage(scene).deleteCard(`u${n}`),
	noise: (scene) => stage(scene).saveAs('alice', { uid: 'noise', full_name: 'Noise' }),
});

tellsEachOnce({
	trigger: contactDeleted,
	given: {},
	many: 60,
	anyOrder: true,
	before: (scene) => fill(scene, 70),
	happen: (scene, n) => {
		stage(scene).deleteCard(`u${n}`);
		return `u${n}: Contact ${n}`;
	},
	nameOf: ({ uid, full_name }) => `${uid}: ${full_name}`,
	noise: (scene) => stage(scene).editCard('card-dana', (text) => text.replace('TITLE:Engineer', 'TITLE:Boss')),
});

tellsEachOnce({
	trigger: labelChanged,
	given: { kinds: ['created'] },
	anyOrder: true,
	happen: (scene, n) => stage(scene).addLabel('alice', `Label ${n}`, '#000000').name,
	nameOf: ({ name }) => name,
	noise: (scene) => void (stage(scene).labels.get(1)!.name = 'Clients'),
});

tellsEachOnce({
	trigger: addressBookChanged,
	given: {},
	anyOrder: true,
	happen: (scene, n) => stage(scene).addBook('alice', `Book ${n}`).name,
	nameOf: ({ name }) => name,
	noise: (scene) => void stage(scene).saveAs('alice', { uid: 'noise', full_name: 'Noise' }),
});

describe('contacts that come, change and go', () => {
	test('cost one request while nothing changes', async () => {
		await following(contactCreated, {}, async (follower, scene) => {
			const before = scene.simulator.requests.length;
			expect(await follower.poll()).toEqual([]);
			expect(requestsOf(scene, before)).toEqual(['PROPFIND /carddav/alice/']);
		});
	});

	test('cost three requests more when something does', async () => {
		await following(contactCreated, {}, async (follower, scene) => {
			stage(scene).saveAs('alice', { uid: 'n', full_name: 'N' });
			const before = scene.simulator.requests.length;
			expect(await follower.poll()).toMatchObject([{ uid: 'n', full_name: 'N', book: BOOK }]);
			expect(requestsOf(scene, before)).toEqual(['PROPFIND /carddav/alice/', `REPORT ${BOOK}`, `REPORT ${BOOK}`]);
		});
	});

	test('are told once by the ways back: an expired token, no token, a whole comparison', async () => {
		await following(contactCreated, {}, async (follower, scene) => {
			stage(scene).saveAs('alice', { uid: 'a', full_name: 'A' });
			stage(scene).book('alice').history.expire();
			expect(await follower.poll()).toMatchObject([{ uid: 'a' }]);
			stage(scene).saveAs('alice', { uid: 'b', full_name: 'B' });
			scene.simulator.nas.faults.dav(501, { method: 'REPORT' });
			expect(await follower.poll()).toMatchObject([{ uid: 'b' }]);
			clockOf(scene).advance(25 * 3_600_000);
			const before = scene.simulator.requests.length;
			expect(await follower.poll()).toEqual([]);
			expect(requestsOf(scene, before).filter((line) => line.startsWith('REPORT'))).toEqual([]);
			expect(requestsOf(scene, before).length).toBeGreaterThan(3);
		});
	});

	test.each(['created', 'updated', 'deleted'] as const)(
		'are told (%s) where a token that the NAS never gave breaks it: all is compared, and later polls go on by tokens',
		async (how) => {
			const { trigger, uid } = {
				created: { trigger: contactCreated, uid: 'a' },
				updated: { trigger: contactUpdated, uid: 'card-dana' },
				deleted: { trigger: contactDeleted, uid: 'card-frank' },
			}[how];
			await following<typeof trigger.params, typeof trigger.cursor, typeof trigger.event>(
				trigger,
				{ book: BOOK },
				async (follower, scene) => {
					stage(scene).switches.oldTokenStatus = 500;
					const forged = follower.cursor.replaceAll(stage(scene).book('alice').history.token(), 'https://forged/1');
					expect(forged).not.toBe(follower.cursor);
					follower.cursor = forged;
					stage(scene).saveAs('alice', { uid: 'a', full_name: 'A' });
					stage(scene).editCard('card-dana', (text) => text.replace('TITLE:Engineer', 'TITLE:Boss'));
					stage(scene).deleteCard('card-frank');
					expect((await follower.drain()).map((event) => event.uid)).toEqual([uid]);
					stage(scene).saveAs('alice', { uid: 'b', full_name: 'B' });
					const before = scene.simulator.requests.length;
					expect((await follower.drain()).map((event) => event.uid)).toEqual(how === 'created' ? ['b'] : []);
					expect(requestsOf(scene, before)).not.toContain(`PROPFIND ${BOOK}`);
					expect(requestsOf(scene, before)).toContain(`REPORT ${BOOK}`);
				},
			);
		},
	);

	test('that move to another book are updated, not new and not deleted', async () => {
		const happen = (scene: Scene) => stage(scene).moveCard('card-dana', stage(scene).book('alice', 'Suppliers'));
		await following(contactCreated, {}, async (follower, scene) => {
			happen(scene);
			expect(await follower.poll()).toEqual([]);
		});
		await following(contactDeleted, {}, async (follower, scene) => {
			happen(scene);
			expect(await follower.poll()).toEqual([]);
			stage(scene).deleteCard('card-dana');
			expect(await follower.poll()).toMatchObject([{ uid: 'card-dana', full_name: 'Dana Example' }]);
		});
		await following(contactUpdated, {}, async (follower, scene) => {
			happen(scene);
			expect(await follower.poll()).toMatchObject([{ uid: 'card-dana', book: '/carddav/alice/alice-suppliers/' }]);
		});
	});

	test('and come back are told each time', async () => {
		await following(contactCreated, {}, async (follower, scene) => {
			follower.removesRepeats = true;
			for (let n = 0; n < 3; n++) {
				stage(scene).saveAs('alice', { uid: 'back', full_name: 'Back' });
				expect(await follower.poll()).toMatchObject([{ uid: 'back' }]);
				stage(scene).deleteCard('back');
				expect(await follower.poll()).toEqual([]);
			}
		});
	});

	test('in a book that cannot be read wait, and hold up no other book', async () => {
		await following(contactCreated, {}, async (follower, scene) => {
			stage(scene).saveAs('alice', { uid: 'a', full_name: 'A' });
			stage(scene).saveAs('alice', { uid: 'b', full_name: 'B', book: 'Suppliers' });
			scene.simulator.nas.faults.dav(403, { method: 'REPORT' });
			expect(await follower.poll()).toMatchObject([{ uid: 'b' }]);
			expect(await follower.poll()).toMatchObject([{ uid: 'a' }]);
		});
	});

	test('wait for the next poll when there is no time left', async () => {
		await following(contactCreated, {}, async (follower, scene) => {
			stage(scene).saveAs('alice', { uid: 'a', full_name: 'A' });
			expect(await follower.poll({ budget: { left: () => false } })).toEqual([]);
			expect(follower.more).toBe(true);
			expect(await follower.poll()).toMatchObject([{ uid: 'a' }]);
		});
	});

	test('go with the share of their book', async () => {
		await following(contactDeleted, {}, async (follower, scene) => {
			stage(scene).book('bob', 'Team').shares.delete('alice');
			expect(await follower.poll()).toMatchObject([{ uid: 'card-grace', book: '/carddav/alice/bob-team/' }]);
		});
	});

	test('stay when a list leaves their book out', async () => {
		await following(contactDeleted, {}, async (follower, scene) => {
			scene.simulator.nas.faults.shortDav({ method: 'PROPFIND' });
			expect(await follower.poll()).toEqual([]);
			stage(scene).deleteCard('card-grace');
			expect(await follower.poll()).toMatchObject([{ uid: 'card-grace' }]);
		});
	});

	test('in a chosen book are told of that book alone', async () => {
		await following(contactCreated, { book: 'Suppliers' }, async (follower, scene) => {
			stage(scene).saveAs('alice', { uid: 'a', full_name: 'A' });
			stage(scene).saveAs('alice', { uid: 'b', full_name: 'B', book: 'Suppliers' });
			expect(await follower.poll()).toMatchObject([{ uid: 'b' }]);
		});
	});

	test('changed over the web API are seen over CardDAV', async () => {
		await following(contactUpdated, {}, async (follower, scene) => {
			const call = { api: 'SYNO.Contacts.Contact', method: 'set', version: 1 } as const;
			await scene.dsm.call(call, { id: 101, title: 'Boss' });
			expect(await follower.poll()).toMatchObject([{ uid: 'card-dana', title: 'Boss', birthday: '1980-04-23' }]);
		});
	});
});

describe('labels', () => {
	test('tell what changed of them', async () => {
		await following(labelChanged, {}, async (follower, scene) => {
			const label = stage(scene).labels.get(1)!;
			label.name = 'Clients';
			label.member = [101];
			expect(await follower.poll()).toMatchObject([
				{ change: 'changed', name: 'Clients', changed: ['name', 'members'] },
			]);
			stage(scene).labels.delete(1);
			// Gone is what two looks do not find.
			expect(await follower.poll()).toEqual([]);
			expect(await follower.poll()).toMatchObject([{ change: 'deleted', id: '1', name: 'Clients' }]);
		});
	});

	test('are compared with a place that was stored when IDs were numbers', async () => {
		await following(labelChanged, {}, async (follower, scene) => {
			const items = { 1: ['Customers', '#FF8000', '101,102'], 2: ['Private', '#3366CC', ''] };
			follower.cursor = JSON.stringify({ v: 1, seq: 3, items });
			expect(await follower.poll()).toEqual([]);
			stage(scene).labels.get(1)!.member = [101, 102, 103];
			expect(await follower.poll()).toMatchObject([
				{ change: 'changed', id: '1', changed: ['members'], member: ['101', '102', '103'] },
			]);
		});
	});

	test('whose kinds of change are chosen anew are told neither twice nor not at all', async () => {
		await following(labelChanged, { kinds: ['created'] }, async (follower, scene) => {
			stage(scene).labels.get(1)!.name = 'Clients';
			expect(await follower.poll()).toEqual([]);
			const changed = await new Follower(labelChanged, scene.dsm, { kinds: ['changed'] }).start();
			changed.cursor = follower.cursor;
			expect(await changed.poll()).toEqual([]);
			stage(scene).labels.get(1)!.name = 'Guests';
			expect(await changed.poll()).toMatchObject([{ change: 'changed', name: 'Guests' }]);
		});
	});
});

describe('address books', () => {
	test('that are shared with the account come as created, and go as deleted', async () => {
		await following(addressBookChanged, {}, async (follower, scene) => {
			const book = stage(scene).book('carol');
			stage(scene).share(book, 'alice', 1);
			expect(await follower.poll()).toMatchObject([{ change: 'created', name: 'My Contacts', shared_from: 'carol' }]);
			book.shares.clear();
			expect(await follower.poll()).toEqual([]);
			expect(await follower.poll()).toMatchObject([{ change: 'deleted', name: 'My Contacts' }]);
		});
	});

	test('are compared with a place that was stored when IDs were numbers', async () => {
		await following(addressBookChanged, {}, async (follower, scene) => {
			const items = { 1: ['My Contacts', '', ''], 2: ['Suppliers', '', ''], 4: ['Team', 'bob', ''] };
			follower.cursor = JSON.stringify({ v: 1, seq: 3, items });
			expect(await follower.poll()).toEqual([]);
			stage(scene).book('alice', 'Suppliers').name = 'Vendors';
			expect(await follower.poll()).toMatchObject([{ change: 'changed', id: '2', name: 'Vendors', changed: ['name'] }]);
		});
	});
});

import { describe, expect, test } from '@jest/globals';
import { anyOf, channel_id, user_id } from '../../src/services/chat/fields';
import { cal_id } from '../../src/services/calendar/fields';
import { notebook_id } from '../../src/services/note/fields';
import { idOf } from '../../src/catalog/operation';
import { fieldsOf } from '../../src/host/form';
import { named } from '../../src/host/named';
import { runOperation } from '../../src/host/run';
import { chatOf } from '../../src/simulator/services/chat/state';
import { allServices, findOperation, operationsOf, pushesOf, triggersOf } from '../../src/services';
import { z } from '../../src/vendor/zod';
import { failure, withNas } from '../support/nas';

const params = z.object({ channel_id, user_id, channels: anyOf('channel', { title: 'Channels', description: '' }) });

describe('a name in place of an ID', () => {
	test.each(['General', 'general', ' #General ', '#general'])('%j is the channel', async (name) => {
		await withNas({}, async ({ dsm, simulator }) => {
			const { channel_id: id } = chatOf(simulator.nas).channel('General');
			expect(await named(dsm, params, { channel_id: name })).toEqual({ channel_id: String(id) });
		});
	});

	test('is taken in lists, among IDs, for users by login name and label', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const chat = chatOf(simulator.nas);
			const [ops, bob] = [String(chat.channel('ops').channel_id), String(chat.user('bob').user_id)];
			expect(await named(dsm, params, { channels: ['ops', 7], user_id: '@bob' })).toEqual({
				channels: [ops, 7],
				user_id: bob,
			});
			expect(await named(dsm, params, { user_id: 'Bob (bob)' })).toEqual({ user_id: bob });
		});
	});

	test('may be the e-mail address of a user', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const bob = chatOf(simulator.nas).user('bob');
			expect(bob.user_props.email).toBe('bob@example.com');
			expect(await named(dsm, params, { user_id: 'Bob@example.com' })).toEqual({ user_id: String(bob.user_id) });
			const find = findOperation('chat.user.find')!;
			expect(await dsm.do(find, { name: 'bob@example.com' })).toMatchObject([
				{ username: 'bob', email: 'bob@example.com' },
			]);
			// A part of an address finds all that have it.
			expect((await dsm.do(find, { name: 'example.com' })) as unknown[]).toHaveLength(
				[...chatOf(simulator.nas).users.values()].filter(({ is_disabled }) => !is_disabled).length,
			);
			const error = await failure(named(dsm, params, { user_id: 'nobody@example.com' }));
			expect(error.message).toContain('There is no user "nobody@example.com"');
		});
	});

	test('costs one list for many items, and IDs cost nothing', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await named(dsm, params, { channel_id: '42', channels: [7], user_id: 9 });
			expect(simulator.requests).toEqual([]);
			await named(dsm, params, { channel_id: 'General' });
			const before = simulator.requests.length;
			for (const name of ['General', 'ops', 'general']) await named(dsm, params, { channel_id: name });
			expect(simulator.requests.length).toBe(before);
		});
	});

	test('that is new is found, too', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await named(dsm, params, { channel_id: 'General' });
			const { channel_id: id } = chatOf(simulator.nas).openChannel('alice', { name: 'fresh', type: 'public' });
			expect(await named(dsm, params, { channel_id: 'fresh' })).toEqual({ channel_id: String(id) });
		});
	});

	test('that nothing has is told with those that there are, before anything is written', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const told = await failure(
				runOperation(dsm, findOperation('chat.message.send'), { channel_id: 'Generl', message: 'x' }),
			);
			expect([told.code, told.message]).toEqual(['input', '"Channel" does not fit: There is no channel "Generl".']);
			expect(told.hint).toMatch(/^There are: .*General/);
			expect(simulator.requests.filter(({ method }) => method === 'create')).toEqual([]);
		});
	});

	test('works for calendars and notebooks, whose IDs are texts', async () => {
		await withNas({}, async ({ dsm }) => {
			const calendars = (await dsm.do(findOperation('calendar.calendar.list'), {})) as Record<string, string>[];
			const { cal_id: id, cal_displayname: name } = calendars[0]!;
			expect(await named(dsm, z.object({ cal_id }), { cal_id: name })).toEqual({ cal_id: id });
			expect(await named(dsm, z.object({ cal_id }), { cal_id: 'alice/home' })).toEqual({ cal_id: 'alice/home' });
			const notebooks = (await dsm.do(findOperation('note.notebook.list'), {})) as Record<string, string>[];
			const { object_id, title } = notebooks[0]!;
			expect(await named(dsm, z.object({ notebook_id }), { notebook_id: title })).toEqual({ notebook_id: object_id });
			expect(await named(dsm, z.object({ notebook_id }), { notebook_id: object_id })).toEqual({
				notebook_id: object_id,
			});
		});
	});
});

/** What names something that can be picked: of a bare text one has to know it by heart. */
const KINDS =
	/^((channel|user|post|thread|cal|calendar|event|evt|todo|notebook|label|contact|folder|path|file)(_ids?|s)?|(message|note)_ids?)$/;
/** Texts that name something else, or what no list can hold. */
const BARE: Record<string, string> = {
	'chat.bot.downloadFile post_id': 'a bot can search for no message',
	'drive.file.importFromNas paths': 'files by volume, which no list shows',
	'file.folder.create path': 'a folder that is yet to be made',
	'note.attachment.download file_id': 'files of a note that is chosen in the same form',
	'note.attachment.getLink file_id': 'files of a note that is chosen in the same form',
	'note.attachment.remove file_id': 'files of a note that is chosen in the same form',
	'audio.tag.get paths': 'songs of the library, which its lists give with their paths',
	'audio.tag.update paths': 'songs of the library, which its lists give with their paths',
	'identity.signedIn user': 'whoever tried to sign in, with an account or without',
	'identity.signInFailed user': 'whoever tried to sign in, with an account or without',
	'identity.newPlace user': 'whoever tried to sign in, with an account or without',
	'webdav.transferLog.list user': 'the log also has those whose account is gone',
	'webdav.fileTransferred user': 'the log also has those whose account is gone',
};

describe('every parameter', () => {
	test('that names a channel, user, message, calendar, label, notebook or file is picked', () => {
		const bare = allServices().flatMap((service) =>
			[...operationsOf(service), ...triggersOf(service), ...pushesOf(service)].flatMap((one) =>
				fieldsOf(one.params)
					.filter(({ name, kind }) => KINDS.test(name) && ['text', 'multiline', 'number'].includes(kind))
					.map(({ name }) => `${idOf(one)} ${name}`),
			),
		);
		expect(bare.filter((one) => !(one in BARE))).toEqual([]);
	});
});

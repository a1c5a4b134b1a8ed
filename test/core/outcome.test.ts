import { describe, expect, test } from '@jest/globals';
import { contacts } from '../../src/services/contacts';
import { chat } from '../../src/services/chat';
import { drive } from '../../src/services/drive';
import { file } from '../../src/services/file';
import { note } from '../../src/services/note';
import { failure, withNas, type Scene } from '../support/nas';

const { message } = { message: chat.resources.message.operations };
const { link, folder } = { link: file.resources.link.operations, folder: file.resources.folder.operations };
const { note: notes } = { note: note.resources.note.operations };
const contact = contacts.resources.contact.operations;
const PLANS = '/homes/carol/plans';
const lenient = { pool: { strictResults: false } };
const gone = { html: '<h1>502 Bad Gateway</h1>', status: 502 };

describe('a write whose answer cannot be read', () => {
	test.each([
		['nothing', ''],
		['a bare value', 'null'],
		['an object without success', '{}'],
	])('has an unknown outcome: %s', async (_, html) => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.FileStation.CreateFolder.create': () => ({ html, status: 200 }) });
			const told = await failure(dsm.do(folder.create, { path: '/docs/new' }));
			expect(told).toMatchObject({ code: 'protocol', details: { outcomeUnknown: true, retryable: false } });
			expect(told.message).toContain('It is unknown whether the NAS carried the request out.');
		});
	});

	test('is done, with what is known, when only its own answer lacks something', async () => {
		await withNas(lenient, async ({ dsm, simulator }) => {
			simulator.nas.faults.malformed(undefined, { api: 'SYNO.Chat.Post', method: 'create' });
			expect(await dsm.do(message.send, { channel_id: 1, message: 'Tea' })).toEqual({});
			simulator.nas.faults.malformed({}, { api: 'SYNO.FileStation.Sharing', method: 'create' });
			expect(await dsm.do(link.create, { paths: PLANS })).toEqual([{ path: PLANS, done: true }]);
		});
	});

	test('keeps the outcomes of what was sent before and after it', async () => {
		await withNas(lenient, async ({ dsm, simulator }) => {
			simulator.nas.faults.malformed({}, { api: 'SYNO.Chat.Post', method: 'create' });
			const rows = await dsm.do(message.sendToMany, { channel_ids: [1, 2], user_ids: [], message: 'Tea' });
			expect(rows.map(({ channel_id, sent, post_id }) => [channel_id, sent, post_id !== undefined])).toEqual([
				['1', true, false],
				['2', true, true],
			]);
		});
	});

	test('is told to have been done when what follows needs its answer', async () => {
		await withNas(lenient, async ({ dsm, simulator }) => {
			simulator.nas.faults.malformed({}, { api: 'SYNO.NoteStation.Note', method: 'create' });
			const told = await failure(dsm.do(notes.create, { title: 'Tea', content: 'Assam' }));
			expect(told.message).toMatch(
				/^The answer of SYNO\.NoteStation\.Note create lacks "object_id".* It was carried out, but what follows/,
			);
			expect(told).toMatchObject({ details: { outcomeUnknown: true } });
		});
	});
});

describe('a read after a write', () => {
	test('that fails leaves the write done', async () => {
		await withNas(lenient, async ({ dsm, simulator }) => {
			const [made] = await dsm.do(link.create, { paths: PLANS });
			simulator.use({ 'SYNO.FileStation.Sharing.getinfo': () => gone });
			expect(await dsm.do(link.update, { link_id: made!.id!, date_expired: '2030-01-31' })).toEqual({});
		});
	});

	test('that the operation needs says what was carried out before', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.NoteStation.Note.get': () => gone });
			const told = await failure(dsm.do(notes.create, { title: 'Tea', content: 'Assam' }));
			expect(told.message).toContain('SYNO.NoteStation.Note create was carried out before.');
			expect(told).toMatchObject({ details: { outcomeUnknown: true, retryable: false } });
		});
	});
});

describe('a contact that is written over CardDAV', () => {
	/** The next PUT is answered by a proxy, and not carried out. */
	async function losing(scene: Scene, run: () => Promise<unknown>): Promise<unknown> {
		scene.simulator.nas.faults.dav(504, { method: 'PUT' });
		return await run();
	}
	const puts = ({ simulator }: Scene) => simulator.requests.filter(({ httpMethod }) => httpMethod === 'PUT').length;

	test('is written again when its answer was lost and nothing is there', async () => {
		await withNas({}, async (scene) => {
			const made = await losing(scene, async () => await scene.dsm.do(contact.create, { full_name: 'Heidi Example' }));
			expect(made).toMatchObject({ full_name: 'Heidi Example' });
			const all = await scene.dsm.do(contact.list, {});
			expect([all.filter(({ full_name }) => full_name === 'Heidi Example').length, puts(scene)]).toEqual([1, 2]);
		});
	});

	test('is changed once', async () => {
		await withNas({}, async (scene) => {
			const path = '/carddav/alice/alice-contacts/card-dana.vcf';
			await losing(scene, async () => await scene.dsm.do(contact.update, { contact: path, note: 'Tea' }));
			expect([(await scene.dsm.do(contact.get, { contact: path })).note, puts(scene)]).toEqual(['Tea', 2]);
		});
	});
});

describe('a code', () => {
	test('that has a meaning of its own in one API has no other there, and that one nowhere else', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const told = async (api: string, code: number, run: () => Promise<unknown>) => {
				simulator.nas.faults.next({ api, code });
				return (await failure(run())).message;
			};
			const named = { name: 'tea', type: 'public' as const };
			expect(
				await told(
					'SYNO.Chat.Channel.Named',
					407,
					async () => await dsm.do(chat.resources.channel.operations.create, named),
				),
			).toBe('A value is not valid for Chat (code 407).');
			const get = async () => await dsm.do(drive.resources.file.operations.get, { path: '/mydrive' });
			expect(await told('SYNO.SynologyDrive.Files', 408, get)).toBe(
				'SYNO.SynologyDrive.Files get answers code 408 (code 408).',
			);
		});
	});
});

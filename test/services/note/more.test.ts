import { describe, expect, test } from '@jest/globals';
import { fileFromBytes } from '../../../src/core/multipart';
import type { FileAnswer } from '../../../src/core/call';
import { failure, withNas } from '../../support/nas';
import {
	accounts,
	attachments,
	backups,
	encryption,
	notebooks,
	notes,
	shares,
	shortcuts,
	smarts,
	station,
} from './stage';

async function textOf({ stream }: FileAnswer): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

describe('notebooks', () => {
	test('are listed, created, renamed, shelved, made the default, archived and deleted', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect((await dsm.do(notebooks.list, {})).map(({ title }) => title)).toEqual(['My Notebook', 'Work']);
			const { object_id: notebook_id } = await dsm.do(notebooks.create, { title: 'Ideas' });
			await dsm.do(notebooks.rename, { notebook_id, title: 'Plans' });
			await dsm.do(notebooks.setShelf, { notebook_id, stack: 'Office' });
			expect(await dsm.do(notebooks.listShelves, {})).toEqual([{ stack: 'Office', notebooks: ['Work', 'Plans'] }]);
			await dsm.do(notebooks.setDefault, { notebook_id });
			await dsm.do(notebooks.archive, { notebook_id });
			expect(await dsm.do(notebooks.get, { notebook_id })).toMatchObject({
				...{ title: 'Plans', stack: 'Office', preset: true, archive: true, perm: 'owner' },
			});
			await dsm.do(notes.create, { title: 'Put away' });
			expect((await dsm.do(notes.list, { archive: true })).map(({ title }) => title)).toEqual(['Put away']);
			await dsm.do(notebooks.unarchive, { notebook_id });
			expect((await dsm.do(notes.list, { archive: true })).map(({ title }) => title)).toEqual([]);
			await dsm.do(notebooks.delete, { notebook_id });
			expect(station(scene).note('Put away').recycle).toBe(true);
		});
	});
});

describe('files of a note', () => {
	test('whose name an upload cannot carry are refused before anything is sent', async () => {
		await withNas({}, async (scene) => {
			const { object_id: note_id } = station(scene).note('Tea');
			await scene.dsm.do(attachments.list, { note_id });
			const before = scene.simulator.requests.length;
			const file = fileFromBytes('Report "Q1".pdf', Buffer.from('leaves'));
			const told = await failure(scene.dsm.do(attachments.add, { note_id, file }));
			expect([told.code, told.message]).toEqual(['input', expect.stringContaining('Report \\"Q1\\".pdf')]);
			expect(scene.simulator.requests).toHaveLength(before);
		});
	});

	test('are sent, listed, fetched, linked to and removed', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const { object_id: note_id } = station(scene).note('Tea');
			const file = fileFromBytes('grün 1.txt', Buffer.from('leaves'), 'text/plain');
			await dsm.do(attachments.add, { note_id, file });
			const rows = await dsm.do(attachments.list, { note_id });
			expect(rows).toMatchObject([{ name: 'grün 1.txt', size: 6, type: 'text/plain' }]);
			const { file_id } = rows[0]!;
			const answer = await dsm.do(attachments.download, { note_id, file_id });
			expect([answer.name, await textOf(answer)]).toEqual(['grün 1.txt', 'leaves']);
			const { url } = await dsm.do(attachments.getLink, { note_id, file_id });
			expect(await (await fetch(url)).text()).toBe('leaves');
			await dsm.do(attachments.remove, { note_id, file_id });
			expect(await dsm.do(attachments.list, { note_id })).toEqual([]);
			expect(await failure(dsm.do(attachments.download, { note_id, file_id }))).toMatchObject({ code: 'input' });
		});
	});

	test('a picture stands in the text and survives a round through Markdown', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const tea = station(scene).note('Tea');
			const { object_id: note_id } = tea;
			const file = fileFromBytes('my cup.png', Buffer.from('not really'), 'image/png');
			await dsm.do(attachments.add, { note_id, file, inline: true });
			const ref = Object.values(tea.attachment)[0]?.ref ?? '';
			expect(Buffer.from(ref, 'base64').toString()).toMatch(/^\d{13}my cup\.png$/);
			const { content } = await dsm.do(notes.get, { note_id });
			expect(content).toBe('Green, 80 degrees, two minutes.  \n![my cup.png](attachment:my%20cup.png)');
			const html = tea.content;
			await dsm.do(notes.update, { note_id, content: `${content}\n\nWarm` });
			expect(tea.content).toBe(`${html}<div></div><div>Warm</div>`);
		});
	});
});

describe('encryption', () => {
	test('a note gets a password, is read with it alone, gets another one and loses it', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const plain = station(scene).note('Tea');
			const locked = await dsm.do(encryption.add, { note_id: plain.object_id, password: 'one' });
			expect(plain.recycle).toBe(true);
			const stored = station(scene).notes.get(locked.object_id)!;
			expect([stored.encrypt, stored.content.startsWith('U2FsdGVkX1'), stored.brief]).toEqual([true, true, '']);
			expect(await dsm.do(encryption.get, { note_id: locked.object_id, password: 'one' })).toMatchObject({
				...{ content: 'Green, 80 degrees, two minutes.', encrypt: true },
			});
			expect(await failure(dsm.do(encryption.get, { note_id: locked.object_id, password: 'two' }))).toMatchObject({
				message: 'The password of the note is wrong.',
			});
			expect(await failure(dsm.do(notes.append, { note_id: locked.object_id, content: 'x' }))).toMatchObject({
				code: 'input',
			});
			const changed = await dsm.do(encryption.update, {
				...{ note_id: locked.object_id, password: 'one', new_password: 'two' },
			});
			expect((await dsm.do(encryption.get, { note_id: changed.object_id, password: 'two' })).content).toContain(
				'Green',
			);
			const open = await dsm.do(encryption.remove, { note_id: changed.object_id, password: 'two', original: 'keep' });
			expect((await dsm.do(notes.get, { note_id: open.object_id })).content).toContain('Green');
			expect(station(scene).notes.get(changed.object_id)?.recycle).toBe(false);
			expect(scene.lines.join('\n')).not.toContain('"two"');
		});
	});

	test('a note that the web client encrypted can be read, and its files fetched', async () => {
		await withNas({}, async (scene) => {
			const secret = station(scene).note('Door code');
			const { object_id: note_id } = secret;
			expect((await scene.dsm.do(encryption.get, { note_id, password: '12345' })).content).toBe('The code is 4711');
			station(scene).attachAs('alice', secret, 'key.txt', 'brass');
			const given = { note_id, file_id: 'key.txt' };
			expect(await failure(scene.dsm.do(attachments.download, given))).toMatchObject({ code: 'api' });
			const answer = await scene.dsm.do(attachments.download, { ...given, password: '12345' });
			expect(await textOf(answer)).toBe('brass');
			expect(station(scene).tokens.size).toBe(0);
		});
	});
});

describe('sharing', () => {
	test('with everybody, users and groups is switched on, listed and off, also a second time', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const tea = station(scene).note('Tea');
			const { object_id } = tea;
			expect(await dsm.do(shares.list, { object_id })).toEqual([]);
			expect((await dsm.do(shares.publish, { object_id })).url).toBe(
				`https://nas.example.com:5001/ns/sharing/${tea.link_id}`,
			);
			await dsm.do(shares.addUser, { object_id, username: 'bob', perm: 'rw' });
			await dsm.do(shares.addGroup, { object_id, groupname: 'users' });
			expect(await dsm.do(shares.list, { object_id })).toEqual([
				{ kind: 'public', name: '', perm: 'ro', inherit: false },
				{ kind: 'user', name: 'bob', perm: 'rw', inherit: false },
				{ kind: 'group', name: 'users', perm: 'ro', inherit: false },
			]);
			await dsm.do(shares.unpublish, { object_id });
			await dsm.do(shares.removeUser, { object_id, username: 'bob' });
			await dsm.do(shares.removeGroup, { object_id, groupname: 'users' });
			expect(await dsm.do(shares.list, { object_id })).toEqual([]);
			expect(await dsm.do(shares.listCandidates, { query: 'bo' })).toMatchObject([
				{ name: 'bob', label: 'bob (user)' },
			]);
			const notebook = station(scene).notebook('alice', 'Work').object_id;
			await dsm.do(shares.addUser, { object_id: notebook, username: 'bob' });
			expect(await dsm.do(shares.list, { object_id: notebook })).toHaveLength(1);
			expect(await failure(dsm.do(shares.list, { object_id: 'nothing' }))).toMatchObject({ code: 'api' });
		});
	});
});

describe('shortcuts and smart notebooks', () => {
	test('a note is starred and unstarred', async () => {
		await withNas({}, async ({ dsm }) => {
			const { object_id: note_id } = await dsm.do(notes.find, { title: 'Tea' });
			await dsm.do(shortcuts.add, { note_id });
			expect(await dsm.do(shortcuts.list, {})).toMatchObject([{ id: note_id, category: 'note', title: 'Tea' }]);
			await dsm.do(shortcuts.remove, { note_id });
			expect(await dsm.do(shortcuts.list, {})).toEqual([]);
		});
	});

	test('a smart notebook is saved, opened and deleted', async () => {
		await withNas({}, async ({ dsm }) => {
			const given = { title: 'Kitchen', tags: ['kitchen', 'rack'], tag_operator: 'or' as const };
			const { object_id: smart_id } = await dsm.do(smarts.create, given);
			expect((await dsm.do(smarts.list, {})).map(({ title }) => title)).toEqual([
				'Everything about the rack',
				'Kitchen',
			]);
			expect(await dsm.do(smarts.get, { smart_id })).toMatchObject({
				query: { tag: ['kitchen@1026', 'rack@1026'], tag_operator: 'or' },
			});
			const titles = (await dsm.do(smarts.listNotes, { smart_id })).map(({ title }) => title);
			expect(titles.sort()).toEqual(['Move to the new rack', 'Tea']);
			await dsm.do(smarts.delete, { smart_id });
			expect(await dsm.do(smarts.list, {})).toHaveLength(1);
		});
	});
});

describe('export and import', () => {
	test('all notebooks go to a folder of the NAS and come back from there', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const answer = await dsm.do(backups.exportNotebooks, { dest: '/docs' });
			expect(answer).toMatchObject({ total: 3, path: expect.stringMatching(/^\/docs\/\d{8}_\d{6}_3_alice\.nsx$/) });
			const before = station(scene).notes.size;
			await dsm.do(backups.importPath, { path: answer.path! });
			expect(station(scene).notes.size).toBe(before * 2);
			const [first, second] = [...station(scene).notes.values()].filter(
				({ title }) => title === 'Move to the new rack',
			);
			expect(second).toMatchObject({ content: first!.content, tag: ['rack'], mtime: first!.mtime });
			expect(Object.values(second!.attachment)[0]?.content.toString()).toBe('U1 switch\nU2 NAS\n');
			expect([...station(scene).todos.values()].filter(({ title }) => title === 'Buy disks')).toHaveLength(2);
		});
	});

	test('an Evernote export is sent and imported, and other files are refused before they are sent', async () => {
		await withNas({}, async (scene) => {
			const enex =
				'<en-export><note><title>Old</title><content><![CDATA[<en-note><div>Hi</div></en-note>]]></content></note></en-export>';
			await scene.dsm.do(backups.importFile, { file: fileFromBytes('old.enex', Buffer.from(enex)) });
			expect(station(scene).note('Old').content).toBe('<div>Hi</div>');
			const before = scene.simulator.requests.length;
			expect(await failure(scene.dsm.do(backups.importPath, { path: '/docs/a.zip' }))).toMatchObject({ code: 'input' });
			expect(scene.simulator.requests).toHaveLength(before);
		});
	});

	test('an export that does not end is stopped when the time is over', async () => {
		await withNas({}, async (scene) => {
			station(scene).switches.jobPolls = 1e6;
			const error = await failure(scene.dsm.do(backups.exportNotebooks, { dest: '/docs', timeout: 5 }));
			expect(error.message).toContain('did not end within 5 seconds');
			expect([...station(scene).jobs.values()].map(({ stopped }) => stopped)).toEqual([true]);
		});
	});

	test('one note comes as a web page or document', async () => {
		await withNas({}, async (scene) => {
			const { object_id: note_id } = station(scene).note('Tea');
			const page = await scene.dsm.do(backups.exportNote, { note_id });
			expect([page.name, await textOf(page)]).toEqual(['Tea.html', expect.stringContaining('<div>Green')]);
			const word = await scene.dsm.do(backups.exportNote, { note_id, file_type: 'word' });
			expect([word.name, (await textOf(word)).length > 0]).toEqual(['Tea.doc', true]);
		});
	});
});

describe('the account', () => {
	test('is told, with settings that can be changed', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(accounts.get, {})).toMatchObject({
				uid: '1026',
				version: '2.2.6-1044',
				username: 'alice',
				allow_share: true,
			});
			await dsm.do(accounts.updateSettings, { settings: { todo_purge: 'week' } });
			expect(await dsm.do(accounts.getSettings, {})).toMatchObject({ todo_purge: 'week', spell_check: true });
		});
	});

	test('without the privilege is told which one to grant', async () => {
		await withNas({ connection: { account: 'noapps', password: 'noapps-Passw0rd' } }, async ({ dsm }) => {
			const error = await failure(dsm.do(notes.list, {}));
			expect(error).toMatchObject({ code: 'permission', hint: expect.stringContaining('Note Station') });
		});
	});
});

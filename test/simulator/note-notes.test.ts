import { describe, expect, test } from '@jest/globals';
import { call } from './client';
import { noteBench, refused } from './note-bench';

describe('Note Station answers calls', () => {
	test('at the usual path, with an API suffix and under the alias of its portal', async () => {
		const { simulator, who } = await noteBench();
		for (const path of [
			'/webapi/entry.cgi',
			'/webapi/entry.cgi/SYNO.NoteStation.Info',
			'/notestation/webapi/entry.cgi',
		]) {
			const body = new URLSearchParams({ api: 'SYNO.NoteStation.Info', version: '3', method: 'get', _sid: who.sid });
			const answer = await fetch(simulator.url + path, { method: 'POST', body, headers: who.headers });
			expect(await answer.json()).toMatchObject({ success: true, data: { uid: 1026, username: 'alice' } });
		}
	});

	test.each([
		['Stack.list', 1, 103],
		['Tag.create', 2, 103],
		['Notebook.update', 2, 103],
		['Note.update', 3, 103],
		['Trash.list', 1, 102],
		['Note.list', 9, 104],
	])('%s v%d with %d', async (name, version, code) => {
		const { ask, simulator } = await noteBench();
		expect(await ask(name, version)).toMatchObject({ success: false, error: { code } });
		simulator.unexpected.length = 0;
	});

	test.each(['Note.get', 'Notebook.get', 'Smart.get', 'Todo.get', 'Export.Note.status', 'Note.Version.list'])(
		'%s without its required parameter with 114 and the decoration',
		async (name) => {
			const { ask } = await noteBench();
			const version =
				name === 'Note.get' ? 3 : name === 'Notebook.get' || name === 'Todo.get' || name.includes('Version') ? 2 : 1;
			expect(await ask(name, version)).toEqual(refused(114));
		},
	);

	test('Shard without the decoration, jobs that are not there with 1058, global settings by the kind of account', async () => {
		const alice = await noteBench();
		expect(await alice.ask('Shard.Link.get', 1)).toEqual({ success: false, error: { code: 114 } });
		for (const name of ['Export.Notebook.status', 'Import.Notebook.status', 'Import.Enex.status'])
			expect(await alice.ask(name, 1)).toEqual(refused(1058));
		expect(await alice.ask('Setting.DSM.get', 1)).toEqual({ success: true, data: true });
		expect(await alice.ask('Setting.Global.get', 1)).toMatchObject({ data: { vol_path: '/volume1' } });
		const bob = await alice.as('bob');
		expect(await bob.ask('Setting.Global.get', 1)).toEqual(refused(105));
		expect(await (await alice.as('noapps')).ask('Note.list', 3)).toEqual(refused(105));
	});

	test('about an account without notes by leaving the lists out, and with its preset notebook', async () => {
		const { ask } = await (await noteBench()).as('bob');
		expect(await ask('Note.list', 3)).toEqual({ success: true, data: { offset: 0, total: 0 } });
		for (const name of ['Tag.list', 'Shortcut.list', 'Smart.list'])
			expect(await ask(name, 1)).toEqual({ success: true, data: { offset: 0, total: 0 } });
		expect(await ask('Todo.list', 2)).toEqual({ success: true, data: { count: 0, offset: 0, total: 0 } });
		expect((await ask('Notebook.list', 2)).data).toMatchObject({
			notebooks: [{ title: 'My Notebook', preset: true, stack: '', items: [], perm: 'owner', acl: {} }],
			total: 1,
		});
	});
});

describe('values', () => {
	test('in raw form work unless they read as JSON of another type', async () => {
		const { bare, state } = await noteBench();
		const parent_id = state.notebook('alice', 'Work').object_id;
		expect(await bare('Note.create', 3, { title: 'Hello', parent_id })).toMatchObject({ success: true });
		expect(await bare('Note.create', 3, { title: '123', parent_id })).toEqual(refused(114));
		expect(await bare('Note.create', 3, { title: 'true', parent_id })).toEqual(refused(114));
		expect(await bare('Note.create', 3, { title: '"123"', parent_id })).toMatchObject({ data: { title: '123' } });
	});
});

describe('a note', () => {
	test('is created with an empty text in the answer, and has ids and revisions of the known form', async () => {
		const { ask, state } = await noteBench();
		const parent_id = state.notebook('alice', 'Work').object_id;
		const { data } = await ask('Note.create', 3, { title: 'A', parent_id, content: '<div>text</div>', brief: 'given' });
		expect(data).toMatchObject({
			content: '<div></div>',
			brief: 'given',
			parent_id,
			category: 'note',
			attachment: null,
		});
		expect(data.object_id).toMatch(/^1026_[0-9A-V]{26}$/);
		expect(data.ver).toMatch(/^[0-9a-f]{40}$/);
		expect(data.link_id).toMatch(/^\w{5}$/);
		// Base32hex of a UUIDv4: version 4 and variant 8 to b.
		const bits = [...data.object_id.slice(5)].map((c) => parseInt(c, 32).toString(2).padStart(5, '0')).join('');
		expect([bits.slice(48, 52), bits.slice(64, 66)]).toEqual(['0100', '10']);
		expect((await ask('Note.get', 3, { object_id: data.object_id })).data.content).toBe('<div>text</div>');
		const row = (await ask('Note.list', 3, { filter: { parent_id } })).data.notes.find(
			(one: { title: string }) => one.title === 'A',
		);
		expect(Object.keys(row)).not.toEqual(expect.arrayContaining(['content', 'tag']));
		expect([row.link_id, row.commit_msg]).toEqual([undefined, undefined]);
	});

	test('is written with a partial row as answer, and refused when the revision is stale and conflicts are checked', async () => {
		const { ask, state } = await noteBench();
		const { object_id, ver } = state.note('Tea');
		const answer = await ask('Note.set', 3, { object_id, ver, check_conflict: true, title: 'T', tag: ['x'] });
		const [row] = answer.data.data;
		expect(Object.keys(row).sort()).toEqual(['attachment', 'link_id', 'mtime', 'object_id', 'thumb', 'ver']);
		expect(row.ver).not.toBe(ver);
		expect(await ask('Note.set', 3, { object_id, ver, check_conflict: true, title: 'U' })).toEqual(refused(1026));
		expect(await ask('Note.set', 3, { object_id, ver, check_conflict: false, title: 'V' })).toMatchObject({
			success: true,
		});
		expect(await ask('Note.set', 3, { object_id, title: 'W' })).toMatchObject({ success: true });
		expect((await ask('Tag.list', 2)).data.tags).toEqual([
			expect.objectContaining({ tag_id: 'rack@1026', title: 'rack' }),
			{ tag_id: 'x@1026', title: 'x', category: 'tag', items: [object_id] },
		]);
		state.switches.conflictCode = 1077;
		expect(await ask('Note.set', 3, { object_id, ver, check_conflict: true })).toEqual(refused(1077));
	});

	test('goes to the bin and back, is purged from any state, and leaves the items of its notebook', async () => {
		const { ask, state } = await noteBench();
		const { object_id, parent_id } = state.note('Tea');
		const notebook = async () => (await ask('Notebook.get', 2, { object_id: parent_id })).data;
		const { mtime, items } = await notebook();
		expect(items).toEqual([object_id]);
		expect(await ask('Note.delete', 3, { object_id: [object_id] })).toEqual(refused(114));
		expect(await ask('Note.delete', 3, { object_id: [object_id], recycle: true })).toEqual({ success: true });
		expect(await notebook()).toMatchObject({ items: [], mtime });
		const trash = (await ask('Note.list', 3, { filter: { recycle: true, archive: false, owner: 1026 } })).data.notes;
		expect(trash[0]).toMatchObject({ object_id, recycle: true, parent_id: '1026_#00000000', old_parent_id: parent_id });
		await ask('Note.restore', 3, { object_id });
		expect((await ask('Note.get', 3, { object_id })).data).toMatchObject({ parent_id, recycle: false });
		await ask('Note.delete', 3, { object_id, recycle: false });
		expect(await ask('Note.get', 3, { object_id })).toEqual(refused(1002));
	});

	test('is filtered by notebook as text and as list, sorted, and paged; without a filter the bin is included', async () => {
		const { ask, state } = await noteBench();
		const parent_id = state.notebook('alice', 'Work').object_id;
		const titles = async (params: object) =>
			((await ask('Note.list', 3, { sort_by: 'title', sort_direction: 'asc', ...params })).data.notes ?? []).map(
				({ title }: { title: string }) => title,
			);
		expect(await titles({})).toEqual(['Door code', 'Move to the new rack', 'Old list', 'Tea']);
		const filter = { recycle: false, archive: false };
		expect(await titles({ filter: { ...filter, parent_id } })).toEqual(['Door code', 'Move to the new rack']);
		expect(await titles({ filter: { ...filter, parent_id: [parent_id] } })).toEqual([
			'Door code',
			'Move to the new rack',
		]);
		expect(await titles({ filter, sort_direction: 'desc', offset: 1, limit: 1 })).toEqual(['Move to the new rack']);
	});

	test('keeps its revisions: the newest has the lowest id, hidden ones are filtered, old ones are restored', async () => {
		const { ask, state } = await noteBench();
		const { object_id, ver } = state.note('Tea');
		await ask('Note.set', 3, { object_id, content: 'hidden', commit_msg: { device: 'x', listable: false } });
		const { data } = await ask('Note.Version.list', 2, { object_id, filter: { listable: true }, offset: 0, limit: 50 });
		expect(data).toMatchObject({ count: 1, offset: 0, total: 1, versions: [{ id: 1, version: ver, author: 'alice' }] });
		expect((await ask('Note.Version.list', 2, { object_id })).data.versions[0]).toMatchObject({
			id: 1,
			last_version: [ver],
		});
		expect((await ask('Note.get', 3, { object_id, ver })).data.content).toContain('Green');
		const restored = (await ask('Note.Version.restore', 2, { object_id, ver })).data;
		expect(restored).toMatchObject({ content: expect.stringContaining('Green'), commit_msg: { action: 'restore' } });
		expect(restored.ver).not.toBe(ver);
	});
});

describe('sharing', () => {
	test('must be switched on, may refuse a second time, and shows in the object', async () => {
		const { ask, state, as } = await noteBench();
		const { object_id } = state.note('Tea');
		expect(await ask('Permission.set', 1, { object_id, enabled: true })).toEqual({ success: true });
		expect(await ask('Permission.set', 1, { object_id, enabled: true })).toEqual(refused(114));
		await ask('Permission.Public.set', 1, { object_id, perm: 'ro' });
		expect(await ask('Permission.Public.set', 1, { object_id, perm: 'rw' })).toEqual(refused(114));
		await ask('Permission.User.set', 1, { object_id, username: 'bob', perm: 'ro' });
		const { uid } = state.nas.user('bob');
		expect((await ask('Note.get', 3, { object_id })).data.acl).toEqual({
			enabled: true,
			public: { inherit: false, perm: 'ro' },
			dsm_group: {},
			dsm_user: { [uid]: { inherit: false, name: 'bob', perm: 'ro' } },
		});
		const bob = await as('bob');
		expect((await bob.ask('Note.get', 3, { object_id })).data).toMatchObject({ perm: 'ro', individual_joined: true });
		expect(await bob.ask('Note.set', 3, { object_id, title: 'x' })).toEqual(refused(105));
		expect(await (await as('carol')).ask('Note.get', 3, { object_id })).toEqual(refused(1002));
		const link = (await ask('Shard.Link.get', 1, { object_id, mode: 'public' })).data;
		expect(link).toEqual({ mode: 'ddns', url: 'https://nas.example.com:5001/ns/sharing/tea01' });
	});
});

test('several first questions go in one request', async () => {
	const { simulator, who } = await noteBench();
	const compound = ['Notebook.list', 'Tag.list', 'Todo.list'].map((name) => {
		const [api, method] = name.split('.');
		return { api: `SYNO.NoteStation.${api}`, method, version: 1 };
	});
	const { json } = await call(simulator, who, 'SYNO.Entry.Request', 'request', 1, {
		...{ stop_when_error: 'false', mode: '"sequential"', compound: JSON.stringify(compound) },
	});
	expect(json.data.has_fail).toBe(false);
	expect(json.data.result.map(({ api }: { api: string }) => api)).toEqual(compound.map(({ api }) => api));
});

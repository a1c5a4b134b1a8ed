import { describe, expect, test } from '@jest/globals';
import { unzipSync, strFromU8 } from 'fflate';
import { filesOf } from '../../src/simulator/services/file';
import { read, type FileEntry } from '../../src/simulator/core/volume';
import { createDecipheriv, createHash } from 'node:crypto';
import { call, get, multipart, send } from './client';
import { noteBench, refused, type NoteBench } from './note-bench';

const ROUTE = 'api=SYNO.NoteStation.Note&version=3&method=set';

/** The upload of the web client (notestation.md 7.2). */
async function upload(
	{ simulator, state, who }: NoteBench,
	query = ROUTE,
	extra: { name: string; value: string }[] = [],
) {
	const { object_id, ver } = state.note('Tea');
	const body = multipart([
		{ name: 'object_id', value: JSON.stringify(object_id) },
		{ name: 'ver', value: JSON.stringify(ver) },
		{ name: 'commit_msg', value: '{"device":"n8n","listable":true}' },
		{ name: 'attachment', value: '[{"action":"create","format":"raw","name":"ext-gen1234"}]' },
		...extra,
		{ name: 'ext-gen1234', value: 'bytes', filename: 'report.pdf', type: 'application/pdf' },
	]);
	return await send(`${simulator.url}/webapi/entry.cgi?${query}`, body, {
		'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx',
		Cookie: `id=${who.sid}`,
		...who.headers,
	});
}

describe('a file', () => {
	test('is sent with the routing keys in the URL and answered with the new entry alone', async () => {
		const bench = await noteBench();
		bench.state.attachAs('alice', bench.state.note('Tea'), 'old.txt', 'old');
		const { json } = await upload(bench);
		const [row] = json.data.data;
		const [[file_id, file]] = Object.entries(row.attachment) as [[string, object]];
		expect(file_id).toMatch(/^_[\w-]{22}$/);
		expect(file).toEqual({
			...{ name: 'report.pdf', ext: 'pdf', type: 'application/pdf', size: 5, rotate: true },
			md5: createHash('md5').update('bytes').digest('hex'),
		});
		expect(Object.keys(bench.state.note('Tea').attachment)).toHaveLength(2);
	});

	test('is refused with 114 when no part has the name, and with 101 when the routing keys are missing altogether', async () => {
		const bench = await noteBench();
		const { json } = await upload(bench, ROUTE, [
			{ name: 'attachment', value: '[{"action":"create","format":"raw","name":"other"}]' },
		]);
		expect(json).toEqual(refused(114));
		expect((await upload(bench, 'x=1')).json).toMatchObject({ error: { code: 101 } });
		const keys = { api: 'SYNO.NoteStation.Note', version: '3', method: 'set' };
		const inBody = Object.entries(keys).map(([name, value]) => ({ name, value }));
		expect((await upload(bench, 'x=1', inBody)).json).toEqual(refused(108));
	});

	test('is downloaded by call, by ticket and by cookie; what is stale or gone looks like a page or a pixel', async () => {
		const { simulator, state, who, ask } = await noteBench();
		const note = state.note('Move to the new rack');
		const [file_id] = Object.keys(note.attachment) as [string];
		const params = { object_id: note.object_id, ver: note.ver, file_id, format: 'raw', mode: 'download' };
		const form = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, JSON.stringify(value)]));
		const file = await call(simulator, who, 'SYNO.NoteStation.Note', 'download', 3, form);
		expect([file.text, file.headers.get('content-disposition')]).toEqual([
			'U1 switch\nU2 NAS\n',
			expect.stringContaining('rack.txt'),
		]);
		const stale = await call(simulator, who, 'SYNO.NoteStation.Note', 'download', 3, { ...form, ver: '"old"' });
		expect([stale.status, stale.headers.get('content-type')]).toEqual([200, 'text/html']);
		const grant = await call(simulator, who, 'SYNO.API.Auth.Key', 'grant', 7, {
			...{ allow_api: '"SYNO.NoteStation.Note"', allow_methods: '["download"]' },
		});
		const path = (id: string) => `/notestation/ns/dv/${note.link_id}/${note.ver}/${id}/rack.txt`;
		const { tid } = grant.json.data;
		expect((await get(simulator, { tid }, { path: path(file_id) })).text).toBe('U1 switch\nU2 NAS\n');
		expect((await get(simulator, {}, { path: path(file_id), headers: { Cookie: `id=${who.sid}` } })).text).toContain(
			'U1',
		);
		const byId = await get(simulator, { _sid: who.sid }, { path: path(file_id) });
		expect([byId.status, byId.headers.get('content-type')]).toEqual([200, 'text/html']);
		const gone = await get(simulator, { tid }, { path: path('_0123456789012345678901') });
		expect([gone.headers.get('content-type'), gone.headers.get('content-length')]).toEqual(['image/gif', '43']);
		await ask('Note.set', 3, { object_id: note.object_id, attachment: [{ action: 'delete', file_id }] });
		expect((await ask('Note.get', 3, { object_id: note.object_id })).data.attachment).toBe(null);
	});
});

describe('an encrypted note', () => {
	test('is OpenSSL salted with MD5 and one round, and its token ends', async () => {
		const { ask, state, clock } = await noteBench();
		const { object_id } = state.note('Door code');
		const { content, encrypt } = (await ask('Note.get', 3, { object_id })).data;
		const bytes = Buffer.from(content, 'base64');
		const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
		const secret = Buffer.concat([Buffer.from('12345'), bytes.subarray(8, 16)]);
		const [one, two, three] = [md5(secret), md5(md5(secret), secret), md5(md5(md5(secret), secret), secret)];
		const decipher = createDecipheriv('aes-256-cbc', Buffer.concat([one, two]), three);
		const text = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString();
		expect([encrypt, text]).toEqual([true, 'NoTeStAtIoNMaGic<div>The code is 4711</div>']);
		expect(await ask('Note.Encrypt.create', 1, { object_id, password: 'no', duration: 120 })).toEqual(refused(1030));
		const { token } = (await ask('Note.Encrypt.create', 1, { object_id, password: '12345', duration: 120 })).data;
		expect(token).toMatch(/^\w+G\d{10}$/);
		expect(await ask('Note.Encrypt.check', 1, { object_id, token })).toEqual({ success: true });
		expect((await ask('Note.get', 3, { object_id, token })).data.content).toBe(content);
		state.switches.decryptsForToken = true;
		expect((await ask('Note.get', 3, { object_id, token })).data.content).toBe('<div>The code is 4711</div>');
		clock.advance(121_000);
		expect(await ask('Note.Encrypt.check', 1, { object_id, token })).toEqual(refused(1030));
	});
});

describe('to-dos', () => {
	test('are listed at the top level, with items when asked, changed and deleted as lists', async () => {
		const { ask, state } = await noteBench();
		const { object_id } = state.todo('Buy disks');
		const plain = (await ask('Todo.list', 2, { sort_by: 'due_date', sort_direction: 'asc' })).data;
		expect(plain).toMatchObject({ count: 2, total: 2, offset: 0 });
		expect(plain.todos[0]).not.toHaveProperty('items');
		const { todos } = (await ask('Todo.list', 2, { field: { items: true }, filter: { done: false } })).data;
		expect(todos[0]).toMatchObject({ object_id, items: [state.todo('Compare prices').object_id], parent_id: '' });
		expect((await ask('Todo.list', 2, { filter: { parent_id: object_id } })).data.todos).toMatchObject([
			{ title: 'Compare prices', parent_id: object_id },
		]);
		expect(await ask('Todo.set', 2, { object_id, done: true })).toEqual(refused(114));
		expect(await ask('Todo.set', 2, { object_id: [object_id], done: true })).toEqual({ success: true });
		expect(await ask('Todo.delete', 1, { object_id: [object_id] })).toEqual({ success: true });
		expect((await ask('Todo.list', 2)).data.count).toBe(1);
	});
});

describe('export and import', () => {
	test('write a flat ZIP into a folder of the NAS, and read it', async () => {
		const { ask, state, simulator, bare } = await noteBench();
		const started = await bare('Export.Notebook.start', 1, {
			...{ object_id: 'null', dest: '"/docs"', save_config: 'false', export_todo: 'true' },
		});
		expect(started.data.task_id).toMatch(/^alice\/NoteStation_Export\d+[A-Z0-9]+$/);
		const status = async () => (await ask('Export.Notebook.status', 1)).data;
		expect(await status()).toMatchObject({ auto_remove: false, finish: false, data: { current: 0, total: 3 } });
		expect(await status()).toMatchObject({ finish: true, data: { current: 3, total: 3, finish_time: state.now() } });
		const station = filesOf(simulator.nas);
		const folder = station.folder(simulator.nas.user('alice'), '/docs');
		const [name] = [...folder.children.keys()].filter((file) => file.endsWith('.nsx')) as [string];
		expect(name).toMatch(/^\d{8}_\d{6}_\d+_alice\.nsx$/);
		const files = unzipSync(await read(folder.children.get(name) as FileEntry));
		const config = JSON.parse(strFromU8(files['config.json']!)) as {
			note: string[];
			notebook: string[];
			todo: string[];
		};
		expect([config.note.length, config.notebook.length, config.todo.length]).toEqual([4, 2, 3]);
		const trashed = JSON.parse(strFromU8(files[state.note('Old list').object_id]!)) as Record<string, unknown>;
		expect([trashed['parent_id'], trashed['object_id']]).toEqual(['1026_#00000000', undefined]);
		const { data } = await ask('Import.Notebook.start', 1, { file: [{ name, format: 'ds', path: `/docs/${name}` }] });
		expect(data.task_id).toContain('alice/');
		await ask('Import.Notebook.status', 1);
		expect((await ask('Import.Notebook.status', 1)).data.finish).toBe(true);
		expect([...state.notes.values()].filter(({ title }) => title === 'Old list').map(({ recycle }) => recycle)).toEqual(
			[true, true],
		);
	});
});

import { describe, expect, test } from '@jest/globals';
import { get, multipart, post, raw, send, type Part } from './client';
import { talk, type Talk } from './drive-client';

const info = async ({ ask }: Talk, path: string) => (await ask('Files', 'get', 2, { path })).json.data;

describe('addresses', () => {
	test('name the same node as path, id, permanent link and in the trash by id only', async () => {
		await talk(async (scene) => {
			const { file_id, permanent_link } = await info(scene, '/mydrive/docs/plan.txt');
			expect(permanent_link).toMatch(/^[0-9A-Za-z]{32}$/);
			for (const path of [`id:${file_id}`, `"link:${permanent_link}"`, '"/mydrive/docs/plan.txt/"'])
				expect((await info(scene, path)).file_id).toBe(file_id);
			const parent = await info(scene, '/mydrive/docs');
			expect((await info(scene, `id:${parent.file_id}/plan.txt`)).file_id).toBe(file_id);
			expect((await scene.ask('Files', 'get', 2, { path: `"${file_id}"` })).json.error?.code).toBe(1003);
		});
	});

	test.each([
		['get', 'Files', {}, 120, { name: 'path', reason: 'required' }],
		['list', 'Files', {}, 120, { name: 'path', reason: 'required' }],
		['get', 'Files', { path: 2024 }, 120, { name: 'path', reason: 'type' }],
		['list_labelled', 'Files', { label_id: 1 }, 120, { name: 'label_id', reason: 'type' }],
		['list', 'Files', { path: '/mydrive/none' }, 1000, { line: 73, message: 'list node failed' }],
		['list', 'Files', { path: 'mydrive' }, 1000, { line: 73, message: 'list node failed' }],
		['list', 'Files', { path: '/team-folders/Archive' }, 1000, { line: 73, message: 'list node failed' }],
		['get', 'Tasks', {}, 401, { line: 73, message: 'invalid task id' }],
		['list', 'Users', {}, 401, { line: 73, message: 'list user/group profile failed' }],
		['list', 'Revisions', {}, 1000, { line: 73, message: 'list version failed' }],
		['list', 'Trash', {}, 1000, { line: 73, message: 'list node failed' }],
		['list', 'Log', {}, 120, { name: 'target', reason: 'required' }],
		['get', 'AdvanceSharing', {}, 1000, { line: 73, message: "protocol error, reason = 'Invalid path'" }],
		['status', 'Node.Restore', {}, 401, { line: 73, message: 'malformed task information' }],
	] as const)('and mistakes are answered as on a device: %s of %s %j', async (method, api, params, code, errors) => {
		await talk(async ({ ask }) => {
			expect((await ask(api, method, 1, { ...params })).json).toEqual({ success: false, error: { code, errors } });
		});
	});
});

describe('counters of a view', () => {
	test('a change raises the node and all above it, a removal the folders only', async () => {
		await talk(async (scene) => {
			const { ask } = scene;
			const before = await info(scene, '/mydrive');
			const made = (await ask('Files', 'create', 10, { path: '"/mydrive/docs/a.txt"', type: 'file' })).json.data;
			expect([made.sync_id, made.change_id, made.version_id, made.revisions]).toEqual([
				before.change_id + 1,
				before.change_id + 1,
				String(before.change_id + 1),
				1,
			]);
			const renamed = (await ask('Files', 'update', 10, { path: `id:${made.file_id}`, name: 'b.txt' })).json.data;
			expect([renamed.sync_id, renamed.revisions, renamed.file_id]).toEqual([made.sync_id + 1, 2, made.file_id]);
			const docs = await info(scene, '/mydrive/docs');
			expect([docs.change_id, docs.max_id, docs.sync_id < made.sync_id]).toEqual([
				renamed.sync_id,
				renamed.sync_id,
				true,
			]);
			await ask('Files', 'star', 10, { files: `["id:${made.file_id}"]`, starred: 'true' });
			expect((await info(scene, '/mydrive')).change_id).toBe(renamed.sync_id);
			await ask('Files', 'delete', 10, { files: `["id:${made.file_id}"]` });
			scene.clock.advance(1000);
			const after = await info(scene, '/mydrive/docs');
			expect([after.change_id, after.max_id < renamed.sync_id]).toEqual([renamed.sync_id + 1, true]);
		});
	});
});

describe('tasks', () => {
	const wait = async ({ ask, clock }: Talk, id: string) => {
		clock.advance(1000);
		return (await ask('Tasks', 'get', 1, { task_id: `"${id}"` })).json.data;
	};

	test('say success at once, and failures when they have finished', async () => {
		await talk(async (scene) => {
			const copy = { files: '["/mydrive/docs/plan.txt","/mydrive/none"]', to_parent_folder: '/mydrive/inbox' };
			const started = (await scene.ask('Files', 'copy', 10, copy)).json;
			expect(started).toEqual({ success: true, data: { async_task_id: 'task-1' } });
			expect((await scene.ask('Tasks', 'get', 1, { task_id: '"task-1"' })).json.data.status).toBe('in_progress');
			const task = await wait(scene, 'task-1');
			expect([task.status, task.progress, task.result.action]).toEqual(['finished', 100, 'copy']);
			expect(task.result.errors).toEqual([
				{
					code: 1003,
					message: 'get file information failed',
					context: { file_type: 'file', name: 'none', path: '/mydrive/none' },
				},
			]);
			expect(task.result.targets).toMatchObject([{ name: 'plan.txt', path: '/inbox/plan.txt', file_type: 'file' }]);
			const stop = await scene.ask('Files', 'copy', 10, {
				...copy,
				files: '["/mydrive/docs/plan.txt"]',
				conflict_action: 'stop',
			});
			expect((await wait(scene, stop.json.data.async_task_id)).result.errors[0].code).toBe(1022);
			const ever = await scene.ask('Files', 'delete', 10, { files: '["/mydrive/docs/plan.txt"]', permanent: 'true' });
			expect((await wait(scene, ever.json.data.async_task_id)).result.errors[0]).toMatchObject({
				code: 1004,
				message: 'can not delete existing file permanently',
			});
			expect((await scene.ask('Tasks', 'list', 1)).json.data.total).toBe(3);
		});
	});

	test('are read by a batch, as the web client does', async () => {
		await talk(async ({ ask, clock, simulator, who }) => {
			await ask('Files', 'move', 10, { files: '["/mydrive/docs/plan.txt"]', to_parent_folder: '/mydrive/inbox' });
			clock.advance(1000);
			const compound = JSON.stringify([
				{ api: 'SYNO.SynologyDrive.Tasks', method: 'get', version: 1, task_id: 'task-1' },
			]);
			const answer = await post(
				simulator,
				{ api: 'SYNO.Entry.Request', version: 1, method: 'request', mode: '"parallel"', compound, _sid: who.sid },
				{ headers: who.headers },
			);
			expect(answer.json.data).toMatchObject({
				has_fail: false,
				result: [{ success: true, data: { status: 'finished' } }],
			});
		});
	});
});

describe('uploads', () => {
	const upload = async ({ simulator, who }: Talk, parts: Part[], headers: Record<string, string> = {}, query = '') => {
		const url = `${simulator.url}/webapi/entry.cgi?api=SYNO.SynologyDrive.Files&version=2&method=upload&_sid=${who.sid}${query}`;
		const type = { 'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx', ...who.headers, ...headers };
		return await send(url, multipart(parts), type);
	};
	const file: Part = { name: 'file', value: 'hello', filename: 'ignored.bin', type: 'application/octet-stream' };
	const fields = (path: string, more: Part[] = []): Part[] => [
		{ name: 'path', value: path },
		{ name: 'type', value: 'file' },
		...more,
	];

	test('take the name from the path and have bare fields, in parts or in the query', async () => {
		await talk(async (scene) => {
			const made = await upload(scene, [...fields('/mydrive/inbox/a,b 2024'), file]);
			expect(made.json.data).toMatchObject({
				name: 'a,b 2024',
				size: 5,
				uploaded_size: 5,
				hash: '5d41402abc4b2a76b9719d911017c592',
			});
			const parent = await info(scene, '/mydrive/inbox');
			const query = `&path=${encodeURIComponent(`id:${parent.file_id}/c+d.txt`)}&type=file&conflict_action=version`;
			expect((await upload(scene, [file], {}, query)).json.data.display_path).toBe('/mydrive/inbox/c+d.txt');
		});
	});

	test('are refused with a typed text part, without a parent, and onto a file without a word about it', async () => {
		await talk(async (scene) => {
			const codes: unknown[] = [];
			const typed = { name: 'path', value: '/mydrive/a.txt', type: 'text/plain' };
			for (const parts of [
				[typed, file],
				[...fields('/mydrive/none/a.txt'), file],
				[...fields('/mydrive/docs/plan.txt'), file],
				fields('/mydrive/a'),
			])
				codes.push((await upload(scene, parts)).json.error?.code);
			expect(codes).toEqual([401, 1000, 1022, 120]);
			const long = await upload(scene, [...fields(`/mydrive/${'x'.repeat(300)}`), file]);
			expect(long.json.error?.code).toBe(1035);
			scene.drive.locks.add('/mydrive/stuck.bin');
			const stuck = await upload(scene, [...fields('/mydrive/stuck.bin'), file]);
			expect(stuck.json.error).toEqual({ code: 1054, errors: { line: 73, message: 'blocked by flock' } });
		});
	});

	test('of large files come in slices', async () => {
		await talk(async (scene) => {
			const slice = { 'X-Type-Name': 'SLICEUPLOAD', 'X-Tmp-File': 'one' };
			const query = '&path=/mydrive/large.bin&type=file&conflict_action=version&json_error=true';
			const reserved = await upload(scene, [], { ...slice, 'X-File-Chunk-End': 'false' }, `${query}&reserved_size=10`);
			expect(reserved.json.data).toEqual({ tmp_newly_created: true, uploaded_size: 0 });
			await upload(scene, [file], { ...slice, 'X-File-Chunk-End': 'false' }, query);
			const done = await upload(scene, [file], { ...slice, 'X-File-Chunk-End': 'true' }, query);
			expect([done.json.data.size, done.json.data.name]).toEqual([10, 'large.bin']);
			const both = await upload(scene, [file], { ...slice, 'X-File-Chunk-End': 'true' }, `${query}&reserved_size=10`);
			expect(both.status).toBe(502);
		});
	});
});

describe('downloads', () => {
	test('stream a file in whole or in part, with the name in the address as well', async () => {
		await talk(async ({ simulator, who }) => {
			const query = {
				api: 'SYNO.SynologyDrive.Files',
				method: 'download',
				version: 2,
				files: '["/mydrive/docs/reports/january.csv"]',
				_sid: who.sid,
			};
			const shown = await get(simulator, query, { path: '/webapi/entry.cgi/january.csv', headers: who.headers });
			expect([shown.text, shown.headers.get('content-type')]).toEqual(['day,visitors\n1,20\n', 'text/csv']);
			const saved = await get(
				simulator,
				{ ...query, force_download: 'true' },
				{ headers: { ...who.headers, Range: 'bytes=4-7' } },
			);
			expect([saved.status, saved.text, saved.headers.get('content-type')]).toEqual([
				206,
				'visi',
				'application/octet-stream',
			]);
			// As a client in Python writes it.
			const python = await get(simulator, { ...query, force_download: 'True' }, { headers: who.headers });
			expect([python.text, python.headers.get('content-type')]).toEqual([
				'day,visitors\n1,20\n',
				'application/octet-stream',
			]);
			const missing = await get(simulator, { ...query, files: '["id:1"]' }, { headers: who.headers });
			expect([missing.status, missing.json.error?.code]).toEqual([200, 1003]);
			const dry = await get(simulator, { ...query, dry_run: 'true' }, { headers: who.headers });
			expect(dry.json).toEqual({ success: true, data: { result: null } });
		});
	});

	test('of a folder make a task whose archive is fetched by its name', async () => {
		await talk(async ({ ask, clock, simulator, who }) => {
			const started = await ask('Files', 'download', 2, { files: '["/mydrive/docs"]', archive_name: 'x' });
			clock.advance(1000);
			const { result } = (await ask('Tasks', 'get', 1, { task_id: `"${started.json.data.async_task_id}"` })).json.data;
			expect([result.action, result.archive_name]).toEqual(['download', 'x.zip']);
			const query = new URLSearchParams({
				api: 'SYNO.SynologyDrive.Files',
				method: 'download',
				version: '2',
				task_id: '"task-1"',
				_sid: who.sid,
			});
			const zip = await raw(`${simulator.url}/webapi/entry.cgi/SYNO.SynologyDrive.Files/x.zip?${query}`, {
				headers: who.headers,
			});
			expect([zip.text.slice(0, 2), zip.headers['content-type']]).toEqual(['PK', 'application/zip']);
		});
	});
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { call, login } from './client';
import { bench, type Bench } from './file-client';

let at: Bench;
beforeEach(async () => {
	at = await bench();
	at.files.write('/docs/b.txt', { content: 'x'.repeat(12800) });
	at.files.mkdir('/docs/new');
});
afterEach(async () => await at.nas.close());

const COPY = {
	path: '["/docs/b.txt"]',
	dest_folder_path: '"/docs/new"',
	remove_src: 'false',
	accurate_progress: 'true',
};

describe('copy and move', () => {
	test('answer the worked exchange: unfinished with an unknown total, then finished', async () => {
		const start = await at.ask('CopyMove.start', 3, COPY);
		expect(start.text).toMatch(/^\{"data":\{"taskid":"FileStation_[0-9A-F]{16}"\},"success":true\}$/);
		const taskid = JSON.stringify(start.json.data.taskid);
		expect((await at.ask('CopyMove.status', 3, { taskid })).text).toBe(
			'{"data":{"dest_folder_path":"/docs/new","finished":false,"path":"/docs/b.txt","processed_size":0,"progress":0,"total":-1},"success":true}',
		);
		expect((await at.ask('CopyMove.status', 3, { taskid })).text).toBe(
			'{"data":{"dest_folder_path":"/docs/new","finished":true,"path":"/docs/b.txt","processed_size":12800,"progress":1,"total":12800},"success":true}',
		);
	});

	test('onto what exists: 1003 with the path, in the envelope or in the data', async () => {
		at.files.write('/docs/new/b.txt');
		expect((await at.finish('CopyMove', 3, COPY)).text).toBe(
			'{"error":{"code":1003,"errors":[{"code":414,"path":"/docs/new/b.txt"}]},"success":false}',
		);
		at.files.switches.taskErrors = 'data';
		expect((await at.finish('CopyMove', 3, COPY)).json.data).toMatchObject({
			finished: true,
			errors: [{ code: 414, path: '/docs/new/b.txt' }],
		});
		expect((await at.finish('CopyMove', 3, { ...COPY, overwrite: 'false' })).json.success).toBe(true);
		expect((await at.finish('CopyMove', 3, { ...COPY, overwrite: 'true' })).json.success).toBe(true);
		const { json } = await at.ask('List.getinfo', 2, { path: '["/docs/new/b.txt"]', additional: '["size"]' });
		expect(json.data.files[0].additional.size).toBe(12800);
	});

	test('a file that meets a folder of its name: 1004; no destination: 1002; into itself: 1001', async () => {
		at.files.mkdir('/docs/new/b.txt');
		expect((await at.finish('CopyMove', 3, { ...COPY, overwrite: 'true' })).json.error?.code).toBe(1004);
		expect((await at.finish('CopyMove', 3, { ...COPY, dest_folder_path: '"/docs/none"' })).json.error).toEqual({
			code: 1002,
			errors: [{ code: 408, path: '/docs/none' }],
		});
		const inside = { path: '["/docs/new"]', dest_folder_path: '"/docs/new/b.txt"', remove_src: 'true' };
		expect((await at.finish('CopyMove', 3, inside)).json.error?.code).toBe(1001);
	});

	test('a source in a shared folder that does not exist is an error, one that is missing inside a folder is not', async () => {
		const copied = await at.finish('CopyMove', 3, { ...COPY, path: '["/nowhere/b.txt"]' });
		expect(copied.json.error).toEqual({ code: 1000, errors: [{ code: 408, path: '/nowhere/b.txt' }] });
		const moved = await at.finish('CopyMove', 3, { ...COPY, path: '["/nowhere/b.txt"]', remove_src: 'true' });
		expect(moved.json.error).toEqual({ code: 1001, errors: [{ code: 408, path: '/nowhere/b.txt' }] });
		expect((await at.finish('CopyMove', 3, { ...COPY, path: '["/docs/none.txt"]' })).json.success).toBe(true);
	});

	test('paths joined with commas: success, and nothing is done', async () => {
		at.files.write('/docs/c.txt');
		expect((await at.finish('CopyMove', 3, { ...COPY, path: '/docs/b.txt,/docs/c.txt' })).json.success).toBe(true);
		expect((await at.finish('Delete', 2, { path: '/docs/b.txt,/docs/c.txt' })).json.success).toBe(true);
		expect((await at.ask('List.list', 2, { folder_path: '/docs' })).json.data.total).toBe(3);
		expect((await at.ask('List.list', 2, { folder_path: '/docs/new' })).json.data.total).toBe(0);
	});

	test('a copy is as old as its source and made now; a move keeps both times', async () => {
		const times = async (path: string) =>
			(await at.ask('List.getinfo', 2, { path: JSON.stringify([path]), additional: '["time"]' })).json.data.files[0]
				.additional.time;
		const first = await times('/docs/b.txt');
		at.clock.advance(60_000);
		await at.finish('CopyMove', 3, COPY);
		expect(await times('/docs/new/b.txt')).toMatchObject({ mtime: first.mtime, crtime: first.crtime + 60 });
		await at.finish('CopyMove', 3, { path: '["/docs/b.txt"]', dest_folder_path: '"/photo"', remove_src: 'true' });
		expect(await times('/photo/b.txt')).toMatchObject({
			mtime: first.mtime,
			crtime: first.crtime,
			ctime: first.ctime + 60,
		});
	});

	test('take their time, belong to their user, go on without the session, and stop half way', async () => {
		for (let n = 0; n < 4; n++) at.files.write(`/docs/${n}.txt`, { content: 'x' });
		at.files.switches.taskMs = 4000;
		const path = JSON.stringify([0, 1, 2, 3].map((n) => `/docs/${n}.txt`));
		const taskid = JSON.stringify((await at.ask('CopyMove.start', 3, { ...COPY, path })).json.data.taskid);
		at.clock.advance(2000);
		await at.ask('CopyMove.status', 3, { taskid });
		expect((await at.ask('CopyMove.status', 3, { taskid })).json.data).toMatchObject({
			finished: false,
			progress: 0.5,
		});
		const bob = await login(at.nas, { account: 'bob' });
		const stranger = await call(at.nas, bob, 'SYNO.FileStation.CopyMove', 'status', 3, { taskid });
		expect(stranger.json.error?.code).toBe(599);
		expect(
			(await at.ask('BackgroundTask.list', 3)).json.data.tasks.map(({ finished }: { finished: boolean }) => finished),
		).toEqual([true, false]);
		expect((await at.ask('CopyMove.stop', 3, { taskid })).text).toBe('{"success":true}');
		at.clock.advance(9000);
		expect((await at.ask('List.list', 2, { folder_path: '/docs/new' })).json.data.total).toBe(2);
		expect((await at.ask('CopyMove.status', 3, { taskid })).json.data.finished).toBe(true);
		expect((await at.ask('BackgroundTask.clear_finished', 3)).json.success).toBe(true);
		expect(await at.code('CopyMove.status', 3, { taskid })).toBe(599);
		expect(await at.code('CopyMove.status', 3)).toBe(400);
	});
});

describe('delete', () => {
	test('answers the worked exchange; what was not there is a success or 900 with 408', async () => {
		expect(
			(await at.finish('Delete', 2, { path: '["/docs/b.txt"]', recursive: 'true', accurate_progress: 'true' })).text,
		).toBe(
			'{"data":{"finished":true,"path":"/docs/b.txt","processed_num":1,"processing_path":"","progress":1,"total":1},"success":true}',
		);
		expect((await at.finish('Delete', 2, { path: '["/docs/b.txt"]' })).json.success).toBe(true);
		at.files.switches.missingPath = 408;
		expect((await at.finish('Delete', 2, { path: '["/docs/b.txt"]' })).json.error).toEqual({
			code: 900,
			errors: [{ code: 408, path: '/docs/b.txt' }],
		});
	});

	test('moves to the recycle bin of the share, out of which it deletes for good; a full folder needs recursive', async () => {
		at.files.volume.shares.get('docs')!.recycle = true;
		at.files.write('/docs/deep/er/a.txt');
		expect(await at.code('Delete.delete', 2, { path: '["/docs/deep"]', recursive: 'false' })).toBe(900);
		expect((await at.ask('Delete.delete', 2, { path: '["/docs/deep/er"]' })).text).toBe('{"success":true}');
		const listed = async (folder: string) =>
			(await at.ask('List.list', 2, { folder_path: folder })).json.data.files.map(({ path }: { path: string }) => path);
		expect(await listed('/docs/#recycle/deep/er')).toEqual(['/docs/#recycle/deep/er/a.txt']);
		expect(await listed('/docs')).toContain('/docs/#recycle');
		await at.ask('Delete.delete', 2, { path: '["/docs/#recycle/deep"]' });
		expect(await listed('/docs/#recycle')).toEqual([]);
	});
});

describe('tasks that only read', () => {
	test('DirSize and MD5 are told once, then forgotten; a status may come too early', async () => {
		const size = await at.finish('DirSize', 2, { path: '["/docs"]' });
		expect(size.text).toBe('{"data":{"finished":true,"num_dir":2,"num_file":1,"total_size":12800},"success":true}');
		const start = await at.ask('MD5.start', 2, { file_path: '"/docs/b.txt"' });
		const taskid = JSON.stringify(start.json.data.taskid);
		expect(taskid).toMatch(/^"[0-9A-F]{16}"$/);
		expect((await at.ask('MD5.status', 2, { taskid })).json.data.finished).toBe(false);
		const md5 = createHash('md5').update('x'.repeat(12800)).digest('hex');
		expect((await at.ask('MD5.status', 2, { taskid })).json.data).toEqual({ finished: true, md5 });
		expect(await at.code('MD5.status', 2, { taskid })).toBe(599);
		at.files.switches.statusRace = 1;
		const other = JSON.stringify((await at.ask('MD5.start', 2, { file_path: '"/docs/b.txt"' })).json.data.taskid);
		expect([
			await at.code('MD5.status', 2, { taskid: other }),
			await at.code('MD5.status', 2, { taskid: other }),
		]).toEqual([599, 0]);
		expect([
			await at.code('MD5.status', 2),
			await at.code('DirSize.status', 2),
			await at.code('Extract.status', 2),
			await at.code('Compress.status', 3),
		]).toEqual([101, 101, 101, 101]);
	});
});

describe('archives', () => {
	test('are real zip files, listed and extracted again', async () => {
		const params = {
			path: '["/docs/b.txt","/docs/new"]',
			dest_file_path: '"/docs/x.zip"',
			format: '"zip"',
			mode: '"add"',
			level: '"moderate"',
		};
		expect((await at.finish('Compress', 3, params)).json.data).toEqual({
			dest_file_path: '/docs/x.zip',
			finished: true,
			progress: 1,
		});
		const url = `${at.nas.url}/webapi/entry.cgi?api=SYNO.FileStation.Download&version=2&method=download&path=${encodeURIComponent('["/docs/x.zip"]')}&mode=%22download%22&_sid=${at.alice.sid}`;
		const bytes = Buffer.from(await (await fetch(url, { headers: at.alice.headers })).arrayBuffer());
		expect(Object.keys(unzipSync(bytes))).toEqual(['b.txt', 'new/']);
		const list = await at.ask('Extract.list', 2, { file_path: '"/docs/x.zip"', offset: 0, limit: -1 });
		expect(list.json.data.items[0]).toEqual({
			is_dir: false,
			item_id: 0,
			mtime: '2026-01-05 08:00:00',
			name: 'b.txt',
			pack_size: 12800,
			path: 'b.txt',
			size: 12800,
		});
		expect(
			(await at.finish('Extract', 2, { file_path: '"/docs/x.zip"', dest_folder_path: '"/photo"' })).json.data,
		).toMatchObject({ dest_folder_path: '/photo', finished: true });
		expect((await at.ask('List.list', 2, { folder_path: '/photo' })).json.data.total).toBe(2);
		expect(
			(await at.finish('Extract', 2, { file_path: '"/docs/b.txt"', dest_folder_path: '"/photo"' })).json.error?.code,
		).toBe(1401);
		expect(
			(await at.finish('Extract', 2, { file_path: '"/docs/x.zip"', dest_folder_path: '"/photo"', item_id: '[9]' })).json
				.error?.code,
		).toBe(1405);
		expect(
			await at.code('Compress.start', 3, { ...params, dest_file_path: JSON.stringify(`/docs/${'x'.repeat(300)}`) }),
		).toBe(1301);
		expect(await at.code('Extract.list', 2)).toBe(400);
	});
});

test('Property.set answers a task and changes nothing', async () => {
	const { json } = await at.ask('Property.set', 1, { path: '["/docs/b.txt"]', mode: 777 });
	expect(json.data.taskid).toMatch(/^FileStation_/);
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bench, type Bench } from './file-client';

let at: Bench;
beforeEach(async () => {
	at = await bench();
	at.clock.set(Date.UTC(2024, 7, 14, 18, 4, 24));
	at.files.write('/docs/a.txt', { size: 12800 });
});
afterEach(async () => await at.nas.close());

describe('List', () => {
	test('answers the worked exchanges, keys in order', async () => {
		const shares = await at.ask('List.list_share', 2, { additional: '["volume_status","perm"]', limit: 1 });
		expect(shares.text).toBe(
			'{"data":{"offset":0,"shares":[{"additional":{"perm":{"acl":{"append":true,"del":true,"exec":true,"read":true,"write":true},' +
				'"acl_enable":true,"adv_right":{"disable_download":false,"disable_list":false,"disable_modify":false},"is_acl_mode":true,' +
				'"is_share_readonly":false,"posix":777,"share_right":"RW"},"volume_status":{"freespace":' +
				`${at.files.volume.totalBytes - at.files.volume.usedBytes},"readonly":false,"totalspace":4000000000000}},"isdir":true,"name":"docs","path":"/docs"}],"total":3},"success":true}`,
		);
		const list = await at.ask('List.list', 2, {
			folder_path: '"/docs"',
			offset: 0,
			limit: 1000,
			sort_by: '"name"',
			additional: '["size","time"]',
		});
		expect(list.text).toBe(
			'{"data":{"files":[{"additional":{"size":12800,"time":{"atime":1723658664,"crtime":1723658664,"ctime":1723658664,"mtime":1723658664}},' +
				'"isdir":false,"name":"a.txt","path":"/docs/a.txt"}],"offset":0,"total":1},"success":true}',
		);
		expect((await at.ask('List.list', 2)).text).toBe('{"error":{"code":400},"success":false}');
		expect((await at.ask('List.list', 2, { folder_path: '"/none"' })).text).toBe(
			'{"error":{"code":408},"success":false}',
		);
		expect((await at.ask('List.getinfo', 2, { path: '["/docs/a.txt","/docs/none"]' })).text).toBe(
			'{"data":{"files":[{"isdir":false,"name":"a.txt","path":"/docs/a.txt"},{"code":408,"path":"/docs/none"}]},"success":true}',
		);
	});

	test('takes paths joined with commas as one path', async () => {
		const { json } = await at.ask('List.getinfo', 2, { path: '/docs/a.txt,/docs/b.txt' });
		expect(json.data.files).toEqual([{ code: 408, path: '/docs/a.txt,/docs/b.txt' }]);
		at.files.write('/docs/x,y.txt');
		expect((await at.ask('List.getinfo', 2, { path: '/docs/x,y.txt' })).json.data.files[0].name).toBe('x,y.txt');
	});

	test('matches patterns regardless of case, a bare word anywhere, and never lists @eaDir', async () => {
		for (const name of ['B.PDF', 'report.pdf', '@eaDir', 'old report.doc']) at.files.write(`/docs/${name}`);
		const names = async (pattern: string) => {
			const { json } = await at.ask('List.list', 2, { folder_path: '/docs', pattern });
			return json.data.files.map(({ name }: { name: string }) => name);
		};
		expect(await names('*.pdf')).toEqual(['B.PDF', 'report.pdf']);
		expect(await names('report')).toEqual(['old report.doc', 'report.pdf']);
		expect(await names('*.doc,*.txt')).toEqual(['a.txt', 'old report.doc']);
		expect((await at.ask('List.list', 2, { folder_path: '/docs' })).json.data.total).toBe(4);
	});

	test('of a folder without a right is 407, and its share is not listed', async () => {
		const bob = await bench('bob');
		bob.files.volume.shares.get('photo')!.rights.set('bob', 'NA');
		expect(await bob.code('List.list', 2, { folder_path: '/photo' })).toBe(407);
		expect((await bob.ask('List.list_share', 2)).json.data.shares.map(({ path }: { path: string }) => path)).toEqual([
			'/docs',
		]);
		expect(await bob.code('List.list', 2, { folder_path: '/homes/alice' })).toBe(407);
		expect(await bob.code('List.list', 2, { folder_path: '/home' })).toBe(0);
		await bob.nas.close();
	});

	test('names differ by case, by form of Unicode and by blanks at their end', async () => {
		for (const name of ['A.txt', 'é'.normalize('NFC'), 'é'.normalize('NFD'), 'a.txt ']) at.files.write(`/docs/${name}`);
		expect((await at.ask('List.list', 2, { folder_path: '/docs' })).json.data.total).toBe(5);
		expect((await at.ask('List.getinfo', 2, { path: '["/docs/a.txt "]' })).json.data.files[0].name).toBe('a.txt ');
	});

	test('of illegal paths is 418, of names that are too long 412', async () => {
		expect(await at.code('List.list', 2, { folder_path: '"/docs/../homes"' })).toBe(418);
		expect(await at.code('List.list', 2, { folder_path: '"/docs/"' })).toBe(418);
		expect(await at.code('List.list', 2, { folder_path: JSON.stringify(`/docs/${'x'.repeat(256)}`) })).toBe(412);
	});
});

describe('the time of a folder', () => {
	const mtime = async () =>
		(await at.ask('List.getinfo', 2, { path: '["/docs"]', additional: '["time"]' })).json.data.files[0].additional.time
			.mtime;

	test('moves when something comes, goes or is renamed in it, and not when the content of a file changes', async () => {
		const seen = [await mtime()];
		const changes = [
			() => at.files.write('/docs/b.txt'),
			() => at.files.move('/docs/b.txt', '/docs/c.txt'),
			() => at.files.remove('/docs/c.txt'),
			() => at.files.write('/docs/a.txt', { content: 'new' }),
		];
		for (const change of changes) {
			at.clock.advance(5000);
			change();
			seen.push(await mtime());
		}
		expect(seen.map((time) => time - seen[0]!)).toEqual([0, 5, 10, 15, 15]);
	});
});

describe('Search', () => {
	beforeEach(() => void Object.assign(at.files.switches, { discardsSearches: false, plainPatterns: false }));

	test('of 7.3 discards three of five just after their start, and says so as it says of an unknown one', async () => {
		at.files.switches.discardsSearches = true;
		at.files.write('/docs/report');
		const totals: unknown[] = [];
		for (let round = 0; round < 5; round += 1) {
			const { taskid } = (await at.ask('Search.start', 2, { folder_path: '"/docs"', pattern: '"report"' })).json.data;
			for (let poll = 0; poll < 2; poll += 1) await at.ask('Search.list', 2, { taskid });
			totals.push((await at.ask('Search.list', 2, { taskid })).json.data);
			await at.ask('Search.clean', 2, { taskid });
		}
		const lost = { finished: true };
		expect(totals).toEqual([
			lost,
			expect.objectContaining({ total: 1 }),
			lost,
			lost,
			expect.objectContaining({ total: 1 }),
		]);
		expect((await at.ask('Search.list', 2, { taskid: 'unknown' })).json.data).toEqual(lost);
	});

	test('grows over its answers, leaves folders out unless asked for, and must be cleaned', async () => {
		for (const name of ['report 1', 'report 2', 'report 3', 'reports/x']) at.files.write(`/docs/${name}`);
		const start = async (more = {}) =>
			(await at.ask('Search.start', 2, { folder_path: '"/docs"', recursive: 'true', pattern: '"*report*"', ...more }))
				.json.data.taskid;
		const taskid = JSON.stringify(await start({ filetype: '"all"' }));
		const list = async () => (await at.ask('Search.list', 2, { taskid, offset: 0, limit: 1000 })).json.data;
		expect(await list()).toEqual({ files: [], finished: false, offset: 0, total: 0 });
		expect([(await list()).total, (await list()).total]).toEqual([2, 4]);
		expect((await list()).finished).toBe(true);
		expect((await at.ask('Search.stop', 2, { taskid })).text).toBe('{"success":true}');
		expect((await at.ask('Search.clean', 2, { taskid })).text).toBe('{"success":true}');
		expect(await at.code('Search.list', 2, { taskid })).toBe(599);
		const other = JSON.stringify(await start());
		await at.ask('Search.list', 2, { taskid: other });
		await at.ask('Search.list', 2, { taskid: other });
		expect((await at.ask('Search.list', 2, { taskid: other })).json.data.total).toBe(3);
	});

	test('answers 402 when too many were not cleaned, and 400 without an id', async () => {
		at.files.switches.mostSearches = 2;
		const start = async () => await at.code('Search.start', 2, { folder_path: '/docs' });
		expect([await start(), await start(), await start()]).toEqual([0, 0, 402]);
		expect(await at.code('Search.list', 2)).toBe(400);
	});
});

describe('small answers', () => {
	test('Info of both versions, VirtualFolder by type, CheckExist, CheckPermission of both forms', async () => {
		expect((await at.ask('Info.get', 1)).json.data).toEqual({
			hostname: 'nas',
			is_manager: true,
			support_sharing: true,
			support_virtual: 'cifs,iso',
		});
		at.files.mounts.push({ type: 'nfs', path: '/docs/far', status: 'remotefail' });
		const folders = await at.ask('VirtualFolder.list', 2, { type: '"nfs"', additional: '["mount_point_type"]' });
		expect(folders.json.data).toEqual({
			folders: [{ additional: { mount_point_type: 'remotefail' }, isdir: true, name: 'far', path: '/docs/far' }],
			offset: 0,
			total: 1,
		});
		expect((await at.ask('CheckExist.check', 2, { path: '"/docs"', filename: '"a.txt"' })).json.data).toEqual({
			blExist: true,
		});
		expect(await at.code('CheckPermission.write', 3, { path: '"/docs"', filename: '"a.txt"' })).toBe(414);
		expect(await at.code('CheckPermission.write', 3, { path: '"/docs"', filename: '"b.txt"' })).toBe(0);
		expect(await at.code('CheckPermission.write', 1, { path: '"/docs/a.txt"' })).toBe(414);
	});

	test('favourites: the codes of the table, and places in the list', async () => {
		const add = async (path: string, name: string, index = -1) =>
			await at.code('Favorite.add', 2, { path, name, index });
		expect([
			await add('/docs', 'D'),
			await add('/docs', 'E'),
			await add('/photo', 'D'),
			await add('/none', 'N'),
			await add('/photo', 'P', 0),
		]).toEqual([0, 800, 801, 408, 0]);
		const { json } = await at.ask('Favorite.list', 2);
		expect(
			json.data.favorites.map(({ name, status }: { name: string; status: string }) => `${name} ${status}`),
		).toEqual(['P valid', 'Plans valid', 'D valid']);
	});
});

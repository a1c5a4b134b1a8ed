import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { multipart, send } from './client';
import { bench, type Bench } from './file-client';

let at: Bench;
beforeEach(async () => {
	at = await bench();
	at.files.links.clear();
	at.files.write('/docs/a.txt', { content: 'Hello' });
});
afterEach(async () => await at.nas.close());

const create = async (more: Record<string, string> = {}) =>
	(await at.ask('Sharing.create', 3, { path: '["/docs/a.txt"]', ...more })).json.data.links[0];

describe('sharing links', () => {
	test('answer the worked exchange: created, listed, edited, deleted', async () => {
		const link = await create({ password: '"s3cret"', date_expired: '"2030-01-31"' });
		expect(link).toEqual({
			error: 0,
			id: link.id,
			path: '/docs/a.txt',
			qrcode: expect.any(String),
			url: `${at.nas.url}/sharing/${link.id}`,
		});
		const list = await at.ask('Sharing.list', 2, { offset: 0, limit: 0 });
		expect(list.text).toBe(
			`{"data":{"links":[{"date_available":"0","date_expired":"2030-01-31","has_password":true,"id":"${link.id}","isFolder":false,"link_owner":"alice",` +
				`"name":"a.txt","path":"/docs/a.txt","status":"valid","url":"${link.url}"}],"offset":0,"total":1},"success":true}`,
		);
		const id = JSON.stringify([link.id]);
		expect((await at.ask('Sharing.edit', 3, { id, password: '""' })).text).toBe('{"success":true}');
		expect((await at.ask('Sharing.getinfo', 3, { id: JSON.stringify(link.id) })).json.data).toMatchObject({
			has_password: false,
			protect_type: 'none',
			enable_upload: false,
		});
		expect((await at.ask('Sharing.delete', 3, { id })).text).toBe('{"success":true}');
		expect((await at.ask('Sharing.delete', 3, { id })).text).toBe('{"error":{"code":2000},"success":false}');
	});

	test('ignore options that are bare, with success, and drop empty bare values', async () => {
		const link = await create({ password: 's3cret', date_expired: '2030-01-31' });
		const info = async () => (await at.ask('Sharing.getinfo', 3, { id: link.id })).json.data;
		expect(await info()).toMatchObject({ has_password: false, date_expired: '0' });
		await at.ask('Sharing.edit', 3, { id: link.id, password: '"abc"' });
		await at.ask('Sharing.edit', 3, { id: link.id, password: '' });
		expect((await info()).has_password).toBe(true);
	});

	test('follow the dates of the NAS, and break when the file goes', async () => {
		const link = await create({ date_available: '"2026-02-01"', date_expired: '"2026-02-28"' });
		const status = async () => (await at.ask('Sharing.list', 3)).json.data.links[0].status;
		const visit = async () => (await fetch(link.url)).status;
		expect([await status(), await visit()]).toEqual(['invalid', 404]);
		at.clock.set(Date.UTC(2026, 1, 10));
		at.nas.nas.switches.idleMinutes = 1_000_000;
		expect([await status(), await visit()]).toEqual(['valid', 200]);
		at.files.remove('/docs/a.txt');
		expect(await status()).toBe('broken');
		at.files.write('/docs/a.txt');
		at.clock.set(Date.UTC(2026, 2, 1));
		expect(await status()).toBe('expired');
		await at.ask('Sharing.clear_invalid', 3);
		expect((await at.ask('Sharing.list', 3)).json.data.total).toBe(0);
	});

	test('download: the file with ranges, the folder as zip, and nothing without the password', async () => {
		const link = await create();
		const part = await fetch(link.url, { headers: { Range: 'bytes=1-3' } });
		expect([part.status, await part.text(), part.headers.get('content-disposition')]).toEqual([
			206,
			'ell',
			`attachment; filename="a.txt"; filename*=UTF-8''a.txt`,
		]);
		const folder = (await at.ask('Sharing.create', 3, { path: '/docs' })).json.data.links[0];
		expect(
			Buffer.from(await (await fetch(folder.url)).arrayBuffer())
				.subarray(0, 2)
				.toString(),
		).toBe('PK');
		await at.ask('Sharing.edit', 3, { id: link.id, password: '"abc"' });
		expect((await fetch(link.url)).status).toBe(403);
		const visitor = `${at.nas.url}/webapi/entry.cgi?api=SYNO.FileStation.Sharing.Download&version=1&method=download&id=${link.id}&password=abc`;
		expect(await (await fetch(visitor)).text()).toBe('Hello');
	});

	test('a missing path is a failure inside a success', async () => {
		const { json } = await at.ask('Sharing.create', 3, { path: '["/docs/none"]' });
		expect(json.data.links).toEqual([{ error: 408, path: '/docs/none' }]);
	});
});

describe('upload', () => {
	const upload = async (parts: { name: string; value: string }[], size: number) => {
		const url = `${at.nas.url}/webapi/entry.cgi?api=SYNO.FileStation.Upload&version=2&method=upload&_sid=${at.alice.sid}`;
		const file = { name: 'file', filename: 'new.bin', value: 'x'.repeat(size) };
		const body = multipart([{ name: 'path', value: '/docs' }, ...parts, file]);
		return (await send(url, body, { 'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx', ...at.alice.headers }))
			.json;
	};

	test('beyond the quota is 415, onto a full volume 416, and both leave nothing', async () => {
		at.files.volume.quotas.set('alice', 50);
		expect((await upload([], 100)).error?.code).toBe(415);
		at.files.volume.quotas.clear();
		at.files.volume.totalBytes = at.files.volume.usedBytes + 99;
		expect((await upload([], 100)).error?.code).toBe(416);
		expect((await upload([], 99)).data.blSkip).toBe(false);
		expect((await at.ask('List.list', 2, { folder_path: '/docs' })).json.data.total).toBe(2);
	});

	test('takes all three times in milliseconds, and refuses a size that does not match', async () => {
		await upload(
			['mtime', 'crtime', 'atime'].map((name, index) => ({ name, value: String(1_000_000_000_000 + index * 1000) })),
			5,
		);
		const { json } = await at.ask('List.getinfo', 2, { path: '/docs/new.bin', additional: '["time"]' });
		expect(json.data.files[0].additional.time).toMatchObject({
			mtime: 1_000_000_000,
			crtime: 1_000_000_001,
			atime: 1_000_000_002,
		});
		expect(
			(
				await upload(
					[
						{ name: 'overwrite', value: 'true' },
						{ name: 'size', value: '7' },
					],
					5,
				)
			).error?.code,
		).toBe(1800);
	});

	test('into a share that may only be read is 407, of a read-only file system 411', async () => {
		const docs = at.files.volume.shares.get('docs')!;
		docs.readOnly = true;
		expect((await upload([], 1)).error?.code).toBe(411);
		docs.rights.set('alice', 'RO');
		expect((await upload([], 1)).error?.code).toBe(407);
	});
});

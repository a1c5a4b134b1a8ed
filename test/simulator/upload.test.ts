import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SettableClock, type Simulator, startSimulator } from '../../src/simulator';
import { type Answer, call, login, type Login, multipart, type Part, raw, send } from './client';

let nas: Simulator;
let alice: Login;

beforeEach(async () => {
	nas = await startSimulator({ clock: new SettableClock() });
	alice = await login(nas);
});
afterEach(() => nas.close());

const KEYS = 'api=SYNO.FileStation.Upload&version=2&method=upload';
const FILE: Part = { name: 'file', filename: 'a.txt', type: 'application/octet-stream', value: 'hello' };
const PATH: Part = { name: 'path', value: '/docs' };

async function upload(parts: Part[], options: { query?: string; type?: string } = {}): Promise<Answer> {
	const url = `${nas.url}/webapi/entry.cgi?${options.query ?? `${KEYS}&_sid=${alice.sid}`}`;
	const type = options.type ?? 'multipart/form-data; boundary=xBOUNDARYx';
	return await send(url, multipart(parts), { 'Content-Type': type, ...alice.headers });
}

async function listed(): Promise<string[]> {
	const { json } = await call(nas, alice, 'SYNO.FileStation.List', 'list', 2, { folder_path: '"/docs"' });
	return json.data.files.map(({ name }: { name: string }) => name);
}

describe('upload', () => {
	test('stores the file; values of the parts are bare', async () => {
		const { json } = await upload([PATH, { name: 'mtime', value: '1723653464000' }, FILE]);
		expect(json.data).toMatchObject({ blSkip: false, file: 'a.txt', progress: 1 });
		const info = await call(nas, alice, 'SYNO.FileStation.List', 'getinfo', 2, {
			path: '["/docs/a.txt"]',
			additional: '["size","time"]',
		});
		expect(info.json.data.files[0].additional.size).toBe(5);
		expect(info.json.data.files[0].additional.time.mtime).toBe(1723653464);
	});

	test('a quoted path is another, illegal path', async () => {
		expect((await upload([{ name: 'path', value: '"/docs"' }, FILE])).json.error?.code).toBe(418);
	});

	test('a folder may be named 2024', async () => {
		await upload([{ name: 'path', value: '/docs/2024' }, { name: 'create_parents', value: 'true' }, FILE]);
		expect(await listed()).toEqual(['2024']);
	});

	test('parts after the file are ignored', async () => {
		const { json } = await upload([FILE, PATH]);
		expect(json.error?.code).toBe(400);
	});

	test('routing keys count in the query only: as parts they are 101, but for DSM 6', async () => {
		const keys = [
			{ name: 'api', value: 'SYNO.FileStation.Upload' },
			{ name: 'version', value: '2' },
			{ name: 'method', value: 'upload' },
		];
		const byParts = async () => (await upload([...keys, PATH, FILE], { query: `_sid=${alice.sid}` })).json;
		expect((await byParts()).error?.code).toBe(101);
		nas.nas.switches.routingInParts = true;
		expect((await byParts()).success).toBe(true);
	});

	test('without a sid, or with one as a part only, it is 119', async () => {
		expect((await upload([PATH, FILE], { query: KEYS })).json.error?.code).toBe(119);
		expect((await upload([{ name: '_sid', value: alice.sid }, PATH, FILE], { query: KEYS })).json.error?.code).toBe(
			119,
		);
		expect(await listed()).toEqual([]);
	});

	test.each(['certs/chain.pem', '../a.txt', 'C:\\\\a.txt'])(
		'a file name that holds a path is refused: %s',
		async (filename) => {
			expect((await upload([PATH, { ...FILE, filename }])).json.error).toEqual({
				code: 108,
				errors: { upload_err: -8 },
			});
			expect(await listed()).toEqual([]);
		},
	);

	test('a boundary in quotes is 101', async () => {
		expect((await upload([PATH, FILE], { type: 'multipart/form-data; boundary="xBOUNDARYx"' })).json.error?.code).toBe(
			101,
		);
	});

	test('a text part with a content type is refused', async () => {
		expect((await upload([{ ...PATH, type: 'text/plain' }, FILE])).json.error?.code).toBe(101);
	});

	test('a chunked body has no length: 1800', async () => {
		const headers = {
			'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx',
			'Transfer-Encoding': 'chunked',
			...alice.headers,
		};
		const { text } = await raw(`${nas.url}/webapi/entry.cgi?${KEYS}&_sid=${alice.sid}`, {
			method: 'POST',
			headers,
			body: multipart([PATH, FILE]),
		});
		expect(text).toBe('{"error":{"code":1800},"success":false}');
	});

	test('filename* alone is not understood: 1802', async () => {
		const star = { ...FILE, disposition: `form-data; name="file"; filename*=UTF-8''a.txt` };
		expect((await upload([PATH, star])).json.error?.code).toBe(1802);
	});

	test('names are raw UTF-8 bytes and an empty file is allowed', async () => {
		await upload([PATH, { ...FILE, filename: 'Übung – 1.txt', value: '' }]);
		expect(await listed()).toEqual(['Übung – 1.txt']);
	});

	test('an existing file: 414, skipped inside a success, or replaced', async () => {
		await upload([PATH, FILE]);
		expect((await upload([PATH, FILE])).json.error?.code).toBe(414);
		expect((await upload([PATH, { name: 'overwrite', value: 'false' }, FILE])).json.data).toEqual({
			blSkip: true,
			file: 'a.txt',
		});
		expect((await upload([PATH, { name: 'overwrite', value: 'true' }, FILE])).json.data.blSkip).toBe(false);
		nas.nas.switches.uploadConflictCode = 1805;
		expect((await upload([PATH, FILE])).json.error?.code).toBe(1805);
	});

	test('eight megabytes arrive complete', async () => {
		const value = Buffer.alloc(8 * 1024 * 1024, 7);
		await upload([PATH, { ...FILE, value }]);
		const info = await call(nas, alice, 'SYNO.FileStation.List', 'getinfo', 2, {
			path: '/docs/a.txt',
			additional: '["size"]',
		});
		expect(info.json.data.files[0].additional.size).toBe(8 * 1024 * 1024);
	});

	test('a body that ends early is 101 and leaves nothing', async () => {
		const whole = multipart([PATH, FILE]);
		const url = `${nas.url}/webapi/entry.cgi?${KEYS}&_sid=${alice.sid}`;
		const answer = await send(url, whole.subarray(0, whole.length - 20), {
			'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx',
			...alice.headers,
		});
		expect(answer.json.error?.code).toBe(101);
		expect(await listed()).toEqual([]);
	});
});

describe('download', () => {
	const download = async (path: string, mode: string, headers: Record<string, string> = {}) =>
		await raw(
			`${nas.url}/webapi/entry.cgi?api=SYNO.FileStation.Download&version=2&method=download&path=${encodeURIComponent(path)}&mode=${mode}&_sid=${alice.sid}&SynoToken=${alice.token}`,
			{ headers },
		);

	beforeEach(async () => {
		await upload([PATH, { ...FILE, filename: 'ä.txt', value: '0123456789' }]);
	});

	test('sends bytes with a length and the name in both forms', async () => {
		const { text, headers } = await download('["/docs/ä.txt"]', '"download"');
		expect(text).toBe('0123456789');
		expect(headers['content-length']).toBe('10');
		expect(headers['content-type']).toBe('application/octet-stream');
		expect(headers['content-disposition']).toBe(`attachment; filename="%C3%A4.txt"; filename*=UTF-8''%C3%A4.txt`);
	});

	test('honours a range', async () => {
		const { status, text, headers } = await download('/docs/ä.txt', 'download', { Range: 'bytes=2-4' });
		expect([status, text, headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
	});

	test('a missing file is an envelope with 200 in download mode and HTTP 404 in open mode', async () => {
		expect(await download('/docs/none', 'download')).toMatchObject({
			status: 200,
			text: '{"error":{"code":408},"success":false}',
		});
		expect((await download('/docs/none', 'open')).status).toBe(404);
	});
});

describe('folders', () => {
	test('an existing one is 1100 with 414 inside, unless parents are forced', async () => {
		const create = async (force: boolean) =>
			await call(nas, alice, 'SYNO.FileStation.CreateFolder', 'create', 2, {
				folder_path: '["/docs"]',
				name: '["new"]',
				force_parent: String(force),
			});
		expect((await create(false)).json.data.folders).toEqual([{ isdir: true, name: 'new', path: '/docs/new' }]);
		expect((await create(false)).text).toBe(
			'{"error":{"code":1100,"errors":[{"code":414,"path":"/docs/new"}]},"success":false}',
		);
		expect((await create(true)).json.success).toBe(true);
	});

	test('a missing path: no folder_path 400, unknown folder 408, getinfo a row with a code', async () => {
		const list = async (params: Record<string, string>) =>
			(await call(nas, alice, 'SYNO.FileStation.List', 'list', 2, params)).json.error?.code;
		expect(await list({})).toBe(400);
		expect(await list({ folder_path: '/docs/none' })).toBe(408);
		const info = await call(nas, alice, 'SYNO.FileStation.List', 'getinfo', 2, { path: '["/docs","/docs/none"]' });
		expect(info.json.data.files).toEqual([
			{ isdir: true, name: 'docs', path: '/docs' },
			{ code: 408, path: '/docs/none' },
		]);
	});

	test('shares are listed in pages', async () => {
		const { json } = await call(nas, alice, 'SYNO.FileStation.List', 'list_share', 2, { offset: 1, limit: 1 });
		expect(json.data).toEqual({ offset: 1, shares: [{ isdir: true, name: 'homes', path: '/homes' }], total: 3 });
	});
});

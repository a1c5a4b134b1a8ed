import { describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { driveScenes } from '../../src/simulator/services/drive/life';
import { multipart, post, send } from './client';
import { talk, type Talk } from './drive-client';

const REST = '/api/SynologyDrive/default';

describe('the REST door', () => {
	const rest = async (
		{ simulator }: Talk,
		verb: string,
		path: string,
		options: { body?: unknown; sid?: string } = {},
	) => {
		const { body, sid } = options;
		const answer = await fetch(`${simulator.url}${REST}${path}`, {
			method: verb,
			headers: {
				...(body !== undefined && { 'Content-Type': 'application/json' }),
				...(sid !== undefined && { Cookie: `id=${sid}` }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		return (await answer.json()) as { success: boolean; data?: any; error?: { code: number } };
	};
	const login = async (scene: Talk): Promise<string> => {
		const body = { format: 'sid', account: 'alice', passwd: 'alice-Passw0rd' };
		const { data } = await rest(scene, 'POST', '/v1/login', { body });
		expect(Object.keys(data).sort()).toEqual(['did', 'sid']);
		return data.sid;
	};

	test('has the same handlers behind published paths', async () => {
		await talk(async (scene) => {
			const sid = await login(scene);
			const listed = await rest(scene, 'POST', '/v1/files/list?path=/mydrive/docs&limit=2', { body: {}, sid });
			expect([listed.data.total, listed.data.items.length]).toEqual([4, 2]);
			const made = await rest(scene, 'POST', '/v1/files?type=folder&path=/mydrive/new', { body: {}, sid });
			expect(made.data).toMatchObject({ type: 'dir', display_path: '/mydrive/new' });
			const renamed = await rest(scene, 'PUT', `/v1/files?path=id:${made.data.file_id}`, {
				body: { name: '2024' },
				sid,
			});
			expect(renamed.data.name).toBe('2024');
			const label = await rest(scene, 'POST', '/v1/labels', {
				body: { name: 'openapi example', color: '#00AABB' },
				sid,
			});
			expect(label.data).toEqual({
				label_id: '3',
				name: 'openapi example',
				color: '#00AABB',
				position: 2,
				type: 'personal_label',
				update_time: 0,
			});
			const changed = await rest(scene, 'PUT', '/v1/labels/3', { body: { name: '111' }, sid });
			expect(changed.data.data.name).toBe('111');
			expect(await rest(scene, 'DELETE', '/v1/labels/3', { sid })).toEqual({ success: true });
			expect((await rest(scene, 'GET', '/v2/file-request', { sid })).data).toMatchObject({
				total: 1,
				items: [{ title: 'Photos of the party', display_path: '/mydrive/inbox' }],
			});
			const parts = [
				{ name: 'path', value: '/mydrive/3.jpg' },
				{ name: 'file', value: 'x', filename: '3.jpg', type: 'image/jpeg' },
			];
			const put = await fetch(`${scene.simulator.url}${REST}/v1/files/upload`, {
				method: 'PUT',
				headers: { Cookie: `id=${sid}`, 'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx' },
				body: multipart(parts) as unknown as string,
			});
			expect(((await put.json()) as { data: { name: string } }).data.name).toBe('3.jpg');
		});
	});

	test('gives sessions that the first door takes, and refuses what has none', async () => {
		await talk(async (scene) => {
			const sid = await login(scene);
			const form = { api: 'SYNO.SynologyDrive.Files', method: 'list', version: 10, path: '/mydrive', _sid: sid };
			expect((await post(scene.simulator, form)).json.data.total).toBe(4);
			expect((await rest(scene, 'GET', '/v1/files?path=/mydrive')).error?.code).toBe(119);
			expect(
				(await rest(scene, 'POST', '/v1/login', { body: { format: 'sid', account: 'alice', passwd: 'x' } })).error
					?.code,
			).toBe(400);
			expect(await rest(scene, 'POST', '/v1/logout', { body: { _sid: sid } })).toEqual({ success: true });
			expect((await post(scene.simulator, form)).json.success).toBe(false);
		});
	});

	test('is not there before DSM 7.2.2', async () => {
		await talk(
			async ({ simulator }) => {
				expect((await send(`${simulator.url}${REST}/v1/login`, '{}', {})).status).toBe(404);
			},
			{ dsm: '7.1.1', packages: ['SynologyDrive'] },
		);
	});
});

describe('rights', () => {
	test.each([
		['Webhooks', 'list', 2, 105],
		['AppIntegration', 'list', 1, 105],
		['Share', 'list', 2, 105],
		['Config', 'get', 1, 105],
		['DBUsage', 'get', 1, 105],
		['Privilege', 'list', 1, 105],
		['Profiles', 'list', 1, 105],
		['Files', 'search', 2, undefined],
		['Labels', 'list', 2, undefined],
		['Tasks', 'list', 1, undefined],
		['Notifications', 'list', 1, undefined],
		['Settings', 'list', 1, undefined],
		['Connection', 'list', 1, undefined],
		['Node', 'list', 1, undefined],
	] as const)('of an ordinary user at %s.%s are those of the probe', async (api, method, version, code) => {
		await talk(async ({ ask }) => expect((await ask(api, method, version)).json.error?.code).toBe(code), { as: 'bob' });
	});

	test('without the privilege every call is 105; what is not shared is 1002', async () => {
		await talk(async ({ ask }) => expect((await ask('Info', 'get', 1)).json.error?.code).toBe(105), { as: 'noapps' });
		await talk(
			async ({ ask, drive }) => {
				const { file_id } = drive.put('bob', '/private.txt', 'mine');
				expect((await ask('Files', 'get', 10, { path: `id:${file_id}` })).json.error?.code).toBe(1002);
			},
			{ as: 'carol' },
		);
	});

	test('administrators meet the checks of parameters', async () => {
		await talk(async ({ ask }) => {
			const codes: unknown[] = [];
			codes.push((await ask('Webhooks', 'list', 2)).json.error);
			codes.push((await ask('Webhooks', 'list', 2, { app_id: 3 })).json.error);
			codes.push((await ask('Share', 'list', 2)).json.error);
			codes.push((await ask('Privilege', 'list', 1, { additional: 'true' })).json.error);
			codes.push((await ask('Connection', 'summary', 1)).json.error);
			expect(codes).toEqual([
				{ code: 120, errors: { name: 'app_id', reason: 'required' } },
				{ code: 120, errors: { name: 'app_id', reason: 'type' } },
				{ code: 120, errors: { name: 'offset', reason: 'required' } },
				{ code: 120, errors: { name: 'additional', reason: 'type' } },
				{ code: 103 },
			]);
			expect((await ask('', 'get_status', 1)).json.data.enable_status).toBe('Enabled');
		});
	});
});

describe('links', () => {
	test('open with a password and no session; the wrong one is 1037', async () => {
		await talk(async ({ ask, simulator }) => {
			const path = '/mydrive/docs/plan.txt';
			expect((await ask('AdvanceSharing', 'get', 1, { path })).json.error?.code).toBe(1036);
			const made = await ask('AdvanceSharing', 'create', 1, { path, role: 'viewer' });
			const { sharing_link } = made.json.data;
			expect(made.text).toMatch(/"permanent_id":\d{18},/);
			await ask('AdvanceSharing', 'update', 1, { path, sharing_link, protect_password: '"p w"' });
			const auth = async (password: string) => {
				const form = {
					api: 'SYNO.SynologyDrive.AdvanceSharing.Public',
					method: 'auth',
					version: 1,
					sharing_link: `"${sharing_link}"`,
					password,
				};
				return (await post(simulator, form)).json;
			};
			expect((await auth('"p w"')).data.sharing_token).toEqual(expect.any(String));
			expect((await auth('"no"')).error).toEqual({
				code: 1037,
				errors: { line: 73, message: 'sharing_link password error' },
			});
		});
	});
});

describe('webhooks', () => {
	test('push a JSON list that names what changed', async () => {
		const bodies: unknown[] = [];
		const receiver = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += chunk));
			request.on('end', () => response.end(String(bodies.push(JSON.parse(body)))));
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const { port } = receiver.address() as AddressInfo;
		await talk(async ({ ask, drive }) => {
			const made = await ask('Webhooks', 'create', 2, {
				app_id: '"3"',
				type: 'url',
				url: `127.0.0.1:${port}/ping`,
				token: 'hidden',
			});
			expect(made.json.data).toEqual({
				type: 'url',
				url: `127.0.0.1:${port}/ping`,
				token: '',
				app_id: '3',
				webhook_id: expect.any(String),
			});
			const node = drive.put('alice', '/inbox/x.pdf', 'x');
			await Promise.all(drive.pushing);
			const { file_id, permanent_link, parent } = node;
			expect(bodies).toEqual([
				[{ event_type: 'file_created', file_id, permanent_link, file_type: 'file', parent_id: parent!.file_id }],
			]);
		});
		await new Promise((resolve) => receiver.close(resolve));
	});
});

describe('the log', () => {
	test('is the newest first, by time, user and team folder', async () => {
		await talk(async ({ ask, drive, clock }) => {
			drive.log.length = 0;
			drive.addLog({ username: 'alice', s1: '/a' });
			clock.advance(5000);
			drive.addLog({ username: 'bob', s1: '/b', share_name: 'Family' });
			const paths = async (more: Record<string, string | number>) =>
				(await ask('Log', 'list', 1, { target: 'user', share_type: 'all', ...more })).json.data.items.map(
					({ s1 }: { s1: string }) => s1,
				);
			expect(await paths({})).toEqual(['/b', '/a']);
			expect(await paths({ datefrom: Math.floor(clock.now() / 1000) })).toEqual(['/b']);
			expect(await paths({ username: 'alice' })).toEqual(['/a']);
			expect(await paths({ target: '"@Family"' })).toEqual(['/b']);
			expect(await paths({ offset: 1, limit: 1 })).toEqual(['/a']);
		});
	});
});

test('the life of the demo plays through without a fault', async () => {
	await talk(async ({ simulator, drive }) => {
		for (let round = 0; round < 30; round++) for (const scene of driveScenes) await scene(simulator.nas, round);
		expect(drive.folder(drive.home('alice'), '/docs/paid').children.size).toBe(20);
		expect(drive.log.length).toBeLessThanOrEqual(1000);
	});
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connectionSchema } from '../../src/core/connection';
import { connectionCredentials } from '../../src/nodered/connection';
import { settingsOf } from '../../src/nodered/settings';
import { startSimulator, totp, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { makeUserDir, nas, NodeRed, tab } from './runtime';

let red: NodeRed;
let simulator: Simulator;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir()).start();
});

afterAll(async () => {
	await red.stop();
	red.remove();
});

beforeEach(async () => {
	await start({});
});

afterEach(async () => {
	await red.deploy([tab]);
	await simulator.close();
});

async function start(options: SimulatorOptions): Promise<void> {
	await simulator?.close();
	simulator = await startSimulator(options);
}

const form = (changes: Record<string, string> = {}) => ({
	id: 'nas',
	url: simulator.url,
	account: simulator.account,
	password: simulator.password,
	otpSecret: '',
	otpCode: '',
	tls: 'verify',
	deviceName: 'Synoflow',
	...changes,
});

const press = async (changes: Record<string, string> = {}) =>
	(await (await red.post('/synology-nas/test', form(changes))).json()) as Record<string, unknown>;

describe('connection settings', () => {
	test('are those of the core: secrets are password credentials, the account is a text credential', () => {
		const names = Object.keys(connectionSchema.shape) as (keyof typeof connectionSchema.shape)[];
		const secrets = names.filter((name) => connectionSchema.shape[name].meta()?.widget === 'secret');
		expect(secrets).toEqual(['password', 'otpSecret', 'otpCode', 'signIn', 'deviceId', 'headers']);
		expect(connectionCredentials).toEqual({
			account: { type: 'text' },
			...Object.fromEntries(secrets.map((name) => [name, { type: 'password' }])),
		});
		const config = {
			id: 'x',
			type: 'synology-nas',
			url: 'https://nas.example.com:5001',
			password: 'never read from the flow',
		};
		const settings = settingsOf(config, { account: 'alice', password: 'secret' });
		expect(Object.keys(settings).sort()).toEqual(names.sort());
		expect(settings).toMatchObject({ url: 'https://nas.example.com:5001', account: 'alice', password: 'secret' });
	});

	test('keep secrets out of the flow file and of what the editor reads', async () => {
		await red.deploy([
			tab,
			nas(simulator, {
				credentials: { account: 'alice', password: 'p-secret', otpSecret: 'o-secret', deviceId: 'd-secret' },
			}),
		]);
		const seen = (await (await red.get('/credentials/synology-nas/nas')).json()) as object;
		expect(seen).toMatchObject({
			account: 'alice',
			has_password: true,
			has_otpSecret: true,
			has_deviceId: true,
			has_headers: false,
		});
		const everything = JSON.stringify(seen) + red.file('flows.json') + red.file('flows_cred.json');
		for (const secret of ['p-secret', 'o-secret', 'd-secret']) expect(everything).not.toContain(secret);
	});
});

describe('Test button', () => {
	test('logs in with the values of the form, says so, and logs out', async () => {
		expect(await press()).toEqual({ ok: true, message: `Logged in to ${simulator.url} as alice.` });
		expect(simulator.logins).toBe(1);
		expect(simulator.nas.sessions.list()).toHaveLength(0);
	});

	test('uses the stored secrets where the form was left alone', async () => {
		await red.deploy([tab, nas(simulator)]);
		expect(await press({ password: '__PWRD__' })).toMatchObject({ ok: true });
	});

	test('really asks the NAS each time, also after a refusal', async () => {
		expect(await press({ password: 'wrong-secret-word' })).toMatchObject({ ok: false });
		const answer = await press({ password: 'wrong-secret-word' });
		expect(answer).toMatchObject({ ok: false, message: expect.any(String), hint: expect.any(String) });
		expect(JSON.stringify(answer)).not.toContain('wrong-secret-word');
		expect(simulator.logins).toBe(2);
	});

	test('names the field that is missing, without asking the NAS', async () => {
		expect(await press({ account: '' })).toMatchObject({ ok: false, field: 'account' });
		expect(simulator.requests).toHaveLength(0);
	});

	test('says what to do when nothing listens at the address', async () => {
		const { url } = simulator;
		await simulator.close();
		expect(await press({ url })).toMatchObject({ ok: false, message: expect.stringContaining('127.0.0.1') });
	});

	test('gives the device ID that a one-time code earns, with which no code is needed any more', async () => {
		await start({ otp: true });
		const code = totp(simulator.otpSecret!, Date.now());
		const answer = await press({ otpCode: code, url: simulator.url });
		expect(answer).toMatchObject({ ok: true, deviceId: expect.any(String) });
		expect(await press({ deviceId: String(answer['deviceId']), deviceName: 'Synoflow' })).toMatchObject({ ok: true });
	});

	test('says so when a one-time code brings no device ID', async () => {
		await start({ otp: true });
		simulator.nas.apis.get('SYNO.API.Auth')!.minVersion = 7;
		simulator.nas.switches.emptyDeviceId = 'always';
		const answer = await press({ otpCode: totp(simulator.otpSecret!, Date.now()), url: simulator.url });
		expect(answer).toMatchObject({ ok: false, field: 'otpCode' });
		expect(answer['message']).toMatch(/no device ID/);
		expect(answer).not.toHaveProperty('deviceId');
	});

	test('asks for a code when the account has two-factor authentication and none was given', async () => {
		await start({ otp: true });
		expect(await press()).toMatchObject({ ok: false, hint: expect.stringMatching(/code|secret/i) });
	});
});

describe('pick lists', () => {
	const ask = async (wanted: object) => {
		const answer = await red.post('/synology-nas/choices', wanted);
		const body = (await answer.json()) as { choices?: unknown; cut?: boolean };
		return { status: answer.status, body: body.choices ?? body, cut: body.cut };
	};

	test('hold users and groups, and say who may see them to anybody else', async () => {
		await red.deploy([tab, nas(simulator)]);
		const users = { nas: 'nas', id: 'identity.user.disable', field: 'user_name' };
		expect((await ask(users)).body).toContainEqual({ value: 'bob', label: 'bob' });
		const groups = { nas: 'nas', id: 'identity.group.delete', field: 'group_name' };
		expect((await ask(groups)).body).toContainEqual({ value: 'users', label: 'users' });
		simulator.nas.user(simulator.account).administrator = false;
		const refused = await ask(users);
		expect(refused.status).toBe(400);
		expect(JSON.stringify(refused.body)).toContain('It takes an administrator');
	});

	test('come from the list operation of the catalogue, through the deployed connection', async () => {
		await red.deploy([tab, nas(simulator)]);
		const { body } = await ask({ nas: 'nas', id: 'chat.message.send', field: 'channel_id' });
		expect(body).toEqual(
			expect.arrayContaining([
				{ value: '1', label: 'General' },
				{ value: '5', label: 'Bob' },
			]),
		);
		await ask({ nas: 'nas', id: 'chat.messageReceived', field: 'channels' });
		expect(simulator.logins).toBe(1);
	});

	test('are searched by name or ID, an exact ID first', async () => {
		await red.deploy([tab, nas(simulator)]);
		const query = { nas: 'nas', id: 'chat.messageReceived', field: 'channels' };
		expect((await ask({ ...query, search: 'gener' })).body).toEqual([{ value: '1', label: 'General' }]);
		expect((await ask({ ...query, search: '1' })).body).toEqual([{ value: '1', label: 'General' }]);
	});

	test('that the editor filters itself say where they are cut, and the NAS finds the others', async () => {
		await red.deploy([tab, nas(simulator)]);
		const chat = chatOf(simulator.nas);
		const query = { nas: 'nas', id: 'chat.messageReceived', field: 'channels' };
		const few = await ask(query);
		for (let n = (few.body as unknown[]).length; n < 2000; n++)
			chat.openChannel('alice', { name: `room-${n}`, type: 'public' });
		const full = await ask(query);
		expect([few.cut, full.cut, (full.body as unknown[]).length]).toEqual([false, false, 2000]);
		const last = chat.openChannel('alice', { name: 'zebra', type: 'public' });
		const more = await ask(query);
		expect([more.cut, (more.body as unknown[]).length]).toEqual([true, 2000]);
		expect(await ask({ ...query, search: 'zebra' })).toMatchObject({
			body: [{ value: String(last.channel_id), label: 'zebra' }],
			cut: false,
		});
	});

	test('that the NAS searches say where they are cut', async () => {
		await red.deploy([tab, nas(simulator)]);
		const query = { nas: 'nas', id: 'api.call.run', field: 'api' };
		const all = await ask(query);
		expect([all.cut, (all.body as unknown[]).length]).toEqual([true, 200]);
		expect(await ask({ ...query, search: 'SYNO.FileStation.Upload' })).toMatchObject({
			body: [{ value: 'SYNO.FileStation.Upload' }],
			cut: false,
		});
	});

	test('come before the first deploy, with what stands in the editor', async () => {
		const wanted = { nas: 'new', id: 'chat.messageReceived', field: 'channels', search: 'gener' };
		const connection = { ...form(), id: 'new', type: 'synology-nas' };
		expect((await ask({ ...wanted, form: connection })).body).toEqual([{ value: '1', label: 'General' }]);
	});

	test('come from a connection that was changed since the deploy, with the secrets that were left alone', async () => {
		await red.deploy([tab, nas(simulator, { url: 'http://127.0.0.1:1' })]);
		const wanted = { nas: 'nas', id: 'chat.messageReceived', field: 'channels', search: 'gener' };
		const { password: _, ...changed } = form({ type: 'synology-nas' });
		expect((await ask({ ...wanted, form: changed })).body).toEqual([{ value: '1', label: 'General' }]);
		expect((await ask({ ...wanted, form: { ...changed, password: '__PWRD__' } })).status).toBe(200);
	});

	test('say what is missing, in the form as well as in the choice of a connection', async () => {
		const wanted = { nas: '', id: 'chat.message.send', field: 'channel_id' };
		expect(await ask(wanted)).toMatchObject({
			status: 400,
			body: { message: 'Choose a connection first; one that is disabled gives no lists.' },
		});
		const { status, body } = await ask({ ...wanted, form: form({ account: '' }) });
		expect([status, body]).toEqual([
			400,
			expect.objectContaining({ message: '"Account" is missing in the connection.' }),
		]);
		expect(simulator.requests).toHaveLength(0);
	});

	test('are given for declared parameters only', async () => {
		await red.deploy([tab, nas(simulator)]);
		expect(await ask({ nas: 'nas', id: 'chat.message.send', field: 'text' })).toMatchObject({ status: 404 });
		expect(await ask({ nas: 'nas', id: 'chat.nothing', field: 'x' })).toMatchObject({ status: 404 });
	});
});

describe('permissions', () => {
	let guarded: NodeRed;
	const users = [
		{ username: 'reader', permissions: 'synology-nas.read' },
		{ username: 'writer', permissions: ['synology-nas.read', 'synology-nas.write'] },
	];
	const adminAuth = {
		type: 'credentials',
		users: async (username: string) => users.find((user) => user.username === username) ?? null,
		authenticate: async (username: string) => users.find((user) => user.username === username) ?? null,
	};
	const tokenOf = async (username: string) => {
		const answer = await guarded.post('/auth/token', {
			client_id: 'node-red-editor',
			grant_type: 'password',
			scope: '',
			username,
			password: 'x',
		});
		return ((await answer.json()) as { access_token: string }).access_token;
	};
	const pressed = async (headers: Record<string, string>) =>
		(await guarded.post('/synology-nas/test', form(), headers)).status;
	const checked = async (headers: Record<string, string>) =>
		(await guarded.post('/synology-nas/check', form({ password: 'wrong' }), headers)).status;
	const choices = async (headers: Record<string, string>) =>
		(await guarded.post('/synology-nas/choices', { id: 'chat.message.send', field: 'channel_id' }, headers)).status;

	test('are needed for all endpoints, which log in: the right to write, no less', async () => {
		await red.stop();
		guarded = await new NodeRed(red.userDir, { adminAuth }).start();
		try {
			expect([await pressed({}), await checked({}), await choices({})]).toEqual([401, 401, 401]);
			const reader = { authorization: `Bearer ${await tokenOf('reader')}` };
			expect([await pressed(reader), await checked(reader), await choices(reader)]).toEqual([401, 401, 401]);
			const writer = { authorization: `Bearer ${await tokenOf('writer')}` };
			expect([await pressed(writer), await checked(writer), await choices(writer)]).toEqual([200, 200, 400]);
		} finally {
			await guarded.stop();
			await red.start();
		}
	});
});

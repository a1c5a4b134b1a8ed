import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { ssoServerOf, type SsoClient, type SsoServer } from '../../src/simulator/services/identity/sso';
import { atSsoServer } from '../support/signIn';
import { read } from './examples';
import { action, type NodeRed, received, until } from './runtime';
import { onStage } from './stage';

const REDIRECT = 'https://nodered.example.com/signed-in';

let simulator: Simulator;
let server: SsoServer;
let client: SsoClient;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
	server = ssoServerOf(simulator.nas);
	client = server.register(REDIRECT);
});

/** The example as a user imports it, with connection and application filled in. */
async function deployExample(): Promise<void> {
	const { account, password, url } = simulator;
	const nodes = read('identity-sign-in.json').map((node) => {
		if (node.type === 'synology-nas') return { ...node, url, credentials: { account, password } };
		if (node.type !== 'synology-sso') return node;
		return { ...node, client_id: client.id, credentials: { client_secret: client.secret } };
	});
	await red.deploy(nodes);
}

/** A browser that opens the flow's page, and is sent to the NAS. */
async function begin(): Promise<{ address: string; cookie: string }> {
	const answer = await fetch(`${red.url}/sign-in`, { redirect: 'manual' });
	expect(answer.status).toBe(302);
	const set = answer.headers.get('set-cookie') ?? '';
	expect(set).toMatch(/HttpOnly; Secure; SameSite=Lax/);
	return { address: answer.headers.get('location')!, cookie: set.split(';')[0]! };
}

async function comeBack(query: URLSearchParams, cookie: string): Promise<[status: number, text: string]> {
	const answer = await fetch(`${red.url}/signed-in?${query.toString()}`, { headers: { cookie } });
	return [answer.status, await answer.text()];
}

describe('the example identity-sign-in', () => {
	beforeEach(deployExample);

	test('signs a person in with state, nonce and PKCE, once', async () => {
		const { address, cookie } = await begin();
		const asked = new URL(address).searchParams;
		expect(asked.get('client_id')).toBe(client.id);
		expect(asked.get('redirect_uri')).toBe(REDIRECT);
		expect(asked.get('code_challenge_method')).toBe('S256');
		expect(asked.get('nonce')).toMatch(/^[0-9a-f]{32}$/);
		const back = await atSsoServer(simulator, address, 'bob');
		expect(await comeBack(back, cookie)).toEqual([200, 'Hello, bob.']);
		const [status, text] = await comeBack(back, cookie);
		expect(status).toBe(403);
		expect(text).toContain('belongs to no sign-in that was begun here, or it was answered already');
	});

	test('refuses an answer in another browser, and one that nobody asked for', async () => {
		const { address } = await begin();
		const back = await atSsoServer(simulator, address);
		expect(await comeBack(back, 'sso_state=other')).toEqual([403, 'This sign-in was begun in another browser.']);
		const forged = new URLSearchParams({ code: back.get('code')!, state: 'forged' });
		const [status, text] = await comeBack(forged, 'sso_state=forged');
		expect(status).toBe(403);
		expect(text).toContain('belongs to no sign-in that was begun here');
	});

	test('refuses the code of another sign-in, whose verifier and nonce differ', async () => {
		const [mine, theirs] = [await begin(), await begin()];
		const back = await atSsoServer(simulator, mine.address);
		back.set('code', (await atSsoServer(simulator, theirs.address, 'bob')).get('code')!);
		const [status, text] = await comeBack(back, mine.cookie);
		expect(status).toBe(403);
		expect(text).toContain('SSO Server does not take the code.');
	});

	test('goes on without PKCE where SSO Server fails with it', async () => {
		server.pkce = 'broken';
		const first = await begin();
		const [status] = await comeBack(await atSsoServer(simulator, first.address), first.cookie);
		expect(status).toBe(403);
		const second = await begin();
		expect(new URL(second.address).searchParams.has('code_challenge')).toBe(false);
		expect(await comeBack(await atSsoServer(simulator, second.address), second.cookie)).toEqual([200, 'Hello, alice.']);
	});
});

describe('a node that needs an application', () => {
	test('says so when none is chosen', async () => {
		await deploy(action('identity.ssoServer.buildAddress', {}));
		red.node('act').receive({});
		await until(() => received('caught').length > 0, 'the error');
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('No SSO application is chosen') } },
		]);
	});

	test('says what is missing in it', async () => {
		const sso = { id: 'sso', type: 'synology-sso', client_id: client.id, redirect_uri: 'nowhere' };
		await deploy(action('identity.ssoServer.buildAddress', {}, { sso: 'sso' }), {
			...sso,
			credentials: { client_secret: client.secret },
		});
		red.node('act').receive({});
		await until(() => received('caught').length > 0, 'the error');
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('"Redirect Address" is missing in the SSO application') } },
		]);
	});

	test('verifies an ID token that comes with the message', async () => {
		const sso = { id: 'sso', type: 'synology-sso', client_id: client.id, redirect_uri: REDIRECT };
		const params = { id_token: { type: 'msg', value: 'payload' } };
		await deploy(action('identity.ssoServer.verifyToken', params, { sso: 'sso' }), {
			...sso,
			credentials: { client_secret: client.secret },
		});
		const claims = { sub: 'bob', username: 'bob', iss: `${simulator.url}/webman/sso` };
		const times = { iat: server.now, exp: server.now + 180 };
		red.node('act').receive({ payload: server.issue({ ...claims, ...times, aud: client.id }) });
		await until(() => received('out').length + received('caught').length > 0, 'an answer');
		expect(received('out')).toMatchObject([{ payload: { username: 'bob' } }]);
		received('out').length = 0;
		red.node('act').receive({ payload: server.issue({ ...claims, ...times, aud: 'other' }) });
		await until(() => received('caught').length > 0, 'the refusal');
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('The ID token was made for another application') } },
		]);
	});
});

describe('the button "Try a sign-in" of an application', () => {
	const EDITOR = 'https://nodered.example.com/red/';
	type Answer = Record<string, unknown>;

	const post = async (path: string, values: object) =>
		(await (await red.post(`/synology-sso/trial/${path}`, values)).json()) as Answer;
	const start = async (change: object = {}) =>
		await post('start', {
			id: 'sso',
			client_id: client.id,
			client_secret: client.secret,
			redirect_uri: '',
			nas: 'nas',
			editor: EDITOR,
			...change,
		});
	const comeBackWith = async (query: URLSearchParams) =>
		await (await red.get(`/synology-sso/callback?${query.toString()}`)).text();

	beforeEach(async () => {
		client.redirectUris.push(`${EDITOR}synology-sso/callback`);
		await deploy();
	});

	test('signs in with authorization code, state, nonce and PKCE, and says who it was, once', async () => {
		const { ok, flow, address } = await start();
		expect(ok).toBe(true);
		const asked = new URL(String(address)).searchParams;
		expect(Object.fromEntries(asked)).toMatchObject({
			response_type: 'code',
			redirect_uri: `${EDITOR}synology-sso/callback`,
			code_challenge_method: 'S256',
			nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
			state: flow,
		});
		expect(await post('result', { flow })).toEqual({});
		const back = await atSsoServer(simulator, String(address), 'bob');
		const works = 'It works: bob signed in (groups: users).';
		expect(await comeBackWith(back)).toContain(`<p>${works} This window can be closed.</p>`);
		expect(await comeBackWith(back)).toContain('completed already');
		expect(await post('result', { flow })).toEqual({ ok: true, message: works });
		expect(await post('result', { flow })).toMatchObject({
			ok: false,
			message: expect.stringContaining('completed already'),
		});
	});

	test('says what is wrong with ID or secret, and does not show the secret', async () => {
		const { flow, address } = await start({ client_secret: 'of-another-application' });
		await comeBackWith(await atSsoServer(simulator, String(address)));
		const answer = await post('result', { flow });
		expect(answer).toMatchObject({ ok: false, message: 'The application secret is wrong.' });
		expect(JSON.stringify(answer)).not.toContain('of-another-application');
		expect(await start({ client_id: '' })).toMatchObject({
			ok: false,
			message: expect.stringContaining('"Application ID" is missing'),
		});
	});

	test('takes no answer with a state that was not given, and passes a refusal of SSO Server on as text', async () => {
		const { flow, address } = await start();
		const back = await atSsoServer(simulator, String(address));
		expect(await comeBackWith(new URLSearchParams({ code: back.get('code')!, state: 'forged' }))).toContain(
			'completed already, or took too long',
		);
		const page = await comeBackWith(new URLSearchParams({ error: '<b>denied</b>', state: String(flow) }));
		expect(page).toContain('SSO Server refused the sign-in: &#60;b&#62;denied&#60;/b&#62;.');
		expect(await post('result', { flow })).toMatchObject({ ok: false });
	});

	test('refuses the code of another sign-in, whose verifier and nonce differ', async () => {
		const [mine, theirs] = [await start(), await start()];
		const back = await atSsoServer(simulator, String(mine['address']));
		back.set('code', (await atSsoServer(simulator, String(theirs['address']), 'bob')).get('code')!);
		expect(await comeBackWith(back)).toContain('SSO Server does not take the code.');
	});

	test('wants a connection that is deployed', async () => {
		expect(await start({ nas: '' })).toEqual({
			ok: false,
			message: 'Deploy a Synology NAS connection first: the sign-in is tried with one.',
		});
	});
});

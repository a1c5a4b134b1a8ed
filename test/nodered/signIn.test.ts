import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import { atThePage } from '../support/signIn';
import {
	action,
	catcher,
	functionGlobalContext,
	makeUserDir,
	nas,
	NodeRed,
	received,
	sink,
	tab,
	until,
} from './runtime';

const EDITOR = 'http://localhost:1880/red/';

let red: NodeRed;
let simulator: Simulator;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
});

afterAll(async () => {
	await red.stop();
	red.remove();
});

beforeEach(async () => {
	simulator = await startSimulator();
});

afterEach(async () => {
	await red.deploy([tab]);
	await simulator.close();
});

type Answer = Record<string, unknown>;

const post = async (path: string, values: object) =>
	(await (await red.post(`/synology-nas/sign-in/${path}`, values)).json()) as Answer;
const start = async () => await post('start', { id: 'nas', url: simulator.url, tls: 'verify', opener: EDITOR });

/** A sign-in with the button, as the editor makes it. */
async function signIn(): Promise<Answer> {
	const { flow, address } = await start();
	return await post('complete', { flow, ...(await atThePage(simulator, String(address))) });
}

describe('the button "Sign in with the browser"', () => {
	test('opens the page of DSM for the page of the editor, and fills in the text', async () => {
		const started = await start();
		expect(started).toEqual({
			ok: true,
			flow: expect.stringMatching(/^[\w-]{22}$/),
			address: expect.stringContaining(`opener=${encodeURIComponent(EDITOR)}`),
			origin: simulator.url,
		});
		const message = await atThePage(simulator, String(started['address']));
		const answer = await post('complete', { flow: started['flow'], ...message });
		expect(answer).toEqual({
			ok: true,
			message:
				'The text was filled in; account and password may stay empty. Close this form and the node, then deploy to keep it.',
			signIn: expect.stringMatching(/^dsm1\./),
		});
		expect(await post('complete', { flow: started['flow'], ...message })).toEqual({
			ok: false,
			message: 'This sign-in was completed already, or took too long. Start again.',
		});
	});

	test('says what is wrong with the address or with the message, without the code in it', async () => {
		expect(await post('start', { id: 'nas', url: '', opener: EDITOR })).toMatchObject({ ok: false, field: 'url' });
		const { flow } = await start();
		const answer = await post('complete', { flow, code: 'forged-code', rs: 'A'.repeat(43) });
		expect(answer).toMatchObject({ ok: false });
		expect(JSON.stringify(answer)).not.toContain('forged-code');
	});
});

describe('a connection that was signed in with the browser', () => {
	test('passes the Test button, keeps its text out of the flow, and leaves the session open', async () => {
		const { signIn: text } = await signIn();
		const answer = await red.post('/synology-nas/test', { id: 'nas', url: simulator.url, tls: 'verify', signIn: text });
		expect(await answer.json()).toMatchObject({ ok: true, message: `Logged in to ${simulator.url} as alice.` });
		expect(simulator.nas.sessions.list().filter(({ name }) => name === 'synoflow')).toHaveLength(1);
		await red.deploy([tab, nas(simulator, { credentials: { signIn: String(text) } })]);
		const seen = await (await red.get('/credentials/synology-nas/nas')).text();
		expect(seen).toContain('"has_signIn":true');
		expect(seen + red.file('flows.json') + red.file('flows_cred.json')).not.toContain(String(text));
	});

	test('says "sign in again" as status and to the Catch node when the NAS no longer resumes it', async () => {
		const { signIn: text } = await signIn();
		const act = {
			id: 'act',
			z: 'tab',
			type: 'synology-file',
			version: 1,
			nas: 'nas',
			resource: 'favorite',
			operation: 'list',
			params: {},
			wires: [['out']],
		};
		const connection = nas(simulator, { credentials: { signIn: String(text) } });
		await red.deploy([tab, connection, act, catcher, sink('caught'), sink('out')]);
		red.node('act').receive({});
		await until(() => received('out').length > 0, 'the answer');
		simulator.reboot();
		red.node('act').receive({});
		await until(() => received('caught').length > 0, 'the error');
		expect(received('caught')[0]!['error']).toMatchObject({
			code: 'login',
			message: expect.stringContaining('Sign in again'),
			cause: { signInAgain: true },
		});
		expect(red.statuses.at(-1)).toMatchObject({ id: 'act', fill: 'red', shape: 'ring', text: 'sign in again' });
		expect(JSON.stringify(received('caught')) + red.log.join()).not.toContain(String(text));
	});
});

describe('the sign-in that a form of the connection holds', () => {
	const form = (signIn: unknown) => ({ id: 'nas', url: simulator.url, tls: 'verify', signIn });
	const isOpen = () => simulator.nas.sessions.list().some(({ name }) => name === 'synoflow');

	test('is shown by NAS and account, whether it was just made or is stored', async () => {
		expect(await post('state', form(''))).toEqual({});
		const { signIn: text } = await signIn();
		const shown = { ok: true, message: `Signed in to ${simulator.url} as alice.` };
		expect(await post('state', form(text))).toEqual(shown);
		await red.deploy([tab, nas(simulator, { credentials: { signIn: String(text) } })]);
		expect(await post('state', form('__PWRD__'))).toEqual(shown);
		const half = await post('state', form(String(text).slice(0, 40)));
		expect(half).toMatchObject({ ok: false, field: 'signIn', message: expect.stringContaining('not all of it') });
	});

	test('is shown as lost once a node has found that the NAS no longer resumes it', async () => {
		const { signIn: text } = await signIn();
		const act = action('file.favorite.list', {});
		await red.deploy([tab, nas(simulator, { credentials: { signIn: String(text) } }), act, catcher, sink('caught')]);
		simulator.reboot();
		received('caught').length = 0;
		red.node('act').receive({});
		await until(() => received('caught').length > 0, 'the error');
		expect(await post('state', form('__PWRD__'))).toEqual({
			ok: false,
			message: `Signed in to ${simulator.url} as alice, but the NAS has let the session go: sign in again.`,
		});
	});

	test('is ended at the NAS by signing out, and its text leaves the form', async () => {
		const { signIn: text } = await signIn();
		await red.deploy([tab, nas(simulator, { credentials: { signIn: String(text) } })]);
		expect(isOpen()).toBe(true);
		expect(await post('end', form('__PWRD__'))).toEqual({
			ok: true,
			message: `alice is signed out of ${simulator.url}, and the text was removed. Close this form and the node, then deploy to forget it here, too.`,
			signIn: '',
		});
		expect(isOpen()).toBe(false);
		const test = await red.post('/synology-nas/test', form(text));
		expect(await test.json()).toMatchObject({ ok: false, message: expect.stringContaining('Sign in again') });
		// Pressed once more, or after the NAS ended it: nothing is left but the text.
		expect(await post('end', form(text))).toMatchObject({
			ok: true,
			message: expect.stringContaining('The NAS had ended the session of alice before'),
			signIn: '',
		});
	});

	test('stays where the NAS cannot be asked to end it', async () => {
		const { signIn: text } = await signIn();
		await simulator.close();
		expect(await post('end', form(text))).toEqual({
			ok: false,
			message: `${simulator.url} refuses the connection.`,
			hint: expect.any(String),
		});
		simulator = await startSimulator();
	});
});

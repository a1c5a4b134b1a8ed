import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import '../n8n/environment';
import { CredentialTestContext } from 'n8n-core';
import { startSimulator, type Simulator } from '../../src/simulator';

type Platform = typeof import('../../src/platform');

let simulator: Simulator;
let platform: Platform;

beforeAll(async () => {
	simulator = await startSimulator({ tls: true });
	// As in a process in which no node has run yet.
	jest.isolateModules(() => (platform = require('../../src/platform') as Platform));
	platform.useHost(new CredentialTestContext({} as never).helpers);
});

afterAll(async () => await simulator.close());

/** Asks the NAS for its APIs; gives status and text. */
async function ask(settings: Parameters<Platform['createTransport']>[0]): Promise<[number, string]> {
	const { status, body } = await platform.createTransport(settings).send({
		method: 'POST',
		url: `${simulator.url}/webapi/query.cgi`,
		headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
		body: 'api=SYNO.API.Info&version=1&method=query&query=SYNO.API.Auth',
		timeout: 5000,
	});
	let text = '';
	for await (const chunk of body) text += String(chunk);
	return [status, text];
}

const withPin = (fingerprint: string) => ({ tls: 'pin' as const, ca: '', fingerprint });

test('the test of a credential gets an older helper of n8n, and a pin holds through it, too', async () => {
	const seen = simulator.fingerprint256!.replaceAll(':', '');
	expect(await ask(withPin(seen))).toEqual([200, expect.stringContaining('"success":true')]);
	const before = simulator.requests.length;
	await expect(ask(withPin('AB'.repeat(32)))).rejects.toMatchObject({ code: 'PIN_DIFFERS', fingerprint: seen });
	expect(simulator.requests.slice(before).map(({ httpMethod, params }) => [httpMethod, params])).toEqual([
		['HEAD', {}],
	]);
});

test('the other checks of certificates hold through it as well', async () => {
	const none = { ca: '', fingerprint: '' };
	expect((await ask({ tls: 'ca', ...none, ca: simulator.certificate! }))[0]).toBe(200);
	expect((await ask({ tls: 'ignore', ...none }))[0]).toBe(200);
	await expect(ask({ tls: 'verify', ...none })).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { constants, createCipheriv, createHash, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { SettableClock, type Simulator, startSimulator } from '../../src/simulator';
import { call, get, login, post } from './client';

let nas: Simulator;
let clock: SettableClock;
beforeEach(async () => {
	clock = new SettableClock(Date.UTC(2026, 0, 5, 8));
	nas = await startSimulator({ clock });
});
afterEach(() => nas.close());

interface Info {
	cipherkey: string;
	ciphertoken: string;
	public_key: string;
	server_time: number;
}

const info = async (): Promise<Info> =>
	(
		await get(
			nas,
			{ api: 'SYNO.API.Encryption', version: 1, method: 'getinfo', format: 'module' },
			{ path: '/webapi/encryption.cgi' },
		)
	).json.data;

/** The steps of core.md 7.1, as the vendor's page does them. */
function seal(params: Record<string, string>, { public_key, ciphertoken, server_time }: Info): string {
	const passphrase = randomBytes(400).toString('base64url').slice(0, 501);
	const n = Buffer.from(public_key, 'hex').toString('base64url');
	const key = createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
	const rsa = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(passphrase)).toString('base64');
	const salt = randomBytes(8);
	const digest = (last: Buffer) => createHash('md5').update(last).update(passphrase).update(salt).digest();
	const [one, two] = [digest(Buffer.alloc(0)), digest(digest(Buffer.alloc(0)))];
	const cipher = createCipheriv('aes-256-cbc', Buffer.concat([one, two]), digest(two));
	const plain = new URLSearchParams({ ...params, [ciphertoken]: String(server_time) }).toString();
	const aes = Buffer.concat([Buffer.from('Salted__'), salt, cipher.update(plain), cipher.final()]).toString('base64');
	return JSON.stringify({ rsa, aes });
}

const LOGIN = { api: 'SYNO.API.Auth', version: 6, method: 'login', format: 'sid' };
const ALICE = { account: 'alice', passwd: 'alice-Passw0rd', session: 'FileStation' };

describe('encrypted parameters', () => {
	test('open a session: the key has 4096 bits, the moment is that of the NAS', async () => {
		const known = await info();
		expect([known.public_key.length, known.server_time]).toEqual([1024, Date.UTC(2026, 0, 5, 8) / 1000]);
		const { json } = await post(nas, { ...LOGIN, [known.cipherkey]: seal(ALICE, known) });
		expect(json.data.sid).toHaveLength(86);
	});

	test('with a wrong password are a wrong password, and with nothing readable no answer about it', async () => {
		const known = await info();
		const codeOf = async (sealed: string) =>
			(await post(nas, { ...LOGIN, [known.cipherkey]: sealed })).json.error?.code;
		expect(await codeOf(seal({ ...ALICE, passwd: 'wrong' }, known))).toBe(400);
		expect(await codeOf('{"rsa":"AAAA","aes":"AAAA"}')).toBe(100);
		expect(await codeOf(seal(ALICE, { ...known, public_key: `c${'1'.repeat(1023)}` }))).toBe(100);
		expect(await codeOf('no JSON')).toBe(100);
	});

	test('are refused when their moment is long past', async () => {
		const known = await info();
		const sealed = seal(ALICE, known);
		clock.advance(3_600_000);
		expect((await post(nas, { ...LOGIN, [known.cipherkey]: sealed })).json.error?.code).toBe(100);
	});

	test('are taken by any call, and by an entry of a batch', async () => {
		const [known, alice] = [await info(), await login(nas)];
		const sealed = seal({ folder_path: '"/docs"', name: '"secret"' }, known);
		const made = await call(nas, alice, 'SYNO.FileStation.CreateFolder', 'create', 2, { [known.cipherkey]: sealed });
		expect(made.json.data.folders[0].path).toBe('/docs/secret');
		const entry = {
			api: 'SYNO.FileStation.List',
			method: 'list',
			version: 2,
			[known.cipherkey]: JSON.parse(seal({ folder_path: '"/docs"' }, known)),
		};
		const batch = await call(nas, alice, 'SYNO.Entry.Request', 'request', 1, { compound: JSON.stringify([entry]) });
		expect(batch.json.data.result[0].data.files.map(({ name }: { name: string }) => name)).toEqual(['secret']);
	});
});

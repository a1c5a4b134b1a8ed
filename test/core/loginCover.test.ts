import {
	constants,
	createDecipheriv,
	createHash,
	generateKeyPairSync,
	privateDecrypt,
	type KeyObject,
} from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isExposed } from '../../src/core/loginCover';
import type { BehaviourTable } from '../../src/simulator';
import { failure, withNas, type Scene } from '../support/nas';

/** An address of this machine that is none of loopback, as far as its name tells. */
const EXPOSED = { host: '0.0.0.0' };
const INFO = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;

/** The NAS's side of core.md 7.1: decrypts what came, and goes on with it. It names the fields itself. */
function ciphering(privateKey: KeyObject, modulus: string, now: () => number): BehaviourTable {
	return {
		'SYNO.API.Encryption.getinfo': () => ({
			data: {
				cipherkey: '__sealed',
				ciphertoken: '__moment',
				public_key: modulus,
				server_time: Math.floor(now() / 1000),
			},
		}),
		'SYNO.API.Auth.login': ({ raw }) => {
			const { rsa, aes } = JSON.parse(raw['__sealed'] ?? '{}') as { rsa: string; aes: string };
			const key = { key: privateKey, padding: constants.RSA_PKCS1_PADDING };
			const passphrase = privateDecrypt(key, Buffer.from(rsa, 'base64'));
			expect(passphrase).toHaveLength(501);
			const sealed = Buffer.from(aes, 'base64');
			expect(sealed.subarray(0, 8).toString()).toBe('Salted__');
			const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
			const salted = [passphrase, sealed.subarray(8, 16)];
			const one = md5(...salted);
			const two = md5(one, ...salted);
			const three = md5(two, ...salted);
			const decipher = createDecipheriv('aes-256-cbc', Buffer.concat([one, two]), three);
			const plain = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]).toString();
			const fields = Object.fromEntries(new URLSearchParams(plain));
			expect(Math.abs(Number(fields['__moment']) * 1000 - now())).toBeLessThan(1000);
			Object.assign(raw, fields);
			return undefined;
		},
	};
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
const modulus = Buffer.from(publicKey.export({ format: 'jwk' }).n!, 'base64url').toString('hex');

const useCipher = ({ simulator }: Scene) =>
	simulator.use(ciphering(privateKey, modulus, () => simulator.nas.clock.now()));
const loginOf = ({ simulator }: Scene) => simulator.requests.find(({ method }) => method === 'login')!;

describe('a login on plain HTTP', () => {
	it('hides account, password and one-time code, and speaks Noise', async () => {
		await withNas({ ...EXPOSED, otp: true }, async (scene) => {
			useCipher(scene);
			await scene.dsm.call(INFO);
			const { params } = loginOf(scene);
			expect(Object.keys(params)).toEqual(expect.arrayContaining(['__sealed', 'ik_message', 'enable_syno_token']));
			expect(Object.keys(params)).not.toEqual(expect.arrayContaining(['passwd']));
			expect(String(params['ik_message'])).toMatch(/^[\w-]+$/);
			expect(JSON.stringify(scene.simulator.requests)).not.toContain(scene.connection.password);
			const [session] = scene.simulator.nas.sessions.list();
			expect(session?.clientKey).toMatch(/^[\w-]{43}$/);
		});
	});

	it('is refused as ever when the password is wrong', async () => {
		await withNas(EXPOSED, async (scene) => {
			useCipher(scene);
			const { dsm } = scene.acquire({ password: 'wrong-secret-word' });
			expect(await failure(dsm.call(INFO))).toMatchObject({ dsmCode: 400, code: 'login' });
			expect(JSON.stringify(scene.simulator.requests)).not.toContain('wrong-secret-word');
		});
	});

	it('says so where the NAS offers no encryption, and goes on', async () => {
		await withNas(EXPOSED, async (scene) => {
			scene.simulator.nas.apis.delete('SYNO.API.Encryption');
			await scene.dsm.call(INFO);
			expect(scene.lines.join('\n')).toContain(
				'The NAS offers no encryption for the login on plain HTTP: the password can be read on the way. Use https.',
			);
		});
	});

	it('takes no answer of another than the NAS whose key was asked for', async () => {
		await withNas(EXPOSED, async (scene) => {
			scene.simulator.use({
				'SYNO.API.Auth.login': () => ({ data: { sid: 'x', synotoken: 'y', ik_message: 'A'.repeat(64) } }),
			});
			useCipher(scene);
			expect((await failure(scene.dsm.call(INFO))).message).toBe(
				'The answer to the login does not come from the NAS whose key was asked for.',
			);
		});
	});

	it('takes an answer without Noise, as of a NAS that does not speak it', async () => {
		await withNas(EXPOSED, async (scene) => {
			useCipher(scene);
			scene.simulator.nas.apis.delete('SYNO.API.Auth.UIConfig');
			await scene.dsm.call(INFO);
			expect(loginOf(scene).params).not.toHaveProperty('ik_message');
		});
	});
});

it.each([
	['http://nas.example.com:5000', true],
	['http://192.168.1.20:5000', true],
	['https://nas.example.com:5001', false],
	['http://127.0.0.1:5000', false],
	['http://localhost:5000', false],
	['http://[::1]:5000', false],
	['http://localhost.example.com', true],
])('what is sent to %s can be read on the way: %s', (url, exposed) => {
	expect(isExposed(url)).toBe(exposed);
});

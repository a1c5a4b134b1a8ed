import {
	constants,
	createCipheriv,
	createHash,
	createPublicKey,
	publicEncrypt,
	randomBytes,
	randomInt,
} from 'node:crypto';
import type { Discovery } from './discovery';
import { DsmProtocolError } from './errors';
import type { Host } from './host';
import type { NasHttp } from './http';
import { textOf } from './loginAnswer';
import { Handshake, newKeyPair } from './signIn/noise';
import { encodeForm } from './wire';

export interface CoverContext {
	http: NasHttp;
	discovery: Discovery;
	host: Host;
}

/** What a login sends in place of its fields, and how its answer is checked. */
export interface Covered {
	fields: Record<string, string | undefined>;
	/** Throws where the answer was not made by the holder of the key. */
	check: (ikMessage: unknown) => void;
}

/** Nobody listens between two programs of one machine. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether others on the way can read what is sent. */
export function isExposed(url: string): boolean {
	const { protocol, hostname } = new URL(url);
	return protocol === 'http:' && !LOOPBACK.test(hostname);
}

/** Fields that nobody on the way may read. */
const SECRET = new Set(['account', 'passwd', 'otp_code', 'device_id', 'device_name']);

/**
 * Covers a login on plain HTTP as DSM's own page does: what is secret is encrypted for the NAS (core.md 7.1), and version 7 speaks Noise IK
 * (core.md 7.2), by which the NAS shows that it holds its key. This keeps the password from listeners; whoever can change what is sent can
 * change the key, too, and the session itself stays open: only https protects from that.
 */
export async function covered(
	context: CoverContext,
	version: number,
	fields: Record<string, string | undefined>,
): Promise<Covered> {
	if (!isExposed(await context.http.base())) return { fields, check: () => undefined };
	const [hidden, noise] = [await encrypted(context, fields), version >= 7 ? await handshake(context) : undefined];
	return {
		fields: { ...hidden, ...noise?.fields },
		check: noise?.check ?? (() => undefined),
	};
}

interface CipherInfo {
	cipherkey: string;
	ciphertoken: string;
	/** Modulus, hexadecimal; the exponent is 65537. */
	public_key: string;
	server_time: number;
}

const isCipherInfo = (value: unknown): value is CipherInfo => {
	const { cipherkey, ciphertoken, public_key, server_time } = (value ?? {}) as Partial<
		Record<keyof CipherInfo, unknown>
	>;
	const texts = [cipherkey, ciphertoken, public_key].every((text) => typeof text === 'string' && text !== '');
	return texts && Number(server_time) > 0;
};

/** Letters of a passphrase, and how many of them DSM's page takes. */
const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ~!@#$%^&*()_+-/';
const LENGTH = 501;
const PADDING = 11;

async function encrypted(
	{ http, discovery, host }: CoverContext,
	fields: Record<string, string | undefined>,
): Promise<Record<string, string | undefined>> {
	const api = await discovery.get('SYNO.API.Encryption');
	const call = { api: 'SYNO.API.Encryption', version: '1', method: 'getinfo', format: 'module' };
	const answer = api && (await http.envelope({ path: api.path, body: encodeForm(call) }));
	const info = answer?.success ? answer.data : undefined;
	if (!isCipherInfo(info) || info.public_key.length / 2 < LENGTH + PADDING) {
		host.log.warn(
			'The NAS offers no encryption for the login on plain HTTP: the password can be read on the way. Use https.',
		);
		return fields;
	}
	const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
	const secret = entries.filter(([name]) => SECRET.has(name));
	const open = entries.filter(([name]) => !SECRET.has(name));
	const plain = encodeForm({ ...Object.fromEntries(secret), [info.ciphertoken]: String(info.server_time) });
	return { ...Object.fromEntries(open), [info.cipherkey]: JSON.stringify(seal(plain, info.public_key)) };
}

/** RSA for a passphrase, and that for the text, as OpenSSL does it with a password: the form that DSM's page sends. */
function seal(plain: string, modulus: string): { rsa: string; aes: string } {
	const n = Buffer.from(modulus, 'hex').toString('base64url');
	const key = createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
	const passphrase = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
	const salt = randomBytes(8);
	const [aesKey, iv] = derived(Buffer.from(passphrase), salt);
	const cipher = createCipheriv('aes-256-cbc', aesKey, iv);
	const aes = Buffer.concat([Buffer.from('Salted__'), salt, cipher.update(plain), cipher.final()]);
	const rsa = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(passphrase));
	return { rsa: rsa.toString('base64'), aes: aes.toString('base64') };
}

/** EVP_BytesToKey with MD5 and one round: 32 bytes of key, 16 of the initial vector. */
function derived(passphrase: Buffer, salt: Buffer): [Buffer, Buffer] {
	let all = Buffer.alloc(0);
	let last = Buffer.alloc(0);
	while (all.length < 48) {
		last = createHash('md5')
			.update(Buffer.concat([last, passphrase, salt]))
			.digest();
		all = Buffer.concat([all, last]);
	}
	return [all.subarray(0, 32), all.subarray(32, 48)];
}

/** Message 1 of Noise IK for the key that the NAS shows as the cookie `_SSID`; undefined where it shows none. */
async function handshake({ http, discovery, host }: CoverContext): Promise<Covered | undefined> {
	const api = await discovery.get('SYNO.API.Auth.UIConfig');
	if (!api) return undefined;
	const body = encodeForm({ api: 'SYNO.API.Auth.UIConfig', version: '1', method: 'get' });
	const { headers, body: rest } = await http.post({ path: api.path, body });
	rest.resume().on('error', () => undefined);
	const cookies = [headers['set-cookie'] ?? []].flat();
	const remote = cookies.flatMap((cookie) => /^_SSID=([\w-]{43})=?(?:;|$)/.exec(cookie)?.[1] ?? [])[0];
	if (remote === undefined) return undefined;
	const noise = new Handshake({ pattern: 'IK', keys: newKeyPair(), remote: Buffer.from(remote, 'base64url') });
	const payload = Buffer.from(JSON.stringify({ time: Math.floor(http.now() / 1000) }));
	try {
		return {
			fields: { ik_message: noise.write(payload).toString('base64url') },
			check: (text) => checkReply(noise, text),
		};
	} catch (error) {
		host.log.debug(`The key of the NAS is not used: ${String(error)}`);
		return undefined;
	}
}

/** DSM leaves the message empty where it does not speak Noise (core.md 4.2). */
function checkReply(noise: Handshake, ikMessage: unknown): void {
	const text = textOf(ikMessage);
	if (text === undefined) return;
	try {
		noise.read(Buffer.from(text, 'base64url'));
	} catch (cause) {
		throw new DsmProtocolError('The answer to the login does not come from the NAS whose key was asked for.', {
			cause,
			hint: 'Something between here and the NAS answers in its place. Use https.',
		});
	}
}

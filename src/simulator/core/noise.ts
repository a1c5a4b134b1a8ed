import * as crypto from 'node:crypto';

/**
 * The NAS's side of `Noise_IK_25519_ChaChaPoly_BLAKE2b` and `Noise_KK_…` (identity.md 13.4.1): it reads message 1 and answers message 2.
 * Keys are `KeyObject`s; on the wire each is 32 bytes.
 */
export interface NoiseKeys {
	privateKey: crypto.KeyObject;
	publicKey: crypto.KeyObject;
}

/** What message 1 told, and how to answer it. */
export interface Heard {
	/** Static public key of the client, base64url. */
	clientKey: string;
	payload: Buffer;
	/** Message 2 with this payload, and the hash of the handshake. */
	answer: (payload?: Buffer) => { message: Buffer; hash: Buffer };
}

export const newNoiseKeys = (): NoiseKeys => crypto.generateKeyPairSync('x25519');

/** A public key as DSM writes it: base64url without padding. */
export const keyText = ({ publicKey }: Pick<NoiseKeys, 'publicKey'>): string => publicKey.export({ format: 'jwk' }).x!;

const keyFrom = (x: string): crypto.KeyObject =>
	crypto.createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });

const blake = (data: Buffer): Buffer => crypto.hash('blake2b512', data, 'buffer');

/** RFC 2104 over blocks of 128 bytes: written out, as Noise defines it. */
function hmac(key: Buffer, data: Buffer): Buffer {
	const block = Buffer.alloc(128);
	key.copy(block);
	const pad = (value: number) => block.map((byte) => byte ^ value);
	return blake(Buffer.concat([pad(0x5c), blake(Buffer.concat([pad(0x36), data]))]));
}

/** State between the tokens of a pattern. */
interface State {
	ck: Buffer;
	h: Buffer;
	k: Buffer;
}

const absorb = (state: State, data: Buffer): void => void (state.h = blake(Buffer.concat([state.h, data])));

function dh(state: State, own: crypto.KeyObject, their: crypto.KeyObject): void {
	const extracted = hmac(state.ck, crypto.diffieHellman({ privateKey: own, publicKey: their }));
	const first = hmac(extracted, Buffer.from([1]));
	state.k = hmac(extracted, Buffer.concat([first, Buffer.from([2])])).subarray(0, 32);
	state.ck = first;
}

function decrypt(state: State, sealed: Buffer): Buffer {
	const split = sealed.length - 16;
	const box = crypto.createDecipheriv('chacha20-poly1305', state.k, Buffer.alloc(12), { authTagLength: 16 });
	box.setAAD(state.h, { plaintextLength: split }).setAuthTag(sealed.subarray(split));
	const text = box.update(sealed.subarray(0, split));
	box.final();
	absorb(state, sealed);
	return text;
}

function encrypt(state: State, text: Buffer): Buffer {
	const box = crypto.createCipheriv('chacha20-poly1305', state.k, Buffer.alloc(12), { authTagLength: 16 });
	box.setAAD(state.h, { plaintextLength: text.length });
	const body = box.update(text);
	box.final();
	const sealed = Buffer.concat([body, box.getAuthTag()]);
	absorb(state, sealed);
	return sealed;
}

interface Hearing {
	keys: NoiseKeys;
	message: Buffer;
	/** KK: the key that the client showed when it signed in, base64url. Absent: IK. */
	clientKey?: string;
	/** For vectors alone. */
	ephemeral?: NoiseKeys;
	prologue?: Buffer;
}

/** Reads message 1. Throws where it is cut short, was made for another NAS, or comes from another client. */
export function hear({ keys, message, clientKey, ephemeral = newNoiseKeys(), prologue }: Hearing): Heard {
	const name = Buffer.from(`Noise_${clientKey === undefined ? 'IK' : 'KK'}_25519_ChaChaPoly_BLAKE2b`);
	const h = Buffer.alloc(64);
	name.copy(h);
	const state: State = { ck: h, h, k: Buffer.alloc(0) };
	absorb(state, prologue ?? Buffer.alloc(0));
	if (clientKey !== undefined) absorb(state, Buffer.from(clientKey, 'base64url'));
	absorb(state, Buffer.from(keyText(keys), 'base64url'));

	const shortest = clientKey === undefined ? 96 : 48;
	if (message.length < shortest) throw new Error('message 1 is too short');
	const e = message.subarray(0, 32);
	const clientEphemeral = keyFrom(e.toString('base64url'));
	absorb(state, e);
	dh(state, keys.privateKey, clientEphemeral);
	const shown = clientKey ?? decrypt(state, message.subarray(32, 80)).toString('base64url');
	const clientStatic = keyFrom(shown);
	dh(state, keys.privateKey, clientStatic);
	const payload = decrypt(state, message.subarray(clientKey === undefined ? 80 : 32));
	return {
		clientKey: shown,
		payload,
		answer(reply = Buffer.alloc(0)) {
			const own = Buffer.from(keyText(ephemeral), 'base64url');
			absorb(state, own);
			dh(state, ephemeral.privateKey, clientEphemeral);
			dh(state, ephemeral.privateKey, clientStatic);
			const body = encrypt(state, reply);
			return { message: Buffer.concat([own, body]), hash: state.h };
		},
	};
}

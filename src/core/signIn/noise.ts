import {
	createCipheriv,
	createDecipheriv,
	createHash,
	createHmac,
	createPrivateKey,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	type KeyObject,
} from 'node:crypto';

/** Patterns of DSM's sign-in: IK where a session is opened, KK where it is resumed (identity.md 13.4.1). */
export type Pattern = 'IK' | 'KK';

/** A key pair of X25519; 32 bytes each. `secret` is as good as a password. */
export interface KeyPair {
	secret: Buffer;
	public: Buffer;
}

const HASH = 'blake2b512';
const TAG = 16;
const KEY = 32;
/** What stands before the 32 bytes of a key in DER. */
const PRIVATE = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC = Buffer.from('302a300506032b656e032100', 'hex');

const privateKey = (secret: Buffer): KeyObject =>
	createPrivateKey({ key: Buffer.concat([PRIVATE, secret]), format: 'der', type: 'pkcs8' });
const publicKey = (bytes: Buffer): KeyObject =>
	createPublicKey({ key: Buffer.concat([PUBLIC, bytes]), format: 'der', type: 'spki' });

const bytesOf = (key: KeyObject): Buffer =>
	key
		.export(key.type === 'private' ? { format: 'der', type: 'pkcs8' } : { format: 'der', type: 'spki' })
		.subarray(-KEY);

export function newKeyPair(): KeyPair {
	const pair = generateKeyPairSync('x25519');
	return { secret: bytesOf(pair.privateKey), public: bytesOf(pair.publicKey) };
}

export const keyPairOf = (secret: Buffer): KeyPair => ({
	secret,
	public: bytesOf(createPublicKey(privateKey(secret))),
});

/** Fails for a key of small order, whose secret everybody knows. */
const agree = ({ secret }: KeyPair, other: Buffer): Buffer =>
	diffieHellman({ privateKey: privateKey(secret), publicKey: publicKey(other) });

const digest = (...parts: Buffer[]): Buffer => createHash(HASH).update(Buffer.concat(parts)).digest();
const mac = (key: Buffer, ...parts: Buffer[]): Buffer => createHmac(HASH, key).update(Buffer.concat(parts)).digest();

/** ChaCha20-Poly1305; every key of a handshake seals one text only, so that the nonce is always zero. */
const NONCE = Buffer.alloc(12);
const CIPHER = 'chacha20-poly1305';

/** Chaining key, cipher key and transcript of a handshake: "SymmetricState" of the Noise specification. */
class Transcript {
	#chain: Buffer;
	#key: Buffer | undefined;
	hash: Buffer;

	constructor(name: string, prologue: Buffer) {
		// The name is shorter than a hash, and is filled up with zeros in its place.
		this.hash = Buffer.concat([Buffer.from(name), Buffer.alloc(64)]).subarray(0, 64);
		this.#chain = this.hash;
		this.mixHash(prologue);
	}

	mixHash(data: Buffer): void {
		this.hash = digest(this.hash, data);
	}

	mixKey(shared: Buffer): void {
		const temporary = mac(this.#chain, shared);
		this.#chain = mac(temporary, Buffer.of(1));
		this.#key = mac(temporary, this.#chain, Buffer.of(2)).subarray(0, KEY);
	}

	seal(plain: Buffer): Buffer {
		const cipher = createCipheriv(CIPHER, this.#key!, NONCE, { authTagLength: TAG });
		cipher.setAAD(this.hash, { plaintextLength: plain.length });
		const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
		this.mixHash(sealed);
		return sealed;
	}

	/** Throws where the text was not sealed by who holds the keys. */
	open(sealed: Buffer): Buffer {
		const decipher = createDecipheriv(CIPHER, this.#key!, NONCE, { authTagLength: TAG });
		decipher.setAAD(this.hash, { plaintextLength: sealed.length - TAG });
		decipher.setAuthTag(sealed.subarray(-TAG));
		const plain = Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
		this.mixHash(sealed);
		return plain;
	}
}

export interface HandshakeOptions {
	pattern: Pattern;
	/** Own static keys. */
	keys: KeyPair;
	/** Static public key of the NAS, 32 bytes. */
	remote: Buffer;
	/** Default: fresh ones, as they must be; tests give those of published vectors. */
	ephemeral?: KeyPair;
	/** Default: empty, as DSM has it. */
	prologue?: Buffer;
}

/**
 * The initiator's side of a Noise handshake with 25519, ChaChaPoly and BLAKE2b (identity.md 13.4.1). `write` gives message 1, `read` takes
 * message 2.
 */
export class Handshake {
	readonly #options: Required<Pick<HandshakeOptions, 'keys' | 'remote' | 'ephemeral'>>;
	readonly #pattern: Pattern;
	readonly #transcript: Transcript;

	constructor({ pattern, keys, remote, ephemeral = newKeyPair(), prologue = Buffer.alloc(0) }: HandshakeOptions) {
		this.#options = { keys, remote, ephemeral };
		this.#pattern = pattern;
		this.#transcript = new Transcript(`Noise_${pattern}_25519_ChaChaPoly_BLAKE2b`, prologue);
		if (pattern === 'KK') this.#transcript.mixHash(keys.public);
		this.#transcript.mixHash(remote);
	}

	/** Both sides have the same when the handshake is done, 64 bytes. */
	get hash(): Buffer {
		return this.#transcript.hash;
	}

	/** Message 1: `e, es, s, ss` (IK) or `e, es, ss` (KK), and the payload. */
	write(payload: Buffer = Buffer.alloc(0)): Buffer {
		const { keys, remote, ephemeral } = this.#options;
		const transcript = this.#transcript;
		transcript.mixHash(ephemeral.public);
		transcript.mixKey(agree(ephemeral, remote));
		const identity = this.#pattern === 'IK' ? transcript.seal(keys.public) : Buffer.alloc(0);
		transcript.mixKey(agree(keys, remote));
		return Buffer.concat([ephemeral.public, identity, transcript.seal(payload)]);
	}

	/** Message 2: `e, ee, se`, and its payload. Throws where it does not come from the holder of the static key. */
	read(message: Buffer): Buffer {
		if (message.length < KEY + TAG) throw new Error('A Noise message of the NAS is too short.');
		const { keys, ephemeral } = this.#options;
		const transcript = this.#transcript;
		const theirs = message.subarray(0, KEY);
		transcript.mixHash(theirs);
		transcript.mixKey(agree(ephemeral, theirs));
		transcript.mixKey(agree(keys, theirs));
		return transcript.open(message.subarray(KEY));
	}
}

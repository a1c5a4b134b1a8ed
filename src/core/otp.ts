import { createHash, createHmac } from 'node:crypto';
import { DsmInputError } from './errors';

const STEP = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes of a base32 secret as DSM shows it; blanks, dashes and lower case are accepted, and so is a whole `otpauth://` address. */
export function decodeSecret(text: string): Buffer {
	const secret = text.startsWith('otpauth:') ? (new URL(text).searchParams.get('secret') ?? '') : text;
	const digits = secret.toUpperCase().replace(/[\s-]|=+$/g, '');
	const bits = [...digits].map((digit) => ALPHABET.indexOf(digit));
	if (digits.length < 16 || bits.includes(-1)) {
		throw new DsmInputError('"OTP Secret" of the connection is not a base32 secret.', {
			path: ['otpSecret'],
			hint: 'Enter the secret that DSM shows as text below the QR code (letters A-Z and digits 2-7), not a six-digit code.',
		});
	}
	const binary = bits.map((value) => value.toString(2).padStart(5, '0')).join('');
	return Buffer.from((binary.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** Code of RFC 6238 (SHA-1, six digits, 30 seconds) for a step: Unix time in milliseconds divided by 30,000. */
export function totp(secret: Buffer, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac('sha1', secret).update(counter).digest();
	const offset = mac[mac.length - 1]! & 15;
	return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Codes of several secrets; a code is single-use on the NAS (core.md 5.2), so no step is used twice. */
export class CodeSource {
	readonly #lastSteps = new Map<string, number>();

	/** Next unused code. Waits for the next step when the present one has been used. `now` is the time of the NAS. */
	async next(secretText: string, now: () => number, sleep: (milliseconds: number) => Promise<void>): Promise<string> {
		const secret = decodeSecret(secretText);
		const key = createHash('sha256').update(secret).digest('hex');
		const present = Math.floor(now() / STEP);
		const step = Math.max(present, (this.#lastSteps.get(key) ?? -1) + 1);
		this.#lastSteps.set(key, step);
		if (step > present) await sleep(step * STEP - now());
		return totp(secret, step);
	}
}

import { createHash, createHmac } from 'node:crypto';
import { DsmInputError } from './errors';

const STEP = 30_000;
/** Codes that are known to be used up; more than any process makes within their lifetime. */
const REMEMBERED = 1000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes of a base32 secret as DSM shows it; blanks, dashes and lower case are accepted, and so is a whole `otpauth://` address. */
export function decodeSecret(text: string): Buffer {
	const address = text.trim();
	const secret =
		address.startsWith('otpauth:') && URL.canParse(address)
			? (new URL(address).searchParams.get('secret') ?? '')
			: text;
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

/** The six digits of a one-time code as a person typed them. Throws DsmInputError. */
export function codeOfForm(text: string): string {
	const code = text.replace(/\s/g, '');
	if (/^\d{6}$/.test(code)) return code;
	throw new DsmInputError('"One-Time Code" of the connection is not a code of six digits.', {
		path: ['otpCode'],
		hint: 'Enter the code that the authenticator app shows now; the long secret belongs into "OTP Secret".',
	});
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
	readonly #used = new Set<string>();

	/**
	 * Next unused code. Waits for the next step when the present one has been used; `further`: so many steps longer. `now` is the time of
	 * the NAS. Which steps were used is remembered, and not only the last one: a clock that was far ahead and has been corrected must not
	 * make anybody wait.
	 */
	async next(
		secretText: string,
		now: () => number,
		sleep: (milliseconds: number) => Promise<void>,
		further = 0,
	): Promise<string> {
		const secret = decodeSecret(secretText);
		const key = createHash('sha256').update(secret).digest('hex');
		const present = Math.floor(now() / STEP);
		let step = present;
		while (this.#used.has(`${key} ${step}`)) step++;
		step += further;
		while (this.#used.has(`${key} ${step}`)) step++;
		this.#used.add(`${key} ${step}`);
		this.#forget();
		if (step > present) await sleep(step * STEP - now());
		return totp(secret, step);
	}

	#forget(): void {
		for (const oldest of this.#used) if (this.#used.size > REMEMBERED) this.#used.delete(oldest);
	}
}

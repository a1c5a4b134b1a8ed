import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;

/** Code of RFC 6238 with SHA-1, 6 digits and 30 s (core.md 5.2). `ms` is the NAS's time. */
export function totp(secret: string, ms: number): string {
	return codeOfStep(secret, stepAt(ms));
}

/** The time step (-1, 0 or +1 from now) whose code this is; undefined when none fits. */
export function stepOfCode(secret: string, code: string, ms: number): number | undefined {
	const now = stepAt(ms);
	return [now, now - 1, now + 1].find((step) => codeOfStep(secret, step) === code);
}

function stepAt(ms: number): number {
	return Math.floor(ms / 1000 / STEP_SECONDS);
}

function codeOfStep(secret: string, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
	const offset = mac.readUInt8(mac.length - 1) & 0x0f;
	const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
	return String(number).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
	let bits = '';
	for (const letter of text.toUpperCase().replace(/[^A-Z2-7]/g, ''))
		bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
	const bytes = bits.match(/.{8}/g) ?? [];
	return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

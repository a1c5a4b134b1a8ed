import { createHash } from 'node:crypto';

const BASE32HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const BASE62 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const trashOf = (uid: number): string => `${uid}_#00000000`;

export const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/** Ids that look random and have no order in time, yet are the same on every NAS that was booted at the same moment. */
export class Ids {
	private count = 0;

	constructor(private readonly bootedAt: number) {}

	bytes(length: number): Buffer {
		return createHash('sha512').update(`${this.bootedAt} ${this.count++}`).digest().subarray(0, length);
	}

	/** `<uid>_` and base32hex of a UUIDv4 without padding (notestation.md 1.3). */
	object(uid: number): string {
		const uuid = this.bytes(16);
		uuid[6] = (uuid[6]! & 0x0f) | 0x40;
		uuid[8] = (uuid[8]! & 0x3f) | 0x80;
		const bits = [...uuid].map((byte) => byte.toString(2).padStart(8, '0')).join('');
		const digits = bits.padEnd(130, '0').match(/.{5}/g) as string[];
		return `${uid}_${digits.map((five) => BASE32HEX[parseInt(five, 2)]).join('')}`;
	}

	/** 40 hex, new for each revision. */
	ver(): string {
		return this.bytes(20).toString('hex');
	}

	/** Short id of addresses. */
	link(): string {
		return [...this.bytes(5)].map((byte) => BASE62[byte % 62]).join('');
	}

	/** `_` and 22 characters of base64url. */
	file(): string {
		return `_${this.bytes(16).toString('base64url')}`;
	}

	/** Letters and digits. */
	token(length: number): string {
		return [...this.bytes(length)].map((byte) => BASE62[byte % 62]).join('');
	}
}

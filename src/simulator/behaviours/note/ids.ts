import { createHash, randomBytes, randomUUID } from 'node:crypto';

const BASE32HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const BASE62 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** `<uid>_` and base32hex of a random UUIDv4 without padding: no order in time (notestation.md 1.3). */
export function newObjectId(uid: number): string {
	const bits = [...Buffer.from(randomUUID().replaceAll('-', ''), 'hex')]
		.map((byte) => byte.toString(2).padStart(8, '0'))
		.join('')
		.padEnd(130, '0');
	const digits = bits.match(/.{5}/g) as string[];
	return `${uid}_${digits.map((five) => BASE32HEX[parseInt(five, 2)]).join('')}`;
}

/** 40 hex, new for each revision. */
export const newVer = (): string => createHash('sha1').update(randomBytes(20)).digest('hex');

export const newLinkId = (): string => [...randomBytes(5)].map((byte) => BASE62[byte % 62]).join('');

/** `_` and 22 characters of base64url. */
export const newFileId = (): string => `_${randomBytes(16).toString('base64url')}`;

export const trashOf = (uid: number): string => `${uid}_#00000000`;

export const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

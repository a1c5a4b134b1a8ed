import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { lockNote, unlockNote } from '../wire/notes';

/** Begins the plain text: its absence shows a wrong password (notestation.md 8). */
const MARK = 'NoTeStAtIoNMaGic';
const SALTED = Buffer.from('Salted__');

/** Key and IV as OpenSSL derives them with MD5 in one round (notestation.md 8). */
function derive(password: string, salt: Buffer): { key: Buffer; iv: Buffer } {
	let block: Buffer = Buffer.alloc(0);
	const blocks: Buffer[] = [];
	for (let count = 0; count < 3; count++) {
		block = createHash('md5')
			.update(Buffer.concat([block, Buffer.from(password), salt]))
			.digest();
		blocks.push(block);
	}
	const all = Buffer.concat(blocks);
	return { key: all.subarray(0, 32), iv: all.subarray(32) };
}

/** HTML as Note Station's web client encrypts it. The salt is never the same for two texts or two moments. */
export function encrypt(html: string, password: string, moment: number): string {
	const salt = createHash('sha256')
		.update(JSON.stringify([password, html, moment]))
		.digest()
		.subarray(0, 8);
	const { key, iv } = derive(password, salt);
	const cipher = createCipheriv('aes-256-cbc', key, iv);
	return Buffer.concat([SALTED, salt, cipher.update(MARK + html, 'utf8'), cipher.final()]).toString('base64');
}

/** HTML of an encrypted note. Throws DsmInputError for a wrong password. */
export function decrypt(content: string, password: string): string {
	const html = tryDecrypt(Buffer.from(content, 'base64'), password);
	if (html !== undefined) return html;
	throw new DsmInputError('The password of the note is wrong.', {
		path: ['password'],
		hint: 'It is the password of this note, not that of the account.',
	});
}

function tryDecrypt(bytes: Buffer, password: string): string | undefined {
	if (!bytes.subarray(0, 8).equals(SALTED)) return undefined;
	const { key, iv } = derive(password, bytes.subarray(8, 16));
	const decipher = createDecipheriv('aes-256-cbc', key, iv);
	try {
		const text = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
		return text.startsWith(MARK) ? text.slice(MARK.length) : undefined;
	} catch {
		return undefined;
	}
}

/** Seconds that an unlocked note stays so: the web client's own time. */
const UNLOCKED = 120;

/** Does something with a note that the NAS has unlocked, and locks it again. */
export async function withToken<T>(
	object_id: string,
	password: string,
	dsm: Dsm,
	work: (token: string) => Promise<T>,
): Promise<T> {
	const { token } = await dsm.call(unlockNote, { object_id, password, duration: UNLOCKED });
	try {
		return await work(token);
	} finally {
		// It would end by itself.
		await dsm.call(lockNote, { object_id, token }).catch(() => undefined);
	}
}

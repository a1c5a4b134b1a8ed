import { createHash } from 'node:crypto';
import { refuse } from './refusal';
import type { Content } from './types';

/** Longest file name of a NAS, in bytes. */
const LONGEST_NAME = 255;

export function contentOf(data: Buffer | string): Content {
	const bytes = Buffer.from(data);
	return { size: bytes.length, hash: createHash('md5').update(bytes).digest('hex'), bytes };
}

export function checkName(name: string): void {
	if (Buffer.byteLength(name) > LONGEST_NAME) refuse(1035, 'name too long');
	if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) refuse(1000, 'invalid arguments');
}

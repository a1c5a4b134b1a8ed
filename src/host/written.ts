import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** `dist`, or the project itself when its sources run. */
const root = path.join(__dirname, '../..');

/** Something that follows from the catalogue: the file that the build writes below `dist`, and how it is derived. */
export type Part<T> = [file: string, derive: () => T];

/** What the build wrote, so that no service is loaded for it. Where sources run, nothing is written: it is derived. */
export function written<T>([file, derive]: Part<T>): T {
	const place = path.join(root, file);
	return existsSync(place) ? (JSON.parse(readFileSync(place, 'utf8')) as T) : derive();
}

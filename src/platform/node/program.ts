import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** `dist`, or the project itself when its sources run. */
const root = path.join(__dirname, '../../..');

/** Variables of the environment. */
export const environment = (): Record<string, string | undefined> => process.env;

/** A text that the build wrote below `dist`. */
export function writtenText(file: string): string | undefined {
	const place = path.join(root, file);
	return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Texts by path. */
export type Files = Record<string, string>;

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Files): void {
	for (const [file, text] of Object.entries(files)) {
		const target = path.join(folder, file);
		mkdirSync(path.dirname(target), { recursive: true });
		writeFileSync(target, text);
	}
}

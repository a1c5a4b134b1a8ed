import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../places';

/** package.json of the project, as far as editions take from it. */
export interface Manifest {
	[key: string]: unknown;
	description: string;
	keywords: string[];
	homepage: string;
	license: string;
	files: string[];
	bin: Record<string, string>;
	n8n: Record<string, unknown>;
}

/** Reads package.json. */
export const readManifest = (): Manifest =>
	JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

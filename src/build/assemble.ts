import { copyFileSync, cpSync, globSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { bundleBrowser } from './browser';
import { writeFiles } from './files';
import { n8nFiles } from './n8n';
import { noderedFiles } from './nodered';
import { NOTICES, notices } from './notices';
import { bundleVendor } from './vendor';
import { root } from './places';

const dist = path.join(root, 'dist');

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

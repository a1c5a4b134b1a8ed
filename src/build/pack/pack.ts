import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeFiles } from '../files';
import { NOTICES, notices } from '../notices';
import { root } from '../places';
import { bundleStrictVendor } from '../vendor';
import { editions, manifestOf, readMeOf, textOf, type Edition } from './editions';
import { readManifest } from './manifest';

const run = promisify(execFile);

interface Packed {
	filename: string;
	files: { path: string }[];
}

async function npmPack(folder: string, ...args: string[]): Promise<Packed> {
	const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', ...args], {
		cwd: folder,
		maxBuffer: 64 * 1024 * 1024,
	});
	return (JSON.parse(stdout) as Packed[])[0]!;
}

/** Texts in which the package may be named. */
const isText = (file: string): boolean => /\.(js|json|html)$/.test(file);

/** package.json of an edition. */
function manifestText(edition: Edition, all: readonly string[]): string {
	const files = all.filter((file) => edition.holds(file));
	return `${JSON.stringify(manifestOf(edition as Required<Edition>, readManifest(), files), null, '\t')}\n`;
}

/** Lays out the half of one host as it is packed. */
async function stage(edition: Required<Edition>, all: readonly string[], folder: string): Promise<void> {
	const files = all.filter((file) => edition.holds(file));
	rmSync(folder, { recursive: true, force: true });
	for (const file of files) {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
		if (isText(file))
			writeFiles(folder, { [file]: textOf(edition, file, readFileSync(path.join(root, file), 'utf8')) });
		else copyFileSync(path.join(root, file), path.join(folder, file));
	}
	writeFiles(folder, {
		'package.json': manifestText(edition, all),
		'README.md': readMeOf(edition, readManifest()),
		...(edition.id === 'n8n' && { [NOTICES]: notices(await bundleStrictVendor(folder)) }),
	});
}

/** Files of the package for both hosts: what npm takes from the built project. */
export const filesOfBoth = async (): Promise<string[]> =>
	(await npmPack(root, '--dry-run')).files.map(({ path: file }) => file);

/**
 * Packs an edition of what the last build made into a folder; gives the path of the tarball. The same build gives the same bytes.
 */
export async function packEdition(edition: Edition, all: readonly string[], target: string): Promise<string> {
	mkdirSync(target, { recursive: true });
	const { host } = edition;
	const source = host === undefined ? root : path.join(target, 'content');
	if (host !== undefined) await stage({ ...edition, host }, all, source);
	const { filename } = await npmPack(source, '--pack-destination', target);
	if (host !== undefined) rmSync(source, { recursive: true });
	return path.join(target, filename);
}

/** Packs every edition into `packages`, a folder each, and writes what n8n's scanner looks for in the source of its edition. */
export async function packAll(): Promise<void> {
	const packages = path.join(root, 'packages');
	rmSync(packages, { recursive: true, force: true });
	const all = await filesOfBoth();
	for (const edition of editions) {
		if (edition.id === 'n8n')
			writeFiles(path.join(root, 'editions/n8n'), { 'package.json': manifestText(edition, all) });
		console.log(path.relative(root, await packEdition(edition, all, path.join(packages, edition.id))));
	}
}

if (require.main === module) void packAll();

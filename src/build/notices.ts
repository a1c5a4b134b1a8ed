import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { root } from './places';

/** Name of the file with the licenses of what is bundled. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt';

interface Manifest {
	name: string;
	version: string;
	license?: string;
	homepage?: string;
	repository?: string | { url?: string };
	author?: string | { name?: string };
}

/** Folder of the package that a bundled file comes from; undefined for our own. */
const packageOf = (file: string): string | undefined =>
	/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n').trim();

/** Texts of a package's license, as it ships them. */
function licenseOf(folder: string): string[] {
	const names = readdirSync(path.join(root, folder)).filter((name) => /^(?:licen[cs]e|copying|notice)\b/i.test(name));
	return names.sort().map((name) => read(path.join(folder, name)));
}

const sourceOf = ({ homepage, repository }: Manifest): string =>
	(typeof repository === 'string' ? repository : repository?.url)?.replace(/^git\+|\.git$/g, '') ?? homepage ?? '';

const authorOf = ({ author }: Manifest): string => (typeof author === 'string' ? author : author?.name) ?? '';

/** A package that ships no text of its license names it and its author at least. */
function notice(folder: string): string {
	const manifest = JSON.parse(read(path.join(folder, 'package.json'))) as Manifest;
	const { name, version, license } = manifest;
	if (license === undefined) throw new Error(`${name} is bundled, but does not say under which license.`);
	const texts = licenseOf(folder);
	const fallback = `Copyright ${authorOf(manifest)}. Licensed under ${license}.`;
	return [`${name} ${version} (${license})`, sourceOf(manifest), '', ...(texts.length > 0 ? texts : [fallback])].join(
		'\n',
	);
}

const HEAD = `The files in dist/src/vendor hold parts of the packages below, unchanged but for being put together.
The source of each is at the address below its name; its license follows.`;

const LINE = `\n\n${'-'.repeat(80)}\n\n`;

/** Licenses of everything that a bundle was made of. */
export function notices({ inputs }: Metafile): string {
	const folders = new Set(Object.keys(inputs).flatMap((file) => packageOf(file) ?? []));
	const known = [...folders].filter((folder) => existsSync(path.join(root, folder, 'package.json'))).sort();
	return `${[HEAD, ...known.map(notice)].join(LINE)}\n`;
}

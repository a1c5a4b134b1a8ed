import { services } from '../../services';
import type { Manifest } from './manifest';
import { n8nFiles } from '../n8n';
import { noderedFiles } from '../nodered';
import { PACKAGE, STRICT } from '../places';
import { OUTSIDE } from '../vendor';
import { limits } from './limits';

/** What is packed for whom: one package for both hosts, or the half of one host. */
export interface Edition {
	/** Folder below `packages`. */
	id: 'both' | 'n8n' | 'node-red';
	name: string;
	/** The host, as its users call it; without it nothing is left out. */
	host?: 'n8n' | 'Node-RED';
	/** Whether a file of the package for both belongs here. */
	holds: (file: string) => boolean;
}

/** Paths of what a generator writes, made once. */
function writtenBy(make: () => object): (file: string) => boolean {
	let files: object | undefined;
	return (file) => file in (files ??= make());
}

const isWrittenForN8n = writtenBy(n8nFiles);
const isWrittenForNodeRed = writtenBy(noderedFiles);

const forN8n = (file: string): boolean =>
	isWrittenForN8n(file) || /^dist\/(src\/n8n|icons)\/|\.(node|credentials)\.js(on)?$/.test(file);

const forNodeRed = (file: string): boolean =>
	isWrittenForNodeRed(file) ||
	/^(resources|examples|dist\/src\/nodered|dist\/(nodes\/\w+|credentials)\/icons)\/|\.nodered\.js$/.test(file);

/** What n8n's rules forbid, and what only the commands need, which are not in a package that n8n verifies. */
const forbidden = (file: string): boolean =>
	/^dist\/src\/(host\/(command|signIn)|platform\/node)\//.test(file) ||
	OUTSIDE.some((name) => file === `dist/src/vendor/${name}.js`);

/** What stands on what n8n lends. */
const lent = (file: string): boolean => file.startsWith('dist/src/platform/hosted/');

/** Everything that `npm run pack` makes. */
export const editions: readonly Edition[] = [
	{ id: 'both', name: PACKAGE, holds: () => true },
	{ id: 'n8n', name: STRICT, host: 'n8n', holds: (file) => !forNodeRed(file) && !forbidden(file) },
	{
		id: 'node-red',
		name: '@synoflow/node-red-contrib-synology',
		host: 'Node-RED',
		holds: (file) => !forN8n(file) && !lent(file),
	},
];

/** Facts of package.json that hold in every edition; the rest is for those who build. */
const KEPT = ['version', 'license', 'homepage', 'author', 'repository', 'bugs', 'engines'] as const;

/** What npm packs unasked. */
const ALWAYS = ['package.json', 'README.md', 'LICENSE'];

const withoutScope = (name: string): string => name.split('/').at(-1)!;

/** package.json of the half of one host. */
export function manifestOf({ name, host }: Required<Edition>, manifest: Manifest, files: readonly string[]): object {
	const isNodeRed = host === 'Node-RED';
	return {
		name,
		description: manifest.description.replace('n8n and Node-RED', host),
		keywords: manifest.keywords.filter((word) => word !== (isNodeRed ? 'n8n-community-node-package' : 'node-red')),
		...Object.fromEntries(KEPT.map((key) => [key, manifest[key]])),
		...(isNodeRed && { bin: { [withoutScope(name)]: Object.values(manifest.bin)[0] } }),
		files: [...new Set(files.map((file) => file.split('/')[0]!))].filter((top) => !ALWAYS.includes(top)),
		...(isNodeRed
			? { 'node-red': manifest['node-red'] }
			: { n8n: { ...manifest.n8n, strict: true }, peerDependencies: { 'n8n-workflow': '*' } }),
	};
}

const INSTALL = {
	n8n: (name: string) => `In n8n: **Settings > Community nodes > Install**, and enter \`${name}\`.`,
	'Node-RED': (name: string) =>
		`In Node-RED: **Manage palette > Install**, and search for \`${name}\`; or \`npm install ${name}\` in the user directory.`,
};

const AFTER = {
	n8n: limits(),
	'Node-RED': `Install either this package or \`${PACKAGE}\`, not both: they have the same nodes, and Node-RED loads a node type once.`,
};

/** The read-me of the half of one host: what it is, how it comes in, and where everything else stands. */
export const readMeOf = ({ name, host }: Required<Edition>, { description, homepage, license }: Manifest): string =>
	`# ${name}

${description.replace('n8n and Node-RED', host)}.

${INSTALL[host](name)}

| Service | Nodes | Reference |
| --- | --- | --- |
${services
	.map(
		({ id, title, nodes }) => `| ${title} | ${nodes.join(', ')} | [${id}](${homepage}/blob/main/docs/api/${id}.md) |`,
	)
	.join('\n')}

Connection, examples and everything else: [${homepage.replace('https://', '')}](${homepage}#readme).

${AFTER[host]}
License: ${license}
`;

/** The one file that names the platform, as it is compiled. */
const DOOR = 'dist/src/platform/index.js';

/**
 * A text file as it stands in an edition: where the package is named, as in addresses of the editor's files, it is this one; and n8n's
 * edition stands on what n8n lends.
 */
export function textOf({ name, id }: Pick<Edition, 'name' | 'id'>, file: string, text: string): string {
	const named = text.replaceAll(PACKAGE, name);
	return id === 'n8n' && file === DOOR ? named.replace('require("./node")', 'require("./hosted")') : named;
}

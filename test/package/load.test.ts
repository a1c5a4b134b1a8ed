import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import manifest from '../../package.json';
import { root } from '../../src/build/places';

/** Files of the package, below dist, that a process has loaded after it ran this. */
function loadedBy(script: string): string[] {
	const program = `${script};
console.log(JSON.stringify(Object.keys(require.cache)));`;
	const text = execFileSync(process.execPath, ['-e', program], { cwd: root, encoding: 'utf8' });
	const dist = path.join(root, 'dist/');
	const files = JSON.parse(text.split('\n').at(-2)!) as string[];
	return files.filter((file) => file.startsWith(dist)).map((file) => file.slice(dist.length));
}

const makeAll = (files: string[]) =>
	files
		.map((file) => `new (require('./${file}')['${path.basename(file).split('.')[0]}'])()`)
		.map((made, index) => `const head${index} = ${made}`)
		.join(';\n');

/** What reads the lists that the build wrote: no part of the platform but the one for that. */
const reader = [
	'src/host/written.js',
	'src/platform/index.js',
	'src/platform/node/index.js',
	'src/platform/node/program.js',
];

describe('what n8n loads when it starts', () => {
	const loaded = loadedBy(makeAll([...manifest.n8n.nodes, ...manifest.n8n.credentials]));

	test('is each head', () => {
		expect(loaded.filter((file) => /^(nodes|credentials)\//.test(file))).toHaveLength(
			manifest.n8n.nodes.length + manifest.n8n.credentials.length,
		);
	});

	test('is no service and no library that is bundled: those come when something runs', () => {
		const rest = loaded.filter((file) => !/^(nodes|credentials)\//.test(file));
		// Which service an API belongs to is known before any is loaded.
		const names = ['src/services/identity/apis.js', 'src/services/index.js'];
		const heads = ['src/n8n/head.js', 'src/n8n/subtitle.js'];
		expect(rest.sort()).toEqual(['src/core/right.js', ...reader, ...heads, ...names].sort());
	});
});

describe('what Node-RED loads of the services when it starts', () => {
	const entries = Object.values(manifest['node-red'].nodes).filter((file) => file.startsWith('dist/nodes/'));
	const loaded = loadedBy(`const types = [];
const red = { nodes: { registerType: (type) => types.push(type) } };
${entries.map((file) => `require('./${file}')(red)`).join(';\n')}`);

	test('is each entry, and no service before a flow uses it', () => {
		expect(loaded.filter((file) => file.startsWith('nodes/'))).toHaveLength(entries.length);
		const rest = loaded.filter((file) => !file.startsWith('nodes/'));
		const own = ['src/nodered/register.js', 'src/nodered/types.js'];
		const names = ['src/services/identity/apis.js', 'src/services/index.js'];
		expect(rest.sort()).toEqual(['src/core/right.js', ...reader, ...own, ...names].sort());
	});
});

describe('what runs', () => {
	test('loads its own service and no other', () => {
		const loaded = loadedBy(`
const { findOperation, serviceOf } = require('./dist/src/services');
findOperation('chat.channel.list');
serviceOf('SYNO.Chat.Post')`);
		const code = loaded.filter((file) => file !== 'src/services/identity/apis.js');
		const services = new Set(code.flatMap((file) => /^src\/services\/(\w+)\//.exec(file)?.[1] ?? []));
		expect([...services]).toEqual(['chat']);
	});
});

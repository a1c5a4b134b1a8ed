import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../src/build/places';

const run = promisify(execFile);
const unpacked = process.env['SYNOFLOW_EDITION']!;
const source = path.join(root, 'editions/n8n');
const read = (...names: string[]): string => readFileSync(path.join(...names), 'utf8');

// Jest's "test" makes the rules forget the names of files.
const env = { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' };

/** What a program printed; of one that ends well only what it tells, without what npm has to say. */
async function said(file: string, args: string[], cwd: string): Promise<string> {
	try {
		return (await run(process.execPath, [file, ...args], { cwd, env, maxBuffer: 2 ** 26 })).stdout.trim();
	} catch (error) {
		const { stdout, stderr } = error as { stdout: string; stderr: string };
		return `It found fault: ${stdout}${stderr}`;
	}
}

const scan = async (folder: string): Promise<string> =>
	await said(path.join(root, 'src/build/pack/scan.mjs'), [root, folder], root);

const eslint = path.join(path.dirname(require.resolve('eslint/package.json')), 'bin/eslint.js');
const nodeCli = path.join(root, 'node_modules/@n8n/node-cli');

describe("n8n's scanner", () => {
	test('finds nothing in the source that the provenance names, and nothing in the package', async () => {
		expect(await scan(unpacked)).toBe('source: 0 findings\npackage: 0 findings');
	}, 300_000);

	test('does look: what is not allowed is found, whatever a comment in the file says', async () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'scan-'));
		try {
			writeFileSync(path.join(folder, 'package.json'), read(unpacked, 'package.json'));
			writeFileSync(
				path.join(folder, 'a.js'),
				"/* eslint-disable */\nrequire('node:fs');\nsetTimeout(() => console.log(process.env), 1);\n",
			);
			const found = await scan(folder);
			for (const rule of ['no-restricted-imports', 'no-restricted-globals', 'no-console'])
				expect(found).toContain(rule);
		} finally {
			rmSync(folder, { recursive: true });
		}
	}, 300_000);
});

describe('n8n-node lint in strict mode', () => {
	const lint = async (folder: string): Promise<string> =>
		await said(path.join(nodeCli, 'bin/n8n-node.mjs'), ['lint'], folder);

	test('passes in the source of the edition, and so do the nodes and credentials, which are links there', async () => {
		expect(await lint(source)).not.toContain('It found fault');
		expect(await said(eslint, ['--max-warnings=0', 'nodes', 'credentials'], source)).toBe('');
	}, 300_000);

	test('passes in the unpacked package', async () => {
		const folder = mkdtempSync(path.join(root, '.cache', 'lint-'));
		try {
			cpSync(unpacked, folder, { recursive: true });
			copyFileSync(path.join(source, 'eslint.config.mjs'), path.join(folder, 'eslint.config.mjs'));
			expect(await lint(folder)).not.toContain('It found fault');
		} finally {
			rmSync(folder, { recursive: true });
		}
	}, 300_000);
});

describe('the source folder of the edition', () => {
	let published: Record<string, unknown>;

	beforeAll(() => {
		published = JSON.parse(read(unpacked, 'package.json')) as Record<string, unknown>;
	});

	test('has the package.json that is published; `npm run pack` writes it', () => {
		expect(JSON.parse(read(source, 'package.json'))).toEqual(published);
	});

	test('has the configuration of ESLint that strict mode asks for, byte for byte', () => {
		expect(read(source, 'eslint.config.mjs')).toBe(
			read(nodeCli, 'dist/template/templates/shared/default/eslint.config.mjs'),
		);
	});

	test('promises nothing that n8n forbids: no command, no script, no dependency', () => {
		expect(published).toMatchObject({ n8n: { strict: true }, peerDependencies: { 'n8n-workflow': '*' } });
		for (const key of ['bin', 'scripts', 'dependencies', 'devDependencies', 'overrides'])
			expect(published).not.toHaveProperty(key);
	});
});

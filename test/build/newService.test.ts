import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newService, writeService } from '../../src/build/newService';
import { root } from '../../src/build/places';

/** What the compiler and the tests of a service need of the project. */
const PARTS = [
	'src',
	'nodes',
	'credentials',
	'icons',
	'examples',
	'docs/protocol',
	'package.json',
	'README.md',
	'jest.config.cjs',
];
const TESTS = ['tsconfig.json', 'support', 'setup', 'build/heads.test.ts'].map((name) => `test/${name}`);

let folder: string;
let written: { made: string[]; changed: string[] };

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'synoflow-service-'));
	for (const part of [...PARTS, ...TESTS, 'tsconfig.json'])
		cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
	symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
	written = writeService(folder, newService(['zeppelin', 'Zeppelin Station']));
});

afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

/** Runs a program of a package in the copy; gives what it says when it fails. */
function run(program: string, args: string[]): string {
	const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' };
	const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules', program), ...args], {
		cwd: folder,
		env,
		encoding: 'utf8',
	});
	return status === 0 ? '' : `${stdout}${stderr}`;
}

const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

describe('a new service', () => {
	test('edits the lists and nothing else', () => {
		expect(written.changed).toEqual(['src/services/index.ts', 'package.json', 'README.md']);
		expect(read('README.md')).toContain('| **Synology Zeppelin Station** |');
		expect(read('README.md')).toMatch(
			/, \[[\w ]+\]\(docs\/api\/\w+\.md\) and \[Zeppelin Station\]\(docs\/api\/zeppelin\.md\), written/,
		);
		expect(JSON.parse(read('package.json'))).toMatchObject({
			n8n: { nodes: expect.arrayContaining(['dist/nodes/SynologyZeppelin/SynologyZeppelin.node.js']) },
			'node-red': { nodes: { 'synology-zeppelin': 'dist/nodes/SynologyZeppelin/synology-zeppelin.nodered.js' } },
		});
	});

	test('compiles', () => {
		const options = ['--noEmit', '--incremental', 'false'];
		expect(run('typescript/bin/tsc', ['-p', 'tsconfig.json', ...options])).toBe('');
	}, 180_000);

	test('passes its own scenario and the tests of the table', () => {
		const args = ['--forceExit', '-w', '1', 'test/services/zeppelin', 'test/build/heads'];
		expect(run('jest/bin/jest.js', args)).toBe('');
	}, 180_000);

	test('is formatted as everything else', () => {
		const files = written.made.filter((file) => /\.(ts|json)$/.test(file));
		const style = ['--config', path.join(root, '.prettierrc.json')];
		expect(run('prettier/bin/prettier.cjs', ['--check', ...style, ...files])).toBe('');
	});

	test('is refused where there is one, and where its name is none', () => {
		expect(() => newService(['chat'])).toThrow('There is a service "chat" already.');
		expect(() => newService(['Zeppelin'])).toThrow('Usage: npm run new-service');
		expect(() => newService([])).toThrow('Usage: npm run new-service');
		expect(newService(['zeppelin'])).toEqual({ id: 'zeppelin', title: 'Zeppelin' });
	});
});

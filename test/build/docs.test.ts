import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { services } from '../../src/catalog';
import { startSimulator, type Simulator } from '../../src/simulator';

const docs = path.join(__dirname, '../../docs/api');
const read = (service: string) => readFileSync(path.join(docs, `${service}.md`), 'utf8');

/** Shell blocks of the reference; the first logs in. */
const blocks = (text: string) => [...text.matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, code]) => code!);

/** Stands in for curl on machines without it: the options that the reference uses. */
const CURL = path.join(__dirname, 'curl.cjs');

let simulator: Simulator;
let folder: string;

beforeEach(async () => {
	simulator = await startSimulator();
	folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
	writeFileSync(path.join(folder, 'curl'), `#!/bin/sh\nexec "${process.execPath}" "${CURL}" "$@"\n`, { mode: 0o755 });
});

afterEach(async () => {
	rmSync(folder, { recursive: true, force: true });
	await simulator.close();
});

async function shell(script: string): Promise<string> {
	const { url, account, password } = simulator;
	const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, ACCOUNT: account, PASSWORD: password };
	const code = script.replace('NAS=https://nas.example.com:5001', `NAS=${url}`);
	const { stdout } = await promisify(execFile)('sh', ['-ec', code], { cwd: folder, env });
	return stdout;
}

describe.each(services.map(({ id }) => id))('the examples of docs/api/%s.md', (id) => {
	test('run in a shell as they stand, and DSM knows every call', async () => {
		const [login, ...examples] = blocks(read(id));
		const lines = examples.flatMap((block) => block.split('\n'));
		expect(lines.length).toBeGreaterThan(5);
		const answers = (await shell([login, ...lines.map((line) => `${line}; echo`)].join('\n'))).trim().split('\n');
		const codes = answers.map((answer) => (answer.startsWith('{') ? (JSON.parse(answer).error?.code ?? 0) : 0));
		expect(codes.filter((code) => [101, 102, 103, 104, 106, 107, 119].includes(code))).toEqual([]);
		expect(simulator.unexpected).toEqual([]);
	}, 60_000);

	test('mark what is inferred', () => {
		const service = services.find((one) => one.id === id)!;
		const all = Object.values(service.resources).flatMap(({ operations }) => Object.values(operations));
		const inferred = [...all, ...Object.values(service.triggers)].filter(({ basis }) => basis === 'inferred');
		expect(read(id).match(/^\*\*UNVERIFIED\*\*/gm) ?? []).toHaveLength(inferred.length);
	});
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { stageBots } from '../../src/build/samples/bots';
import { allServices } from '../../src/services';
import { systemOf } from '../../src/simulator/services/system';
import { startSimulator, type Simulator } from '../../src/simulator';
import { curl } from './curl.cjs';

const docs = path.join(__dirname, '../../docs/api');
const read = (service: string) => readFileSync(path.join(docs, `${service}.md`), 'utf8');

/** Shell blocks of the reference; the first logs in. */
const blocks = (text: string) => [...text.matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, code]) => code!);

let simulator: Simulator;
let folder: string;

beforeEach(async () => {
	simulator = await startSimulator();
	simulator.nas.installAll();
	// Examples that restart it stand between others.
	systemOf(simulator.nas).switches.staysUp = true;
	folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
	// Login needs a curl that works inside $(...).
	const program = `#!/bin/sh\nexec "${process.execPath}" "${path.join(__dirname, 'curl.cjs')}" "$@"\n`;
	writeFileSync(path.join(folder, 'curl'), program, { mode: 0o755 });
});

afterEach(async () => {
	rmSync(folder, { recursive: true, force: true });
	await simulator.close();
});

/** Runs a script in a shell as a reader would; gives what it fingerprints. */
async function shell(script: string, values: Record<string, string>): Promise<string> {
	const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, ...values };
	const { stdout } = await promisify(execFile)('sh', ['-ec', script], { cwd: folder, env });
	return stdout;
}

/** The words of each curl line after the shell has read it. */
async function wordsOf(lines: string[], values: Record<string, string>): Promise<string[][]> {
	const script = ['curl() { printf "%s\\0" "$@"; printf "\\n\\0"; }', ...lines].join('\n');
	const calls = (await shell(script, values)).split('\n\0');
	return calls.slice(0, -1).map((words) => words.split('\0').slice(0, -1));
}

describe.each(allServices().map(({ id }) => id))('the examples of docs/api/%s.md', (id) => {
	test('run in a shell as they stand, and DSM knows every call', async () => {
		const [login, ...examples] = blocks(read(id));
		const { url: NAS, account: ACCOUNT, password: PASSWORD } = simulator;
		const here = login!.replace('NAS=https://nas.example.com:5001', `NAS=${NAS}`);
		const [SID, TOKEN] = (await shell(`${here}\nprintf '%s\\n' "$SID" "$TOKEN"`, { ACCOUNT, PASSWORD })).split(
			'\n',
		) as [string, string];
		const { bot: BOT, webhook: WEBHOOK } = stageBots(simulator.nas);
		const calls = await wordsOf(examples, { NAS, SID, TOKEN, ACCOUNT, PASSWORD, BOT, WEBHOOK });
		expect(calls.length).toBeGreaterThanOrEqual(examples.length);
		const refused: string[] = [];
		for (const words of calls) {
			const answer = await curl(words, folder);
			const code = answer.startsWith('{') ? (JSON.parse(answer).error?.code ?? 0) : 0;
			if ([101, 102, 103, 104, 106, 107, 119].includes(code)) refused.push(`${code}: ${words.join(' ')}`);
		}
		expect(refused).toEqual([]);
		expect(simulator.unexpected).toEqual([]);
	}, 60_000);

	test('mark what is inferred', () => {
		const service = allServices().find((one) => one.id === id)!;
		const all = Object.values(service.resources).flatMap(({ operations }) => Object.values(operations));
		const inferred = [...all, ...Object.values(service.triggers), ...Object.values(service.pushes ?? {})].filter(
			({ basis }) => basis === 'inferred',
		);
		expect(read(id).match(/^\*\*UNVERIFIED\*\*/gm) ?? []).toHaveLength(inferred.length);
	});
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/services/api/check/report';
import { startSimulator, type Simulator } from '../../src/simulator';
import { signedIn } from '../support/signIn';

let simulator: Simulator;
beforeEach(async () => void (simulator = await startSimulator({ allowUnknown: true })));
afterEach(async () => await simulator.close());

async function run(input: string, ...words: string[]) {
	const command = spawn(process.execPath, ['dist/src/host/command/index.js', 'check', ...words]);
	command.stdin.end(input);
	const [out, said, [code]] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'exit')]);
	return { out, said, code: code as number };
}

describe('the command that checks a NAS', () => {
	it('prints the report, says what it means, and signs out', async () => {
		const { out, said, code } = await run(
			`${simulator.password}\n`,
			...[simulator.url, '--account', simulator.account, '--services', 'file'],
		);
		expect(code).toBe(0);
		const report = JSON.parse(out) as Report;
		expect([report.report, report.dsm, report.complete]).toEqual(['synology-check', '7.3.2-86009 Update 4', true]);
		expect(said).toContain('DSM 7.3.2-86009 Update 4\nFile Station: 15 work, 6 skipped\n');
		expect(said).toContain('  4 × left out: it would keep the NAS busy');
		expect(out + said).not.toContain(simulator.password);
		expect(simulator.nas.sessions.size).toBe(0);
	});

	it('takes the text of a sign-in in the browser', async () => {
		const { text: signIn } = await signedIn(simulator);
		const { out, code } = await run(signIn, simulator.url, '--services', 'api');
		expect([code, (JSON.parse(out) as Report).administrator]).toEqual([0, true]);
		expect(out).not.toContain(signIn);
	});

	it('refuses a service that there is not, and says which there are', async () => {
		const { out, said, code } = await run('x', simulator.url, '--account', 'alice', '--services', 'mail');
		expect([out, code]).toEqual(['', 1]);
		expect(said).toContain('"Services" does not fit');
		expect(said).toContain('"webdav"');
	});

	it('tells how it is used', async () => {
		const { said, code } = await run('');
		expect(code).toBe(2);
		expect(said).toContain('npx @synoflow/n8n-nodes-synology check <address of DSM> [options]');
	});
});

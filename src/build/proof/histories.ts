import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../../..');
const LAW = 'tells each event once in random histories';

interface Results {
	testResults: {
		assertionResults: { fullName: string; status: string; duration?: number | null; failureMessages: string[] }[];
	}[];
}

/**
 * Plays so many random histories of each trigger, with the stores of both hosts, by the law that the suites of triggers have, which play
 * fifty of each. `only`: one trigger by its id. Tells the script of each that failed.
 */
export async function proveHistories(count: number, seed: number, only: string): Promise<boolean> {
	const folder = mkdtempSync(path.join(tmpdir(), 'histories-'));
	const file = path.join(folder, 'results.json');
	const name = `${only === '' ? '' : `^${only.replaceAll('.', '\\.')} `}${LAW}`;
	const jest = spawn(
		process.execPath,
		[
			...['--experimental-vm-modules', '--no-warnings', path.join(ROOT, 'node_modules/jest/bin/jest.js')],
			...['--json', '--outputFile', file, '-t', name],
			'test/services',
		],
		{
			cwd: ROOT,
			env: { ...process.env, HISTORIES: String(count), HISTORIES_SEED: String(seed) },
			stdio: ['ignore', 'ignore', 'ignore'],
		},
	);
	try {
		await once(jest, 'exit');
		const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Results;
		const played = testResults
			.flatMap(({ assertionResults }) => assertionResults)
			.filter(({ status }) => status !== 'pending');
		for (const { fullName, status, duration, failureMessages } of played) {
			const milliseconds = Math.round((duration ?? 0) / count);
			console.log(
				JSON.stringify({
					name: `histories ${fullName.split(' ')[0]}`,
					cases: count,
					seed,
					milliseconds,
					failed: status === 'passed' ? 0 : 1,
				}),
			);
			for (const message of failureMessages)
				console.log(`  ${/Counterexample: .*/.exec(message)?.[0] ?? message.slice(0, 500)}`);
		}
		return played.length > 0 && played.every(({ status }) => status === 'passed');
	} finally {
		rmSync(folder, { recursive: true });
	}
}

import { fork } from 'node:child_process';
import path from 'node:path';
import type { Measurement } from './figures';
import { report } from './nas';

/** Figures of the nodes on one platform, in a process of its own. */
async function figures(...preloaded: string[]): Promise<Measurement[]> {
	const found: Measurement[] = [];
	const child = fork(path.join(__dirname, 'transport.js'), process.argv.slice(2), {
		execArgv: ['--expose-gc', ...preloaded.flatMap((file) => ['--require', path.join(__dirname, file)])],
	});
	child.on('message', (measurement) => found.push(measurement as Measurement));
	const code = await new Promise((resolve) => child.once('exit', resolve));
	if (code !== 0) throw new Error(`The nodes ended with ${String(code)}.`);
	return found;
}

/** The two ways to the NAS: through n8n's requests, as the edition that n8n verifies; the reference is the package with its own connections. */
async function main(): Promise<void> {
	const own = await figures();
	for (const { name, value, unit } of await figures('onHosted.js')) {
		const reference = own.find((one) => one.name === name)!.value;
		report({ name: `${name}, through n8n's requests`, value, unit, reference });
	}
}

void main();

import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { explain } from '../../services';
import { memoryStore, realHost, type Host } from '../../core/host';
import { createPool, type Lease } from '../../core/pool';
import type { Measurement } from '.';

/** Whatever the host would give; nothing is logged. */
const host: Host = {
	...realHost(),
	store: memoryStore(),
	log: { debug: () => {}, warn: () => {} },
};

export interface Address {
	url: string;
	account: string;
	password: string;
}

/** Runs a benchmark against a simulator in another process, so that memory and time are the client's own. */
export async function withNas(args: string[], work: (lease: Lease, address: Address) => Promise<void>): Promise<void> {
	const child = fork(path.join(__dirname, '../../simulator/cli.js'), args, {
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
		execArgv: [],
	});
	const pool = createPool({ host, explain });
	try {
		const ended = once(child, 'exit').then(([code]) => {
			throw new Error(`The simulator ended with ${String(code)} before it said its address.`);
		});
		const [line] = (await Promise.race([once(child.stdout!.setEncoding('utf8'), 'data'), ended])) as [string];
		ended.catch(() => undefined);
		const address = JSON.parse(line.split('\n')[0]!) as Address;
		const lease = pool.acquire({ ...address, tls: 'ignore' });
		await work(lease, address);
		await lease.release();
	} finally {
		await pool.close();
		child.kill();
	}
}

export const report = (measurement: Measurement): void => void process.send?.(measurement);

/** Milliseconds that each of `count` repetitions took on average, after a tenth of them as warm-up. */
export async function timeEach(count: number, work: () => Promise<unknown>): Promise<number> {
	for (let n = 0; n < count / 10; n++) await work();
	const start = performance.now();
	for (let n = 0; n < count; n++) await work();
	return (performance.now() - start) / count;
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { explain } from '../../services';
import { memoryStore, realHost, type Host } from '../../core/host';
import { createPool, type Lease } from '../../core/pool';
import type { Measurement } from './figures';
import type { Holding } from './plainNas';
import type { Happening } from './simulated';

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

/** Lets something happen on the NAS; gives how many requests came since it was asked before. */
export type Tell<T> = (what: T) => Promise<number>;

/** Asks a server in another process, one question at a time. */
const teller = <T extends object>(child: ChildProcess): Tell<T> =>
	async function (what) {
		child.send(what);
		const [{ requests }] = (await once(child, 'message')) as [{ requests: number }];
		return requests;
	};

async function withServer<T extends object>(
	program: string,
	args: string[],
	addressOf: (first: never) => Address,
	work: (lease: Lease, address: Address, tell: Tell<T>) => Promise<void>,
): Promise<void> {
	const child = fork(path.join(__dirname, program), args, { execArgv: [] });
	const pool = createPool({ host, explain });
	try {
		const ended = once(child, 'exit').then(([code]) => {
			throw new Error(`The server ended with ${String(code)} before it said its address.`);
		});
		const [first] = (await Promise.race([once(child, 'message'), ended])) as [never];
		ended.catch(() => undefined);
		const address = addressOf(first);
		const lease = pool.acquire({ ...address, tls: 'ignore' });
		await work(lease, address, teller<T>(child));
		await lease.release();
	} finally {
		await pool.close();
		child.kill();
	}
}

/** Runs a benchmark against a simulator in another process, so that memory and time are the client's own. */
export const withNas = async (
	args: string[],
	work: (lease: Lease, address: Address, tell: Tell<Happening>) => Promise<void>,
): Promise<void> => await withServer('simulated.js', args, (address) => address, work);

/** Runs a benchmark against a server that costs next to nothing. */
export const withPlainNas = async (
	work: (lease: Lease, address: Address, tell: Tell<Holding>) => Promise<void>,
): Promise<void> =>
	await withServer(
		'plainNas.js',
		[],
		({ port }: { port: number }) => ({ url: `http://127.0.0.1:${port}`, account: 'alice', password: 'secret' }),
		work,
	);

export const report = (measurement: Measurement): void => void process.send?.(measurement);

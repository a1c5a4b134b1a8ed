import { realHost, memoryStore, type Host } from '../../src/core/host';
import { createPool, type AcquireOptions, type Lease, type Pool, type PoolOptions } from '../../src/core/pool';
import type { ConnectionInput } from '../../src/core/connection';
import type { Dsm } from '../../src/core/dsm';
import { explain, rightOf, serviceOf, spacingOf } from '../../src/services';
import { SettableClock, startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';

/** What a test has at hand: a simulated NAS and a client that has not yet sent anything. */
export interface Scene {
	simulator: Simulator;
	pool: Pool;
	dsm: Dsm;
	lease: Lease;
	connection: ConnectionInput;
	/** Everything that was logged. */
	lines: string[];
	/** What the clock of the client differs by from that of the NAS. */
	hostClock: { ahead: number };
	/** What the clock of the NAS differs by from the right time, where a test sets it. */
	nasClock: { ahead: number };
	/** Opens another connection, by default with the same settings. */
	acquire: (changes?: Partial<ConnectionInput>, options?: AcquireOptions) => Lease;
}

export interface SceneOptions extends SimulatorOptions {
	connection?: Partial<ConnectionInput>;
	pool?: Partial<PoolOptions>;
	apis?: string[];
	/** The host's memory survives restarts, so that a device is worth being enrolled for a secret. */
	lasts?: boolean;
}

/** A clock of the tests' own: sleeping moves it, so that no test waits. Give it to the simulator, too. */
export function testHost(
	clock: { now: () => number; advance?: (milliseconds: number) => void },
	lines: string[] = [],
	lasts = false,
): Host {
	return {
		...realHost(),
		now: () => clock.now(),
		async sleep(milliseconds, signal) {
			signal?.throwIfAborted();
			if (clock.advance) clock.advance(Math.max(0, milliseconds));
			else await realHost().sleep(milliseconds, signal);
		},
		store: { ...memoryStore(), lasts },
		log: { debug: (line) => void lines.push(line), warn: (line) => void lines.push(line) },
	};
}

/** A scene that goes on until it is closed. */
export interface World {
	scene: Scene;
	close: () => Promise<void>;
}

/** Starts a simulated NAS and a client. Time stands still unless somebody sleeps. */
export async function openWorld(options: SceneOptions): Promise<World> {
	const { connection: changes = {}, pool: poolOptions = {}, apis = [], lasts, ...nasOptions } = options;
	const clock = nasOptions.clock ?? new SettableClock(Date.now());
	const simulator = await startSimulator({ ...nasOptions, clock });
	const lines: string[] = [];
	const hostClock = { ahead: 0 };
	const host = { ...testHost(clock, lines, lasts), now: () => clock.now() + hostClock.ahead };
	const pool = createPool({ host, explain, rightOf, serviceOf, spacingOf, strictResults: true, ...poolOptions });
	const connection: ConnectionInput = {
		url: simulator.url,
		account: simulator.account,
		password: simulator.password,
		...(simulator.otpSecret !== undefined && { otpSecret: simulator.otpSecret }),
		...changes,
	};
	const acquire: Scene['acquire'] = (more = {}, acquireOptions = { apis }) =>
		pool.acquire({ ...connection, ...more }, acquireOptions);
	const close = async () => {
		await pool.close();
		await simulator.close();
	};
	try {
		const lease = acquire();
		return {
			scene: { simulator, pool, dsm: lease.dsm, lease, connection, lines, hostClock, nasClock: { ahead: 0 }, acquire },
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** Starts a simulated NAS and a client, runs the scene, and ends both. */
export async function withNas<T>(options: SceneOptions, run: (scene: Scene) => Promise<T>): Promise<T> {
	const { scene, close } = await openWorld(options);
	try {
		return await run(scene);
	} finally {
		await close();
	}
}

/** What a promise was rejected with. Fails when it was fulfilled. */
export async function failure(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
	try {
		await promise;
	} catch (error) {
		return error as Error & Record<string, unknown>;
	}
	throw new Error('The promise was fulfilled although a failure was expected.');
}

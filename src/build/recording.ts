import { explain } from '../services';
import type { AnyOperation } from '../catalog/operation';
import { callsOf, idOf } from '../catalog/operation';
import type { FileAnswer } from '../core/call';
import type { Dsm } from '../core/dsm';
import { isDsmError } from '../core/errors';
import { memoryStore } from '../core/host';
import { createPool } from '../core/pool';
import { SettableClock, startSimulator } from '../simulator';
import type { RequestRecord } from '../simulator';
import { filesOf } from '../simulator/services/file';
import { sampleParams } from './samples';
import { stageBots } from './samples/bots';
import { stageSso } from './samples/sso';

/** Every run records the same bytes. */
const NOON = Date.parse('2026-11-22T12:00:00Z');

/**
 * The API requests that an operation makes with sample parameters, taken from the simulator's side of the wire; login and discovery
 * left out. A sample that names something the seed data lack still shows the first request.
 */
export async function recordRequests(operation: AnyOperation): Promise<RequestRecord[]> {
	const clock = new SettableClock(NOON);
	const simulator = await startSimulator({ clock });
	simulator.nas.installAll();
	// One that the NAS discards would be shown twice.
	filesOf(simulator.nas).switches.discardsSearches = false;
	const host = {
		now: () => clock.now(),
		sleep: async (milliseconds: number) => void clock.advance(milliseconds),
		later: () => {},
		random: () => 0.5,
		store: memoryStore(),
		log: { debug: () => {}, warn: () => {} },
	};
	const pool = createPool({ host, explain });
	try {
		const { url, account, password } = simulator;
		const tokens = stageBots(simulator.nas);
		const given = idOf(operation).startsWith('identity.ssoServer.') ? stageSso(simulator.nas, url) : {};
		const calls = callsOf(operation);
		const token = calls.some(({ method }) => method === 'incoming') ? tokens.webhook : tokens.bot;
		const settings = operation.token ? { url, token } : { url, account, password };
		const lease = pool.acquire(settings, { apis: calls.map(({ api }) => api) });
		if (!operation.token) await lease.export();
		const before = simulator.requests.length;
		await run(lease.dsm, operation, given).catch(tolerate);
		return simulator.requests.slice(before).filter(({ api }) => api !== 'SYNO.API.Info');
	} finally {
		await pool.close();
		await simulator.close();
	}
}

/** `given`: what the NAS gave before, by parameter of the operations of SSO Server. */
async function run(dsm: Dsm, operation: AnyOperation, given: Record<string, string>): Promise<void> {
	const params = sampleParams(idOf(operation), operation.params);
	const fresh = Object.entries(given).filter(([name]) => name in params);
	const answer: unknown = await dsm.do(operation, { ...params, ...Object.fromEntries(fresh) });
	if (operation.returns === 'file') (answer as FileAnswer).stream.resume();
}

function tolerate(error: unknown): void {
	if (!isDsmError(error) || error.code === 'input') throw error;
}

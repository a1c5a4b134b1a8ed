import * as fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import type { Lease } from '../../src/core/pool';
import type { Simulator } from '../../src/simulator';
import { failure, withNas } from '../support/nas';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const apis = ['SYNO.DSM.Info'];
const turn = async () => await new Promise<void>((resolve) => void setTimeout(resolve, 1));

/** Makes logins slow and counts how many are under way at once. */
function watchLogins({ use }: Simulator): { most: number } {
	const seen = { most: 0 };
	let now = 0;
	use({
		'SYNO.API.Auth.login': async () => {
			seen.most = Math.max(seen.most, ++now);
			await turn();
			now--;
			return undefined;
		},
	});
	return seen;
}

type Step = 'acquire' | 'lose' | 'wait' | { call: number } | { release: number } | { export: number };

/** What may happen to a pool; numbers pick a lease. */
const history = fc.array(
	fc.oneof<fc.Arbitrary<Step>[]>(
		fc.constant('acquire' as const),
		fc.constant('lose' as const),
		fc.constant('wait' as const),
		fc.record({ call: fc.nat() }),
		fc.record({ release: fc.nat() }),
		fc.record({ export: fc.nat() }),
	),
	{ minLength: 5, maxLength: 40 },
);

describe('a pool', () => {
	test('in any order of use, loss, release and end: one login at a time, none after the end, no session left', async () => {
		const run = async (steps: Step[], lingerMs: number) => {
			await withNas({ apis, pool: { lingerMs: () => lingerMs } }, async ({ simulator, acquire, pool, lease }) => {
				const logins = watchLogins(simulator);
				const leases: Lease[] = [lease];
				const pending: Promise<unknown>[] = [];
				const start = (work: Promise<unknown>) => void pending.push(work.catch((error: unknown) => error));
				for (const step of steps) {
					if (step === 'acquire') leases.push(acquire());
					else if (step === 'lose') simulator.nas.faults.loseSessions(119);
					else if (step === 'wait') await turn();
					else if ('call' in step) start(leases[step.call % leases.length]!.dsm.call(info, {}, { readOnly: true }));
					else if ('release' in step) start(leases[step.release % leases.length]!.release());
					else start(leases[step.export % leases.length]!.export());
				}
				await pool.close();
				const made = simulator.logins;
				const ends = await Promise.all(pending);
				expect(ends.filter((end) => end instanceof Error && !('details' in end))).toEqual([]);
				await failure(acquire().dsm.call(info));
				expect([logins.most <= 1, simulator.logins - made, simulator.nas.sessions.list()]).toEqual([true, 0, []]);
			});
		};
		await fc.assert(fc.asyncProperty(history, fc.constantFrom(0, 5), run), { numRuns: 30 });
	});

	test('released while its login is under way logs out of the session that comes of it', async () => {
		await withNas({ apis }, async ({ simulator, lease }) => {
			watchLogins(simulator);
			const call = lease.dsm.call(info).catch(() => undefined);
			while (simulator.logins === 0) await turn();
			await lease.release();
			await call;
			expect(simulator.nas.sessions.list()).toEqual([]);
			expect(simulator.logins).toBe(1);
		});
	});

	test('that is closed while a release logs out waits for that logout, at whatever step it is', async () => {
		const left = async (steps: number) =>
			await withNas({ apis }, async ({ simulator, lease, pool }) => {
				await lease.dsm.call(info);
				void lease.release();
				for (let step = 0; step < steps; step++) await Promise.resolve();
				await pool.close();
				return simulator.nas.sessions.list();
			});
		for (let steps = 0; steps < 24; steps++) expect([steps, await left(steps)]).toEqual([steps, []]);
	});

	test('released and used anew before the logout keeps its session', async () => {
		await withNas({ apis, pool: { lingerMs: () => 1 } }, async ({ simulator, lease, acquire }) => {
			await lease.dsm.call(info);
			await lease.release();
			const again = acquire();
			await turn();
			await again.dsm.call(info);
			expect(simulator.logins).toBe(1);
		});
	});

	test('a call of a released lease does not log in again', async () => {
		await withNas({ apis }, async ({ simulator, lease }) => {
			await lease.dsm.call(info);
			await lease.release();
			const told = await failure(lease.dsm.call(info));
			expect([told.code, told.message]).toEqual([
				'connection',
				'The connection is no longer in use, so no new login was made.',
			]);
			expect(simulator.logins).toBe(1);
		});
	});

	test('a released lease does not log out the others, and may be released twice', async () => {
		await withNas({ apis }, async ({ simulator, lease, acquire }) => {
			const other = acquire();
			await other.dsm.call(info);
			await lease.release();
			await lease.release();
			await other.dsm.call(info);
			expect([simulator.logins, simulator.nas.sessions.size]).toEqual([1, 1]);
		});
	});

	test('that is closed while a call is under way ends that call with an error of its own', async () => {
		await withNas({ apis }, async ({ simulator, dsm, pool }) => {
			await dsm.call(info);
			simulator.use({ 'SYNO.DSM.Info.getinfo': async () => await new Promise<undefined>(() => undefined) });
			const call = failure(dsm.call(info));
			await turn();
			await pool.close();
			expect((await call).message).toMatch(/was disconnected, since the connection is no longer in use/);
		});
	});

	test('forgets the session ids of old logins in its redactor, but never the password', async () => {
		await withNas({ apis }, async ({ simulator, lease, pool, connection }) => {
			const first = await lease.export();
			for (let index = 0; index < 40; index++) {
				simulator.nas.faults.loseSessions(119);
				await lease.dsm.call(info);
			}
			const last = await lease.export();
			const said = pool.redact(`${first.sid} ${last.sid} ${connection.password}`);
			expect(said).toBe(`${first.sid} [redacted] [redacted]`);
		});
	});
});

describe('a stored session', () => {
	test.each([
		['of another account', { account: 'bob' }],
		['of another address', { url: 'http://nas.example.com:5000' }],
		['without an id', { sid: '' }],
	])('%s is not sent to the NAS: a login is made instead', async (_, changes) => {
		await withNas({ apis }, async ({ lease, acquire, simulator }) => {
			const session = { ...(await lease.export()), ...changes };
			const { dsm } = acquire({ deviceName: 'x' }, { apis, resume: { session } });
			await dsm.call(info);
			expect(simulator.logins).toBe(2);
		});
	});

	test('brings its device id, which replaces the code when the session no longer holds', async () => {
		await withNas({ otp: true, lasts: true, apis }, async ({ lease, acquire, simulator, pool }) => {
			const session = await lease.export();
			await pool.close();
			await withNas({ apis }, async ({ pool: other, connection }) => {
				const { dsm } = other.acquire(
					{ ...connection, url: simulator.url, password: simulator.password },
					{ apis, resume: { session } },
				);
				expect((await dsm.call(info)).model).toBe('DS920+');
				const logins = simulator.requests.filter(({ method }) => method === 'login');
				expect(logins.map(({ params }) => params.device_id)).toEqual([undefined, session.deviceId]);
			});
			expect(acquire().deviceId()).toBeUndefined();
		});
	});
});

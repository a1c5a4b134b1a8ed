import { describe, expect, it } from '@jest/globals';
import { memoryStore, realHost, type Host } from '../../src/core/host';
import { approveSignIn } from '../../src/core/signIn/approve';
import { signOut } from '../../src/core/signIn/signOut';
import { writeSignIn } from '../../src/core/signIn/text';
import { SettableClock } from '../../src/simulator';
import { approvalsOf, type Approvals } from '../../src/simulator/core/behaviours/approval';
import { failure, withNas, type Scene } from '../support/nas';

const INFO = { api: 'SYNO.FileStation.Info', method: 'get', version: 2, readOnly: true } as const;

interface ApprovalScene extends Scene {
	clock: SettableClock;
	approvals: Approvals;
	/** Signs alice in; `meanwhile` happens in each pause between two questions. */
	ask: (meanwhile: (pause: number) => void, signal?: AbortSignal) => Promise<{ text: string; numbers: number[] }>;
}

async function withPhone(run: (scene: ApprovalScene) => Promise<void>): Promise<void> {
	const clock = new SettableClock();
	await withNas({ clock }, async (scene) => {
		const { nas, url } = scene.simulator;
		nas.user('alice').factors = ['authenticator'];
		const ask: ApprovalScene['ask'] = async (meanwhile, signal) => {
			let pauses = 0;
			const host: Host = {
				...realHost(),
				store: memoryStore(),
				log: { debug: () => undefined, warn: () => undefined },
				sleep: async (milliseconds) => {
					clock.advance(milliseconds);
					meanwhile(++pauses);
					signal?.throwIfAborted();
					await Promise.resolve();
				},
			};
			const numbers: number[] = [];
			const showNumber = (number: number) => void numbers.push(number);
			const options = { host, account: 'alice', showNumber, ...(signal && { signal }) };
			return { text: writeSignIn(await approveSignIn({ url }, options)), numbers };
		};
		await run({ ...scene, clock, approvals: approvalsOf(nas), ask });
	});
}

describe('a sign-in that the app Secure SignIn approves', () => {
	it('shows the number of the phone once, waits, and gives a session', async () => {
		await withPhone(async ({ ask, approvals, clock, pool, connection, simulator }) => {
			const start = clock.now();
			const { text, numbers } = await ask((pause) => pause === 3 && approvals.decide('approved'));
			expect(numbers).toEqual([10]);
			expect(clock.now() - start).toBe(15_000);
			const login = simulator.requests.find(({ method }) => method === 'login')!;
			expect(login.params).toMatchObject({ account: 'alice', passwd: '', type: 'authenticator', action: 'get_status' });
			const lease = pool.acquire({ ...connection, signIn: text, account: '', password: '' });
			expect(await lease.dsm.call(INFO)).toMatchObject({ is_manager: true });
		});
	});

	it('cannot be renewed, and says "sign in again" when the NAS has let it go', async () => {
		await withPhone(async ({ ask, approvals, pool, connection, simulator }) => {
			const { text } = await ask(() => approvals.decide('approved'));
			const { dsm } = pool.acquire({ ...connection, signIn: text, account: '', password: '' });
			await dsm.call(INFO);
			simulator.reboot();
			const error = await failure(dsm.call(INFO));
			expect(error.message).toBe('Sign in again: the NAS no longer resumes the session of "alice".');
			expect(simulator.requests.some(({ method }) => method === 'resume')).toBe(false);
		});
	});

	it('can be signed out of', async () => {
		await withPhone(async ({ ask, approvals, simulator }) => {
			const { text } = await ask(() => approvals.decide('approved'));
			const before = simulator.nas.sessions.list().length;
			const host = { ...realHost(), store: memoryStore(), log: { debug: () => undefined, warn: () => undefined } };
			expect(await signOut(text, {}, host)).toEqual({ account: 'alice', url: simulator.url });
			expect(simulator.nas.sessions.list()).toHaveLength(before - 1);
		});
	});

	it.each([
		['denied', 'The sign-in was denied on the phone.'],
		['timeout', 'Nobody approved the sign-in in time.'],
		['revoked', 'The sign-in was cancelled.'],
		['corrupted', 'Secure SignIn of the NAS is damaged.'],
	] as const)('says what became of it when it is %s', async (status, text) => {
		await withPhone(async ({ ask, approvals }) => {
			expect((await failure(ask(() => approvals.decide(status)))).message).toBe(text);
		});
	});

	it('takes the question back when the person at the computer gives up', async () => {
		await withPhone(async ({ ask, approvals }) => {
			const given = new AbortController();
			await expect(ask(() => given.abort(), given.signal)).rejects.toThrow();
			expect([...approvals.all.values()].map(({ status }) => status)).toEqual(['revoked']);
		});
	});

	it('is refused for an account without the app', async () => {
		await withPhone(async ({ ask, simulator }) => {
			simulator.nas.user('alice').factors = ['otp'];
			const error = await failure(ask(() => undefined));
			expect(error.message).toBe('The approval has expired, or the account has no app that approves sign-ins.');
			expect(error['hint']).toContain('Set up Secure SignIn for "alice"');
		});
	});
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { PATIENCE } from '../../src/core/signIn/flow';
import { readSignIn, writeSignIn } from '../../src/core/signIn/text';
import { SettableClock } from '../../src/simulator';
import { failure, withNas, type Scene, type SceneOptions } from '../support/nas';
import { begun, OPENER, signedIn } from '../support/signIn';

const INFO = { api: 'SYNO.FileStation.Info', method: 'get', version: 2 } as const;
const MINUTE = 60_000;

interface BrowserScene extends Scene {
	clock: SettableClock;
}

/** A simulated NAS, where time is set by the test. */
async function withPage(options: SceneOptions, run: (scene: BrowserScene) => Promise<void>): Promise<void> {
	const clock = new SettableClock(Date.now());
	await withNas({ ...options, clock }, async (scene) => await run({ ...scene, clock }));
}

const methodsOf = ({ simulator }: Scene) =>
	simulator.requests.filter(({ api }) => api === 'SYNO.API.Auth').map(({ method }) => method);

describe("DSM's own sign-in page", () => {
	it('is opened with PKCE, a state and a session name of our own, and gets a session for the code', async () => {
		await withPage({}, async ({ simulator }) => {
			const { pending, message } = await begun(simulator);
			const address = new URL(pending.address);
			expect(pending.origin).toBe(simulator.url);
			expect(address.hash).toBe('#/signin');
			expect(Object.fromEntries(address.searchParams)).toEqual({
				client_id: 'webui',
				code_challenge: expect.stringMatching(/^[\w-]{43}$/),
				code_challenge_method: 'S256',
				force_login: 'yes',
				forceDesktop: '1',
				opener: OPENER,
				response_type: 'code',
				session: 'synoflow',
				state: expect.stringMatching(/^[\w-]{22}$/),
			});
			expect(message.state).toBe(address.searchParams.get('state'));
			const value = await pending.complete(message);
			expect(value).toMatchObject({ v: 1, url: simulator.url, account: 'alice', session: 'synoflow' });
			const sent = simulator.requests.at(-1)!.params;
			const verifier = String(sent['code_verifier']);
			expect(createHash('sha256').update(verifier).digest('base64url')).toBe(
				address.searchParams.get('code_challenge'),
			);
			expect(Object.keys(sent).sort()).toEqual(
				['client_id', 'code', 'code_verifier', 'enable_syno_token', 'ik_message', 'session', 'type'].sort(),
			);
			expect(simulator.nas.sessions.get(value.sid)?.user.name).toBe('alice');
		});
	});

	it('is not asked where DSM is too old or a QuickConnect ID hides its address', async () => {
		await withPage({}, async ({ simulator }) => {
			simulator.nas.apis.get('SYNO.API.Auth')!.maxVersion = 6;
			expect((await failure(begun(simulator))).message).toBe(
				'This DSM does not offer the sign-in in the browser (SYNO.API.Auth 7 is missing).',
			);
		});
	});

	it.each<[string, (message: Record<string, string>) => unknown, string]>([
		[
			'forged',
			(message) => ({ ...message, code: 'made-up' }),
			'DSM did not take the code of its sign-in page (code 400).',
		],
		[
			'of another sign-in',
			(message) => ({ ...message, state: 'other' }),
			'The answer belongs to another sign-in ("state" differs).',
		],
		[
			'without a code',
			({ code: _, ...rest }) => rest,
			'What came from the sign-in page is not its message: "code" and "rs" are needed.',
		],
		[
			'with half a key',
			(message) => ({ ...message, rs: 'AAAA' }),
			'What came from the sign-in page is not its message: "code" and "rs" are needed.',
		],
		[
			'with a key that is none',
			(message) => ({ ...message, rs: 'A'.repeat(43) }),
			'The sign-in page gave a key that is none.',
		],
		[
			'with the key of another NAS',
			(message) => ({ ...message, rs: 'CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
			'DSM did not take the code of its sign-in page (code 400).',
		],
		['of nothing', () => undefined, 'What came from the sign-in page is not its message: "code" and "rs" are needed.'],
	])('is not believed with a message that is %s', async (_, change, text) => {
		await withPage({}, async ({ simulator }) => {
			const { pending, message } = await begun(simulator);
			const error = await failure(pending.complete(change({ ...message } as Record<string, string>)));
			expect(error.message).toBe(text);
			expect(error.message + String(error['hint'])).not.toContain(message.code);
		});
	});

	it('takes a message without state, as older pages may send it', async () => {
		await withPage({}, async ({ simulator }) => {
			simulator.nas.switches.stateInMessage = false;
			simulator.nas.switches.paddedBase64 = true;
			const { pending, message } = await begun(simulator);
			expect(message.state).toBeUndefined();
			expect((await pending.complete(message)).account).toBe('alice');
		});
	});

	it('gives a code that is good once', async () => {
		await withPage({}, async ({ simulator }) => {
			const { pending, message } = await begun(simulator);
			await pending.complete(message);
			expect((await failure(pending.complete(message))).message).toBe('This sign-in was completed already.');
			const other = await begun(simulator);
			const replayed = { code: message.code, rs: message.rs };
			expect((await failure(other.pending.complete(replayed))).message).toBe(
				'DSM did not take the code of its sign-in page (code 400).',
			);
		});
	});

	it('gives a code that only the verifier of its own sign-in opens', async () => {
		await withPage({}, async ({ simulator }) => {
			const [one, other] = [await begun(simulator), await begun(simulator)];
			const swapped = { code: one.message.code, rs: one.message.rs };
			expect(await failure(other.pending.complete(swapped))).toMatchObject({ code: 'login', dsmCode: 400 });
		});
	});

	it('has to be done within five minutes', async () => {
		await withPage({}, async ({ simulator, clock }) => {
			const { pending, message } = await begun(simulator);
			clock.advance(PATIENCE + 1);
			expect((await failure(pending.complete(message))).message).toBe('The sign-in took too long.');
		});
	});

	it('says which session name an account may not use', async () => {
		await withPage({}, async ({ simulator }) => {
			const { pending, message } = await begun(simulator, {}, 'bob');
			const other = await begun(simulator, { session: 'FileStation' }, 'bob');
			simulator.nas.switches.unknownSessionNameCode = 402;
			const error = await failure(pending.complete(message));
			expect(error.message).toBe('The account may not sign in under the session name "synoflow".');
			expect(await other.pending.complete(other.message)).toMatchObject({ account: 'bob', session: 'FileStation' });
		});
	});

	it('is answered by the NAS that was signed in to, and by nobody else', async () => {
		await withPage({}, async ({ simulator }) => {
			const { pending, message } = await begun(simulator);
			simulator.use({
				'SYNO.API.Auth.login': () => ({
					data: { account: 'alice', sid: 'x', synotoken: 'y', ik_message: 'A'.repeat(64) },
				}),
			});
			expect((await failure(pending.complete(message))).message).toBe(
				'The answer to the sign-in does not come from the NAS that was signed in to.',
			);
		});
	});
});

describe('a connection with a sign-in of the browser', () => {
	it('works without account and password, and never logs out', async () => {
		await withPage({}, async (scene) => {
			const { simulator, acquire } = scene;
			const { text, value } = await signedIn(simulator);
			const lease = acquire({ signIn: text, account: '', password: '' });
			expect(await lease.dsm.call(INFO)).toMatchObject({ is_manager: true });
			expect(lease.dsm.account).toBe('alice');
			await lease.release();
			expect(methodsOf(scene)).not.toContain('logout');
			expect(simulator.nas.sessions.get(value.sid)?.lostCode).toBeUndefined();
		});
	});

	it('resumes its session when the NAS has suspended it, once for all callers', async () => {
		await withPage({}, async (scene) => {
			const { simulator, acquire, clock } = scene;
			const { text, value } = await signedIn(simulator);
			const { dsm } = acquire({ signIn: text, account: '', password: '' });
			await dsm.call(INFO);
			clock.advance(16 * MINUTE);
			await Promise.all([1, 2, 3].map(async () => await dsm.call(INFO)));
			expect(methodsOf(scene).filter((method) => method === 'resume')).toHaveLength(1);
			const resumed = simulator.requests.find(({ method }) => method === 'resume')!;
			expect(resumed.params).toMatchObject({
				client_id: 'webui',
				session: 'synoflow',
				format: 'sid',
				account: 'alice',
				device_id: value.deviceId,
				enable_syno_token: 'yes',
				kk_message: expect.stringMatching(/^[\w-]{64}$/),
			});
			clock.advance(16 * MINUTE);
			await dsm.call(INFO);
			expect(methodsOf(scene).filter((method) => method === 'resume')).toHaveLength(2);
		});
	});

	it('goes on with the session id that a resume gave', async () => {
		await withPage({}, async ({ simulator, acquire, clock }) => {
			simulator.nas.switches.resumeSendsSid = true;
			simulator.nas.switches.codeDeviceIdEmpty = true;
			const { text } = await signedIn(simulator);
			const { dsm } = acquire({ signIn: text, account: '', password: '' });
			clock.advance(16 * MINUTE);
			await dsm.call(INFO);
			expect(simulator.requests.find(({ method }) => method === 'resume')!.params['device_id']).toBe('');
		});
	});

	it('says "sign in again" when that is refused, and does not ask again before it is edited or tested', async () => {
		await withPage({}, async (scene) => {
			const { simulator, acquire, pool, connection } = scene;
			const { text } = await signedIn(simulator);
			const settings = { ...connection, signIn: text, account: '', password: '' };
			const { dsm } = acquire(settings);
			simulator.reboot();
			const error = await failure(dsm.call(INFO));
			expect(error.message).toBe('Sign in again: the NAS no longer resumes the session of "alice".');
			expect(error).toMatchObject({
				code: 'login',
				hint: 'Sign in with the browser anew, and put the new text into "Browser Sign-In" of the connection.',
				details: { needsEdit: true, needsSignIn: true, dsmCode: 400 },
			});
			await failure(dsm.call(INFO));
			expect(methodsOf(scene).filter((method) => method === 'resume')).toHaveLength(1);
			pool.forget(settings);
			await failure(dsm.call(INFO));
			expect(methodsOf(scene).filter((method) => method === 'resume')).toHaveLength(2);
		});
	});

	it.each([
		[
			'a suspended session that the NAS does not resume',
			(scene: BrowserScene) => (scene.simulator.nas.switches.resumeAfterIdle = false),
		],
		['an account that was disabled', (scene: BrowserScene) => (scene.simulator.nas.user('alice').loginCode = 401)],
	])('must be signed in again after %s', async (_, change) => {
		await withPage({}, async (scene) => {
			const { text } = await signedIn(scene.simulator);
			const { dsm } = scene.acquire({ signIn: text, account: '', password: '' });
			scene.clock.advance(16 * MINUTE);
			change(scene);
			expect(await failure(dsm.call(INFO))).toMatchObject({ details: { needsSignIn: true } });
		});
	});

	it('tries again later when the NAS is busy', async () => {
		await withPage({}, async ({ simulator, acquire, clock }) => {
			const { text } = await signedIn(simulator);
			const { dsm } = acquire({ signIn: text, account: '', password: '' });
			clock.advance(16 * MINUTE);
			simulator.nas.faults.next({ api: 'SYNO.API.Auth', method: 'resume', code: 109 });
			expect(await failure(dsm.call(INFO))).toMatchObject({ dsmCode: 109, retryable: true });
			expect(await dsm.call(INFO)).toMatchObject({ is_manager: true });
		});
	});

	it('is not sent to another NAS, and belongs to the account that signed in', async () => {
		await withPage({}, async ({ simulator, acquire }) => {
			const { text } = await signedIn(simulator);
			const before = simulator.requests.length;
			const elsewhere = { url: 'https://other.example.com:5001', signIn: text, account: '', password: '' };
			expect(() => acquire(elsewhere)).toThrow('The sign-in was made at');
			expect(() => acquire({ signIn: text, account: 'bob', password: '' })).toThrow(
				'"Account" of the connection is "bob", but "alice" signed in with the browser.',
			);
			expect(() => acquire({ signIn: 'dsm1.AAAA' })).toThrow(
				'"Browser Sign-In" of the connection is not the text of a sign-in, or not all of it.',
			);
			expect(simulator.requests).toHaveLength(before);
		});
	});

	it('asks for the password where CardDAV or CalDAV needs one', async () => {
		await withPage({}, async ({ simulator, acquire }) => {
			const { text } = await signedIn(simulator);
			const { dsm } = acquire({ signIn: text, account: '', password: '' });
			const request = { method: 'PROPFIND', path: '/carddav/', depth: '0' } as const;
			expect((await failure(dsm.dav(request))).message).toBe(
				'CardDAV and CalDAV ask for account and password; a sign-in in the browser has no password.',
			);
		});
	});

	it('shows none of its secrets in logs and errors', async () => {
		await withPage({}, async ({ simulator, acquire, lines, pool, clock }) => {
			const { text, value } = await signedIn(simulator);
			const { dsm } = acquire({ signIn: text, account: '', password: '' });
			clock.advance(16 * MINUTE);
			await dsm.call(INFO);
			const secrets = [text, value.sid, value.synoToken!, value.deviceId, value.secret];
			const told = pool.redact([...secrets, ...lines].join(' | '));
			for (const secret of secrets) expect(told).not.toContain(secret);
		});
	});
});

describe('the text of a sign-in', () => {
	it('survives a terminal that broke it into lines', async () => {
		await withPage({}, async ({ simulator }) => {
			const { text, value } = await signedIn(simulator);
			expect(readSignIn(text.replace(/.{40}/g, '$&\n  '))).toEqual(value);
			expect(text).toMatch(/^dsm1\.[\w-]+$/);
			expect(() => readSignIn(text.slice(0, -20))).toThrow('or not all of it');
			expect(() => writeSignIn({ ...value, secret: 'short' })).toThrow();
		});
	});
});

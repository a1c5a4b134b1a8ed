import { describe, expect, test } from '@jest/globals';
import { failure, testHost, withNas, type Scene } from '../support/nas';
import { SettableClock } from '../../src/simulator';
import { createPool } from '../../src/core/pool';
import { decodeSecret, totp } from '../../src/core/otp';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const names = (requests: { api: string; method: string }[]) => requests.map(({ api, method }) => `${api}.${method}`);

describe('session', () => {
	test('a cold call costs three requests, a warm one one', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			expect((await dsm.call(info)).model).toBe('DS920+');
			expect(names(simulator.requests)).toEqual([
				'SYNO.API.Info.query',
				'SYNO.API.Auth.login',
				'SYNO.DSM.Info.getinfo',
			]);
			await dsm.call(info);
			expect(simulator.requests).toHaveLength(4);
		});
	});

	test('a thousand calls at once log in once', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			await Promise.all(Array.from({ length: 1000 }, async () => await dsm.call(info)));
			expect(simulator.logins).toBe(1);
			expect(simulator.requests).toHaveLength(1002);
		});
	});

	test.each([106, 107, 119, 150])(
		'a session lost with code %d is renewed once, and the call repeated',
		async (code) => {
			await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
				await dsm.call(info);
				simulator.nas.faults.loseSessions(code);
				await Promise.all(Array.from({ length: 20 }, async () => await dsm.call(info)));
				expect(simulator.logins).toBe(2);
			});
		},
	);

	test('a permanent 119 is tried again once and then told', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ api: 'SYNO.DSM.Info', code: 119, times: 5 });
			const error = await failure(dsm.call(info));
			expect([error.code, error.dsmCode]).toEqual(['session', 119]);
			expect(simulator.logins).toBe(2);
		});
	});

	test('105 is a right, not a session: no new login', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ api: 'SYNO.DSM.Info', code: 105 });
			expect((await failure(dsm.call(info))).code).toBe('permission');
			expect(simulator.logins).toBe(1);
		});
	});

	test('two displacements within a minute end with the advice to use an account of its own', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			simulator.nas.faults.loseSessions(107);
			await dsm.call(info);
			simulator.nas.faults.loseSessions(107);
			const error = await failure(dsm.call(info));
			expect([error.code, error.hint]).toEqual(['session', 'Give this connection a DSM account of its own.']);
			expect(simulator.logins).toBe(2);
		});
	});

	test('the last user logs out, and the NAS has no session left', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, lease, simulator, acquire }) => {
			const other = acquire();
			await dsm.call(info);
			await lease.release();
			expect(names(simulator.requests)).not.toContain('SYNO.API.Auth.logout');
			await other.release();
			expect(simulator.requests.at(-1)).toMatchObject({ api: 'SYNO.API.Auth', method: 'logout', answerCode: 0 });
			expect(simulator.nas.sessions.list()).toEqual([]);
		});
	});

	test('login asks for a token and sends it as a header, and no secret is in any address', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			const [, login, call] = simulator.requests;
			expect(login!.params).toMatchObject({ enable_syno_token: 'yes', format: 'sid' });
			expect(login!.query).toEqual({ enable_syno_token: 'yes' });
			expect(call!.query).toEqual({});
			expect(call!.headers['x-syno-token']).toMatch(/^[\w-]+$/);
		});
	});

	test.each([
		[7, 7],
		[6, 6],
		[5, 3],
	])('a NAS whose login goes up to version %d is logged in to with version %d', async (maxVersion, used) => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			simulator.nas.apis.get('SYNO.API.Auth')!.maxVersion = maxVersion;
			await dsm.call(info);
			expect(simulator.requests[1]!.version).toBe(used);
		});
	});

	test('a 104 at login falls back to the next lower version', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ api: 'SYNO.API.Auth', method: 'login', code: 104 });
			await dsm.call(info);
			expect(simulator.requests.filter(({ method }) => method === 'login').map(({ version }) => version)).toEqual([
				7, 6,
			]);
		});
	});

	test('no session name is sent unless the connection has one', async () => {
		await withNas({ account: 'user', apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator, acquire }) => {
			await dsm.call(info);
			await acquire({ session: 'DSM' }).dsm.call(info);
			const sent = simulator.requests.filter(({ method }) => method === 'login').map(({ params }) => params.session);
			expect(sent).toEqual([undefined, 'DSM']);
		});
	});

	test('a refused session name is replaced by FileStation and remembered', async () => {
		const connection = { session: 'webui' };
		await withNas({ account: 'user', connection, apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			simulator.nas.switches.unknownSessionNameCode = 402;
			await dsm.call(info);
			simulator.nas.faults.loseSessions(119);
			await dsm.call(info);
			const sent = simulator.requests.filter(({ method }) => method === 'login').map(({ params }) => params.session);
			expect(sent).toEqual(['webui', 'FileStation', 'FileStation']);
		});
	});

	test('a NAS that gives no token is used without one', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			simulator.nas.apis.get('SYNO.API.Auth')!.maxVersion = 5;
			await dsm.call(info);
			expect(simulator.requests.at(-1)!.headers['x-syno-token']).toBeUndefined();
		});
	});
});

describe('stored session', () => {
	test('an exported session is resumed in another process without a login', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ lease, simulator, acquire, pool }) => {
			const session = await lease.export();
			expect(session).toMatchObject({ v: 1, url: simulator.url, account: simulator.account });
			const resumed = acquire({ deviceName: 'another process' }, { apis: ['SYNO.DSM.Info'], resume: { session } });
			await resumed.dsm.call(info);
			expect(simulator.logins).toBe(1);
			expect(pool.redact(`sid ${session.sid}`)).toBe('sid [redacted]');
		});
	});

	test('a session that no longer holds is noticed by the test call and replaced', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ lease, simulator, acquire }) => {
			const session = await lease.export();
			simulator.nas.faults.loseSessions(119);
			const resumed = acquire({ deviceName: 'another process' }, { apis: ['SYNO.DSM.Info'], resume: { session } });
			await resumed.dsm.call(info);
			expect(names(simulator.requests.slice(-3))).toEqual([
				'SYNO.Core.Desktop.Timeout.get',
				'SYNO.API.Auth.login',
				'SYNO.DSM.Info.getinfo',
			]);
		});
	});

	test('without the test call a lost session is renewed at the first use', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ lease, simulator, acquire }) => {
			const session = await lease.export();
			simulator.nas.faults.loseSessions(119);
			const resumed = acquire({ deviceName: 'x' }, { apis: ['SYNO.DSM.Info'], resume: { session, validate: false } });
			await resumed.dsm.call(info);
			expect(names(simulator.requests.slice(-3))).toEqual([
				'SYNO.DSM.Info.getinfo',
				'SYNO.API.Auth.login',
				'SYNO.DSM.Info.getinfo',
			]);
		});
	});
});

describe('two-factor authentication', () => {
	test('a secret gives the code in the time of the NAS, hours away from ours', async () => {
		const ours = new SettableClock(Date.UTC(2026, 10, 22, 8));
		const theirs = new SettableClock(Date.UTC(2026, 10, 22, 15, 0, 10));
		const pool = { host: testHost(ours) };
		await withNas({ otp: true, clock: theirs, pool, apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			const login = simulator.requests.find(({ method }) => method === 'login')!;
			expect(String(login.params.otp_code).padStart(6, '0')).toBe(
				totp(decodeSecret(simulator.otpSecret!), Math.floor(theirs.now() / 30_000)),
			);
			expect(login.params.enable_device_token).toBeUndefined();
			expect([simulator.logins, login.answerCode]).toEqual([1, 0]);
		});
	});

	const logins = ({ simulator }: Pick<Scene, 'simulator'>) =>
		simulator.requests.filter(({ method }) => method === 'login');
	const codeOf = ({ simulator }: Pick<Scene, 'simulator'>) =>
		totp(decodeSecret(simulator.otpSecret!), Math.floor(simulator.nas.clock.now() / 30_000));
	const devices = ({ simulator }: Pick<Scene, 'simulator'>) =>
		simulator.nas.user(simulator.account).trustedDevices.map(({ name }) => name);

	test('a secret enrols no device where none can be kept: four starts leave the list of devices empty', async () => {
		await withNas({ otp: true, apis: ['SYNO.DSM.Info'] }, async (scene) => {
			for (const [start] of Array.from({ length: 4 }).entries()) {
				const pool = createPool({ host: testHost(scene.simulator.nas.clock as SettableClock) });
				await pool.acquire(scene.connection).dsm.call(info);
				await pool.close();
				(scene.simulator.nas.clock as SettableClock).advance(30_000);
				expect([start, devices(scene)]).toEqual([start, []]);
			}
		});
	});

	test('where ids can be kept, one is enrolled without format=sid and replaces the code at the next login', async () => {
		await withNas({ otp: true, lasts: true, apis: ['SYNO.DSM.Info'] }, async ({ dsm, lease, simulator }) => {
			await dsm.call(info);
			expect(lease.deviceId()).toMatch(/^[\w-]{10,}$/);
			simulator.nas.faults.loseSessions(119);
			await dsm.call(info);
			const [first, second] = logins({ simulator });
			expect([first!.version, first!.params.enable_device_token, first!.params.format]).toEqual([7, 'yes', undefined]);
			expect(second!.params).toMatchObject({ device_id: lease.deviceId(), device_name: 'Synoflow', format: 'sid' });
			expect(second!.params.otp_code).toBeUndefined();
		});
	});

	test('a revoked device id falls back to a fresh code', async () => {
		await withNas({ otp: true, lasts: true, apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			simulator.nas.user(simulator.account).trustedDevices = [];
			simulator.nas.faults.loseSessions(119);
			await dsm.call(info);
			expect(logins({ simulator }).map(({ answerCode }) => answerCode)).toEqual([0, 403, 0]);
		});
	});

	test('an empty device id makes the next enrolment use version 6, and version 7 for the session', async () => {
		await withNas({ otp: true, lasts: true, apis: ['SYNO.DSM.Info'] }, async ({ dsm, lease, simulator }) => {
			simulator.nas.switches.emptyDeviceId = 'always';
			await dsm.call(info);
			expect(lease.deviceId()).toBeUndefined();
			simulator.nas.faults.loseSessions(119);
			await dsm.call(info);
			const sent = logins({ simulator });
			expect(sent.map(({ version }) => version)).toEqual([7, 6, 7]);
			expect(sent[1]!.params.otp_code).not.toBe(sent[0]!.params.otp_code);
			expect(sent[2]!.params.device_id).toBe(lease.deviceId());
			expect(simulator.nas.sessions.size).toBe(1);
		});
	});

	test.each([false, true])(
		'a typed code enrols by version 6 and leaves one session of version 7 (empty id in 7: %s)',
		async (empty) => {
			await withNas({ otp: true, apis: ['SYNO.DSM.Info'] }, async (scene) => {
				scene.simulator.nas.switches.emptyDeviceId = empty ? 'always' : 'never';
				const { dsm } = scene.acquire({ otpSecret: '', otpCode: codeOf(scene) });
				await dsm.call(info);
				scene.simulator.nas.faults.loseSessions(119);
				await dsm.call(info);
				const sent = logins(scene);
				expect(sent.map(({ version, params }) => [version, params.otp_code !== undefined])).toEqual([
					[6, true],
					[7, false],
					[7, false],
				]);
				expect([devices(scene), scene.simulator.nas.sessions.size]).toEqual([['Synoflow'], 1]);
			});
		},
	);

	test('a one-time code is sent once; a later login without a device id says what to do', async () => {
		await withNas({ otp: true, apis: ['SYNO.DSM.Info'] }, async ({ simulator, acquire }) => {
			simulator.nas.apis.get('SYNO.API.Auth')!.minVersion = 7;
			simulator.nas.switches.emptyDeviceId = 'always';
			const { dsm } = acquire({ otpSecret: '', otpCode: codeOf({ simulator }) });
			await dsm.call(info);
			simulator.nas.faults.loseSessions(119);
			const error = await failure(dsm.call(info));
			expect([error.code, error.dsmCode]).toEqual(['login', 403]);
			const sent = simulator.requests.filter(({ params }) => params.otp_code !== undefined);
			expect(sent).toHaveLength(1);
		});
	});

	test('a device that one connection enrolled lets no other one in that knows the password alone', async () => {
		await withNas({ otp: true, apis: ['SYNO.DSM.Info'] }, async (scene) => {
			await scene.acquire({ otpSecret: '', otpCode: codeOf(scene) }).dsm.call(info);
			for (const proof of [{ otpSecret: '' }, { otpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }])
				expect((await failure(scene.acquire(proof).dsm.call(info))).code).toBe('login');
		});
	});

	test('an account with two-factor and neither secret nor code is told to enter one, after one login', async () => {
		await withNas({ otp: true, apis: ['SYNO.DSM.Info'] }, async ({ simulator, acquire }) => {
			const { dsm } = acquire({ otpSecret: '' });
			const error = await failure(dsm.call(info));
			expect([error.code, error.dsmCode]).toEqual(['login', 403]);
			expect(error.hint).toMatch(/OTP secret/i);
			await failure(dsm.call(info));
			expect(simulator.logins).toBe(1);
		});
	});
});

describe('old CGIs', () => {
	const audio = { api: 'SYNO.AudioStation.Info', method: 'getinfo', version: 4 } as const;
	const apis = ['SYNO.AudioStation.Info'];

	test('105 with a session that holds is a missing right', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.AudioStation.Info.getinfo': () => ({ error: 105 }) });
			expect((await failure(dsm.call(audio))).code).toBe('permission');
			expect(names(simulator.requests).slice(-2)).toEqual([
				'SYNO.AudioStation.Info.getinfo',
				'SYNO.Core.Desktop.Timeout.get',
			]);
			expect(simulator.logins).toBe(1);
		});
	});

	test('105 with a lost session logs in again', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.AudioStation.Info.getinfo': () => ({ data: { version_string: '7.0' } }) });
			await dsm.call(audio);
			simulator.nas.faults.loseSessions(119);
			expect(await dsm.call(audio)).toEqual({ version_string: '7.0' });
			expect(simulator.logins).toBe(2);
		});
	});
});

describe('refused logins', () => {
	test('a code that another process used first is not sent again: that of the next step is', async () => {
		const clock = new SettableClock(Date.UTC(2026, 10, 22, 8, 0, 1));
		await withNas({ otp: true, clock, apis: ['SYNO.DSM.Info'] }, async ({ dsm, simulator }) => {
			simulator.nas.user(simulator.account).usedOtpSteps.add(Math.floor(clock.now() / 30_000));
			expect((await dsm.call(info)).model).toBe('DS920+');
			const codes = simulator.requests.flatMap(({ params }) => params.otp_code ?? []);
			expect([codes.length, new Set(codes).size]).toEqual([2, 2]);
		});
	});

	test('a wrong secret costs four codes, and then waits', async () => {
		const clock = new SettableClock(Date.UTC(2026, 10, 22, 8, 0, 1));
		await withNas({ otp: true, clock, apis: ['SYNO.DSM.Info'] }, async ({ acquire, simulator }) => {
			const { dsm } = acquire({ otpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
			expect((await failure(dsm.call(info))).dsmCode).toBe(404);
			expect((await failure(dsm.call(info))).dsmCode).toBe(404);
			expect(simulator.logins).toBe(4);
		});
	});

	test('a bad password is tried once, however many ask, until the connection changes', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ simulator, acquire, connection }) => {
			const wrong = () => acquire({ password: 'not the password' });
			const errors = await Promise.all(Array.from({ length: 20 }, async () => await failure(wrong().dsm.call(info))));
			expect(new Set(errors.map(({ dsmCode }) => dsmCode))).toEqual(new Set([400]));
			await failure(wrong().dsm.call(info));
			expect(simulator.logins).toBe(1);
			await acquire({ password: connection.password }).dsm.call(info);
			expect(simulator.logins).toBe(2);
		});
	});

	test('a refusal that is taken back lets the next use log in again', async () => {
		await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ simulator, pool, dsm, connection }) => {
			simulator.nas.faults.next({ api: 'SYNO.API.Auth', method: 'login', code: 400 });
			expect((await failure(dsm.call(info))).dsmCode).toBe(400);
			expect((await failure(dsm.call(info))).dsmCode).toBe(400);
			pool.forget(connection);
			expect((await dsm.call(info)).model).toBe('DS920+');
			expect(simulator.logins).toBe(2);
		});
	});

	test('each refusal has a hint of its own', async () => {
		const hints = new Set<string>();
		for (const code of [400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411]) {
			await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ simulator, dsm }) => {
				simulator.nas.faults.next({ api: 'SYNO.API.Auth', method: 'login', code, times: 3 });
				const error = await failure(dsm.call(info));
				expect([error.code, error.dsmCode]).toEqual(['login', code]);
				hints.add(String(error.hint));
			});
		}
		expect(hints.size).toBe(12);
	});
});

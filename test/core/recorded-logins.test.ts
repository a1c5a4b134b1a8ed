import { describe, expect, test } from '@jest/globals';
import { bare } from '../../src/core/call';
import { failure } from '../support/nas';
import { until } from '../support/until';
import { error, LIST, ok, replaying, row, type Answer, type Asked, type Replay } from './recorded';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const only =
	(api: string, answer: Answer | ((asked: Asked) => Answer | undefined)): Replay =>
	(asked) =>
		asked.api === api ? (typeof answer === 'function' ? answer(asked) : answer) : undefined;

describe('login', () => {
	const logins = (asked: Asked[]) => asked.filter(({ method }) => method === 'login');
	const dsmInfo = only('SYNO.DSM.Info', ok({ model: 'DS920+' }));

	test.each([
		['did of version 6', { did: 'device-1-abcdefgh', device_id: '' }],
		['device_id of version 7', { device_id: 'device-1-abcdefgh', account: 'alice', ik_message: '' }],
		['a number', { did: '', device_id: 1234567890123 }],
	])('a device id that comes as %s is kept and used', async (_, fields: { did?: string; device_id?: unknown }) => {
		const replay: Replay = (asked) =>
			asked.method === 'login'
				? ok({ sid: 'sid-2-abcdefgh', synotoken: '--------', is_portal_port: false, ...fields })
				: dsmInfo(asked);
		const connection = { otpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
		await replaying(
			replay,
			async ({ dsm, lease, asked }) => {
				await dsm.call(info);
				expect(lease.deviceId()).toBe(String(fields.did || fields.device_id));
				expect(asked.at(-1)!.headers['x-syno-token']).toBeUndefined();
			},
			{ connection, lasts: true },
		);
	});

	test('success without a session id is told, and not taken for a session', async () => {
		await replaying(only('SYNO.API.Auth', ok()), async ({ dsm }) => {
			const told = await failure(dsm.call(info));
			expect([told.code, told.message]).toEqual(['protocol', 'The NAS accepted the login but gave no session id.']);
		});
	});

	test('only versions 4 and 5: the highest is used', async () => {
		const list = { ...LIST, 'SYNO.API.Auth': { maxVersion: 5, minVersion: 4, path: 'entry.cgi' } };
		await replaying(
			(asked) => only('SYNO.API.Info', ok(list))(asked) ?? dsmInfo(asked),
			async ({ dsm, asked }) => {
				await dsm.call(info);
				expect(logins(asked)[0]!.version).toBe(5);
			},
		);
	});

	test('a clock service that answers a web page does not keep anybody from logging in', async () => {
		const list = { ...LIST, 'SYNO.API.Encryption': { maxVersion: 1, minVersion: 1, path: 'encryption.cgi' } };
		const connection = { otpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
		const replay: Replay = (asked) => only('SYNO.API.Info', ok(list))(asked) ?? dsmInfo(asked);
		await replaying(replay, async ({ dsm }) => expect((await dsm.call(info)).model).toBe('DS920+'), { connection });
	});

	test('a one-time code that went to an unknown version goes with the next one', async () => {
		const replay: Replay = (asked) => (asked.method === 'login' && asked.version === 6 ? error(104) : dsmInfo(asked));
		await replaying(
			replay,
			async ({ dsm, asked }) => {
				await dsm.call(info);
				expect(logins(asked).map(({ version, params }) => [version, params.otp_code])).toEqual([
					[6, '012345'],
					[7, '012345'],
				]);
			},
			{ connection: { otpCode: 12345 as unknown as string } },
		);
	});

	test('a renewed device id is kept, and the one of the settings no longer sent', async () => {
		const replay: Replay = (asked) => {
			if (asked.method !== 'login') return asked.params._sid === 'sid-1-abcdefgh' ? error(106) : dsmInfo(asked);
			return asked.params.device_id === 'device-given-1'
				? ok({ sid: 'sid-1-abcdefgh', device_id: 'device-renewed-1' })
				: ok({ sid: 'sid-2-abcdefgh', device_id: '' });
		};
		await replaying(
			replay,
			async ({ dsm, lease, asked, pool, connection }) => {
				await dsm.call(info);
				expect(logins(asked).map(({ params }) => params.device_id)).toEqual(['device-given-1', 'device-renewed-1']);
				expect(lease.deviceId()).toBe('device-renewed-1');
				expect(pool.redact('device-renewed-1')).toBe('[redacted]');
				const { dsm: stranger } = pool.acquire({ ...connection, deviceId: '' });
				await stranger.call(info);
				expect(logins(asked).at(-1)!.params.device_id).toBeUndefined();
			},
			{ connection: { deviceId: 'device-given-1' } },
		);
	});

	test('logins whose answers are lost are tried twice, and then wait half a minute and a minute', async () => {
		const replay: Replay = (asked) =>
			asked.method === 'login' ? { send: (response) => void response.destroy() } : dsmInfo(asked);
		await replaying(replay, async ({ dsm, asked, clock }) => {
			const sent: number[] = [];
			for (const wait of [0, 1_000, 30_000, 30_000, 31_000]) {
				clock.advance(wait);
				expect((await failure(dsm.call(info))).code).toBe('connection');
				sent.push(logins(asked).length);
			}
			expect(sent).toEqual([2, 2, 3, 3, 4]);
		});
	});

	const wholeLogin = JSON.stringify({
		data: { did: '', is_portal_port: false, sid: 'sid-lost-abcdefgh', synotoken: 'token-lost-abcdefgh' },
		success: true,
	});

	test.each([
		['behind its id', wholeLogin.indexOf('","synotoken'), [], undefined],
		['behind the name of its id', wholeLogin.indexOf('-lost'), [], undefined],
		['behind its token', wholeLogin.length - 3, ['sid-lost-abcdefgh'], 'token-lost-abcdefgh'],
		['behind the quote of its id', wholeLogin.indexOf('synotoken'), ['sid-lost-abcdefgh'], undefined],
	])('the session of a login whose answer breaks off %s is ended where its id came', async (_, end, ended, token) => {
		for (const isCut of [true, false]) {
			let lost = 1;
			const replay: Replay = (asked) => {
				if (asked.method === 'logout') return ok();
				if (asked.method !== 'login') return dsmInfo(asked);
				if (lost-- <= 0) return undefined;
				const body = wholeLogin.slice(0, end);
				if (!isCut) return { body };
				return {
					send: (response) => {
						response.writeHead(200, { 'content-length': String(wholeLogin.length) });
						response.write(body, () => response.destroy());
					},
				};
			};
			await replaying(replay, async ({ dsm, asked, pool }) => {
				expect((await dsm.call(info)).model).toBe('DS920+');
				await until(() => asked.filter(({ method }) => method === 'logout').length === ended.length);
				const logouts = asked.filter(({ method }) => method === 'logout');
				expect(logouts.map(({ params }) => params['_sid'])).toEqual(ended);
				expect(logouts[0]?.headers['x-syno-token']).toBe(token);
				expect(pool.redact('sid-lost-abcdefgh')).toBe(ended.length > 0 ? '[redacted]' : 'sid-lost-abcdefgh');
			});
		}
	});

	test('a refused session name stays the reason when no code is left for the next name', async () => {
		const replay: Replay = (asked) => {
			if (asked.method !== 'login') return dsmInfo(asked);
			return asked.params.otp_code === undefined ? error(403) : error(402);
		};
		await replaying(replay, async ({ dsm }) => expect((await failure(dsm.call(info))).dsmCode).toBe(402), {
			connection: { otpCode: '123456' },
		});
	});

	test('a login whose answer was lost is tried again for a write, too: the write itself was not sent', async () => {
		let lost = 1;
		const replay: Replay = (asked) => {
			if (asked.method !== 'login') return dsmInfo(asked);
			return lost-- > 0 ? { send: (response) => void response.destroy() } : undefined;
		};
		await replaying(replay, async ({ dsm, names }) => {
			expect((await dsm.call(info)).model).toBe('DS920+');
			expect(names()).toEqual([
				'SYNO.API.Info.query',
				'SYNO.API.Auth.login',
				'SYNO.API.Auth.login',
				'SYNO.DSM.Info.getinfo',
			]);
		});
	});

	test('errors of a login say for which operation it was, each for its own', async () => {
		await replaying(only('SYNO.API.Auth', error(400)), async ({ dsm, names }) => {
			const [first, second] = await Promise.all(
				['a.b.one', 'a.b.two'].map(async (operation) => await failure(dsm.call(info, {}, { operation }))),
			);
			expect([first!.operation, second!.operation]).toEqual(['a.b.one', 'a.b.two']);
			expect(names().filter((name) => name === 'SYNO.API.Auth.login')).toHaveLength(1);
		});
	});
});

describe('a missing token', () => {
	test.each([103, 105])('shows as %d in a stored session without one: a login brings it', async (code) => {
		const replay: Replay = (asked) => {
			if (asked.api !== 'SYNO.DSM.Info') return undefined;
			return asked.headers['x-syno-token'] === undefined ? error(code) : ok({ model: 'DS920+' });
		};
		await replaying(replay, async ({ pool, connection, url, names }) => {
			const session = {
				v: 1,
				url,
				account: 'alice',
				sid: 'sid-0-abcdefgh',
				synoToken: '--------',
				name: 'webui',
				version: 7,
				created: 0,
			} as const;
			const { dsm } = pool.acquire({ ...connection, deviceName: 'x' }, { resume: { session, validate: false } });
			expect((await dsm.call(info)).model).toBe('DS920+');
			expect(names().filter((name) => name.startsWith('SYNO.DSM') || name.endsWith('login'))).toEqual([
				'SYNO.DSM.Info.getinfo',
				'SYNO.API.Auth.login',
				'SYNO.DSM.Info.getinfo',
			]);
		});
	});

	test('is no reason for a login on a NAS that gives none', async () => {
		const replay: Replay = (asked) => {
			if (asked.method === 'login') return ok({ sid: 'sid-1-abcdefgh', synotoken: '--------' });
			return only('SYNO.DSM.Info', error(105))(asked);
		};
		await replaying(replay, async ({ dsm, names }) => {
			for (let index = 0; index < 5; index++) expect((await failure(dsm.call(info))).code).toBe('permission');
			expect(names().filter((name) => name.endsWith('login'))).toHaveLength(2);
		});
	});
});

test('a call that answers 119 for good costs one login, not one each time', async () => {
	const list = { ...LIST, 'SYNO.Core.Desktop.Timeout': row() };
	const replay: Replay = (asked) =>
		only('SYNO.API.Info', ok(list))(asked) ??
		only('SYNO.DSM.Info', error(119))(asked) ??
		only('SYNO.Core.Desktop.Timeout', ok({ timeout: 15 }))(asked);
	await replaying(replay, async ({ dsm, names, lease, asked }) => {
		for (let index = 0; index < 5; index++) expect((await failure(dsm.call(info))).dsmCode).toBe(119);
		expect(names().filter((name) => name.endsWith('login'))).toHaveLength(2);
		await lease.release();
		expect(asked.filter(({ method }) => method === 'logout')).toHaveLength(2);
	});
});

test('displacements far apart are renewed, also after two that were not', async () => {
	let displaced = 0;
	const replay = only('SYNO.DSM.Info', () => (displaced-- > 0 ? error(107) : ok({ model: 'DS920+' })));
	await replaying(replay, async ({ dsm, clock }) => {
		const losing = async () => ((displaced = 1), await dsm.call(info));
		await losing();
		for (let index = 0; index < 3; index++) {
			clock.advance(15_000);
			expect((await failure(losing())).code).toBe('session');
		}
		clock.advance(15_000);
		expect((await losing()).model).toBe('DS920+');
	});
});

test('parameters named like the call itself are refused before anything is sent', async () => {
	await replaying(only('SYNO.DSM.Info', ok()), async ({ dsm, asked }) => {
		const told = await failure(dsm.call(info, { method: 'shutdown' }));
		expect([told.code, told.message]).toEqual([
			'input',
			'"method" cannot be a parameter of SYNO.DSM.Info getinfo: it names the call itself.',
		]);
		const [entry] = await dsm.batch([{ call: info, params: { api: 'SYNO.Core.System' } }]);
		expect(entry).toMatchObject({ error: { code: 'input' } });
		expect(asked.filter(({ api }) => api !== 'SYNO.API.Info')).toEqual([]);
	});
});

test('half of a surrogate pair in a value does not crash the client', async () => {
	await replaying(only('SYNO.DSM.Info', ok()), async ({ dsm, asked }) => {
		await dsm.call(info, { text: bare('a\uD800b') });
		expect(asked.at(-1)!.params.text).toBe('a\uFFFDb');
	});
});

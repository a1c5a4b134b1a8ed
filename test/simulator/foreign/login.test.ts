import { describe, expect, test } from '@jest/globals';
import { totp } from '../../../src/simulator';
import { OTP_SECRET } from '../../../src/simulator/core/seed';
import { type Answer, ask, bench, postForm, urlencode } from './nas';

const LOGIN = { api: 'SYNO.API.Auth', method: 'login', account: 'twofactor', passwd: 'twofactor-Passw0rd' };

describe('old login versions', () => {
	test.each([3, 4, 5])(
		'v%i answers the sid only, without a token, and its sid drives every service',
		async (version) => {
			const { webapi } = await bench();
			const login = await postForm(`${webapi}auth.cgi`, {
				...{ api: 'SYNO.API.Auth', method: 'login', version, account: 'alice', passwd: 'alice-Passw0rd' },
				...{ session: 'FileStation', format: 'sid', enable_syno_token: 'yes' },
			});
			expect(Object.keys(login.data)).toEqual(['is_portal_port', 'sid']);
			expect(login.headers.getSetCookie()).toEqual([]);
			const list = await postForm(`${webapi}entry.cgi`, {
				...{ api: 'SYNO.Chat.Channel', version: 5, method: 'list', _sid: login.data.sid },
			});
			expect(list.success).toBe(true);
		},
	);

	test('v8 is 104', async () => {
		const { webapi } = await bench();
		expect((await postForm(`${webapi}entry.cgi`, { ...LOGIN, version: 8 })).error?.code).toBe(104);
	});

	test('a quoted account is another account: 400', async () => {
		const { webapi } = await bench();
		const form = { ...LOGIN, version: 6, account: '"alice"', passwd: 'alice-Passw0rd' };
		expect((await postForm(`${webapi}entry.cgi`, form)).error).toEqual({ code: 400 });
	});
});

/** acme.sh: a shell script with curl, GET requests, the device id in its configuration (core.md 5.3). */
describe('a shell script with a device id', () => {
	test('sends the code once, keeps the did, and logs in without a code from then on', async () => {
		const { webapi, clock } = await bench();
		const base = { ...LOGIN, version: 6, format: 'sid', enable_syno_token: 'yes' };
		const get = async (more: Record<string, string>): Promise<Answer> =>
			await ask(`${webapi}entry.cgi?${urlencode({ ...base, ...more })}`);
		expect((await get({})).error?.code).toBe(403);
		const enrolled = await get({
			...{ otp_code: totp(OTP_SECRET, clock.now()), enable_device_token: 'yes', device_name: 'CertRenewal' },
		});
		const { did } = enrolled.data;
		expect(enrolled.headers.getSetCookie()[0]).toMatch(
			new RegExp(`^did=${did};expires=.* GMT;max-age=31536000;path=/;HttpOnly$`),
		);
		clock.advance(60 * 86_400_000);
		const again = await get({ device_name: 'CertRenewal', device_id: did });
		expect(again.data.did).toBe(did);
		expect((await get({ device_name: 'Other', device_id: did })).error?.code).toBe(403);
	});
});

/** Home Assistant: tries without a code, asks the user, keeps the device token (core.md 5.1, 5.3). */
describe('a home automation with a configuration dialog', () => {
	test('403 names the methods; the code gives a device id; logging in again needs none', async () => {
		const { webapi, clock } = await bench();
		const base = {
			...{ ...LOGIN, version: 7, session: 'DSM', format: 'cookie', enable_syno_token: 'yes' },
			...{ enable_device_token: 'yes', device_name: 'home-assistant' },
		};
		const login = async (more: Record<string, string> = {}) =>
			await postForm(`${webapi}auth.cgi`, { ...base, ...more });
		const first = await login();
		expect(first.status).toBe(200);
		expect(first.error).toMatchObject({ code: 403, errors: { types: [{ type: 'authenticator' }, { type: 'otp' }] } });
		expect(Object.keys(first.error?.errors)).toEqual(['token', 'types']);
		expect((await login({ otp_code: '000000' })).error?.code).toBe(404);
		const code = totp(OTP_SECRET, clock.now());
		const { device_id } = (await login({ otp_code: code })).data;
		expect((await login({ otp_code: code })).error?.code).toBe(404);
		const again = await login({ device_id });
		expect(again.data).toMatchObject({ account: 'twofactor', device_id, ik_message: '', is_portal_port: false });
	});

	test('a NAS of 7.0.1 gives an empty device id with v7 and a real one with v6', async () => {
		const { webapi, nas, clock } = await bench();
		nas.nas.switches.emptyDeviceId = 'always';
		const form = (version: number) => ({
			...{ ...LOGIN, version, otp_code: totp(OTP_SECRET, clock.now()), enable_device_token: 'yes', device_name: 'ha' },
		});
		expect((await postForm(`${webapi}auth.cgi`, form(7))).data.device_id).toBe('');
		clock.advance(30_000);
		expect((await postForm(`${webapi}auth.cgi`, form(6))).data.did).toHaveLength(64);
	});

	test('too many wrong passwords block the address: 407 also for the right one', async () => {
		const { webapi } = await bench();
		const login = async (passwd: string) =>
			(await postForm(`${webapi}auth.cgi`, { ...LOGIN, version: 6, account: 'alice', passwd })).error?.code;
		for (let attempt = 0; attempt < 10; attempt += 1) expect(await login('wrong')).toBe(400);
		expect(await login('alice-Passw0rd')).toBe(407);
	});
});

describe('tokens for sessions that have none', () => {
	test('v7 with a session and without an account names the session again, now with a token', async () => {
		const { webapi, nas } = await bench();
		const { data } = await postForm(`${webapi}auth.cgi`, {
			...{ ...LOGIN, version: 6, account: 'alice', passwd: 'alice-Passw0rd', format: 'sid' },
		});
		const form = { api: 'SYNO.API.Auth', version: 7, method: 'login', session: 'webui', enable_syno_token: 'yes' };
		const renewed = await postForm(`${webapi}entry.cgi`, { ...form, _sid: data.sid });
		expect(renewed.data).toMatchObject({ account: 'alice', sid: data.sid });
		expect(renewed.data.synotoken).toMatch(/^[A-Za-z0-9]{14}$/);
		expect(nas.nas.autoBlock.blocks('127.0.0.1')).toBe(false);
	});

	test('v6 token gives one, and v7 has no such method', async () => {
		const { webapi } = await bench();
		const login = await postForm(`${webapi}auth.cgi`, {
			...LOGIN,
			version: 6,
			account: 'alice',
			passwd: 'alice-Passw0rd',
		});
		const token = async (version: number) =>
			await postForm(
				`${webapi}entry.cgi/SYNO.API.Auth`,
				{ api: 'SYNO.API.Auth', version, method: 'token', updateSynoToken: 'true' },
				{ Cookie: `id=${login.data.sid}` },
			);
		expect((await token(7)).error?.code).toBe(103);
		expect(Object.keys((await token(6)).data)).toEqual(['synotoken']);
	});
});

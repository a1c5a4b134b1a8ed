import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SettableClock, type Simulator, startSimulator, totp } from '../../src/simulator';
import { call, login, post, tryLogin } from './client';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
let clock: SettableClock;
let nas: Simulator;

beforeEach(async () => {
	clock = new SettableClock();
	nas = await startSimulator({ clock });
});
afterEach(() => nas.close());

const codeOf = async (form: Record<string, string | number>) => (await tryLogin(nas, form)).json.error?.code ?? 0;

describe('login by version', () => {
	test.each([1, 2])('v%i has no login: 103', async (version) => {
		expect(await codeOf({ version })).toBe(103);
	});

	test.each([3, 4, 5])('v%i answers sid and is_portal_port only', async (version) => {
		const { json } = await tryLogin(nas, { version, enable_syno_token: 'yes' });
		expect(Object.keys(json.data)).toEqual(['is_portal_port', 'sid']);
	});

	test('v6 answers did and the token placeholder', async () => {
		const { json } = await tryLogin(nas, { version: 6 });
		expect(Object.keys(json.data)).toEqual(['did', 'is_portal_port', 'sid', 'synotoken']);
		expect(json.data.synotoken).toBe('--------');
	});

	test('v7 answers account, device_id and ik_message', async () => {
		const { json } = await tryLogin(nas);
		expect({ ...json.data, sid: '' }).toEqual({
			account: 'alice',
			device_id: '',
			ik_message: '',
			is_portal_port: false,
			sid: '',
			synotoken: '--------',
		});
		expect(json.data.sid).toMatch(/^[A-Za-z0-9_-]{86}$/);
	});

	test('v6 answers to Login with a capital, v7 does not', async () => {
		expect(await codeOf({ version: 6, method: 'Login' })).toBe(0);
		expect(await codeOf({ version: 7, method: 'Login' })).toBe(103);
	});

	test('a quoted account name is a wrong account name', async () => {
		expect(await codeOf({ account: '"alice"' })).toBe(400);
	});
});

describe('cookies and headers of a login', () => {
	test('the default format sets the id cookie for seven days', async () => {
		const { headers, json } = await tryLogin(nas);
		expect(headers.getSetCookie()).toEqual([
			`id=${json.data.sid};expires=Mon, 12 Jan 2026 08:00:00 GMT;max-age=604800;path=/;HttpOnly`,
		]);
		expect(headers.get('p3p')).toBe('CP="IDC DSP COR ADM DEVi TAIi PSA PSD IVAi IVDi CONi HIS OUR IND CNT"');
	});

	test('format=sid sets no cookie', async () => {
		expect((await tryLogin(nas, { format: 'sid' })).headers.getSetCookie()).toEqual([]);
	});

	test('an issued device id comes as a cookie that lives as long as the release says', async () => {
		const otp_code = totp(SECRET, clock.now());
		const { headers, json } = await tryLogin(nas, {
			account: 'twofactor',
			otp_code,
			enable_device_token: 'yes',
			device_name: 'n8n',
		});
		expect(headers.getSetCookie()[1]).toBe(
			`did=${json.data.device_id};expires=Tue, 05 Jan 2027 08:00:00 GMT;max-age=31536000;path=/;HttpOnly`,
		);
	});

	test('the token may be asked for in the body or in the query', async () => {
		const form = { api: 'SYNO.API.Auth', version: 6, method: 'login', account: 'alice', passwd: 'alice-Passw0rd' };
		const inQuery = await post(nas, form, { query: { enable_syno_token: 'yes' }, path: '/webapi/auth.cgi' });
		expect(inQuery.json.data.synotoken).toMatch(/^[A-Za-z0-9]{14}$/);
		expect((await post(nas, { ...form, enable_syno_token: 'yes' })).json.data.synotoken).toMatch(/^[A-Za-z0-9]{14}$/);
		expect((await post(nas, { ...form, enable_syno_token: 'true' })).json.data.synotoken).toBe('--------');
	});
});

describe('refused logins', () => {
	test.each([
		['alice', 'wrong', 400],
		['nobody', 'nobody-Passw0rd', 400],
		['disabled', 'disabled-Passw0rd', 401],
		['enforced', 'enforced-Passw0rd', 406],
		['expiredfixed', 'expiredfixed-Passw0rd', 408],
		['expired', 'expired-Passw0rd', 409],
		['mustchange', 'mustchange-Passw0rd', 410],
		['locked', 'locked-Passw0rd', 411],
	])('%s with %s is %i', async (account, passwd, code) => {
		expect(await codeOf({ account, passwd })).toBe(code);
	});

	test('an application that is not granted is 402 for an ordinary user', async () => {
		expect(await codeOf({ account: 'nochat', session: 'Chat' })).toBe(402);
		expect(await codeOf({ account: 'nochat', session: 'FileStation' })).toBe(0);
		expect(await codeOf({ account: 'alice', session: 'Chat' })).toBe(0);
	});

	test('an unknown session name succeeds, or is 402 when switched so; never for administrators', async () => {
		expect(await codeOf({ account: 'bob', session: 'Elsewhere' })).toBe(0);
		nas.nas.switches.unknownSessionNameCode = 402;
		expect(await codeOf({ account: 'bob', session: 'Elsewhere' })).toBe(402);
		expect(await codeOf({ account: 'bob' })).toBe(0);
		expect(await codeOf({ account: 'bob', session: 'FileStation' })).toBe(0);
		expect(await codeOf({ account: 'alice', session: 'Core' })).toBe(0);
	});

	test('ten failures in five minutes block the address for everyone: 407', async () => {
		for (let i = 0; i < 10; i += 1) expect(await codeOf({ passwd: 'wrong' })).toBe(400);
		expect(await codeOf({})).toBe(407);
		expect(await codeOf({ account: 'bob' })).toBe(407);
	});

	test('failures further apart do not block', async () => {
		nas.nas.switches.autoBlockAttempts = 2;
		await codeOf({ passwd: 'wrong' });
		clock.advance(5 * 60_000);
		await codeOf({ passwd: 'wrong' });
		expect(await codeOf({})).toBe(0);
	});
});

describe('logout', () => {
	test('ends the session of the sid', async () => {
		const alice = await login(nas);
		expect((await call(nas, alice, 'SYNO.API.Auth', 'logout', 7)).text).toBe('{"success":true}');
		expect((await call(nas, alice, 'SYNO.Personal.Profile', 'get', 1)).json.error?.code).toBe(119);
	});

	test('without a sid answers success and ends nothing', async () => {
		await login(nas);
		expect((await post(nas, { api: 'SYNO.API.Auth', version: 7, method: 'logout' })).json.success).toBe(true);
		expect(nas.nas.sessions.size).toBe(1);
	});

	test('needs the token of a session that has one', async () => {
		const { sid } = await login(nas);
		expect((await post(nas, { api: 'SYNO.API.Auth', version: 7, method: 'logout', _sid: sid })).json.error?.code).toBe(
			119,
		);
		expect(nas.nas.sessions.size).toBe(1);
	});
});

test('the token method of v6 gives a token to a session that has none', async () => {
	const { sid } = await login(nas, { enable_syno_token: 'no' });
	const { json } = await post(
		nas,
		{ api: 'SYNO.API.Auth', version: 6, method: 'token', updateSynoToken: 'true' },
		{ headers: { Cookie: `id=${sid}` } },
	);
	const profile = { api: 'SYNO.Personal.Profile', version: 1, method: 'get', _sid: sid };
	expect((await post(nas, profile)).json.error?.code).toBe(119);
	expect((await post(nas, profile, { headers: { 'X-SYNO-TOKEN': json.data.synotoken } })).json.success).toBe(true);
});

describe('two-factor authentication', () => {
	const two = { account: 'twofactor' };

	test('the code is the one of RFC 6238', () => {
		expect(totp('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 59_000)).toBe('287082');
		expect(totp('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 1_111_111_109_000)).toBe('081804');
	});

	test.each([3, 6, 7])('v%i without a code is 403 and names the methods', async (version) => {
		const { json } = await tryLogin(nas, { ...two, version });
		expect(json.error?.code).toBe(403);
		expect(json.error?.errors.types).toEqual([{ type: 'authenticator' }, { type: 'otp' }]);
		expect(json.error?.errors.token).toMatch(/^[A-Za-z0-9_-]{22}$/);
	});

	test('an empty code counts as absent', async () => {
		expect(await codeOf({ ...two, otp_code: '' })).toBe(403);
	});

	test('a wrong password is 400 before any code is asked for', async () => {
		expect(await codeOf({ ...two, passwd: 'wrong' })).toBe(400);
	});

	test.each([-30_000, 0, 30_000])('the code of %i ms away is accepted', async (skew) => {
		expect(await codeOf({ ...two, otp_code: totp(SECRET, clock.now() + skew) })).toBe(0);
	});

	test.each([-60_000, 60_000])('the code of %i ms away is 404', async (skew) => {
		expect(await codeOf({ ...two, otp_code: totp(SECRET, clock.now() + skew) })).toBe(404);
	});

	test('a code works once', async () => {
		const otp_code = totp(SECRET, clock.now());
		expect(await codeOf({ ...two, otp_code })).toBe(0);
		expect(await codeOf({ ...two, otp_code })).toBe(404);
		clock.advance(30_000);
		expect(await codeOf({ ...two, otp_code: totp(SECRET, clock.now()) })).toBe(0);
	});

	test('the option otp gives the named account a secret', async () => {
		const other = await startSimulator({ otp: true, account: 'user', seed: false });
		expect([other.account, other.otpSecret]).toEqual(['bob', SECRET]);
		expect((await tryLogin(other)).json.error?.code).toBe(403);
		await other.close();
	});
});

describe('device ids', () => {
	const enrolment = () => ({
		account: 'twofactor',
		enable_device_token: 'yes',
		device_name: 'n8n',
		otp_code: totp(SECRET, clock.now()),
	});

	test.each([
		[6, 'did'],
		[7, 'device_id'],
	])('v%i issues one as %s, which replaces the code under the same name', async (version, key) => {
		const { json } = await tryLogin(nas, { ...enrolment(), version });
		const device_id = json.data[key];
		expect(await codeOf({ account: 'twofactor', device_id, device_name: 'n8n' })).toBe(0);
		expect(await codeOf({ account: 'twofactor', device_id, device_name: 'other' })).toBe(403);
		expect(await codeOf({ account: 'twofactor', device_id })).toBe(403);
		expect(await codeOf({ account: 'twofactor', device_id, device_name: 'n8n', version: 3 })).toBe(403);
	});

	test('the did that v6 names unasked opens nothing', async () => {
		const { json } = await tryLogin(nas, {
			account: 'twofactor',
			version: 6,
			device_name: 'n8n',
			otp_code: totp(SECRET, clock.now()),
		});
		expect(await codeOf({ account: 'twofactor', device_id: json.data.did, device_name: 'n8n' })).toBe(403);
	});

	test('a NAS of 7.3.2 may give a new id with each login: the old one opens nothing more', async () => {
		nas.nas.switches.renewDeviceId = true;
		const { json } = await tryLogin(nas, enrolment());
		const known = { account: 'twofactor', device_name: 'n8n' };
		const renewed = (await tryLogin(nas, { ...known, device_id: json.data.device_id })).json.data.device_id;
		expect(await codeOf({ ...known, device_id: json.data.device_id })).toBe(403);
		expect(await codeOf({ ...known, device_id: renewed })).toBe(0);
	});

	test('v7 of DSM 7.0.1 answers an empty id when it is asked for a sid alone', async () => {
		nas.nas.switches.emptyDeviceId = 'formatSid';
		expect((await tryLogin(nas, { ...enrolment(), format: 'sid' })).json.data.device_id).toBe('');
		clock.advance(30_000);
		expect((await tryLogin(nas, enrolment())).json.data.device_id).toHaveLength(64);
	});

	test('v7 may answer an empty id always, v6 a real one', async () => {
		nas.nas.switches.emptyDeviceId = 'always';
		expect((await tryLogin(nas, enrolment())).json.data.device_id).toBe('');
		clock.advance(30_000);
		expect((await tryLogin(nas, { ...enrolment(), version: 6 })).json.data.did).toMatch(/^[A-Za-z0-9_-]{64}$/);
	});

	test('a changed password forgets them', async () => {
		const { json } = await tryLogin(nas, enrolment());
		nas.nas.setPassword('twofactor', 'new');
		expect(
			await codeOf({ account: 'twofactor', passwd: 'new', device_id: json.data.device_id, device_name: 'n8n' }),
		).toBe(403);
	});

	test('revoking one makes logins with it answer 403 again', async () => {
		const enrolled = await login(nas, enrolment());
		const [device] = nas.nas.user('twofactor').trustedDevices;
		expect((await call(nas, enrolled, 'SYNO.Core.TrustDevice', 'delete', 1)).json.error?.code).toBe(114);
		await call(nas, enrolled, 'SYNO.Core.TrustDevice', 'delete', 1, { did: JSON.stringify(device?.id) });
		expect(await codeOf({ account: 'twofactor', device_id: device?.id ?? '', device_name: 'n8n' })).toBe(403);
	});
});

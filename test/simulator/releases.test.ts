import { afterEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type DsmRelease, releases, SettableClock, type Simulator, startSimulator, totp } from '../../src/simulator';
import { shows, switchNames } from '../../src/simulator/core/releases';
import { filesOf } from '../../src/simulator/services/file';
import { call, get, login, multipart, post, send, tryLogin } from './client';

const running: Simulator[] = [];
afterEach(async () => void (await Promise.all(running.splice(0).map((simulator) => simulator.close()))));

async function release(dsm: DsmRelease, options: { packages?: string[]; allowUnknown?: boolean } = {}) {
	const nas = await startSimulator({ dsm, clock: new SettableClock(Date.UTC(2026, 0, 5, 8)), ...options });
	running.push(nas);
	return nas;
}

const listOf = async (nas: Simulator): Promise<Record<string, { minVersion: number; maxVersion: number }>> =>
	(await get(nas, { api: 'SYNO.API.Info', version: 1, method: 'query' }, { path: '/webapi/query.cgi' })).json.data;

describe('the list of a release', () => {
	test.each([
		['7.0.1', 653],
		['7.1.1', 988],
		['7.2.2', 1141],
		['7.3', 1196],
		['7.4', 1226],
	] as const)(
		'%s holds what was recorded of it, and the two of WebDAV Server: %i APIs, asked for without a name',
		async (dsm, count) => {
			expect(Object.keys(await listOf(await release(dsm)))).toHaveLength(count);
		},
	);

	test('tells the releases apart', async () => {
		const lists = await Promise.all(releases.map(async (dsm) => await listOf(await release(dsm))));
		const ranges = (name: string) =>
			lists.map((list) => list[name] && `${list[name].minVersion}-${list[name].maxVersion}`);
		expect(ranges('SYNO.API.Auth')).toEqual(['1-7', '1-7', '1-7', '1-7', '1-7']);
		expect(ranges('SYNO.DSM.Info')).toEqual(['2-2', '2-2', '2-2', '2-2', '2-2']);
		expect(ranges('SYNO.Core.TaskScheduler.Root')).toEqual([undefined, undefined, '1-4', '1-4', '1-4']);
		expect(ranges('SYNO.Core.Security.DSM')).toEqual(['1-4', '1-4', '1-5', '1-6', '1-6']);
		expect(ranges('SYNO.Core.System.GpuInfo').at(-1)).toBe('1-1');
		expect(ranges('SYNO.VideoStation.Info')).toEqual([undefined, '1-1', undefined, undefined, undefined]);
		// Merged into the list of 7.1.1 by mistake.
		expect(ranges('SYNO.Core.Network.Router.Topology')).toEqual(releases.map(() => undefined));
		expect(ranges('SYNO.License')).toEqual(releases.map(() => undefined));
	});

	test.each([
		['7.0.1', 'DSM 7.0.1-42218 Update 7'],
		['7.4', 'DSM 7.4.1-90080'],
	] as const)('%s names itself %s', async (dsm, version_string) => {
		const nas = await release(dsm);
		const alice = await login(nas);
		expect((await call(nas, alice, 'SYNO.DSM.Info', 'getinfo', 2)).json.data.version_string).toBe(version_string);
	});

	test('lacks the packages that the recorded NAS had not; named ones have the APIs of the nearest list', async () => {
		expect(await listOf(await release('7.1.1'))).not.toHaveProperty(['SYNO.Chat.Post']);
		const nas = await release('7.1.1', { packages: ['Chat'] });
		expect(await listOf(nas)).toHaveProperty(['SYNO.Chat.Post', 'maxVersion'], 8);
		const alice = await login(nas);
		expect((await call(nas, alice, 'SYNO.Chat.Channel', 'list', 4)).json.success).toBe(true);
	});
});

describe('signing in', () => {
	test('by the old names of entry.cgi, which answer on all; versions 1 and 2 have no login', async () => {
		for (const dsm of releases) {
			const nas = await release(dsm);
			const form = { api: 'SYNO.API.Auth', method: 'login', account: 'alice', passwd: 'alice-Passw0rd' };
			expect((await post(nas, { ...form, version: 7 }, { path: '/webapi/auth.cgi' })).json.success).toBe(true);
			expect((await post(nas, { ...form, version: 2 })).json.error?.code).toBe(103);
		}
	});

	test.each([
		['7.2.2', 501],
		['7.3', 402],
		['7.4', 402],
	] as const)('with version 6 on %s may not write what administrators write: %i', async (dsm, wanted) => {
		const nas = await release(dsm, { allowUnknown: true });
		const codeAs = async (version: number) => {
			const answer = await call(nas, await login(nas, { version }), 'SYNO.Core.User', 'create', 1, { name: '"eve"' });
			return answer.json.error?.code ?? answer.status;
		};
		// 501: nobody knows what creating a user answers, and that is not the matter here.
		expect([await codeAs(6), await codeAs(7)]).toEqual([wanted, 501]);
		const reads = await call(nas, await login(nas, { version: 6 }), 'SYNO.Core.CurrentConnection', 'list', 1);
		expect(reads.json.success).toBe(true);
	});

	test('under a name that no application owns: an ordinary user is refused from 7.4 on, and as Core from 7.2.2 on', async () => {
		const codes = async (dsm: DsmRelease) => {
			const nas = await release(dsm);
			const as = async (account: string, session: string) =>
				(await tryLogin(nas, { account, session })).json.error?.code;
			return [
				await as('bob', 'Elsewhere'),
				await as('bob', 'Core'),
				await as('bob', ''),
				await as('alice', 'Elsewhere'),
			];
		};
		expect(await codes('7.1.1')).toEqual([undefined, undefined, undefined, undefined]);
		expect(await codes('7.2.2')).toEqual([undefined, 402, undefined, undefined]);
		expect(await codes('7.4')).toEqual([402, 402, undefined, undefined]);
	});

	test('an enrolment with format=sid gives no device id on 7.0.1', async () => {
		const idOn = async (dsm: DsmRelease) => {
			const nas = await release(dsm);
			const otp_code = totp('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', nas.nas.clock.now());
			const form = { account: 'twofactor', otp_code, enable_device_token: 'yes', device_name: 'x', format: 'sid' };
			return (await tryLogin(nas, form)).json.data.device_id.length;
		};
		expect([await idOn('7.0.1'), await idOn('7.1.1')]).toEqual([0, 64]);
	});

	test('an account that must change its password does so without a session', async () => {
		const nas = await release('7.4');
		const codeOf = async (passwd: string) => (await tryLogin(nas, { account: 'mustchange', passwd })).json.error?.code;
		expect(await codeOf('mustchange-Passw0rd')).toBe(410);
		const form = {
			api: 'SYNO.API.Auth',
			version: 7,
			method: 'reset',
			account: 'mustchange',
			new_passwd: 'New-Passw0rd',
		};
		expect((await post(nas, { ...form, passwd: 'wrong' })).json.error?.code).toBe(400);
		expect((await post(nas, { ...form, passwd: 'mustchange-Passw0rd' })).json.success).toBe(true);
		expect(await codeOf('New-Passw0rd')).toBeUndefined();
	});

	test('a restart ends sessions unless the administrator lets them live', async () => {
		const nas = await release('7.3');
		const kept = await login(nas);
		nas.nas.switches.restartCleanSession = false;
		nas.reboot();
		expect((await call(nas, kept, 'SYNO.Personal.Profile', 'get', 1)).json.success).toBe(true);
		nas.nas.switches.restartCleanSession = true;
		nas.reboot();
		expect((await call(nas, kept, 'SYNO.Personal.Profile', 'get', 1)).json.error?.code).toBe(119);
	});
});

describe('File Station', () => {
	const over = async <T>(look: (nas: Simulator) => Promise<T>): Promise<T[]> => {
		const seen: T[] = [];
		for (const dsm of releases) seen.push(await look(await release(dsm)));
		return seen;
	};

	test('a quoted path of an upload is 401 from 7.4 on', async () => {
		const codes = await over(async (nas) => {
			const { sid, headers } = await login(nas);
			const body = multipart([
				{ name: 'path', value: '"/docs"' },
				{ name: 'file', filename: 'a.txt', type: 'application/octet-stream', value: 'x' },
			]);
			const url = `${nas.url}/webapi/entry.cgi?api=SYNO.FileStation.Upload&version=2&method=upload&_sid=${sid}`;
			const type = { 'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx', ...headers };
			return (await send(url, body, type)).json.error?.code;
		});
		expect(codes).toEqual([418, 418, 418, 418, 401]);
	});

	test('getinfo of what is missing has an empty name, and none from 7.3 on', async () => {
		const rows = await over(async (nas) => {
			const answer = await call(nas, await login(nas), 'SYNO.FileStation.List', 'getinfo', 2, {
				path: '["/docs/none"]',
			});
			return answer.json.data.files[0];
		});
		const [empty, none] = [
			{ code: 408, name: '', path: '/docs/none' },
			{ code: 408, path: '/docs/none' },
		];
		expect(rows).toEqual([empty, empty, empty, none, none]);
	});

	test('a new link says error 0, and nothing from 7.4 on', async () => {
		const errors = await over(async (nas) => {
			filesOf(nas.nas).write('/docs/a.txt');
			const alice = await login(nas);
			const { json } = await call(nas, alice, 'SYNO.FileStation.Sharing', 'create', 3, { path: '["/docs/a.txt"]' });
			return json.data.links[0].error;
		});
		expect(errors).toEqual([0, 0, 0, 0, undefined]);
	});

	test('searches are discarded, and stars mean nothing, from 7.3 on; there is no status of a search', async () => {
		const found = await over(async (nas) => {
			const alice = await login(nas);
			for (const name of ['a.tmp', 'a.tmp.keep']) filesOf(nas.nas).write(`/docs/${name}`);
			const ask = async (method: string, params: Record<string, string>) =>
				(await call(nas, alice, 'SYNO.FileStation.Search', method, 2, params)).json;
			expect((await ask('status', { taskid: 'x' })).error?.code).toBe(103);
			const totals: unknown[] = [];
			for (let round = 0; round < 2; round += 1) {
				const { taskid } = (await ask('start', { folder_path: '"/docs"', pattern: '"*.tmp"' })).data;
				for (let poll = 0; poll < 2; poll += 1) await ask('list', { taskid });
				totals.push((await ask('list', { taskid })).data.total);
			}
			return totals;
		});
		expect(found).toEqual([
			[1, 1],
			[1, 1],
			[1, 1],
			[undefined, 2],
			[undefined, 2],
		]);
	});

	test('a list of names joined by commas asks for nothing', async () => {
		const nas = await release('7.3');
		const asked = { folder_path: '/docs', additional: 'size,time' };
		filesOf(nas.nas).write('/docs/a.txt');
		const { json } = await call(nas, await login(nas), 'SYNO.FileStation.List', 'list', 2, asked);
		expect(json.data.files[0].additional).toEqual({});
	});
});

/** Differences that nothing here shows, and why. */
const UNSEEN: Record<string, string> = {
	'auth.path': 'in the lists',
	'auth.maxVersion': 'in the lists',
	'auth.v1v2HasLogin': 'in the method tables',
	'auth.cgiAliasesAnswer': 'so on every release',
	'auth.v7FormatSidEmptyDeviceId': 'switch emptyDeviceId, on for 7.0.1',
	'auth.v7NoDid': 'switch emptyDeviceId, off: one client',
	'auth.didRefreshed': 'switch renewDeviceId, off: a NAS may',
	'auth.sessionMissingForUser': 'DSM 6',
	'auth.approveSignIn': 'a person must approve',
	'auth.webLoginCodeGrant': 'a person must sign in',
	'auth.noiseResume': 'renews a sign-in in the browser',
	'auth.resetCode': 'so on every release',
	'auth.amfaAdminDefault': 'not from the own network',
	'auth.didCookieMaxAge': 'switch deviceCookieAge: by year, not by release',
	'session.idle119Minutes': 'switch idleMinutes: the timer of DSM is a setting',
	'session.restartClean': 'switch restartCleanSession: a setting',
	'csrf.requiredForWrites': 'switch requireToken: a setting',
	'csrf.tokenInBodyIgnored': 'so on every release',
	'ws.originRequired': 'the terminal of containers is not simulated',
	'upload.routingKeysInBody': 'so on every release; switch routingInParts for DSM 6',
	'upload.filenameWithPath': 'so on every release: updates of older ones may have it',
	'search.statusMethod': 'in the method tables',
	'list.additionalCommaIgnored': 'so on every release',
	'filestation.transient599': 'switch statusRace, off: one client',
	'share.createFlatParams': 'SYNO.Core.Share create is not simulated',
	'share.createEncryptionFalse': 'SYNO.Core.Share create is not simulated',
	'share.setWithoutNameVol': 'SYNO.Core.Share set is not simulated',
	'user.createGroupIgnored': 'accounts are not simulated',
	'user.deleteMissing': 'accounts are not simulated',
	'user.getMissing': 'accounts are not simulated',
	'user.weakPassword': 'accounts are not simulated',
	'group.exists': 'groups are not simulated',
	'user.mutation105Sometimes': 'accounts are not simulated',
	'ntp.partialSet': 'the clock is not set by API',
	'ntp.enableIsString': 'the clock is not set by API',
	'package.extraValuesObject': 'packages are not installed by API',
	'package.unknownAdditional': 'so on every release',
	'docker.listNeedsLimitOffset': 'so on every release',
	'docker.projectListEmptyIsObject': 'so on every release',
	'syslog.levelIgnored': 'so on every release',
	'dsmInfo.v1': 'in the lists',
	'dsmnotify.onlyNotify': 'in the method tables',
	'package.videoStation': 'in the lists',
	'license.api': 'in the lists',
	'http.h2': 'the simulator speaks HTTP/1.1',
	'http.contentTypeInfo': 'DSM 6',
	'http.customDomainCatchAll404': 'an update of one release, one source',
	'quickconnect.serverIdNumeric': 'not of the NAS: so in the simulated directory',
	'quickconnect.errno': 'not of the NAS: so in the simulated directory',
};

test('every difference that releases.json names is simulated, or it is said why not', () => {
	const folder = path.join(__dirname, '../../src/simulator');
	const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
	const text = sources.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n');
	const asked = switchNames().filter((name) => text.includes(`'${name}'`));
	expect([...asked, ...Object.keys(UNSEEN)].sort()).toEqual(switchNames().sort());
});

test('a difference holds from the build on at which it was seen', () => {
	expect(releases.map((dsm) => shows(dsm, 'getinfo.missing'))).toEqual([false, false, false, true, true]);
	expect(releases.map((dsm) => shows(dsm, 'search.discardRate'))).toEqual([false, false, false, true, true]);
	expect(releases.map((dsm) => shows(dsm, 'auth.sessionCoreRefused'))).toEqual([false, false, true, true, true]);
	expect(() => shows('7.4', 'none')).toThrow('releases.json knows no switch none');
});

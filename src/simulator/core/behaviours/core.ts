import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import { allApps } from '../applications';
import { CIPHER_KEY, CIPHER_TOKEN, publicModulus } from '../encryption';
import type { Nas, User } from '../nas';
import { releaseOf, versionString } from '../releases';
import type { Package } from '../packages';

/** Small calls of DSM itself (core.md 13, identity.md 5.3, system.md 1 and 5). */
export const coreBehaviours: BehaviourTable = {
	'SYNO.API.Encryption.getinfo': encryptionInfo,
	'SYNO.API.Auth.Type.get': signInMethods,
	'SYNO.API.Auth.UIConfig.get': uiConfig,
	'SYNO.Personal.Profile.get': profile,
	'SYNO.FileStation.Info.get': fileStationInfo,
	'SYNO.DSM.Info.getinfo': dsmInfo,
	'SYNO.Core.Desktop.Initdata.get': initdata,
	'SYNO.Core.Desktop.Timeout.get': ({ nas }) => ({ data: { timeout: nas.switches.idleMinutes } }),
	// Both keep the session alive by being called.
	'SYNO.Core.Desktop.Timeout.check': () => ({}),
	'SYNO.Core.Desktop.Timeout.reset': () => ({}),
	'SYNO.Core.NormalUser.get': normalUser,
	'SYNO.Core.Package.list': listPackages,
};

function encryptionInfo({ nas }: ApiRequest): ApiReply {
	const server_time = Math.floor(nas.clock.now() / 1000);
	return { data: { cipherkey: CIPHER_KEY, ciphertoken: CIPHER_TOKEN, public_key: publicModulus(), server_time } };
}

/** Tells nothing about whether the account exists. */
function signInMethods({ nas, params }: ApiRequest): ApiReply {
	const user = nas.users.get(String(params.account ?? ''));
	const factors = user?.otpSecret === undefined ? [] : user.factors;
	return { data: ['passwd', ...factors].map((type) => ({ type })) };
}

/** The cookie carries the static key of the Noise handshake; the list of login plug-ins is empty here. */
function uiConfig({ nas }: ApiRequest): ApiReply {
	return { data: [], headers: { 'Set-Cookie': `_SSID=${nas.signInPage.publicKey};path=/;HttpOnly` } };
}

function profile({ user }: ApiRequest): ApiReply {
	if (!user) return { error: 119 };
	const { uid, name, nickname, email, groups } = user;
	return {
		data: {
			id: String(uid),
			uid,
			userName: name,
			nickName: nickname,
			title: '',
			email,
			emails: [email],
			groups,
			photo: '',
			preferredColor: '',
			preferredLanguage: 'enu',
			timezone: 'UTC',
			timezoneUI: 'UTC',
		},
	};
}

function fileStationInfo({ nas, user, version }: ApiRequest): ApiReply {
	const data = { hostname: nas.capabilities.hostname, is_manager: user?.administrator ?? false, support_sharing: true };
	if (version === 1) return { data: { ...data, support_virtual: 'cifs,iso' } };
	const protocols = ['cifs', 'nfs', 'iso'];
	return {
		data: { ...data, items: [{ gid: 100 }], support_vfs: true, support_virtual_protocol: protocols, uid: user?.uid },
	};
}

function dsmInfo({ nas }: ApiRequest): ApiReply {
	const { model, serial, dsm } = nas.capabilities;
	const uptime = Math.floor((nas.clock.now() - nas.bootedAt) / 1000);
	const heat = { temperature: nas.temperature, temperature_warn: nas.temperature > 75 };
	return {
		data: {
			codepage: 'enu',
			model,
			ram: 8192,
			serial,
			...heat,
			time: ctime(nas.clock.now()),
			uptime,
			version: releaseOf(dsm).build,
			version_string: versionString(dsm),
		},
	};
}

/** `Thu Apr 30 14:57:35 2026`; the NAS lives in UTC. */
function ctime(ms: number): string {
	const [day, date, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ');
	return `${day} ${month} ${String(Number(date)).padStart(2, ' ')} ${time} ${year}`;
}

function initdata({ nas, user, params, http }: ApiRequest): ApiReply {
	const { externalIp, ddnsHostname } = nas.capabilities;
	if (params.action === 'external_ip') {
		return user ? { data: { ddns_hostname: ddnsHostname, external_ip: externalIp } } : { error: 119 };
	}
	const AppPrivilege = Object.fromEntries(allApps().map((app) => [app, user !== undefined && nas.allows(user, app)]));
	return { data: { AppPrivilege, JSConfig: {}, Session: desktopSession(nas, user, http.secure), UserSettings: {} } };
}

function desktopSession(nas: Nas, user: User | undefined, is_secure: boolean): Record<string, unknown> {
	const { build, product, update } = releaseOf(nas.capabilities.dsm);
	const [majorversion, minorversion] = product.split('.');
	return {
		user: user?.name ?? '',
		is_admin: user?.administrator ?? false,
		isLogined: user !== undefined,
		is_secure,
		hostname: nas.capabilities.hostname,
		fullversion: `${build}-s${update}`,
		majorversion,
		minorversion,
		productversion: product,
		dsm_timeout: nas.switches.idleMinutes,
		lang: 'enu',
		timezone: 'UTC',
	};
}

function normalUser({ user }: ApiRequest): ApiReply {
	if (!user) return { error: 119 };
	const { name, uid, email, description } = user;
	return { data: { description, email, name, uid } };
}

const PACKAGE_KEYS = new Set(['status', 'beta', 'startable', 'install_type', 'description', 'installed_info']);

/** Unknown `additional` keys are refused (system.md 5). */
function listPackages({ nas, params }: ApiRequest): ApiReply {
	const additional = Array.isArray(params.additional) ? params.additional.map(String) : [];
	if (additional.some((key) => !PACKAGE_KEYS.has(key)))
		return { error: 120, errors: { name: 'additional', reason: 'condition' } };
	const packages = [...nas.packages.values()].map((installed) => packageRow(installed, additional));
	return { data: { packages, total: packages.length } };
}

function packageRow({ id, name, version, timestamp, status }: Package, additional: string[]): Record<string, unknown> {
	const all: Record<string, unknown> = {
		status,
		beta: false,
		startable: true,
		install_type: '',
		description: name,
		installed_info: {},
	};
	const asked = Object.fromEntries(additional.map((key) => [key, all[key]]));
	return { id, name, version, timestamp, ...(additional.length > 0 && { additional: asked }) };
}

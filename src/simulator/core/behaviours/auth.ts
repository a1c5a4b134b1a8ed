import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import { appOfSessionName } from '../applications';
import type { Nas, Session, TrustedDevice, User } from '../nas';
import { stepOfCode } from '../totp';

/** `SYNO.API.Auth` (core.md 4, 5). All values are bare text. */
export const authBehaviours: BehaviourTable = {
	'SYNO.API.Auth.login': login,
	'SYNO.API.Auth.Login': login,
	'SYNO.API.Auth.logout': logout,
	'SYNO.API.Auth.Logout': logout,
	'SYNO.API.Auth.token': token,
	'SYNO.API.Auth.reset': reset,
};

const P3P = 'CP="IDC DSP COR ADM DEVi TAIi PSA PSD IVAi IVDi CONi HIS OUR IND CNT"';
const NO_TOKEN = '--------';
const DAY = 86_400_000;

function login(request: ApiRequest): ApiReply {
	const { nas, raw, ip, session, version } = request;
	if (session && version >= 7 && raw.account === undefined) return renew(request, session);
	if (nas.autoBlock.blocks(ip)) return { error: 407 };
	const user = nas.users.get(raw.account ?? '');
	if (!user || user.password !== raw.passwd) {
		fail(request);
		return { error: 400 };
	}
	if (user.loginCode !== undefined) return { error: user.loginCode };
	if (isDenied(nas, user, raw.session ?? '')) return { error: 402 };
	const factor = secondFactor(request, user);
	return 'error' in factor ? factor : open(request, user, factor.device);
}

/** v7 with a session and without an account names that session again, with a token if asked for (core.md 4.4, C). */
function renew({ nas, raw, version }: ApiRequest, session: Session): ApiReply {
	if (raw.enable_syno_token === 'yes') nas.sessions.issueToken(session);
	return { data: loginData(version, session, undefined) };
}

/** Session names that stand for an application need its privilege (core.md 4.5). */
export function isDenied(nas: Nas, user: User, sessionName: string): boolean {
	if (user.administrator) return false;
	if (sessionName !== '' && sessionName === nas.switches.refusedSessionName) return true;
	const app = appOfSessionName(sessionName);
	if (app === undefined) return sessionName !== '' && nas.switches.unknownSessionNameCode === 402;
	return !nas.allows(user, app);
}

type Factor = { device?: TrustedDevice } | { error: number; errors?: unknown };

/** Passed (with the trusted device, old or newly enrolled), or 403, 404, 406. */
function secondFactor(request: ApiRequest, user: User): Factor {
	const { nas, raw, version } = request;
	if (user.otpSecret === undefined) return user.otpEnforced ? { error: 406 } : {};
	const device = version >= 6 ? knownDevice(user, raw) : undefined;
	if (device) return { device: nas.switches.renewDeviceId ? renewed(nas, device) : device };
	if (!raw.otp_code)
		return { error: 403, errors: { token: nas.token(16), types: user.factors.map((type) => ({ type })) } };
	const step = stepOfCode(user.otpSecret, raw.otp_code, nas.clock.now());
	if (step === undefined || user.usedOtpSteps.has(step)) {
		fail(request);
		return { error: 404 };
	}
	user.usedOtpSteps.add(step);
	return wantsDevice(request) ? { device: enrol(nas, user, raw.device_name ?? '') } : {};
}

/** The connection log has a line for each failure, and for the block that follows too many (identity.md 9). */
function fail({ nas, raw, ip }: ApiRequest): void {
	const at = nas.clock.now();
	nas.signIns.add({ outcome: 'failure', account: raw.account ?? '', ip, at });
	if (nas.autoBlock.fail(ip)) nas.signIns.add({ outcome: 'blocked', account: '', ip, at });
}

/** The same device under a new id; the old one opens nothing more. */
function renewed(nas: Nas, device: TrustedDevice): TrustedDevice {
	device.id = nas.token(48);
	return device;
}

/** The id counts only with the name it was issued for. */
function knownDevice(user: User, raw: Record<string, string>): TrustedDevice | undefined {
	return user.trustedDevices.find(({ id, name }) => id === raw.device_id && name === (raw.device_name ?? ''));
}

function wantsDevice({ version, raw, nas }: ApiRequest): boolean {
	const { emptyDeviceId } = nas.switches;
	if (version >= 7 && (emptyDeviceId === 'always' || (emptyDeviceId === 'formatSid' && raw.format === 'sid')))
		return false;
	return version >= 6 && raw.enable_device_token === 'yes';
}

function enrol(nas: Nas, user: User, name: string): TrustedDevice {
	const device = { id: nas.token(48), name, createdAt: nas.clock.now() };
	user.trustedDevices.push(device);
	return device;
}

function open(request: ApiRequest, user: User, device: TrustedDevice | undefined): ApiReply {
	const { nas, raw, ip, version, http } = request;
	const heard = version >= 7 ? nas.signInPage.hear(raw.ik_message) : undefined;
	// v6 names a device id even when none was asked for; such a one opens nothing.
	const did = device?.id ?? nas.token(48);
	const withToken = version >= 6 && (raw.enable_syno_token === 'yes' || http.query.enable_syno_token === 'yes');
	const userAgent = String(http.headers['user-agent'] ?? '');
	const session = nas.sessions.open({ user, name: raw.session ?? '', ip, did, userAgent, version, withToken });
	nas.signIns.add({ outcome: 'success', account: user.name, ip, at: session.createdAt });
	const cookies = [
		...(raw.format === 'sid' ? [] : [idCookie(nas, session)]),
		...(device ? [didCookie(nas, device)] : []),
	];
	if (heard) session.clientKey = heard.clientKey;
	const reply = heard && { ik_message: heard.answer().message.toString('base64url') };
	return {
		data: { ...loginData(version, session, device), ...reply },
		headers: { P3P, ...(cookies.length > 0 && { 'Set-Cookie': cookies }) },
	};
}

/** The answer by version (core.md 4.2). */
export function loginData(
	version: number,
	session: Session,
	device: TrustedDevice | undefined,
): Record<string, unknown> {
	const data = { is_portal_port: false, sid: session.sid };
	if (version < 6) return data;
	const synotoken = session.token ?? NO_TOKEN;
	if (version === 6) return { ...data, did: session.did, synotoken };
	return { ...data, account: session.user.name, device_id: device?.id ?? '', ik_message: '', synotoken };
}

function idCookie({ clock }: Nas, { sid }: Session): string {
	return `id=${sid};expires=${new Date(clock.now() + 7 * DAY).toUTCString()};max-age=604800;path=/;HttpOnly`;
}

function didCookie({ clock, switches }: Nas, { id }: TrustedDevice): string {
	const age = switches.deviceCookieAge;
	return `did=${id};expires=${new Date(clock.now() + age * 1000).toUTCString()};max-age=${age};path=/;HttpOnly`;
}

/** Without a sid DSM answers success and ends nothing (core.md 4.3). */
function logout({ nas, session, http }: ApiRequest): ApiReply {
	if (!session) return {};
	if (session.token !== undefined && http.token !== session.token) return { error: nas.switches.missingTokenCode };
	nas.sessions.close(session.sid);
	return {};
}

/** A new password for an account that must change it, without a session (releases.md 4.9). */
function reset({ nas, raw }: ApiRequest): ApiReply {
	const user = nas.users.get(raw.account ?? '');
	if (!user || user.password !== raw.passwd) return { error: 400 };
	if (!raw.new_passwd) return { error: 101 };
	nas.setPassword(user.name, raw.new_passwd);
	if (user.loginCode === 409 || user.loginCode === 410) delete user.loginCode;
	return {};
}

/** v6 only: a token for a session that was opened without one (core.md 4.4). */
function token({ nas, session }: ApiRequest): ApiReply {
	return session ? { data: { synotoken: nas.sessions.issueToken(session) } } : { error: 119 };
}

import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import { approvalBehaviours, approve } from './approval';
import { authBehaviours, isDenied, loginData } from './auth';

/** Sign-in by the page of DSM, and sessions that are resumed by their keys (identity.md 13). All values are bare text. */
export const signInBehaviours: BehaviourTable = {
	'SYNO.API.Auth.login': (request) =>
		exchange(request) ?? approve(request) ?? authBehaviours['SYNO.API.Auth.login']!(request),
	'SYNO.API.Auth.resume': resume,
	...approvalBehaviours,
};

/** No code of a refusal was ever recorded (identity.md 13.4, 13.10). */
const REFUSED = 400;

/** `login` with `type=code`: the code of the page for a session. */
function exchange(request: ApiRequest): ApiReply | undefined {
	const { nas, raw, version, ip, http } = request;
	if (version < 7 || raw.type !== 'code') return undefined;
	const user = raw.client_id === 'webui' ? nas.signInPage.redeem(raw) : undefined;
	const heard = nas.signInPage.hear(raw.ik_message);
	if (!user || !heard) return { error: REFUSED };
	if (isDenied(nas, user, raw.session ?? '')) return { error: 402 };
	const session = nas.sessions.open({
		user,
		name: raw.session ?? '',
		ip,
		did: nas.switches.codeDeviceIdEmpty ? '' : nas.token(24),
		userAgent: String(http.headers['user-agent'] ?? ''),
		version,
		withToken: raw.enable_syno_token === 'yes',
	});
	session.clientKey = heard.clientKey;
	return {
		data: {
			...loginData(version, session, undefined),
			device_id: session.did,
			ik_message: heard.answer().message.toString('base64url'),
		},
	};
}

/** A new token for a session that is still known, or that was suspended when idle (identity.md 13.5). */
function resume({ nas, raw, http, ip }: ApiRequest): ApiReply {
	if (raw.device_id === undefined) return { error: 114 };
	const session = nas.sessions.get(http.sid ?? '');
	const heard = session?.clientKey === undefined ? undefined : nas.signInPage.hear(raw.kk_message, session.clientKey);
	const fits =
		session !== undefined &&
		session.did === raw.device_id &&
		session.user.name === raw.account &&
		session.name === raw.session &&
		session.user.loginCode === undefined;
	if (!heard || !fits || !nas.sessions.revive(session, ip)) return { error: REFUSED };
	const { user, did, token } = session;
	return {
		data: {
			account: user.name,
			device_id: did,
			kk_message: heard.answer().message.toString('base64url'),
			...(raw.enable_syno_token === 'yes' && { synotoken: token }),
			...(nas.switches.resumeSendsSid && { sid: session.sid }),
		},
	};
}

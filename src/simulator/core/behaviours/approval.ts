import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import type { Nas, User } from '../nas';
import { loginData } from './auth';

/** A sign-in that waits for a person with a phone (identity.md 13.8). */
interface Approval {
	user: User;
	status: 'waiting' | 'approved' | 'denied' | 'timeout' | 'revoked' | 'corrupted';
	/** Opens the session once. */
	token: string;
	/** The number that the phone shows, too. */
	number: number;
	asked: number;
}

/** Sign-ins that Secure SignIn asks a phone about. */
export class Approvals {
	readonly all = new Map<string, Approval>();

	constructor(private readonly nas: Nas) {}

	begin(user: User): string {
		const id = this.nas.token(12);
		this.all.set(id, { user, status: 'waiting', token: this.nas.token(12), number: 10 + this.all.size, asked: 0 });
		return id;
	}

	/** The person with the phone, or time, decides about everything that waits. */
	decide(status: Exclude<Approval['status'], 'waiting'>): void {
		for (const one of this.all.values()) if (one.status === 'waiting') one.status = status;
	}
}

export const approvalsOf = (nas: Nas): Approvals => nas.service('approvals', () => new Approvals(nas));

export const approvalBehaviours: BehaviourTable = {
	'SYNO.SecureSignIn.Authenticator.Request.status': status,
	'SYNO.SecureSignIn.Authenticator.Request.revoke': revoke,
};

const EXPIRED = 400;

/** `login` with `type=authenticator`: begins to wait, then opens the session that was approved. */
export function approve({ nas, raw, version, ip, http }: ApiRequest): ApiReply | undefined {
	if (version < 7 || raw.type !== 'authenticator') return undefined;
	if (nas.autoBlock.blocks(ip)) return { error: 407 };
	const user = nas.users.get(raw.account ?? '');
	if (!user?.factors.includes('authenticator') || raw.passwd !== '') return { error: EXPIRED };
	if (user.loginCode !== undefined) return { error: user.loginCode };
	const approvals = approvalsOf(nas);
	if (raw.action === 'get_status') return { data: { request_id: approvals.begin(user), request_status: 'waiting' } };
	const found = approvals.all.get(raw.request_id ?? '');
	const fits = found?.user === user && found.status === 'approved' && found.token === raw.authenticator_token;
	if (!fits || !['approved', 'get_token'].includes(raw.action ?? '')) return { error: EXPIRED };
	approvals.all.delete(raw.request_id ?? '');
	const userAgent = String(http.headers['user-agent'] ?? '');
	// Sid and token come without being asked for.
	const session = nas.sessions.open({ user, name: '', ip, did: nas.token(24), userAgent, version, withToken: true });
	return { data: loginData(version, session, undefined) };
}

function known({ nas, params }: ApiRequest): Approval | undefined {
	const found = approvalsOf(nas).all.get(String(params['request_id'] ?? ''));
	return found?.user.name === params['account'] ? found : undefined;
}

/** The number comes with every second answer alone. */
function status(request: ApiRequest): ApiReply {
	const found = known(request);
	if (!found) return { error: 114 };
	const number = found.status === 'waiting' && found.asked++ % 2 === 0 && { verify_number: found.number };
	return { data: { status: found.status, ...number, ...(found.status === 'approved' && { token: found.token }) } };
}

function revoke(request: ApiRequest): ApiReply {
	const found = known(request);
	if (!found) return { error: 114 };
	if (found.status === 'waiting') found.status = 'revoked';
	return { data: {} };
}

import type { Discovery } from './discovery';
import type { Host } from './host';
import type { NasHttp } from './http';
import type { Session } from './session';
import { encodeForm } from './wire';

/** Longest wait for a logout: a NAS that is off must not hold up the end of the program. */
const LOGOUT_LIMIT = 10_000;

export interface LogoutContext {
	http: NasHttp;
	discovery: Discovery;
	host: Host;
}

/** Ends a session on the NAS; never throws. Without its id DSM answers success and keeps the session (core.md 4.3). */
export async function logout({ http, discovery, host }: LogoutContext, session: Session): Promise<void> {
	if (session.botToken !== undefined || session.borrowed) return;
	try {
		const info = await discovery.get('SYNO.API.Auth');
		await http.envelope({
			path: info?.path ?? 'entry.cgi',
			headers: session.synoToken === undefined ? {} : { 'x-syno-token': session.synoToken },
			body: encodeForm({
				api: 'SYNO.API.Auth',
				version: String(session.version),
				method: 'logout',
				session: session.name || undefined,
				_sid: session.sid,
			}),
			signal: AbortSignal.timeout(LOGOUT_LIMIT),
		});
	} catch (error) {
		// Nobody is left to tell: the session ends by DSM's own timer.
		host.log.debug(`Logout did not reach the NAS: ${String(error)}`);
	}
}

import { checkTls, connectionSchema, parseSettings, type ConnectionInput } from '../connection';
import { DsmLoginError } from '../errors';
import type { Host } from '../host';
import { NasHttp } from '../http';
import { encodeForm } from '../wire';
import { borrowedSession } from './session';
import { readSignIn } from './text';

/**
 * Ends the session of a sign-in in the browser, so that its text opens nothing any more (identity.md 13.6). The session is resumed before:
 * only that gives the token of today. `settings`: certificate check and what else a connection has. Gives who was signed out; throws
 * DsmLoginError when the NAS ended it before.
 */
export async function signOut(
	text: string,
	settings: Partial<ConnectionInput>,
	host: Host,
): Promise<{ account: string; url: string }> {
	const { account, url, secret } = readSignIn(text);
	const connection = checkTls(parseSettings(connectionSchema, { ...settings, url, signIn: text } as ConnectionInput));
	const http = new NasHttp(connection, host);
	try {
		const borrowed = borrowedSession(text, { http, host, secret: () => undefined });
		const session = await (secret === undefined ? borrowed.start() : borrowed.resume());
		const answer = await http.envelope({
			path: 'entry.cgi',
			headers: session.synoToken === undefined ? {} : { 'x-syno-token': session.synoToken },
			body: encodeForm({ api: 'SYNO.API.Auth', version: '7', method: 'logout', _sid: session.sid }),
		});
		if (answer.success) return { account, url };
		throw new DsmLoginError(`The NAS did not sign "${account}" out (code ${answer.error.code}).`, {
			dsmCode: answer.error.code,
			hint: 'End the session under "Connected users" in Resource Monitor, or change the password.',
		});
	} finally {
		await http.close();
	}
}

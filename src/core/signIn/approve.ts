import { loginCode } from '../codes';
import { checkTls, connectionSchema, parseSettings, type ConnectionInput } from '../connection';
import { DsmLoginError, DsmProtocolError, DsmUnavailableError } from '../errors';
import type { Host } from '../host';
import { NasHttp } from '../http';
import { deviceIdOf, textOf, tokenOf, type LoginAnswer } from '../loginAnswer';
import { encodeForm } from '../wire';
import type { SignedIn } from './text';

const REQUEST = 'SYNO.SecureSignIn.Authenticator.Request';
/** Milliseconds between two questions, as DSM's own page has it. */
const RHYTHM = 5000;

export interface ApprovalOptions {
	host: Host;
	account: string;
	/** Told the number that the phone shows, too, once it is known. */
	showNumber: (number: number) => void;
	/** The person at the computer gives up. */
	signal?: AbortSignal;
}

/**
 * Signs in without a password by the app Secure SignIn (identity.md 13.8): a person with the phone approves now. The session that comes of it
 * cannot be resumed: it lasts as long as DSM's logout timer lets it. Seen by others on DSM 7.4; on other releases unverified.
 * Throws DsmLoginError when it is denied, times out, or is given up.
 */
export async function approveSignIn(
	settings: Partial<ConnectionInput>,
	{ host, account, showNumber, signal }: ApprovalOptions,
): Promise<SignedIn> {
	const connection = checkTls(parseSettings(connectionSchema, settings as ConnectionInput));
	const http = new NasHttp(connection, host);
	const post = async (fields: Record<string, string>): Promise<Record<string, unknown>> => {
		const answer = await http.envelope({ path: 'entry.cgi', body: encodeForm(fields) });
		if (answer.success) return (answer.data ?? {}) as Record<string, unknown>;
		throw refused(answer.error.code, account);
	};
	const login = async (fields: Record<string, string>) =>
		await post({
			api: 'SYNO.API.Auth',
			version: '7',
			method: 'login',
			account,
			passwd: '',
			authenticator_token: '',
			logintype: 'local',
			type: 'authenticator',
			application: 'DSM',
			...fields,
		});
	const request = async (method: 'status' | 'revoke', id: string) =>
		// This API reads JSON: its texts are in quotes.
		await post({
			api: REQUEST,
			version: '1',
			method,
			account: JSON.stringify(account),
			request_id: JSON.stringify(id),
		});

	/** The token of the approval. */
	async function approved(id: string): Promise<string> {
		for (let shown = false; ;) {
			const { status, token, verify_number } = await request('status', id);
			if (typeof verify_number === 'number' && !shown) {
				shown = true;
				showNumber(verify_number);
			}
			if (status === 'approved' && textOf(token) !== undefined) return textOf(token)!;
			if (status !== 'waiting') throw ended(status);
			await host.sleep(RHYTHM, signal);
		}
	}

	try {
		await http.base();
		const list = await http.apiInfo(`SYNO.API.Auth,${REQUEST}`);
		if ((list['SYNO.API.Auth']?.maxVersion ?? 0) < 7 || !list[REQUEST])
			throw new DsmUnavailableError('This DSM does not let an app approve sign-ins.', {
				hint: 'It takes DSM 7 with Secure SignIn Service; sign in with the browser instead.',
			});
		const id = textOf((await login({ request_id: '', action: 'get_status' }))['request_id']);
		if (id === undefined) throw new DsmProtocolError('DSM began no approval: its answer names no request.');
		let token: string;
		try {
			token = await approved(id);
		} catch (error) {
			if (signal?.aborted) await request('revoke', id).catch(() => undefined);
			throw error;
		}
		const answer: LoginAnswer = await login({ request_id: id, action: 'approved', authenticator_token: token });
		const [sid, synoToken] = [textOf(answer.sid), tokenOf(answer.synotoken)];
		if (sid === undefined) throw new DsmProtocolError('DSM approved the sign-in but gave no session.');
		const base = { v: 1 as const, url: http.url, session: '', account, sid, deviceId: deviceIdOf(answer) ?? '' };
		return { ...base, ...(synoToken !== undefined && { synoToken }) };
	} finally {
		await http.close();
	}
}

const ENDS: Record<string, string> = {
	denied: 'The sign-in was denied on the phone',
	timeout: 'Nobody approved the sign-in in time',
	revoked: 'The sign-in was cancelled',
	corrupted: 'Secure SignIn of the NAS is damaged',
};

const ended = (status: unknown): DsmLoginError =>
	new DsmLoginError(`${ENDS[String(status)] ?? 'The approval ended in an unknown way'}.`, {
		hint: 'Start again, with the phone at hand; or sign in with the browser.',
	});

/** 400 does not mean a wrong password here, since none was sent. */
function refused(code: number, account: string): DsmLoginError {
	if (code === 400 || code === 114)
		return new DsmLoginError('The approval has expired, or the account has no app that approves sign-ins.', {
			dsmCode: code,
			hint: `Set up Secure SignIn for "${account}" under Personal, Security; or sign in with the browser.`,
		});
	const { cause, remedy } = loginCode(code);
	return new DsmLoginError(`${cause} (code ${code}).`, { dsmCode: code, hint: remedy });
}

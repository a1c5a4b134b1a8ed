import type { Connection } from './connection';
import type { Host } from './host';
import { secretsOfSignIn } from './signIn/text';

/** What HTTP Basic makes of account and password. */
const basicOf = (account: string, password: string): string => Buffer.from(`${account}:${password}`).toString('base64');

/** Every secret of the settings of a connection, of either kind. */
export function secretsOf(settings: Connection & { token?: string }): string[] {
	const { account, password, otpSecret, otpCode, deviceId, token, headers, signIn } = settings;
	const own = password === '' ? [] : [password, basicOf(account, password)];
	const proofs = token === undefined ? [...own, ...(signIn === '' ? [] : secretsOfSignIn(signIn))] : [token];
	return [...proofs, otpSecret, otpCode, deviceId, ...Object.values(headers)].filter((secret) => secret !== '');
}

/** User and password of a proxy address. */
export function proxySecrets(proxy: Host['proxy']): string[] {
	return [proxy?.http, proxy?.https]
		.flatMap((text) => (text && URL.canParse(text) ? [new URL(text).password] : []))
		.filter((text) => text !== '');
}

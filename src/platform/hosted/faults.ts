/** What n8n's own codes mean, in those of Node.js. */
const SAME: Record<string, string> = {
	ECONNABORTED: 'UND_ERR_HEADERS_TIMEOUT',
	ERR_CANCELED: 'UND_ERR_SOCKET',
};

/** A fault that has nothing but its code. */
export const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

/**
 * A fault of a request without what n8n hangs on it: headers and body, with session and password. Its code is that of the connection's
 * fault; what n8n's own guard refuses has one, too.
 */
export function plain(error: unknown, url: string): Error {
	if (!(error instanceof Object)) return coded('', String(error));
	const { name = '', message = '', code, cause } = error as Partial<Error & { code: unknown; cause: unknown }>;
	if (/^SsrfBlocked/.test(name)) return coded('N8N_SSRF_BLOCKED', new URL(url).hostname);
	const known = typeof code === 'string' ? code : cause instanceof Object && 'code' in cause ? String(cause.code) : '';
	if ('isAxiosError' in error || name === 'NodeSslError' || cause) return coded(SAME[known] ?? known, message);
	return error as Error;
}

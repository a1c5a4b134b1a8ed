/** What n8n's own codes mean, in those that this client knows. */
const SAME: Record<string, string> = { ECONNABORTED: 'UND_ERR_HEADERS_TIMEOUT' };

/** A fault that has nothing but its code. */
export const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

interface Thrown {
	name?: string;
	message?: string;
	code?: unknown;
	cause?: unknown;
	isAxiosError?: boolean;
}

/**
 * A fault of a request without what n8n hangs on it: headers and body, with session and password. Its code is that of the connection's
 * fault; what n8n's own guard refuses has one, too.
 */
export function plain(error: unknown): Error {
	const { name = '', message = String(error), code, cause } = (error ?? {}) as Thrown;
	if (name.startsWith('SsrfBlocked')) return coded('N8N_SSRF_BLOCKED', message);
	const known = typeof code === 'string' ? code : ((cause as Thrown | undefined)?.code ?? '');
	return coded(SAME[String(known)] ?? String(known), message);
}

/** What n8n's own codes mean, in those that this client knows. */
const SAME: Record<string, string> = { ECONNABORTED: 'UND_ERR_HEADERS_TIMEOUT' };

/** A fault that has nothing but its code. */
export const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

interface Thrown {
	name?: string;
	message?: string;
	code?: unknown;
	cause?: Thrown;
	/** Of a certificate that is not the pinned one. */
	fingerprint?: string;
}

/**
 * A fault of a request without what n8n hangs on it: headers and body, with session and password. Its code is that of the connection's
 * fault; what n8n's own guard refuses has one, too.
 */
export function plain(error: unknown): Error {
	const { name = '', message = String(error), code, cause, fingerprint } = (error ?? {}) as Thrown;
	if (name.startsWith('SsrfBlocked')) return coded('N8N_SSRF_BLOCKED', message);
	const known = String(typeof code === 'string' ? code : (cause?.code ?? ''));
	const seen = fingerprint ?? cause?.fingerprint;
	return Object.assign(coded(SAME[known] ?? known, message), seen !== undefined && { fingerprint: seen });
}

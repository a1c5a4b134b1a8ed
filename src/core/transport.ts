import {
	createTransport as createRaw,
	shownFingerprint,
	type PlatformFault,
	type Proxy,
	type TlsSettings,
	type Transport,
} from '../platform';
import { DsmAbortError, DsmConnectionError, isDsmError } from './errors';

/** Keep-alive HTTP(S) with the TLS choice of the connection and of no other. What fails is a DsmConnectionError. */
export function createTransport(settings: TlsSettings, proxy?: Proxy): Transport {
	const raw = createRaw(settings, proxy);
	return {
		...raw,
		async send(request) {
			try {
				return await raw.send(request);
			} catch (error) {
				const { origin } = new URL(request.url);
				// Behind a proxy another machine would be seen.
				const isSeen = !proxy?.http && !proxy?.https && UNTRUSTED.test(codeOf(error));
				throw toConnectionError(error, origin, request.signal, isSeen ? await shownFingerprint(origin) : undefined);
			}
		},
	};
}

/** Faults of a certificate that pinning it would mend. */
const UNTRUSTED = /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|CERT_HAS_EXPIRED)/;

/** The error for a fault that only this client knows. */
function ownError(fault: PlatformFault, origin: string): DsmConnectionError | undefined {
	if (fault.code === 'PROXY_REFUSES') return proxyError(origin, fault.httpStatus, fault);
	if (fault.code === 'PIN_DIFFERS')
		return new DsmConnectionError(
			`The certificate of the NAS has another fingerprint than the pinned one: ${fault.fingerprint}.`,
			{
				hint: 'If the certificate was renewed, compare this fingerprint with the one shown on the NAS and enter it. Otherwise somebody may be in between.',
			},
		);
	if (fault.code !== 'PIN_WITHOUT_TLS') return undefined;
	return new DsmConnectionError('A pinned fingerprint needs an https address.', {
		hint: 'Change the address to https.',
	});
}

const PORTS_HINT =
	'Check address and port. Without a port, those of DSM (5001, 5000) and of the web (443, 80) are tried.';
const COMPARE = 'compare it with the one that a browser shows in the network of the NAS before you pin it.';
const CERTIFICATE_HINT =
	'Give the NAS a certificate for this name, or choose "Pin SHA-256 Fingerprint" or "Verify Against Own CA" as certificate check.';

/** What a fault below HTTP means, and what to do about it. */
const FAULTS: Record<string, [message: string, hint: string]> = {
	ECONNREFUSED: ['refuses the connection', PORTS_HINT],
	ENOTFOUND: ['is unknown: no such name', 'Check the spelling of the address and the name server.'],
	EAI_AGAIN: ['cannot be looked up at the moment', 'Check the name server of this machine.'],
	EHOSTUNREACH: ['cannot be reached', 'Check that the NAS is on and that its network can be reached from here.'],
	ENETUNREACH: ['cannot be reached', 'Check that the NAS is on and that its network can be reached from here.'],
	ETIMEDOUT: [
		'does not answer',
		'The NAS may be off or asleep, or it blocks this address (Control Panel, Security, Protection).',
	],
	UND_ERR_CONNECT_TIMEOUT: [
		'does not answer',
		'The NAS may be off or asleep, or it blocks this address (Control Panel, Security, Protection).',
	],
	UND_ERR_HEADERS_TIMEOUT: ['took too long to answer', 'Try again, or raise the timeout of the connection.'],
	UND_ERR_BODY_TIMEOUT: ['stopped in the middle of its answer', 'Try again.'],
	ECONNRESET: ['closed the connection', 'DSM or a proxy in between may be restarting; try again.'],
	EPIPE: ['closed the connection', 'DSM or a proxy in between may be restarting; try again.'],
	ERR_STREAM_PREMATURE_CLOSE: ['closed the connection', 'DSM or a proxy in between may be restarting; try again.'],
	UND_ERR_SOCKET: ['closed the connection', 'DSM or a proxy in between may be restarting; try again.'],
	UND_ERR_DESTROYED: ['was disconnected, since the connection is no longer in use', 'Run it again.'],
	UND_ERR_CLOSED: ['was disconnected, since the connection is no longer in use', 'Run it again.'],
	Z_BUF_ERROR: ['stopped in the middle of its answer', 'Try again.'],
	Z_DATA_ERROR: ['sent a damaged answer', 'A proxy in between changes the answers of DSM.'],
	N8N_SSRF_BLOCKED: [
		'is an address that n8n does not let nodes reach',
		'Ask the administrator of n8n to list it in N8N_SSRF_ALLOWED_IP_RANGES or N8N_SSRF_ALLOWED_HOSTNAMES.',
	],
	DEPTH_ZERO_SELF_SIGNED_CERT: ['has a self-signed certificate', CERTIFICATE_HINT],
	SELF_SIGNED_CERT_IN_CHAIN: ['has a certificate of an unknown authority', CERTIFICATE_HINT],
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['has a certificate of an unknown authority', CERTIFICATE_HINT],
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['has a certificate of an unknown authority', CERTIFICATE_HINT],
	ERR_TLS_CERT_ALTNAME_INVALID: ['has a certificate for another name', CERTIFICATE_HINT],
	CERT_HAS_EXPIRED: ['has an expired certificate', 'Renew the certificate in Control Panel, Security, Certificate.'],
	EPROTO: ['does not speak https on this port', 'Change the address to http, or to the https port, normally 5001.'],
	ERR_SSL_WRONG_VERSION_NUMBER: [
		'does not speak https on this port',
		'Change the address to http, or to the https port, normally 5001.',
	],
};

/** Faults that come before the request was sent: repeating it is safe for writes too. */
const BEFORE_SENDING =
	/^(N8N_SSRF|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|DEPTH_|SELF_|UNABLE_|CERT_|ERR_TLS|ERR_SSL|EPROTO|UND_ERR_INVALID_ARG)/;
/** Faults that time does not heal. */
const PERMANENT = /^(N8N_SSRF|ENOTFOUND|DEPTH_|SELF_|UNABLE_|CERT_|ERR_TLS|ERR_SSL|EPROTO|UND_ERR_INVALID_ARG)/;

/**
 * Makes a DsmConnectionError of what the platform throws. `outcomeUnknown` tells that the request may have arrived; `shown` is the
 * fingerprint of the certificate that was refused.
 */
export function toConnectionError(error: unknown, origin: string, signal?: AbortSignal, shown?: string): Error {
	if (isDsmError(error)) return error;
	if (signal?.aborted) return new DsmAbortError(undefined, { cause: error });
	const code = codeOf(error);
	const own = ownError((error ?? {}) as PlatformFault, origin);
	if (own) return own;
	const [message, hint] = FAULTS[code] ?? (code.startsWith('HPE_') ? NOT_HTTP : OTHER);
	return new DsmConnectionError(`${origin} ${message}${FAULTS[code] ? '' : ` (${code || String(error)})`}.`, {
		cause: error,
		hint: hint + (shown ? ` ${'The certificate that it shows has the SHA-256 fingerprint'} ${shown}: ${COMPARE}` : ''),
		retryable: !PERMANENT.test(code),
		outcomeUnknown: !BEFORE_SENDING.test(code),
	});
}

function proxyError(origin: string, httpStatus: number, cause: unknown): DsmConnectionError {
	return new DsmConnectionError(`The proxy does not let requests through to ${origin} (HTTP ${httpStatus}).`, {
		cause,
		httpStatus,
		retryable: httpStatus >= 500,
		outcomeUnknown: false,
		hint: 'Check the proxy setting of this program (HTTPS_PROXY, with user and password if it asks for them), or list the NAS in NO_PROXY.',
	});
}

const NOT_HTTP: [string, string] = [
	'does not speak HTTP on this port',
	'Change the address to https, or to the port of DSM.',
];
const OTHER: [string, string] = ['cannot be used', PORTS_HINT];

/** The code of an error, of its cause, or of the first attempt of several addresses. */
function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return '';
	const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
	if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
	return typeof code === 'string' ? code : codeOf(cause);
}

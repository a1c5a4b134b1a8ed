import { connect } from 'node:tls';

/** Milliseconds for a look at a certificate. */
const PATIENCE = 5_000;

/**
 * The SHA-256 fingerprint of the certificate that an https origin shows, as browsers write it; undefined when it cannot be seen. Nothing
 * is sent. What it says proves nothing: it serves a person who can compare it.
 */
export async function shownFingerprint(origin: string): Promise<string | undefined> {
	const { hostname, port, protocol } = new URL(origin);
	if (protocol !== 'https:') return undefined;
	const host = hostname.replace(/^\[|\]$/g, '');
	return await new Promise((resolve) => {
		const socket = connect({
			host,
			port: Number(port || 443),
			...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
			rejectUnauthorized: false,
			timeout: PATIENCE,
		});
		const end = (fingerprint?: string) => {
			resolve(fingerprint);
			socket.destroy();
		};
		socket.once('secureConnect', () => end(socket.getPeerCertificate().fingerprint256));
		socket.once('timeout', () => end());
		socket.once('error', () => end());
		socket.once('close', () => end());
	});
}

import { createHash } from 'node:crypto';
import { certificateFor, type Trust } from './host';
import type { PlatformFault, TlsSettings } from '../types';

/** Milliseconds for a look at a certificate. */
const PATIENCE = 5_000;

/**
 * The certificate that an https origin shows, in the form that names it in TLS; undefined when none is seen. Nothing is told by this
 * request: it has no header of the connection, and no path.
 */
const shownCertificate = async (origin: string, timeout = PATIENCE): Promise<Uint8Array | undefined> =>
	await certificateFor({ method: 'HEAD', url: `${origin}/`, headers: {}, timeout, trust: { any: true } });

const hexOf = (certificate: Uint8Array): string => createHash('sha256').update(certificate).digest('hex').toUpperCase();

/** The fingerprint that an origin shows, as browsers write it. */
export async function shownFingerprint(origin: string): Promise<string | undefined> {
	if (!origin.startsWith('https:')) return undefined;
	try {
		const certificate = await shownCertificate(origin);
		return certificate && hexOf(certificate).match(/../g)!.join(':');
	} catch {
		return undefined;
	}
}

/** Faults of a certificate that is not trusted. */
const UNTRUSTED = /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

/** How the requests of a connection judge certificates. */
export interface Judge {
	/** For requests to an origin. */
	trust: (origin: string, timeout: number) => Promise<Trust>;
	/** Of a request that failed: throws a fault that says more, where another certificate has taken the place of the pinned one. */
	look: (origin: string, timeout: number, error: unknown) => Promise<void>;
}

export function judgeBy({ tls, ca, fingerprint }: TlsSettings): Judge {
	const pins = new Map<string, Promise<Trust>>();
	const trust: Judge['trust'] = async (origin, timeout) => {
		if (tls === 'ignore') return { any: true };
		if (tls === 'ca') return { tls: { ca } };
		if (tls === 'verify') return {};
		if (!origin.startsWith('https:')) throw fault({ code: 'PIN_WITHOUT_TLS' });
		const pin = pins.get(origin) ?? pinned(origin, fingerprint, timeout);
		pins.set(origin, pin);
		try {
			return await pin;
		} catch (error) {
			pins.delete(origin);
			throw error;
		}
	};
	return {
		trust,
		look: async (origin, timeout, error) => {
			if (tls !== 'pin' || !UNTRUSTED.test((error as { code?: string }).code ?? '')) return;
			pins.delete(origin);
			await trust(origin, timeout);
		},
	};
}

/**
 * n8n does not let a connection be looked at before it is used. So the certificate is fetched by a request that tells nothing, compared
 * with the pin, and is from then on the only one that is trusted: what is sent later goes to its holder or to nobody.
 */
async function pinned(origin: string, fingerprint: string, timeout: number): Promise<Trust> {
	const certificate = await shownCertificate(origin, timeout);
	const seen = certificate ? hexOf(certificate) : 'none';
	if (!certificate || seen !== fingerprint) throw fault({ code: 'PIN_DIFFERS', fingerprint: seen });
	return {
		tls: {
			ca: pemOf(certificate),
			// Trusted by itself, whoever signed it.
			allowPartialTrustChain: true,
			// The name does not matter, but a certificate that this one signed is another one.
			checkServerIdentity: (_host, { fingerprint256 }) => {
				const now = fingerprint256.replaceAll(':', '');
				return now === fingerprint ? undefined : fault({ code: 'PIN_DIFFERS', fingerprint: now });
			},
		},
	};
}

type Facts = PlatformFault extends infer F ? (F extends PlatformFault ? Omit<F, keyof Error> : never) : never;

const fault = (facts: Facts): Error => Object.assign(new Error(facts.code), facts);

const pemOf = (certificate: Uint8Array): string =>
	[
		'-----BEGIN CERTIFICATE-----',
		...Buffer.from(certificate)
			.toString('base64')
			.match(/.{1,64}/g)!,
		'-----END CERTIFICATE-----',
		'',
	].join('\n');

import type { Dsm } from '../../../core/dsm';
import { DsmInputError, DsmPermissionError } from '../../../core/errors';
import { errors, importJWK, jwtVerify } from '../../../vendor/jose';
import { discover, readKeys, sameSecret, type Jwk } from './oidc';

/** Claims that SSO Server puts into an ID token (identity.md 1.4). */
export interface Claims {
	sub?: string;
	username?: string;
	email?: string;
	groups?: string[];
	iss?: string;
	aud?: string | string[];
	iat?: number;
	exp?: number;
	nonce?: string;
	[name: string]: unknown;
}

export interface Expected {
	/** Application ID. */
	client_id: string;
	/** What the sign-in was begun with. */
	nonce?: string | undefined;
	/** Group that the account must be in. */
	group?: string | undefined;
}

/** Seconds that two clocks may differ. */
const TOLERANCE = 60;

const refused = (cause: string, hint: string): DsmInputError =>
	new DsmInputError(`${cause}.`, { path: ['id_token'], hint });

/** What jose finds wrong, in words of the person who has to mend it. */
function explained(error: unknown, issuer: string, client: string): DsmInputError {
	if (error instanceof errors.JWTExpired)
		return refused('The ID token has expired', 'It is good for three minutes, unless SSO Server was set otherwise.');
	if (error instanceof errors.JWTClaimValidationFailed) {
		if (error.claim === 'iss')
			return refused('The ID token is of another issuer', `That of this NAS is ${issuer}, as SSO Server is set.`);
		if (error.claim === 'aud')
			return refused('The ID token was made for another application', `Expected is the application ID ${client}.`);
		return refused(`The claim "${error.claim}" of the ID token does not fit`, 'Sign in again.');
	}
	if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed)
		return refused('The ID token is not signed by this NAS', 'Do not trust whoever sent it.');
	return refused('This is no ID token', 'Three parts with dots between them are expected, as SSO Server gives them.');
}

/** Keys that may have signed a token; older versions name none, and all are tried (identity.md 1.4). */
const candidates = (keys: readonly Jwk[], kid: unknown): Jwk[] => {
	const rsa = keys.filter(({ kty, use }) => kty === 'RSA' && (use === undefined || use === 'sig'));
	return typeof kid === 'string' ? rsa.filter((key) => key.kid === undefined || key.kid === kid) : rsa;
};

/**
 * Verifies an ID token: signature by the keys of the NAS, issuer, audience, expiry, nonce and group. Throws DsmInputError, or
 * DsmPermissionError where only the group is missing.
 */
export async function verifyIdToken(dsm: Dsm, token: string, expected: Expected): Promise<Claims> {
	const document = await discover(dsm);
	const kid = kidOf(token);
	let keys = candidates(await readKeys(dsm, document), kid);
	// The keys may have been changed since they were read.
	if (keys.length === 0) keys = candidates(await readKeys(dsm, document, true), kid);
	if (keys.length === 0)
		throw refused('The ID token is not signed by this NAS', 'Its key is none of those that SSO Server shows.');
	const claims = await verifiedBy(keys, token, {
		issuer: document.issuer,
		audience: expected.client_id,
		algorithms: ['RS256'],
		clockTolerance: TOLERANCE,
		currentDate: new Date(dsm.now()),
		requiredClaims: ['exp', 'iat', 'sub'],
	});
	if (expected.nonce !== undefined && !sameSecret(String(claims.nonce ?? ''), expected.nonce))
		throw refused('The ID token answers another sign-in: its nonce differs', 'Sign in again.');
	if (Number(claims.iat) > dsm.now() / 1000 + TOLERANCE)
		throw refused('The ID token is from the future', 'Set the clocks of the NAS and of this host.');
	if (expected.group !== undefined && !(claims.groups ?? []).includes(expected.group))
		throw new DsmPermissionError(`"${claims.sub}" is not in the group "${expected.group}".`, {
			hint: 'Add the account to the group on the NAS; the scope "groups" must have been asked for.',
		});
	return claims;
}

/** Name of the key in the header of a token. */
function kidOf(token: string): unknown {
	try {
		return (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid?: unknown }).kid;
	} catch {
		throw explained(undefined, '', '');
	}
}

interface Rules {
	issuer: string;
	audience: string;
	algorithms: string[];
	clockTolerance: number;
	currentDate: Date;
	requiredClaims: string[];
}

async function verifiedBy(keys: readonly Jwk[], token: string, rules: Rules): Promise<Claims> {
	let last: unknown;
	for (const jwk of keys) {
		try {
			const { payload } = await jwtVerify(token, await importJWK(jwk, 'RS256'), rules);
			return payload as Claims;
		} catch (error) {
			last = error;
			if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
		}
	}
	throw explained(last, rules.issuer, rules.audience);
}

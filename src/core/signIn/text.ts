import { z } from '../../vendor/zod';
import { DsmInputError } from '../errors';

/** 32 bytes in base64url, with padding or without. */
const key = z.string().regex(/^[\w-]{43}=?$/);

const signedIn = z.object({
	v: z.literal(1),
	/** Base URL of the NAS. */
	url: z.string().min(1),
	/** Session name: a session of this name can be resumed after it was idle. Empty: one without a name. */
	session: z.string(),
	/** Who signed in, as DSM says. */
	account: z.string().min(1),
	sid: z.string().min(1),
	synoToken: z.string().optional(),
	/** Sent again when the session is resumed; may be empty. */
	deviceId: z.string(),
	/** Static public key of the NAS; like the next one absent where an app approved the sign-in, which brings no keys. */
	remote: key.optional(),
	/** Static secret key of the client. */
	secret: key.optional(),
});

/** What a sign-in leaves: a session, and, where it was made in the browser, the keys by which it is resumed. As good as a password (identity.md 13.6). */
export type SignedIn = z.output<typeof signedIn>;

const MARK = 'dsm1.';

/** One text to be pasted: without spaces, quotes or line breaks, which forms and shells change. */
export const writeSignIn = (value: SignedIn): string =>
	MARK + Buffer.from(JSON.stringify(signedIn.parse(value))).toString('base64url');

/** Reads such a text. Throws DsmInputError, which does not repeat it. */
export function readSignIn(text: string): SignedIn {
	// Copied from a terminal it may be broken into lines.
	const pasted = text.replace(/\s/g, '');
	if (pasted.startsWith(MARK)) {
		const parsed = signedIn.safeParse(jsonOf(Buffer.from(pasted.slice(MARK.length), 'base64url').toString('utf8')));
		if (parsed.success) return parsed.data;
	}
	throw new DsmInputError('"Browser Sign-In" of the connection is not the text of a sign-in, or not all of it.', {
		path: ['signIn'],
		hint: `Paste the whole text that the sign-in command printed; it begins with "${MARK}".`,
	});
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Every secret in it, for the redactor. */
export const secretsOfSignIn = (text: string): string[] => {
	const { sid, synoToken, deviceId, secret } = readSignIn(text);
	return [text, sid, synoToken ?? '', deviceId, secret ?? ''].filter((one) => one !== '');
};

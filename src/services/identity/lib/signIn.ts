import { isIpAddress } from '../../../core/ipAddress';
import type { LogRow } from '../../system/wire/logs';

/** What a line of the connection log says of a sign-in. */
export interface SignIn {
	user: string;
	address: string;
	/** Application that was signed in to: DSM, SSH. */
	application?: string;
	/** How: password. */
	method?: string;
}

/**
 * Reads a line as `User [bob] from [198.51.100.7] signed in to [DSM] successfully via [password].` The words are in the language of the
 * NAS, so only what stands in brackets counts: the address is what looks like one, the user stands before, the others behind.
 */
export function signInOf({ who = '', descr = '' }: LogRow): SignIn | undefined {
	const values = [...descr.matchAll(/\[([^\]]*)\]/g)].map(([, value]) => value!);
	const at = values.findIndex(isIpAddress);
	if (at < 0) return undefined;
	const [application, method] = values.slice(at + 1);
	return {
		user: at > 0 ? values[0]! : who,
		address: values[at]!,
		...(application !== undefined && { application }),
		...(method !== undefined && { method }),
	};
}

/** What the log says of a sign-in in the English of DSM. */
export const SIGNED_IN = 'signed in to';
export const FAILED = 'failed to sign in';

export const says = ({ descr = '' }: LogRow, text: string): boolean => descr.toLowerCase().includes(text.toLowerCase());

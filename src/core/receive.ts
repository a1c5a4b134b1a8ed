import { createHash, timingSafeEqual } from 'node:crypto';
import { BUDGETS } from './budget';
import { readJson } from './json';

/** Fields of a call that the NAS made, by name. */
export type Fields = Record<string, unknown>;

/** Largest body of a call: a message and its buttons are far smaller. */
export const LARGEST_CALL = BUDGETS.call.most;

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): Fields | undefined {
	if (text.length > LARGEST_CALL || !/^\s*\{/.test(text)) return undefined;
	const read = readJson(text);
	return 'value' in read && isObject(read.value) ? read.value : undefined;
}

/** Fields of a form; one of more fields than any call of Chat has is none. */
const formOf = (text: string): Fields =>
	text.length > LARGEST_CALL || text.split('&', BUDGETS.formFields.most + 1).length > BUDGETS.formFields.most
		? {}
		: Object.fromEntries(new URLSearchParams(text));

/**
 * The fields of a call: a form or JSON as body, or the query of a GET; a JSON text in `payload` wins over what stands beside it
 * (chat.md 8.1-8.3). A host may have parsed the body already.
 */
export function readFields(query: Fields, body: unknown): Fields {
	const own = typeof body === 'string' ? (parsed(body) ?? formOf(body)) : body;
	const fields = { ...query, ...(isObject(own) ? own : {}) };
	const { payload } = fields;
	const inner = typeof payload === 'string' ? parsed(payload) : payload;
	return isObject(inner) ? { ...fields, ...inner } : fields;
}

/** What is kept of a token to know it again: it cannot be turned back. */
export const fingerprintOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether a call carries the token, in constant time whatever it carries. */
export function bearsToken({ token }: Fields, fingerprint: string): boolean {
	const given = typeof token === 'string' ? token.replace(/^"(.*)"$/s, '$1') : '';
	const [one, other] = [Buffer.from(fingerprintOf(given), 'hex'), Buffer.from(fingerprint, 'hex')];
	return given !== '' && one.length === other.length && timingSafeEqual(one, other);
}

/** A call as it is told from others: the same key within `window` milliseconds is a replay. */
export interface Mark {
	key: string;
	window: number;
}

/**
 * Refuses calls with a wrong token and calls that were made before, and counts what was refused. A call is remembered for its window,
 * however many come: only who knows the token can make the memory grow.
 */
export class ReplayGuard {
	forged = 0;
	replayed = 0;
	/** Until when a call is a replay, the oldest first. */
	readonly #seen = new Map<string, number>();

	constructor(readonly now: () => number = Date.now) {}

	/** Whether a call is genuine. */
	isGenuine(fields: Fields, fingerprint: string): boolean {
		const genuine = bearsToken(fields, fingerprint);
		if (!genuine) this.forged++;
		return genuine;
	}

	/** Whether a genuine call was made before. */
	isReplay({ key, window }: Mark): boolean {
		const until = this.#seen.get(key);
		if (until !== undefined && this.now() < until) {
			this.replayed++;
			return true;
		}
		this.#seen.delete(key);
		this.#seen.set(key, this.now() + window);
		for (const [oldest, end] of this.#seen) {
			if (this.now() < end) break;
			this.#seen.delete(oldest);
		}
		return false;
	}
}

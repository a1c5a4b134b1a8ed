import type { Call } from './call';
import { DsmProtocolError } from './errors';
import { MISSING, words } from './misfit';

export interface AnswerOptions {
	/** A read without what it was asked for is no answer. A write has been done whatever its answer looks like. */
	readOnly: boolean;
	operation?: string | undefined;
	/** Told when a write's answer is not as declared; tests let it throw. */
	unexpected: (message: string) => void;
}

/**
 * `data` of an answer in the shape that its call declares. Throws DsmProtocolError, which may pass by itself, when a read lacks what it
 * was asked for; a write gives what is known.
 */
export function parseAnswer<A>(call: Call<A>, data: unknown, { readOnly, operation, unexpected }: AnswerOptions): A {
	if (!call.answer) return data as A;
	const parsed = call.answer.safeParse(data, { error: words });
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const message = `The answer of ${call.api} ${call.method} ${faultOf(issue?.path ?? [], issue?.message ?? '')}.`;
	if (readOnly) {
		throw new DsmProtocolError(message, {
			call,
			...(operation !== undefined && { operation }),
			retryable: true,
			hint: 'DSM or the package may be starting or updating; try again. If it stays, the package may be of a release that is not known yet.',
		});
	}
	unexpected(message);
	// What a write answers may be missing; whoever reads a field of it finds nothing instead of failing.
	const known = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
	return ('row' in call ? { rows: [], ...known } : known) as A;
}

/** "lacks "rows.0.name"", or what is wrong with it. */
function faultOf(path: readonly PropertyKey[], fault: string): string {
	if (path.length === 0) return fault;
	const name = path.map(String).join('.');
	return fault === MISSING ? `lacks "${name}"` : `has "${name}", which ${fault}`;
}

import { explain, rightOf, serviceOf } from '../..';
import { idOf, type AnyOperation } from '../../../catalog/operation';
import type { Call } from '../../../core/call';
import { isDsmError } from '../../../core/errors';
import { packageOf } from '../../../core/faults';
import { keyOf, type OperationReport } from './report';

export const NO_CONNECTION = 'the NAS was not reached';

const NO_ADMINISTRATOR = 'needs an administrator';

type Why = Pick<OperationReport, 'outcome'> & Partial<OperationReport>;

/** What an error says of an operation, in words of this program: its own may name what belongs to the user. */
export function whyOf(
	error: unknown,
	operation: AnyOperation,
	{ calls, administrator }: { calls: readonly Call[]; administrator: boolean | null },
): Why {
	if (!isDsmError(error)) return { outcome: 'differs', why: 'its result is of another form' };
	const { code, dsmCode, call = calls[0] } = error;
	const where = call && { call: keyOf(call) };
	const facts = { ...(dsmCode !== undefined && { code: dsmCode }), ...where };
	switch (code) {
		case 'unavailable':
			return { outcome: 'missing', ...facts, why: missing(operation, call) };
		case 'permission':
			return { outcome: 'refused', ...facts, why: refused(operation, call) };
		case 'protocol':
			return { outcome: 'differs', ...facts, why: 'its answer is of another form' };
		case 'aborted':
			return { outcome: 'failed', ...facts, why: 'it took too long' };
		case 'connection':
			// The servers of DAV may be on ports of their own.
			return 'ask' in operation
				? { outcome: 'missing', ...facts, why: 'its DAV server was not reached' }
				: { outcome: 'failed', ...facts, why: NO_CONNECTION };
		case 'login':
		case 'session':
			throw error;
		case 'input':
			return { outcome: 'failed', ...facts, why: 'what lists gave does not fit it' };
		default:
			// It was this program that found nothing for it in what the NAS answered.
			if (dsmCode === undefined) return { outcome: 'skipped', ...facts, why: 'nothing on this NAS fits it' };
			// Some calls have a code of their own for it.
			return administrator === false && rightOf(idOf(operation)) === 'administrator'
				? { outcome: 'refused', ...facts, why: NO_ADMINISTRATOR }
				: { outcome: 'failed', ...facts, why: codeText(call, dsmCode) };
	}
}

/** Words of this program for a code; the NAS's own stay untold. */
function codeText(call: Call | undefined, code: number): string {
	const { cause } = (call && explain(call.api, code)) ?? {};
	return cause === undefined ? `code ${code}` : `code ${code}: ${cause}`;
}

export function missing(operation: AnyOperation, call: Call | undefined): string {
	const service = call && serviceOf(call.api);
	const named = service && packageOf(call.api, service);
	if (named !== undefined) return `needs the package "${named}"`;
	return 'ask' in operation ? 'needs its DAV server' : 'needs another release of DSM';
}

function refused(operation: AnyOperation, call: Call | undefined): string {
	if (rightOf(idOf(operation)) === 'administrator') return NO_ADMINISTRATOR;
	const privilege = call && serviceOf(call.api)?.privilege;
	return privilege === undefined ? 'the account may not do this' : `needs the application privilege "${privilege}"`;
}

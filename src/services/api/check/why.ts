import { rightOf, serviceOf } from '../..';
import { idOf, type AnyOperation } from '../../../catalog/operation';
import type { Call } from '../../../core/call';
import { isDsmError } from '../../../core/errors';
import { packageOf } from '../../../core/faults';
import { keyOf, type OperationReport } from './report';

export const NO_CONNECTION = 'the NAS was not reached';

type Why = Pick<OperationReport, 'outcome'> & Partial<OperationReport>;

/** What an error says of an operation, in words of this program: its own may name what belongs to the user. */
export function whyOf(error: unknown, operation: AnyOperation, calls: readonly Call[]): Why {
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
			return { outcome: 'failed', ...facts, why: NO_CONNECTION };
		case 'login':
		case 'session':
			throw error;
		case 'input':
			return { outcome: 'failed', ...facts, why: 'what lists gave does not fit it' };
		default:
			return { outcome: 'failed', ...facts, why: dsmCode === undefined ? 'it was refused' : `code ${dsmCode}` };
	}
}

export function missing(operation: AnyOperation, call: Call | undefined): string {
	const service = call && serviceOf(call.api);
	const named = service && packageOf(call.api, service);
	if (named !== undefined) return `needs the package "${named}"`;
	return 'ask' in operation ? 'needs its DAV server' : 'needs another release of DSM';
}

function refused(operation: AnyOperation, call: Call | undefined): string {
	if (rightOf(idOf(operation)) === 'administrator') return 'needs an administrator';
	const privilege = call && serviceOf(call.api)?.privilege;
	return privilege === undefined ? 'the account may not do this' : `needs the application privilege "${privilege}"`;
}

import { NodeApiError, NodeOperationError, type Failure, type INode } from 'n8n-workflow';
import { isDsmError, type DsmError } from '../core/errors';
import { sharedPool } from './pool';

type Timed = Extract<Failure, { retryAfterMs?: number }>;

const timed = (cause: Timed['cause'], retryAfterMs: number): Failure => ({ cause, retryAfterMs });

/**
 * Why something failed, in n8n's terms. DSM answers HTTP 200 to everything, so n8n cannot see it for itself; what it makes of it is
 * the pause before the next poll (a refused password must not be tried again and again: DSM blocks the address).
 * Undefined: a code of the service, of which nothing is known.
 */
export function failureOf(error: DsmError): Failure | undefined {
	switch (error.code) {
		case 'login':
			// Other programs took the one-time codes: nothing is wrong with the credential.
			if (error.retryable) return timed('temporarily-unavailable', error.details.retryAfter ?? 5_000);
			return { cause: 'credential-invalid' };
		case 'permission':
		case 'unavailable':
		case 'input':
			return { cause: 'configuration-invalid' };
		case 'connection':
		case 'protocol':
		case 'session':
			return timed('temporarily-unavailable', 5_000);
		case 'api':
			if (error.details.transient) return timed('rate-limited', 5_000);
			return error.retryable ? timed('temporarily-unavailable', 5_000) : undefined;
		case 'aborted':
			return undefined;
	}
}

/** n8n's error for whatever was thrown: what happened, what to do about it, which item, and why. No secret is left in it. */
export function nodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeOperationError || error instanceof NodeApiError) return error;
	const index = itemIndex === undefined ? {} : { itemIndex };
	const { redact } = sharedPool();
	if (!isDsmError(error)) {
		return new NodeOperationError(node, redact(error instanceof Error ? error.message : String(error)), index);
	}
	const message = redact(error.message);
	const description = error.hint === undefined ? {} : { description: redact(error.hint) };
	if (error.code === 'input' || error.code === 'aborted') {
		return new NodeOperationError(node, message, { ...index, ...description });
	}
	const failure = failureOf(error);
	return new NodeApiError(node, { message }, { ...index, ...description, message, ...(failure && { failure }) });
}

/** n8n tells a run that was cancelled from one that failed by this word in the message. */
export const canceled = (node: INode): NodeOperationError =>
	new NodeOperationError(node, 'The execution was canceled.');

/** What an item says about an error when the workflow goes on: text for people, codes for conditions. */
export function errorFields(
	error: unknown,
	{ message }: NodeApiError | NodeOperationError,
): { error: string; details?: Details } {
	if (!isDsmError(error)) return { error: message };
	const { code, dsmCode, hint } = error;
	return {
		error: message,
		details: {
			code,
			...(dsmCode !== undefined && { dsmCode }),
			...(hint !== undefined && { hint: sharedPool().redact(hint) }),
		},
	};
}

type Details = { code: string; dsmCode?: number; hint?: string };

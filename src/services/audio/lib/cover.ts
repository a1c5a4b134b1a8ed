import { DsmApiError, type DsmError } from '../../../core/errors';

/** No picture is told by HTTP 404, not by an envelope (audiostation.md 4.11). */
export function noCover(error: DsmError): never {
	if (error.details.httpStatus !== 404) throw error;
	throw new DsmApiError('Audio Station has no cover of this.', {
		hint: 'Use "Default Picture", or go on without one.',
		cause: error,
	});
}

import { isDsmError } from '../../../core/errors';

/** Refusals that concern one object; anything else is about the connection and stops what is being done. */
export const isRefusal = (error: unknown): boolean =>
	isDsmError(error) && ['api', 'permission', 'unavailable'].includes(error.code);

/** The work's result; undefined when the NAS refused it. Lost connections and sessions are thrown. */
export async function settled<T>(work: Promise<T>): Promise<T | undefined> {
	try {
		return await work;
	} catch (error) {
		if (isRefusal(error)) return undefined;
		throw error;
	}
}

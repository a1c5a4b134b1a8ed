import type { Dsm } from '../../core/dsm';
import { begin, ending, isGone } from './background';
import type { Background } from './calls';

/** How often a task that only reads is begun. */
const ATTEMPTS = 3;

/**
 * Result of a task that only reads. The NAS keeps it for a moment only, and a small task may have ended and been forgotten before the
 * first question: then it is begun again (filestation.md 4.10).
 */
export async function measured(
	dsm: Dsm,
	calls: Background,
	params: Record<string, unknown>,
	timeout: number,
	what: string,
): Promise<Record<string, unknown>> {
	for (let attempt = 1; ; attempt++) {
		const taskid = await begin(dsm, calls, params);
		const { state, error } = await ending(dsm, calls, taskid, timeout, what);
		if (error) throw error;
		if (state['finished'] === true) return state;
		if (attempt === ATTEMPTS) return await lost(dsm, calls, taskid);
	}
}

/** The NAS itself says that it knows nothing of the task. */
async function lost(dsm: Dsm, { status, stop }: Background, taskid: string): Promise<Record<string, unknown>> {
	try {
		return (await dsm.call(status, { taskid })) as Record<string, unknown>;
	} catch (error) {
		if (!isGone(error)) await dsm.call(stop, { taskid }).catch(() => undefined);
		throw error;
	}
}

import type { Dsm } from '../core/dsm';
import { DsmApiError, isDsmError } from '../core/errors';
import { z } from '../vendor/zod';

/** Parameter of operations that wait for a task of the NAS: seconds. */
export const timeout = (seconds = 600) =>
	z.coerce.number<number | string>().int().min(1).max(86_400).default(seconds).meta({
		title: 'Timeout',
		description: 'Seconds to wait for the task of the NAS; after that it is stopped and the operation fails',
		advanced: true,
	});

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 3000;

export interface Waiting<T> {
	/** Asks for the state of the task. */
	status: () => Promise<T>;
	isDone: (state: T) => boolean;
	/** Ends the task on the NAS. Absent: it goes on, whoever waits. */
	stop?: (dsm: Dsm) => Promise<unknown>;
	/** Seconds. */
	timeout: number;
	/** What is waited for, for the error: "The copy". */
	what: string;
}

/**
 * Waits for a background task of the NAS: asks for its state in growing pauses. When the flow is stopped or the time is over, the task
 * is stopped, too, as far as the NAS lets itself be asked. Throws DsmApiError after the timeout.
 */
export async function waitFor<T>(dsm: Dsm, { status, isDone, stop, timeout: seconds, what }: Waiting<T>): Promise<T> {
	const end = dsm.now() + seconds * 1000;
	try {
		for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
			const state = await status();
			if (isDone(state)) return state;
			if (dsm.now() >= end)
				throw new DsmApiError(
					`${what} did not end within ${seconds} seconds and ${stop ? 'was stopped' : 'goes on'}.`,
					{
						hint: stop
							? 'What was done until then stays. Raise the timeout, or do less at a time.'
							: 'Raise the timeout, or look at it again later.',
					},
				);
			await dsm.sleep(Math.min(pause, Math.max(1, end - dsm.now())));
		}
	} catch (error) {
		const isOver = error instanceof DsmApiError && error.dsmCode === undefined;
		const isAborted = isDsmError(error) && error.code === 'aborted';
		// A signal of its own: that of the flow has fired.
		if (stop && (isOver || isAborted))
			await stop(dsm.with({ signal: new AbortController().signal })).catch(() => undefined);
		throw error;
	}
}

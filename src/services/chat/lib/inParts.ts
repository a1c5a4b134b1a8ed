import { keepBudget } from '../../../core/budget';
import type { Dsm } from '../../../core/dsm';
import { isDsmError, withDetails } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { partsOf, SHORTEST } from './splitText';

/** Two messages of one account or token that follow closer are refused with 411 (chat.md 17.3). */
export const PAUSE = 600;

/** Option of everything that sends a text. */
export const part_length = z.coerce
	.number<number | string>()
	.int()
	.min(0)
	.default(2000)
	.refine((value) => value === 0 || value >= SHORTEST, `is too short: 0, or ${SHORTEST} and more`)
	.meta({
		title: 'Longest Part',
		description: 'Characters after which a long text goes on in a further message; 0: it is never split',
		advanced: true,
	});

/** A part of a text, and where it stands in it. */
export interface Part {
	text: string;
	/** How many were sent before. */
	index: number;
	isLast: boolean;
}

interface Text {
	text: string;
	part_length: number;
	/** Parameter that the text came in. */
	path: string;
}

/**
 * Sends a text in parts, one after the other, and gives what was answered to each; `idOf` names a part that was sent. The one way for
 * messages of accounts, bots, webhooks and for scheduled ones. What Chat calls too long all the same is halved: it stored nothing. An
 * error says what was sent before it, so that nobody sends it twice; more parts than the budget `posts` allows are a DsmInputError.
 */
export async function sendParts<T>(
	dsm: Dsm,
	{ text, part_length: limit, path }: Text,
	send: (part: Part) => Promise<T>,
	idOf: (sent: T) => string | undefined,
): Promise<[T, ...T[]]> {
	const waiting = partsOf(text, limit);
	const sent: T[] = [];
	for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
		if (sent.length > 0) await dsm.sleep(PAUSE);
		try {
			keepBudget('posts', sent.length + 1 + waiting.length, { path: [path] });
			sent.push(await send({ text: part, index: sent.length, isLast: waiting.length === 0 }));
		} catch (error) {
			const half = Math.floor(part.length / 2);
			if (isTooLong(error) && limit > 0 && half >= SHORTEST) waiting.unshift(...partsOf(part, half));
			else throw withProgress(error, sent.map(idOf), waiting.length + 1);
		}
	}
	return sent as [T, ...T[]];
}

const isTooLong = (error: unknown): boolean => isDsmError(error) && error.dsmCode === 410;

function withProgress(error: unknown, sent: (string | undefined)[], missing: number): unknown {
	if (sent.length === 0 || !isDsmError(error)) return error;
	const ids = sent.filter((id) => id !== undefined).join(', ');
	const told = `${error.message} ${sent.length} of ${sent.length + missing} parts were sent before${ids ? `: ${ids}` : ''}.`;
	return withDetails(error, {}, told);
}

/** `parts` of an answer: the ids of all messages that a long text became; nothing for a single one. */
export const partsIn = (ids: readonly (string | undefined)[]): { parts?: string[] } =>
	ids.length > 1 ? { parts: ids.filter((id) => id !== undefined) } : {};

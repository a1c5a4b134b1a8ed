import { capabilities, inThread, withinTime, type Work } from '../platform';
import { BUDGETS, keepBudget, overBudget, type BudgetName } from './budget';
import { errorOf, type DsmError, type ErrorDetails } from './errors';

/** Milliseconds that work on a text may hold up others before it goes on in a thread of its own. */
const HERE = 20;
/** Longer texts go there at once: characters. */
const SHORT = 20_000;

/**
 * A function of a module, to be called without holding up others for long: what it makes of a short text is made here, what takes longer
 * in a thread, and what takes longer than the budget of milliseconds ends with its error. The function is exported by its name from
 * `file`, keeps nothing between calls, and arguments and result are plain data. Its own errors come through, those of other kinds by their
 * message. A platform without threads makes everything here, up to a length.
 */
export function apart<A extends unknown[], T>(
	budget: BudgetName,
	file: string,
	work: (...given: A) => T,
): (given: A, details?: ErrorDetails) => Promise<T> {
	return async (given, details) => {
		if (!capabilities.threads) {
			keepBudget('conversionHere', lengthOf(given), details);
			return work(...given);
		}
		if (lengthOf(given) <= SHORT) {
			const here = withinTime(HERE, () => work(...given));
			if (here) return here.value;
		}
		return (await there({ file, name: work.name, given }, budget, details)) as T;
	};
}

/** Characters of all texts, and bytes, that are handed over. */
const lengthOf = (given: readonly unknown[]): number =>
	given
		.flat()
		.reduce<number>((sum, one) => sum + (typeof one === 'string' || one instanceof Uint8Array ? one.length : 0), 0);

/** What is made in a thread, whose errors come as plain data. */
async function there(work: Work, budget: BudgetName, more?: ErrorDetails): Promise<unknown> {
	try {
		const made = await inThread(work, BUDGETS[budget].most);
		if (made) return made.value;
	} catch (error) {
		const { code, message, details } = error as Partial<DsmError>;
		throw code && message && details ? errorOf(code, message, { ...details, ...more }) : error;
	}
	throw overBudget(budget, undefined, more);
}

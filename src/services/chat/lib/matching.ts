import { linearPattern } from '../../../catalog/linearPattern';
import { apart } from '../../../core/apart';
import { capabilities } from '../../../platform';

/** Finds the texts that hold a word, capitals or not. */
export const containing =
	(keyword: string) =>
	(texts: string[]): boolean[] =>
		texts.map((text) => text.toLowerCase().includes(keyword.toLowerCase()));

/** What is wrong with a regular expression; undefined when nothing is. */
export function faultIn(expression: string): string | undefined {
	try {
		new RegExp(expression, 'iu');
	} catch (error) {
		return `is no regular expression: ${(error as Error).message}`;
	}
	if (capabilities.threads) return undefined;
	try {
		linearPattern(expression);
		return undefined;
	} catch (error) {
		return `cannot be used in this edition: ${(error as Error).message}`;
	}
}

/** Says of texts which of them fit. */
export function matches(expression: string, texts: string[]): boolean[] {
	const pattern = new RegExp(expression, 'iu');
	return texts.map((text) => pattern.test(text));
}

const matchesApart = apart('matching', require.resolve('./matching'), matches);

/**
 * Finds the texts that fit a regular expression, capitals or not. Some expressions take years over some texts, and anybody who writes
 * to a channel may write such a text: matching runs under a time limit, beyond which the trigger fails and says why. Its place stays. Without
 * threads nothing can be stopped: there only such expressions are taken whose time is known.
 */
export const fitting =
	(expression: string) =>
	async (texts: string[]): Promise<boolean[]> =>
		capabilities.threads
			? await matchesApart([expression, texts], { path: ['keyword'] })
			: texts.map(linearPattern(expression));

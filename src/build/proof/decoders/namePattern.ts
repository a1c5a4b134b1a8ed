import { namePattern } from '../../../catalog/pattern';
import type { Decoder } from '../decoder';

/** A pattern against names, and names against patterns. */
export const decoder: Decoder = {
	read: (text) => [namePattern(text)('-'.repeat(250)), namePattern('*-*-*-*.pdf')(text.slice(0, 4096))],
	means: () => false,
	frames: [
		['', ''],
		['*', '*.pdf'],
	],
	pieces: ['*-', '*a*', '?', '*?', ',*', 'ß', 'İ'],
};

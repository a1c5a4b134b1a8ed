import { isDsmError } from '../../../core/errors';
import { namePattern } from '../../../catalog/pattern';
import type { Decoder } from '../decoder';

/** A pattern against names, and names against patterns. */
export const decoder: Decoder = {
	title: 'Patterns for names',
	read: (text) => [namePattern('*-*-*-*.pdf')(text.slice(0, 4096)), namePattern(text)('-'.repeat(250))],
	means: isDsmError,
	frames: [
		['', ''],
		['*', '*.pdf'],
	],
	pieces: ['*-', '*a*', '?', '*?', ',*', 'ß', 'İ'],
};

import { isDsmError } from '../../../core/errors';
import { toHtml } from '../../../services/note/lib/format';
import type { Decoder } from '../decoder';

/** Markdown and plain text on their way to a note. */
export const decoder: Decoder = {
	read: async (text) => [await toHtml(text, 'text'), await toHtml(text, 'markdown')],
	means: isDsmError,
	frames: [
		['', ''],
		['- ', '\n'],
		['| a |\n| - |\n', ''],
	],
	pieces: [
		'![',
		'[a](',
		'[a](b)',
		'[a][',
		'[a]: b\n',
		'**a',
		'**a** ',
		'*a _b ',
		'*a*_',
		'~~',
		'> ',
		'>',
		'- a\n',
		'- [ ] a\n',
		'  - ',
		'1. ',
		'1.\n',
		'# a\n',
		'| - |\n',
		'|a|\n',
		'a|b\n-|-\n',
		'```\n',
		'~~~\n',
		'---\n',
		'===\n',
		'<u>',
		'</u>',
		'<a ',
		'<!--',
		'<?',
		'<![CDATA[',
		'`` ',
		'\\\n',
	],
};

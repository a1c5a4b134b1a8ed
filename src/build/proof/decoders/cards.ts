import { BUDGETS } from '../../../core/budget';
import { isDsmError } from '../../../core/errors';
import { textOfCard } from '../../../services/contacts/lib/vcard/lines';
import { readFileApart } from '../../../services/contacts/lib/vcard/readFile';
import { toVersion4 } from '../../../services/contacts/lib/vcard/versions';
import type { Decoder } from '../decoder';

const HEAD = 'BEGIN:VCARD\nVERSION:2.1\nFN:a\n';

/** Files of cards, read and written again. */
export const decoder: Decoder = {
	async read(text) {
		const { cards } = await readFileApart([Buffer.from(text)]);
		return cards.map((card) => [textOfCard(card), textOfCard(toVersion4(card))]);
	},
	means: isDsmError,
	frames: [
		['', ''],
		[HEAD, 'END:VCARD\n'],
		[`${HEAD}NOTE:`, '\nEND:VCARD\n'],
		[`${HEAD}NOTE;`, ':a\nEND:VCARD\n'],
		[`${HEAD}NOTE;ENCODING=QUOTED-PRINTABLE:`, '\nEND:VCARD\n'],
		[`${HEAD}PHOTO;ENCODING=BASE64:`, '\nEND:VCARD\n'],
	],
	pieces: [
		'BEGIN:VCARD\n',
		'END:VCARD\n',
		`${HEAD}END:VCARD\n`,
		'A:b\n',
		'A;B=C:d\n',
		';A=b',
		';A="b"',
		';A="',
		'a.A:b\n',
		'=C3',
		'=\n',
		'\\,',
		'\\',
		'VERSION:4.0\n',
		'TYPE=a,',
	],
	most: 2 * BUDGETS.conversion.most,
};

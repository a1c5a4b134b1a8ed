import { setImmediate } from 'node:timers/promises';
import { isDsmError } from '../../../core/errors';
import { textOfCard } from '../../../services/contacts/lib/vcard/lines';
import { readText, textsOfFileApart } from '../../../services/contacts/lib/vcard/readFile';
import { toVersion4 } from '../../../services/contacts/lib/vcard/versions';
import type { Decoder } from '../decoder';

const HEAD = 'BEGIN:VCARD\nVERSION:2.1\nFN:a\n';

/** Files of cards, read and written again. */
export const decoder: Decoder = {
	title: 'vCard: files of cards, read, sent and given out',
	async read(text) {
		const { texts } = await textsOfFileApart([Buffer.from(text)]);
		for (const { text: one } of texts) {
			// An import asks the NAS for each of them.
			await setImmediate();
			const { cards } = readText(one);
			if (cards.length !== 1) throw new Error(`A card became ${cards.length}.`);
			if (textOfCard(cards[0]!) !== one) throw new Error('A card that is read again is another one.');
			// An export, which only has what the NAS keeps.
			await setImmediate();
			textOfCard(toVersion4(cards[0]!));
		}
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
};

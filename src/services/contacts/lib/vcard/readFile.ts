import { apart } from '../../../../core/apart';
import { BUDGETS, overBudget } from '../../../../core/budget';
import { withinTime } from '../../../../platform';
import { splitCards, textOfCard, type Broken, type Card } from './lines';
import { faultOf, toVersion3 } from './versions';

/** The cards of a file in version 3.0, and what of it is broken. */
export function readFile(bytes: Uint8Array): ReadCards {
	return cardsOf(decoded(bytes));
}

/** One card of a file as its text, and the line of its BEGIN: lists of lines would take long to come out of the thread. */
export interface CardText {
	text: string;
	at: number;
}

/** The cards of a file, each for `readText`. */
export function textsOfFile(bytes: Uint8Array): { texts: CardText[]; broken: Broken[] } {
	const { cards, broken } = readFile(bytes);
	return { texts: cards.map((card) => ({ text: textOfCard(card), at: card.at })), broken };
}

/** The same for a file of any size, which holds up nobody. */
export const textsOfFileApart = apart('conversion', require.resolve('./readFile'), textsOfFile);

/** What the NAS keeps as one card, in version 3.0, or why it is broken. Throws the error of a budget when reading takes too long. */
export function readText(text: string): ReadCards {
	const read = withinTime(BUDGETS.card.most, () => cardsOf(text));
	if (!read) throw overBudget('card');
	return read.value;
}

interface ReadCards {
	cards: Card[];
	broken: Broken[];
}

function cardsOf(text: string): ReadCards {
	const { cards, broken } = splitCards(text);
	const faulty = cards.flatMap((card) => {
		const fault = faultOf(card);
		return fault ? [{ ...fault, card }] : [];
	});
	const unusable = new Set(faulty.map(({ card }) => card));
	const refused = faulty.map(({ line, reason, card }) => ({ line, reason, text: rawOf(card) }));
	return {
		cards: cards.filter((card) => !unusable.has(card)).map(toVersion3),
		broken: [...broken, ...refused].sort((a, b) => a.line - b.line),
	};
}

const rawOf = ({ lines }: Card): string => ['BEGIN:VCARD', ...lines.map(({ raw }) => raw), 'END:VCARD'].join('\r\n');

/** UTF-8 or UTF-16 by its mark; what is neither is an old file in the alphabet of Western Europe. */
function decoded(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

import { BUDGETS } from '../../../../core/budget';
import { folded, linesOf, unfold, type Join, type Line as TextLine } from '../../../../formats/ical/lines';

/** One property of a card, unfolded. */
export interface Line {
	/** As it stands in the card, without line breaks. */
	raw: string;
	/** In capitals, without its group. */
	name: string;
	/** `item1` of `item1.EMAIL`. */
	group: string | undefined;
	/** In capitals; each may have several values. */
	params: Record<string, string[]>;
	/** As written, escapes included. */
	value: string;
	/** Line of the file, from 1. */
	at: number;
}

export interface Card {
	lines: Line[];
	/** Line of its BEGIN. */
	at: number;
}

/** A card that cannot be used, with the line that is to blame. */
export interface Broken {
	line: number;
	reason: string;
	/** The whole of it, so that nothing is lost. */
	text: string;
}

/** Characters of all parameters of a property: a million of them would hold up the program when they are taken apart. */
const LONGEST_HEAD = BUDGETS.line.most;

/** Splits a property into its parts; undefined: it is none. Quotes of parameters may hold colons and commas. */
export function lineOf(raw: string, at = 0): Line | undefined {
	const match = /^(?:([\w-]+)\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):([\s\S]*)$/.exec(raw);
	if (!match) return undefined;
	const [, group, name = '', head = '', value = ''] = match;
	if (head.length > LONGEST_HEAD) return undefined;
	return { raw, name: name.toUpperCase(), group, params: paramsOf(head), value, at };
}

/** `;TYPE=HOME,WORK;PREF=1`; bare ones of vCard 2.1 count as types and encodings. */
function paramsOf(head: string): Record<string, string[]> {
	const found: Record<string, string[]> = {};
	for (const part of head.match(/;(?:[^";]|"[^"]*")*/g) ?? []) {
		const text = part.slice(1).trim();
		if (text === '') continue;
		const [written, values] = text.includes('=') ? splitAt(text, '=') : [bareName(text), text];
		// With a quote in a name, the line could not be read again once it is written anew.
		const name = written.replace(/[":;,]/g, '');
		const list = (values.match(/"[^"]*"|[^,]+/g) ?? []).flatMap((one) => one.replaceAll('"', '').split(','));
		found[name.toUpperCase()] = [...(found[name.toUpperCase()] ?? []), ...list];
	}
	return found;
}

const bareName = (text: string): string =>
	/^(quoted-printable|base64|b|8bit|7bit)$/i.test(text) ? 'ENCODING' : 'TYPE';

const splitAt = (text: string, sign: string): [string, string] => [
	text.slice(0, text.indexOf(sign)),
	text.slice(text.indexOf(sign) + 1),
];

/** A property made of its parts. */
export function makeLine(name: string, value: string, params: Record<string, string[]> = {}, group?: string): Line {
	const head = Object.entries(params)
		.filter(([, values]) => values.length > 0)
		.map(([key, values]) => `;${key}=${values.map(quoted).join(',')}`)
		.join('');
	const raw = `${group === undefined ? '' : `${group}.`}${name}${head}:${value}`;
	return { raw, name: name.toUpperCase(), group, params, value, at: 0 };
}

const quoted = (value: string): string => (/[:;,]/.test(value) ? `"${value.replaceAll('"', "'")}"` : value);

/** Text in, as it stands in a card. */
export const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
export const unescaped = (text: string): string =>
	text.replace(/\\([\s\S])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));

/** An address of the web: some programs escape its colons and commas. */
export const unescapedAddress = (text: string): string => text.replace(/\\([:;,])/g, '$1');

/** Parts of a structured value: `N`, `ADR`, `ORG`; with a comma those of `CATEGORIES`. */
export const partsOf = (value: string, sign = ';'): string[] => rawPartsOf(value, sign).map(unescaped);

/** The same as they stand in the card, escapes included; a backslash at the end escapes nothing and falls away. */
export function rawPartsOf(value: string, sign = ';'): string[] {
	const parts: string[] = [];
	let start = 0;
	let at = 0;
	for (; at < value.length; at++) {
		if (value[at] === '\\') at++;
		else if (value[at] === sign) {
			parts.push(value.slice(start, at));
			start = at + 1;
		}
	}
	parts.push(at > value.length ? value.slice(start, -1) : value.slice(start));
	return parts;
}

/** The card as it is sent: lines of at most 75 octets, CRLF. */
export function textOfCard({ lines }: Card): string {
	return ['BEGIN:VCARD', ...lines.map(({ raw }) => folded(raw)), 'END:VCARD', ''].join('\r\n');
}

/** The cards of a text. One that is broken is named with its line and kept whole; the others go through. */
export function splitCards(text: string): { cards: Card[]; broken: Broken[] } {
	const lines = linesOf(text.replace(/^\uFEFF/, ''), goesOn());
	const cards: Card[] = [];
	const broken: Broken[] = [];
	for (let start = 0; start < lines.length;) {
		const end = endOf(lines, start);
		const block = lines.slice(start, end);
		const found = block.every(isBlank) ? undefined : cardIn(block);
		if (found && 'lines' in found) cards.push(found);
		else if (found) broken.push({ ...found, text: block.map(({ raw }) => raw).join('') });
		start = end;
	}
	return { cards, broken };
}

const isBlank = ({ text }: TextLine): boolean => text.trim() === '';
const isBegin = (row: string): boolean => /^BEGIN:VCARD\s*$/i.test(row);
const isEnd = (row: string): boolean => /^END:VCARD\s*$/i.test(row);

/** Line after the block that begins here: a card, or what stands between cards. */
function endOf(lines: readonly TextLine[], start: number): number {
	const inCard = isBegin(lines[start]!.text);
	for (let at = start + 1; at < lines.length; at++) {
		if (inCard && isEnd(lines[at]!.text)) return at + 1;
		if (isBegin(lines[at]!.text)) return at;
	}
	return lines.length;
}

function cardIn(block: readonly TextLine[]): Card | Omit<Broken, 'text'> {
	const [first, last] = [block[0]!, block.at(-1)!];
	if (!isBegin(first.text))
		return { line: block.find((one) => !isBlank(one))!.line, reason: 'does not belong to a card' };
	if (!isEnd(last.text)) return { line: first.line, reason: 'begins a card that has no END:VCARD' };
	if (block.length > BUDGETS.cardLines.most)
		return { line: first.line, reason: `has more than ${BUDGETS.cardLines.most} lines` };
	const lines: Line[] = [];
	for (const one of block.slice(1, -1)) {
		if (isBlank(one)) continue;
		const line = lineOf(one.text, one.line);
		if (!line) return { line: one.line, reason: `is not a property: ${one.text.slice(0, 40)}` };
		lines.push(line);
	}
	return { lines, at: first.line };
}

/** Quoted-printable of vCard 2.1 goes on in the next row after a `=`; everything else after a blank. */
function goesOn(): Join {
	let known: { rows: readonly string[]; isQuoted: boolean } | undefined;
	return (row, rows) => {
		if (isBegin(row) || isEnd(row)) return undefined;
		if (known?.rows !== rows) known = undefined;
		if (!known && rows.at(-1)!.includes(':')) known = { rows, isQuoted: isQuotedPrintable(rows.join('')) };
		return known?.isQuoted && rows.at(-1)!.endsWith('=') ? [1, 0] : unfold(row, rows);
	};
}

/** Whether a property says so before its value. */
const isQuotedPrintable = (raw: string): boolean => /quoted-printable/i.test(raw.slice(0, raw.indexOf(':')));

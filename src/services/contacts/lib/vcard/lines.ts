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

/** Splits a property into its parts; undefined: it is none. Quotes of parameters may hold colons and commas. */
export function lineOf(raw: string, at = 0): Line | undefined {
	const match = /^(?:([\w-]+)\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):([\s\S]*)$/.exec(raw);
	if (!match) return undefined;
	const [, group, name = '', head = '', value = ''] = match;
	return { raw, name: name.toUpperCase(), group, params: paramsOf(head), value, at };
}

/** `;TYPE=HOME,WORK;PREF=1`; bare ones of vCard 2.1 count as types and encodings. */
function paramsOf(head: string): Record<string, string[]> {
	const found: Record<string, string[]> = {};
	for (const part of head.match(/;(?:[^";]|"[^"]*")*/g) ?? []) {
		const text = part.slice(1).trim();
		if (text === '') continue;
		const [name, values] = text.includes('=') ? splitAt(text, '=') : [bareName(text), text];
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

/** The same as they stand in the card, escapes included. */
export function rawPartsOf(value: string, sign = ';'): string[] {
	const parts = [''];
	for (const token of value.match(/\\[\s\S]|[^\\]/g) ?? []) {
		if (token === sign) parts.push('');
		else parts[parts.length - 1] += token;
	}
	return parts;
}

/** Octets of a line (RFC 2426, 2.6). */
const WIDTH = 75;

/** A property in lines of at most 75 octets; no character is cut in two. */
function folded(raw: string): string {
	if (raw.length <= WIDTH / 3) return raw;
	// Letters of one octet each, as nearly all are: counting them one by one takes long for a long note.
	if (/^[\0-\x7F]*$/.test(raw)) return raw.slice(0, WIDTH) + raw.slice(WIDTH).replace(/.{1,74}/gs, '\r\n $&');
	const rows = [''];
	let width = 0;
	for (const character of raw) {
		const size = Buffer.byteLength(character);
		if (width + size > WIDTH) {
			rows.push(' ');
			width = 1;
		}
		rows[rows.length - 1] += character;
		width += size;
	}
	return rows.join('\r\n');
}

/** The card as it is sent: lines of at most 75 octets, CRLF. */
export function textOfCard({ lines }: Card): string {
	return ['BEGIN:VCARD', ...lines.map(({ raw }) => folded(raw)), 'END:VCARD', ''].join('\r\n');
}

/** The cards of a text. One that is broken is named with its line and kept whole; the others go through. */
export function splitCards(text: string): { cards: Card[]; broken: Broken[] } {
	const rows = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
	const cards: Card[] = [];
	const broken: Broken[] = [];
	for (let start = 0; start < rows.length;) {
		const end = endOf(rows, start);
		const block = rows.slice(start, end);
		const found = block.every((row) => row.trim() === '') ? undefined : cardIn(block, start + 1);
		if (found && 'lines' in found) cards.push(found);
		else if (found) broken.push({ ...found, text: block.join('\r\n') });
		start = end;
	}
	return { cards, broken };
}

const isBegin = (row: string): boolean => /^BEGIN:VCARD\s*$/i.test(row);
const isEnd = (row: string): boolean => /^END:VCARD\s*$/i.test(row);

/** Row after the block that begins here: a card, or what stands between cards. */
function endOf(rows: string[], start: number): number {
	const inCard = isBegin(rows[start]!);
	for (let at = start + 1; at < rows.length; at++) {
		if (inCard && isEnd(rows[at]!)) return at + 1;
		if (isBegin(rows[at]!)) return at;
	}
	return rows.length;
}

function cardIn(block: string[], first: number): Card | Omit<Broken, 'text'> {
	const isText = (row: string) => row.trim() !== '';
	if (!isBegin(block[0]!)) return { line: first + block.findIndex(isText), reason: 'does not belong to a card' };
	if (!isEnd(block.at(-1)!)) return { line: first, reason: 'begins a card that has no END:VCARD' };
	const lines: Line[] = [];
	for (const { raw, at } of unfolded(block.slice(1, -1), first + 1)) {
		const line = lineOf(raw, at);
		if (!line) return { line: at, reason: `is not a property: ${raw.slice(0, 40)}` };
		lines.push(line);
	}
	return { lines, at: first };
}

/** Quoted-printable of vCard 2.1 goes on in the next row after a `=`; everything else after a blank. */
function unfolded(rows: string[], first: number): { raw: string; at: number }[] {
	const found: { rows: string[]; at: number; isQuoted: boolean | undefined }[] = [];
	for (const [index, row] of rows.entries()) {
		let last = found.at(-1);
		const before = last?.rows.at(-1);
		if (last?.isQuoted && before?.endsWith('=')) {
			last.rows[last.rows.length - 1] = before.slice(0, -1);
			last.rows.push(row);
		} else if (last && /^[ \t]/.test(row)) last.rows.push(row.slice(1));
		else if (row.trim() !== '') found.push((last = { rows: [row], at: first + index, isQuoted: undefined }));
		if (last && last.isQuoted === undefined && row.includes(':')) last.isQuoted = isQuotedPrintable(last.rows.join(''));
	}
	return found.map(({ rows: parts, at }) => ({ raw: parts.join(''), at }));
}

/** Whether a property says so before its value. */
const isQuotedPrintable = (raw: string): boolean => /quoted-printable/i.test(raw.slice(0, raw.indexOf(':')));

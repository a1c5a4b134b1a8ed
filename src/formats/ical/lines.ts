/** A line as it is meant, unfolded (RFC 5545, 3.1). */
export interface Line {
	/** Its number in the text, from 1. */
	line: number;
	text: string;
	/** As it stands in the text, with its folds and its end. */
	raw: string;
}

/**
 * How a row goes on the rows before it, which are one line: characters that fall away at the end of the last of them, and at its own
 * start. Undefined: it begins a line.
 */
export type Join = (row: string, rows: readonly string[]) => readonly [cut: number, skip: number] | undefined;

/** A row that begins with a blank goes on what stands before it (RFC 5545, 3.1; RFC 6350, 3.2). */
export const unfold: Join = (row) => (/^[ \t]/.test(row) ? [0, 1] : undefined);

/** The lines of a text, unfolded; their `raw` together are the text. Lines may end with CRLF, LF or CR. */
export function linesOf(text: string, join: Join = unfold): Line[] {
	const lines: { line: number; rows: string[]; raws: string[] }[] = [];
	let number = 0;
	for (const [raw = '', row = '', end = ''] of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
		if (row === '' && end === '') continue;
		number += 1;
		const last = lines.at(-1);
		const goesOn = last && last.rows[0] !== '' ? join(row, last.rows) : undefined;
		if (last && goesOn) {
			const [cut, skip] = goesOn;
			if (cut > 0) last.rows.push(last.rows.pop()!.slice(0, -cut));
			last.rows.push(row.slice(skip));
			last.raws.push(raw);
		} else lines.push({ line: number, rows: [row], raws: [raw] });
	}
	return lines.map(({ line, rows, raws }) => ({ line, text: rows.join(''), raw: raws.join('') }));
}

/** How lines of a text end. */
export const lineEndOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\r\n';

/** Joins lines that were folded (RFC 5545, 3.1). */
export const unfolded = (text: string): string =>
	linesOf(text)
		.map((line) => line.text)
		.join('\n');

/** Folds a line after 75 bytes at most, between characters (RFC 5545, 3.1). */
export function folded(line: string, end = '\r\n'): string {
	// Letters of one byte each, as nearly all are: counting them one by one takes long for a long text.
	if (/^[\0-\x7F]*$/.test(line)) return line.slice(0, 75) + line.slice(75).replace(/[^]{1,74}/g, `${end} $&`);
	const pieces: string[] = [];
	let [start, bytes] = [0, 0];
	for (let at = 0; at < line.length;) {
		const code = line.codePointAt(at)!;
		const size = bytesOf(code);
		if (bytes + size > (pieces.length === 0 ? 75 : 74)) {
			pieces.push(line.slice(start, at));
			[start, bytes] = [at, 0];
		}
		at += code > 0xffff ? 2 : 1;
		bytes += size;
	}
	pieces.push(line.slice(start));
	return pieces.join(`${end} `);
}

/** Bytes of a character in UTF-8. Counting them as text takes more than ten times as long. */
function bytesOf(code: number): number {
	if (code < 0x80) return 1;
	if (code < 0x800) return 2;
	return code > 0xffff ? 4 : 3;
}

/** A component as it stands in a text: its lines and the components in it, in their order. */
export interface Block {
	/** In small letters. */
	name: string;
	begin: Line;
	inner: (Line | Block)[];
	end: Line;
}

export const isBlock = (one: Line | Block): one is Block => 'inner' in one;

/** The first component of a text, with what stands before and after it. Throws an Error where there is none, or where it does not end. */
export function blockOf(text: string): { before: Line[]; block: Block; after: Line[] } {
	const lines = linesOf(text);
	const edgeOf = ({ text: one }: Line) => /^\uFEFF?(BEGIN|END):\s*([\w-]+)\s*$/i.exec(one);
	const first = lines.findIndex((line) => edgeOf(line)?.[1]?.toUpperCase() === 'BEGIN');
	const stack: Block[] = [];
	for (const [index, line] of lines.entries()) {
		if (first < 0 || index < first) continue;
		const [, edge = '', rawName = ''] = edgeOf(line) ?? [];
		const [name, open] = [rawName.toLowerCase(), stack.at(-1)];
		if (edge.toUpperCase() === 'BEGIN') {
			const block: Block = { name, begin: line, inner: [], end: line };
			open?.inner.push(block);
			stack.push(block);
		} else if (edge !== '' && open) {
			if (open.name !== name) throw new Error(`Line ${line.line}: END:${rawName} does not fit.`);
			open.end = line;
			stack.pop();
			if (stack.length === 0) return { before: lines.slice(0, first), block: open, after: lines.slice(index + 1) };
		} else open?.inner.push(line);
	}
	throw new Error(first < 0 ? 'There is no component.' : 'The component does not end.');
}

/** A component as it stands in its text, byte for byte. */
export const rawOf = ({ begin, inner, end }: Block): string =>
	[begin.raw, ...inner.map((one) => (isBlock(one) ? rawOf(one) : one.raw)), end.raw].join('');

/** A text whose components within the first one are written anew; all else stays byte for byte. */
export function withBlocks(text: string, written: (block: Block) => string): string {
	const { before, block, after } = blockOf(text);
	const raws = (lines: readonly Line[]) => lines.map(({ raw }) => raw).join('');
	const inner = block.inner.map((one) => (isBlock(one) ? written(one) : one.raw));
	return [raws(before), block.begin.raw, ...inner, block.end.raw, raws(after)].join('');
}

/** The events, or to-dos, of a text with their exceptions; none where the text is cut off. */
export function blocksOf(text: string, kind: 'vevent' | 'vtodo'): Block[] {
	try {
		const { block } = blockOf(text);
		return [block, ...block.inner.filter(isBlock)].filter(({ name }) => name === kind);
	} catch {
		return [];
	}
}

/** The first event, or to-do, of a text that is no exception of a series; undefined: there is none, or the text is cut off. */
export const masterBlockOf = (text: string, kind: 'vevent' | 'vtodo' = 'vevent'): Block | undefined =>
	blocksOf(text, kind).find((one) => valueIn(one, 'RECURRENCE-ID') === undefined);

/** The properties of a component, those of components in it left out. */
export const propertiesIn = ({ inner }: Block): string[] =>
	inner.flatMap((one) => (isBlock(one) || one.text.trim() === '' ? [] : [one.text]));

/** A property as it is written: the name in capitals, parameters, value. Undefined: the line is none. */
export function partsOfLine(text: string): { name: string; parameters: string[]; value: string } | undefined {
	const [, name = '', parameters = '', value = ''] =
		/^([\w-]+)((?:;[^:;="]+=(?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*)*):(.*)$/s.exec(text) ?? [];
	if (name === '') return undefined;
	const names = [...parameters.matchAll(/;([^:;="]+)=(?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*/g)];
	return { name: name.toUpperCase(), parameters: names.map(([, one = '']) => one.toUpperCase()), value };
}

/** Value of a property of a component, as it is written. */
export const valueIn = (block: Block, name: string): string | undefined =>
	propertiesIn(block)
		.map(partsOfLine)
		.find((one) => one?.name === name)
		?.value.trim();

/** A sentence of this product, cut where values stand in it. `anchor`: its longest part. */
interface Sentence {
	parts: readonly string[];
	anchor: number;
}

type Span = [start: number, end: number];

/** A longer text is no message. */
const LONGEST = 10_000;
/** So many characters at most are put into a sentence at one place. */
const REACH = 500;

let sentences: readonly Sentence[] | undefined;

/** Loaded when a known secret is met in a text: most programs never need them. */
function load(): readonly Sentence[] {
	const { SENTENCES } = require('./sentences') as typeof import('./sentences');
	return SENTENCES.split('\n')
		.slice(1, -1)
		.map((line) => {
			const parts = line.split('{}');
			const lengths = parts.map(({ length }) => length);
			return { parts, anchor: lengths.indexOf(Math.max(...lengths)) };
		});
}

/**
 * Replaces what the pattern finds, but leaves the words of this product as they are: a word of them that happens to be somebody's
 * password is no secret there. What others put into its sentences is replaced. The pattern is global.
 */
export function outsideOwnWords(text: string, pattern: RegExp, mark: string): string {
	if (text.search(pattern) < 0) return text;
	const spans = text.length > LONGEST ? [] : spansIn(text);
	return text.replace(pattern, (found, at: number) =>
		spans.some(([start, end]) => start <= at && at + found.length <= end) ? found : mark,
	);
}

/** Where words of this product stand. */
function spansIn(text: string): Span[] {
	const found: Span[] = [];
	for (const { parts, anchor } of (sentences ??= load())) {
		const middle = parts[anchor]!;
		for (let at = text.indexOf(middle); at >= 0; at = text.indexOf(middle, at + middle.length))
			found.push(...spansAround(text, parts, anchor, at));
	}
	return found;
}

/** A sentence whose longest part stands at a place: that part, and the others where they follow. */
function spansAround(text: string, parts: readonly string[], anchor: number, at: number): Span[] {
	const spans: Span[] = [[at, at + parts[anchor]!.length]];
	let end = at + parts[anchor]!.length;
	for (const part of parts.slice(anchor + 1)) {
		const start = part === '' ? -1 : text.slice(0, end + REACH).indexOf(part, end);
		if (start < 0) break;
		end = start + part.length;
		spans.push([start, end]);
	}
	let begin = at;
	for (const part of parts.slice(0, anchor).reverse()) {
		const start = part === '' ? -1 : text.lastIndexOf(part, begin - part.length);
		if (start < 0 || begin - start > REACH) break;
		spans.push([start, start + part.length]);
		begin = start;
	}
	return spans;
}

/** Links with a label, and mentions, are broken only when they alone are too long. */
const WHOLE = /<[^<>\n]+>|@u:\d+/g;

/** Longest part worth trying when Chat calls a message too long. */
export const SHORTEST = 200;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A text in parts of at most `limit` characters, broken at line ends; a longer line at spaces, and a longer word anywhere but inside
 * what a person sees as one character.
 */
export function partsOf(text: string, limit: number): string[] {
	if (limit <= 0 || text.length <= limit) return [text];
	const parts: string[] = [];
	let part: string | undefined;
	for (const piece of text.split('\n').flatMap((line) => piecesOf(line, limit))) {
		const joined: string = part === undefined ? piece.text : part + (piece.startsLine ? '\n' : '') + piece.text;
		if (part === undefined || joined.length <= limit) part = joined;
		else {
			parts.push(part);
			part = piece.startsLine ? piece.text : piece.text.trimStart();
		}
	}
	if (part !== undefined) parts.push(part);
	const shown = parts.map((one) => one.replace(/^\n+|\s+$/g, '')).filter((one) => one !== '');
	return shown.length > 0 ? shown : [text.slice(0, limit)];
}

/** A line as one piece, or the pieces of one that is too long. */
function piecesOf(line: string, limit: number): { text: string; startsLine: boolean }[] {
	if (line.length <= limit) return [{ text: line, startsLine: true }];
	const pieces: string[] = [];
	let piece = '';
	for (const word of wordsOf(line)) {
		if ((piece + word).length <= limit) piece += word;
		else if (word.length <= limit) {
			pieces.push(piece);
			piece = word;
		} else {
			for (const atom of atomsOf(word)) {
				if (piece !== '' && (piece + atom).length > limit) {
					pieces.push(piece);
					piece = '';
				}
				piece += atom;
			}
		}
	}
	return [...pieces, piece].filter(Boolean).map((text, index) => ({ text, startsLine: index === 0 }));
}

/** Words with the space behind them; a link is one word. */
function wordsOf(line: string): string[] {
	const words: string[] = [];
	let done = 0;
	for (const { 0: whole, index } of line.matchAll(WHOLE)) {
		words.push(...(line.slice(done, index).match(/\S+\s*|\s+/g) ?? []), whole);
		done = index + whole.length;
	}
	return [...words, ...(line.slice(done).match(/\S+\s*|\s+/g) ?? [])];
}

const atomsOf = (word: string): string[] => [...graphemes.segment(word)].map(({ segment }) => segment);

import { keepBudget } from '../../../core/budget';

/** Links with a label, and mentions, are broken only when they alone are too long. */
const WHOLE = /<[^<>\n]+>|@u:\d+/g;

/** Longest part worth trying when Chat calls a message too long. */
export const SHORTEST = 200;

/** Characters before and after a place that are looked at for what a person sees as one: to look at all takes seconds. */
const WINDOW = 256;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Refuses a text that would become more messages than the budget `posts` allows, before anything is done. Throws DsmInputError with
 * the figures.
 */
export const keepPosts = (text: string, limit: number, path = 'message'): void =>
	keepBudget('posts', limit > 0 ? Math.ceil(text.length / limit) : 1, { path: [path] });

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
			let rest = word;
			while (piece.length + rest.length > limit) {
				const cut = cutOf(rest, limit - piece.length, piece === '');
				pieces.push(piece + rest.slice(0, cut));
				rest = rest.slice(cut);
				piece = '';
			}
			piece += rest;
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

/** The last place up to `most` that is not inside of what a person sees as one character; without one 0 or, with `some`, the first. */
function cutOf(word: string, most: number, some: boolean): number {
	const from = Math.max(0, most - WINDOW);
	const seen = [...graphemes.segment(word.slice(from, most + WINDOW))];
	const ends = seen.map(({ index, segment }) => from + index + segment.length);
	return ends.findLast((end) => end <= most) ?? (some ? ends[0]! : 0);
}

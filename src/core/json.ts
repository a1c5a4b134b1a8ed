import { BUDGETS } from './budget';

const DEEPEST = BUDGETS.answerDepth.most;

/** A value, or why there is none. */
export type ReadJson = { value: unknown } | { fault: 'damaged' | 'deep' };

/**
 * Reads JSON of a NAS, with or without a byte order mark. Whole numbers beyond 2^53 become texts, since a number would lose digits: they
 * are ids. Never throws.
 */
export function readJson(text: string): ReadJson {
	const found = scanned(text.replace(/^\uFEFF/, ''));
	if (found.depth > DEEPEST) return { fault: 'deep' };
	try {
		return { value: JSON.parse(found.text) as unknown };
	} catch {
		return { fault: 'damaged' };
	}
}

/** The text with large ids in quotes, and how deep it nests. Linear, and without recursion. */
function scanned(text: string): { text: string; depth: number } {
	const mark = /["[\]{}]|\d{16,}/g;
	const parts: string[] = [];
	let from = 0;
	let level = 0;
	let depth = 0;
	for (let found = mark.exec(text); found; found = mark.exec(text)) {
		const [sign] = found;
		if (sign === '"') mark.lastIndex = endOfText(text, found.index);
		else if (sign === '[' || sign === '{') {
			depth = Math.max(depth, ++level);
			// Whatever follows, it is not read.
			if (depth > DEEPEST) break;
		} else if (sign === ']' || sign === '}') level--;
		else if (isLarge(text, found.index, sign)) {
			const start = text[found.index - 1] === '-' ? found.index - 1 : found.index;
			parts.push(text.slice(from, start), `"${text.slice(start, mark.lastIndex)}"`);
			from = mark.lastIndex;
		}
	}
	return { text: parts.length === 0 ? text : parts.join('') + text.slice(from), depth };
}

/** Where a text that begins at a quote ends. */
function endOfText(text: string, start: number): number {
	for (let end = text.indexOf('"', start + 1); end > 0; end = text.indexOf('"', end + 1)) {
		let slashes = 0;
		while (text[end - 1 - slashes] === '\\') slashes++;
		if (slashes % 2 === 0) return end + 1;
	}
	return text.length;
}

/** A whole number that a double cannot hold; no part of a fraction or of an exponent. */
function isLarge(text: string, start: number, digits: string): boolean {
	return (
		!Number.isSafeInteger(Number(digits)) &&
		!/[.eE+]$|[eE]-$/.test(text.slice(Math.max(0, start - 2), start)) &&
		!/[.eE]/.test(text[start + digits.length] ?? '')
	);
}

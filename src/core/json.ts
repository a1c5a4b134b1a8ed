import { BUDGETS } from './budget';

const DEEPEST = BUDGETS.answerDepth.most;

/** A value, or why there is none. */
export type ReadJson = { value: unknown } | { fault: 'damaged' | 'deep' };

/**
 * Reads JSON of a NAS, with or without a byte order mark. Whole numbers beyond 2^53 become texts, since a number would lose digits: they
 * are ids. Never throws.
 */
export function readJson(text: string): ReadJson {
	const bare = text.charCodeAt(0) === MARK ? text.slice(1) : text;
	const plain = bare.length <= SHORT ? readPlain(bare) : undefined;
	if (plain) return plain;
	const found = scanned(bare);
	if (found.depth > DEEPEST) return { fault: 'deep' };
	try {
		return { value: JSON.parse(found.text) as unknown };
	} catch {
		return { fault: 'damaged' };
	}
}

const MARK = 0xfeff;
/** What a longer text nests could exhaust the memory before it is known how deep it is. */
const SHORT = 1 << 18;

/** What almost all texts are: no id in them is too large, and they are not deep. To look at the value takes a fifth of looking at the text. */
function readPlain(text: string): { value: unknown } | undefined {
	try {
		const value = JSON.parse(text) as unknown;
		return isPlain(value, DEEPEST) ? { value } : undefined;
	} catch {
		return undefined;
	}
}

function isPlain(value: unknown, levels: number): boolean {
	if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
	if (typeof value !== 'object' || value === null) return true;
	if (levels === 0) return false;
	if (Array.isArray(value)) {
		for (const one of value) if (!isPlain(one, levels - 1)) return false;
		return true;
	}
	const fields = value as Record<string, unknown>;
	for (const name in fields) if (!isPlain(fields[name], levels - 1)) return false;
	return true;
}

const [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [0x22, 0x5b, 0x5d, 0x7b, 0x7d];
const [ZERO, NINE] = [0x30, 0x39];
/** Numbers of fewer digits are exact. */
const EXACT = 15;

/**
 * The text with large ids in quotes, and how deep it nests. Linear, and without recursion. Ends where more is closed than was opened: that
 * is no JSON.
 */
function scanned(text: string): { text: string; depth: number } {
	const parts: string[] = [];
	let from = 0;
	let level = 0;
	let depth = 0;
	for (let at = 0; at < text.length && level >= 0;) {
		const sign = text.charCodeAt(at);
		if (sign === QUOTE) at = endOfText(text, at);
		else if (sign >= ZERO && sign <= NINE) {
			const end = endOfDigits(text, at);
			if (end - at > EXACT && isLarge(text, at, end)) {
				const start = text[at - 1] === '-' ? at - 1 : at;
				parts.push(text.slice(from, start), `"${text.slice(start, end)}"`);
				from = end;
			}
			at = end;
		} else {
			if (sign === OPEN || sign === OPEN_LIST) depth = Math.max(depth, ++level);
			else if (sign === CLOSE || sign === CLOSE_LIST) level--;
			// Whatever follows, it is not read.
			if (depth > DEEPEST) break;
			at++;
		}
	}
	return { text: parts.length === 0 ? text : parts.join('') + text.slice(from), depth };
}

function endOfDigits(text: string, start: number): number {
	let end = start + 1;
	while (text.charCodeAt(end) >= ZERO && text.charCodeAt(end) <= NINE) end++;
	return end;
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
const isLarge = (text: string, start: number, end: number): boolean =>
	(end - start > 2 * EXACT || !Number.isSafeInteger(Number(text.slice(start, end)))) &&
	!/[.eE+]$|[eE]-$/.test(text.slice(Math.max(0, start - 2), start)) &&
	!/[.eE]/.test(text[end] ?? '');

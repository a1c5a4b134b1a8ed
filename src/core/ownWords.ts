/** Sentences of this product: causes and remedies that stand in its tables. */
const sentences = new Set<string>();
/** A shorter one could stand in foreign texts by chance. */
const SHORTEST = 12;
/** A longer text is no message. */
const LONGEST = 10_000;

/** Notes a sentence of this product, and gives it: a word of it that happens to be somebody's password is no secret there. */
export function own<T extends string>(sentence: T): T {
	if (sentence.length >= SHORTEST) sentences.add(sentence);
	return sentence;
}

/** Replaces what the pattern finds, but leaves the sentences of this product as they are. The pattern is global. */
export function outsideOwnWords(text: string, pattern: RegExp, mark: string): string {
	if (text.search(pattern) < 0) return text;
	let clean = '';
	let from = 0;
	for (const [start, end] of text.length > LONGEST ? [] : spansOf(text)) {
		clean += text.slice(from, start).replace(pattern, mark) + text.slice(start, end);
		from = end;
	}
	return clean + text.slice(from).replace(pattern, mark);
}

/** Where sentences of this product stand, in order; of those that overlap the first and longest. */
function spansOf(text: string): [start: number, end: number][] {
	const found: [number, number][] = [];
	for (const sentence of sentences)
		for (let at = text.indexOf(sentence); at >= 0; at = text.indexOf(sentence, at + sentence.length))
			found.push([at, at + sentence.length]);
	found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
	let last = 0;
	return found.filter(([start, end]) => start >= last && (last = end) > 0);
}

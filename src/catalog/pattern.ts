import { keepBudget } from '../core/budget';

/** What a word without wildcards means: the whole name, or a part of it anywhere. */
export interface PatternOptions {
	bare?: 'whole' | 'anywhere';
}

/**
 * Whether names fit one of the patterns of a comma list: `*` stands for any text, `?` for one character, whatever the case; letters with
 * accents may come in either form of Unicode. An empty list fits all names. Throws DsmInputError when the list is too long.
 */
export function namePattern(list: string, { bare = 'whole' }: PatternOptions = {}): (name: string) => boolean {
	keepBudget('pattern', list.length, { path: ['pattern'] });
	const patterns = list
		.split(',')
		.map((one) => one.trim())
		.filter((one) => one !== '')
		.map((one) => charactersOf(bare === 'anywhere' && !/[?*]/.test(one) ? `*${one}*` : one));
	if (patterns.length === 0) return () => true;
	return (name) => {
		const characters = charactersOf(name);
		return patterns.some((pattern) => fits(pattern, characters));
	};
}

/** Characters as they are compared. One by one, so that `?` is one character even where another case has two (ß, SS). */
const charactersOf = (text: string): string[] => Array.from(text.normalize('NFC'), folded);

function folded(character: string): string {
	const upper = character.toUpperCase();
	return Array.from(upper).length === 1 ? upper.toLowerCase() : character;
}

/**
 * Only the last star is ever tried with more text: what an earlier one could take besides, the last one can take as well. So there is
 * no pattern whose ways multiply, as those of a regular expression do.
 */
function fits(pattern: readonly string[], name: readonly string[]): boolean {
	let at = 0;
	let star = -1;
	let after = 0;
	for (let index = 0; index < name.length;) {
		if (pattern[at] === '*') {
			star = at++;
			after = index;
		} else if (pattern[at] === '?' || (at < pattern.length && pattern[at] === name[index])) {
			at += 1;
			index += 1;
		} else if (star >= 0) {
			at = star + 1;
			index = ++after;
		} else return false;
	}
	while (pattern[at] === '*') at += 1;
	return at === pattern.length;
}

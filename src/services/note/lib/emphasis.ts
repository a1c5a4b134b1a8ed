/**
 * Bold, slanted and struck words on their way to Markdown. Whether signs such as `**` are read as such depends on the characters on
 * both sides of them (CommonMark 6.2), which are known only when the whole text is: until then marks stand for them. They are
 * characters that no text may hold (Unicode: noncharacters).
 */
const MARKS = { b: '\uFDD0\uFDD1', i: '\uFDD2\uFDD3', s: '\uFDD4\uFDD5' } as const;
export type Emphasis = keyof typeof MARKS;
const KINDS = Object.keys(MARKS) as Emphasis[];
const SIGNS: Record<Emphasis, string> = { b: '**', i: '_', s: '~~' };

/** Everything that stands for something else while a text is made. */
export const MARK = /[\uFDD0-\uFDDF]/g;

/** A text with the marks of an emphasis: around each of its blocks, and never around the space at their ends. */
export const marked = (kind: Emphasis, text: string): string =>
	text
		.split(/(\n{2,})/)
		.map((block) => {
			const from = block.length - block.trimStart().length;
			let to = block.length;
			while (to > from && /[\uFDDE\s]/.test(block[to - 1]!)) to -= 1;
			if (from === to) return block;
			return `${block.slice(0, from)}${MARKS[kind][0]}${block.slice(from, to)}${MARKS[kind][1]}${block.slice(to)}`;
		})
		.join('');

/** Takes the marks of an emphasis off a text. */
export const unmarked = (kind: Emphasis, text: string): string => text.replace(new RegExp(`[${MARKS[kind]}]`, 'g'), '');

const isPlain = (character: string): boolean => /^[\p{L}\p{N}]$/u.test(character);
/** Struck words count as none: some readers look past their signs. */
const isBoundary = (character: string): boolean =>
	character === '' || (/^[\s!-/:-@[-`{-}\p{P}\uFDD0-\uFDDF]$/u.test(character) && !MARKS.s.includes(character));

/** Marks become signs, or tags where the signs would not be read. */
export function emphasized(text: string): string {
	// Once for each kind that may stand around another.
	const joined = [...KINDS, ...KINDS, ...KINDS].reduce(
		(one, kind) => one.replaceAll(`${MARKS[kind][1]}${MARKS[kind][0]}`, ''),
		text,
	);
	const out = [...joined.split('')];
	const open: Record<Emphasis, number[]> = { b: [], i: [], s: [] };
	for (let at = 0; at < joined.length; at++) {
		const kind = KINDS.find((one) => MARKS[one].includes(joined[at]!));
		if (!kind) continue;
		if (joined[at] === MARKS[kind][0]) open[kind].push(at);
		else {
			const from = open[kind].pop();
			// Within the same emphasis a second one says nothing.
			const [first, last] = from === undefined || open[kind].length > 0 ? ['', ''] : formOf(kind, joined, from, at);
			if (from !== undefined) out[from] = first;
			out[at] = last;
		}
	}
	return out.join('');
}

function formOf(kind: Emphasis, text: string, from: number, to: number): [string, string] {
	const [before, first, last, after] = [
		text[from - 1] ?? '',
		text[from + 1] ?? '',
		text[to - 1] ?? '',
		text[to + 1] ?? '',
	];
	const isFree = isBoundary(before) && isBoundary(after);
	const isWithin = (isBoundary(before) || isPlain(first)) && (isBoundary(after) || isPlain(last));
	// The underscore is no sign within words.
	if (kind === 'i' ? isFree : isWithin) return [SIGNS[kind], SIGNS[kind]];
	return [`<${kind}>`, `</${kind}>`];
}

import { Meter, type BudgetName } from './budget';
import type { ErrorDetails } from './errors';

/** A tag as it stands in a document of XML or HTML. */
export interface Tag {
	/** As written; of HTML in any case. */
	name: string;
	kind: 'open' | 'close' | 'empty';
	/** Where it begins, and the place after it. */
	from: number;
	to: number;
}

const NAME = /[^\s<>"'/=]*/y;
const SKIPPED: readonly (readonly [string, string])[] = [
	['<!--', '-->'],
	['<![CDATA[', ']]>'],
	['<?', '?>'],
	['<!', '>'],
];

/**
 * The tags of a text, in one pass over it; comments, CDATA and declarations are left out. Ends at the first tag that does not end: the
 * rest has none.
 */
export function* tagsIn(text: string): Generator<Tag, void, undefined> {
	for (let from = text.indexOf('<'); from >= 0;) {
		const skipped = SKIPPED.find(([start]) => text.startsWith(start, from));
		if (skipped) {
			const end = text.indexOf(skipped[1], from + skipped[0].length);
			if (end < 0) return;
			from = text.indexOf('<', end);
			continue;
		}
		const closes = text[from + 1] === '/';
		NAME.lastIndex = from + (closes ? 2 : 1);
		const name = NAME.exec(text)?.[0] ?? '';
		// A sign of "less than" in the text of HTML.
		if (!/^[\p{L}_:]/u.test(name)) {
			from = text.indexOf('<', from + 1);
			continue;
		}
		const end = endOfTag(text, NAME.lastIndex);
		if (end < 0) return;
		yield { name, kind: closes ? 'close' : text[end - 1] === '/' ? 'empty' : 'open', from, to: end + 1 };
		from = text.indexOf('<', end);
	}
}

const EDGE = /[>"']/g;

/** The `>` of a tag; those in values of attributes do not count. -1: it does not end. */
function endOfTag(text: string, from: number): number {
	for (let at = from; ;) {
		EDGE.lastIndex = at;
		const edge = EDGE.exec(text);
		if (!edge) return -1;
		if (edge[0] === '>') return edge.index;
		const close = text.indexOf(edge[0], edge.index + 1);
		if (close < 0) return -1;
		at = close + 1;
	}
}

/**
 * Refuses a document that is nested deeper, or holds more elements, than the budgets `depth` and `size` allow, before anything recurses
 * into it. `flat` are names that do not nest. Throws the error of the budget.
 */
export function keepMarkupBudget(
	text: string,
	size: BudgetName,
	{ flat, details }: { flat?: ReadonlySet<string>; details?: ErrorDetails } = {},
): void {
	const elements = new Meter(size, details);
	const levels = new Meter('depth', details);
	for (const { name, kind } of tagsIn(text)) {
		if (kind !== 'close') elements.spend();
		if (kind === 'empty' || flat?.has(name.toLowerCase())) continue;
		if (kind === 'open') levels.spend();
		else levels.spent = Math.max(0, levels.spent - 1);
	}
}

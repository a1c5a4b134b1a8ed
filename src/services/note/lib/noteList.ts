import { elements, isBox, named, type Dom } from './noteDom';

const firstOf = (node: Dom): Dom | undefined =>
	Array.from(node.childNodes).find(({ nodeType, textContent }) => nodeType === 1 || textContent?.trim());

/** A line of a checklist (notestation.md 13). */
export const isTaskLine = (node: Dom): boolean => {
	const first = named(node, 'DIV') ? firstOf(node) : undefined;
	return first !== undefined && isBox(first);
};

/** What stands before an item. */
export function markerOf(item: Dom): string {
	const list = item.parentNode;
	if (!list) return '- ';
	const sign = signOf(list);
	const number = () => Number(list.getAttribute('start') ?? 1) + (positionsIn(list).get(item) ?? 0);
	return named(list, 'OL') ? `${number()}${sign === '-' ? '.' : ')'} ` : `${sign} `;
}

const signs = new WeakMap<Dom, string>();

/** Another sign sets a list apart from one of its kind that stands right before it, and from a checklist. */
function signOf(list: Dom): string {
	const known = signs.get(list);
	if (known !== undefined) return known;
	const [before, after] = [nextTo(list, 'previousSibling'), nextTo(list, 'nextSibling')];
	const taken = before?.nodeName === list.nodeName ? signOf(before) : '';
	const isByTask = named(list, 'UL') && [before, after].some((other) => other && isTaskLine(other));
	const sign = ['-', '*', '+'].find((one) => one !== taken && !(isByTask && one === '-'))!;
	signs.set(list, sign);
	return sign;
}

/** The element beside, if there is no text between. */
function nextTo(node: Dom, side: 'previousSibling' | 'nextSibling'): Dom | null {
	let at = node[side];
	while (at && at.nodeType !== 1 && !at.textContent?.trim()) at = at[side];
	return at;
}

/** Made once for each list: looked up item by item, a long list would take time by the square of its length. */
const positions = new WeakMap<Dom, Map<Dom, number>>();

function positionsIn(list: Dom): Map<Dom, number> {
	const items = () => elements(list).filter((child) => named(child, 'LI'));
	const known = positions.get(list) ?? new Map(items().map((item, position) => [item, position]));
	positions.set(list, known);
	return known;
}

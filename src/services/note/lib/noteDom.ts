/** As much of the DOM as is looked at. */
export interface Dom {
	nodeName: string;
	nodeType: number;
	textContent: string | null;
	parentNode: Dom | null;
	childNodes: ArrayLike<Dom>;
	previousSibling: Dom | null;
	nextSibling: Dom | null;
	attributes: ArrayLike<{ name: string; value: string }>;
	getAttribute: (name: string) => string | null;
}

/** A node of a library as what is looked at of it. */
export const dom = (node: unknown): Dom => node as Dom;

export const styleOf = (node: Dom): string => node.getAttribute('style') ?? '';
export const classOf = (node: Dom): string => node.getAttribute('class') ?? '';
export const named = (node: Dom, ...names: string[]): boolean => names.includes(node.nodeName);
export const elements = (node: Dom): Dom[] => Array.from(node.childNodes).filter(({ nodeType }) => nodeType === 1);

/** A box to tick (notestation.md 13). */
export const isBox = (node: Dom): boolean =>
	named(node, 'INPUT') && /syno-notestation-editor-checkbox/.test(classOf(node));
export const isChecked = (node: Dom): boolean => /checkbox-checked/.test(classOf(node));

const BLOCKS = ['DIV', 'P', 'UL', 'OL', 'TABLE', 'PRE', 'BLOCKQUOTE', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'HR'];
export const isBlock = (node: Dom): boolean => named(node, ...BLOCKS);
export const holdsBlocks = (node: Dom): boolean => elements(node).some(isBlock);

/** Whether a span is code: Note Station has no element for it. */
export const isCode = (node: Dom): boolean =>
	(named(node, 'SPAN') && /font-family:[^;]*(?:mono|courier|consolas)/i.test(styleOf(node))) || named(node, 'CODE');

/** Whether a node stands in one of the named elements. */
export function isWithin(node: Dom, ...names: string[]): boolean {
	for (let at = node.parentNode; at; at = at.parentNode) if (named(at, ...names)) return true;
	return false;
}

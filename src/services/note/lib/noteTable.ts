import { elements, isBlock, isBox, isCode, named, styleOf, type Dom } from './noteDom';

/** What has to be known of a table before it becomes Markdown, found out once. */
interface Table {
	/** Whether Markdown can say it: rows of equal length, cells of one field each, which hold lines of text. */
	isSimple: boolean;
	/** Whether its first row is bold as a whole, as the head of a table in Markdown is. */
	hasHead: boolean;
	first: Dom | undefined;
	columns: number;
}

const known = new WeakMap<Dom, Table>();

/** The table that a row or cell belongs to. */
export function tableOf(node: Dom): Table | undefined {
	for (let at: Dom | null = node; at; at = at.parentNode) if (named(at, 'TABLE')) return readTable(at);
	return undefined;
}

function readTable(table: Dom): Table {
	const before = known.get(table);
	if (before) return before;
	const rows = rowsOf(table);
	const columns = cellsOf(rows[0]).length;
	const isSimple =
		columns > 0 &&
		elements(table).every((child) => named(child, 'TBODY', 'THEAD', 'TFOOT', 'TR', 'COLGROUP', 'COL')) &&
		rows.every((row) => cellsOf(row).length === columns && cellsOf(row).every(isSimpleCell));
	const filled = cellsOf(rows[0]).filter(({ textContent }) => textContent?.trim());
	const hasHead = filled.length > 0 && cellsOf(rows[0]).every((cell) => isBold(cell, true));
	const found = { isSimple, hasHead, first: rows[0], columns };
	known.set(table, found);
	return found;
}

const rowsOf = (node: Dom): Dom[] =>
	elements(node).flatMap((child) =>
		named(child, 'TR') ? [child] : named(child, 'TBODY', 'THEAD', 'TFOOT') ? rowsOf(child) : [],
	);
const cellsOf = (row: Dom | undefined): Dom[] => (row ? elements(row).filter((cell) => named(cell, 'TD', 'TH')) : []);

const spans = (cell: Dom, name: string): boolean => Number(cell.getAttribute(name) ?? 1) > 1;

const isSimpleCell = (cell: Dom): boolean =>
	!spans(cell, 'colspan') && !spans(cell, 'rowspan') && !/background|text-align/.test(styleOf(cell)) && isLines(cell);

/** Whether there is nothing but text, in lines. A bar in code, and a backslash before it, cannot be told apart in a table. */
const isLines = (node: Dom): boolean =>
	elements(node).every(
		(child) =>
			!isBox(child) &&
			!named(child, 'IFRAME') &&
			(!isBlock(child) || (named(child, 'DIV', 'P') && !/text-align|padding-left|margin-left/.test(styleOf(child)))) &&
			!(isCode(child) && /[|\\]/.test(child.textContent ?? '')) &&
			isLines(child),
	);

/** Whether all text of a cell is bold; that of a head cell is by itself. */
const isBold = (node: Dom, isCell = false): boolean =>
	(isCell && named(node, 'TH')) ||
	Array.from(node.childNodes).every(
		(child) =>
			named(child, 'B', 'STRONG') ||
			(child.nodeType === 1 ? !named(child, 'IMG') && isBold(child) : !child.textContent?.trim()),
	);

import { refuseTwins } from '../../../catalog/absence';
import type { Dsm } from '../../../core/dsm';
import { listTodos, type Todo } from '../wire/todos';

interface Filter {
	parent_id?: string;
	note_id?: string[];
}

/** One list with all its pages. Questions that come together go together. */
async function listed(filter: Filter, dsm: Dsm): Promise<Todo[]> {
	const rows = await dsm.list(
		listTodos,
		{ field: { items: true }, filter, sort_by: 'due_date', sort_direction: 'asc' },
		{ share: true },
	);
	refuseTwins(rows, ({ object_id }) => object_id);
	return rows;
}

/**
 * Every to-do, subtasks after their parents. Lists seem to hold the top level only (notestation.md 11.2): subtasks that are named but
 * not there are asked for by parent, level by level.
 */
export async function allTodos(dsm: Dsm, filter: Filter = {}): Promise<Todo[]> {
	const found = new Map((await listed(filter, dsm)).map((row) => [row.object_id, row]));
	for (let fresh = [...found.values()]; fresh.length > 0;) {
		const parents = fresh.filter(({ items = [] }) => items.some((id) => !found.has(id)));
		const levels = await Promise.all(parents.map(async ({ object_id }) => await listed({ parent_id: object_id }, dsm)));
		fresh = levels.flat().filter(({ object_id }) => !found.has(object_id));
		for (const row of fresh) found.set(row.object_id, row);
	}
	return [...found.values()];
}

/** A to-do with its subtasks in it. */
export type Tree = Todo & { subtasks: Tree[] };

/** Rows as a tree; those whose parent is not there stand at the top. */
export function treeOf(rows: readonly Todo[]): Tree[] {
	const nodes = new Map(rows.map((row): [string, Tree] => [row.object_id, { ...row, subtasks: [] }]));
	const tops: Tree[] = [];
	for (const node of nodes.values()) {
		const parent = nodes.get(node.parent_id ?? '');
		(parent ? parent.subtasks : tops).push(node);
	}
	return tops;
}

import type { NodeHead } from './data';
import { control, toggle } from './dom';
import { headOf, textOf, type EditorNode } from './node';
import { loadTitles } from './request';
import { word } from './words';

/** Names in a saved text. */
export const namesIn = (value: unknown): string[] => textOf(value).split(',').filter(Boolean);

/** Events that a node on this one can watch besides: those whose required parameters its form has (host/additional.ts). */
export function additionalTo({ groups }: Pick<NodeHead, 'groups'>, chosen: string): string[] {
	const events = groups['trigger'] ?? {};
	const has = events[chosen]?.required ?? [];
	return Object.entries(events)
		.filter(([name, { required = [] }]) => name !== chosen && required.every((one) => has.includes(one)))
		.map(([name]) => name);
}

/** Whether all additional events of a node go with the chosen one, which may stand among them. */
export const areAdditional = (head: NodeHead, chosen: string, value: unknown): boolean =>
	namesIn(value).every((name) => name === chosen || additionalTo(head, chosen).includes(name));

/** Shows the choice of additional events that go with the chosen one; those of before stay as far as they do. */
export async function showAdditional(node: EditorNode, chosen: string): Promise<void> {
	const { service } = headOf(node);
	const names = additionalTo(headOf(node), chosen);
	toggle('.synoflow-additional', names.length > 0);
	const titles = (await loadTitles(service))[node.type]?.entries['trigger'] ?? {};
	const input = control('additional') as HTMLInputElement | null;
	if (!input) return;
	const kept = namesIn(input.value).filter((name) => names.includes(name));
	const options = names.map((value) => ({ value, label: titles[value] ?? value }));
	const type = { value: 'choice', label: word(node, 'additional'), icon: 'fa fa-list-ul', options, multiple: true };
	const query = $(input);
	query.typedInput({ default: 'choice', types: [type] });
	query.typedInput('types', [type]);
	query.typedInput('value', kept.join(','));
}

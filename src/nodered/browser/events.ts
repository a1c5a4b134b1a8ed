import { checkEntry } from './check';
import type { EntryHead, NodeHead } from './data';
import { control, fillSelect } from './dom';
import { Form } from './form';
import { chosen, titleKey, type Kind } from './frame';
import { textOf, type EditorNode } from './node';
import { titles } from './request';

/** Events of a node type. */
export const eventsOf = ({ groups }: NodeHead): Record<string, EntryHead> => groups['trigger'] ?? {};

/** What both kinds of triggers save of their event. */
export const eventDefaults = (head: NodeHead): Kind['defaults'] => ({
	trigger: {
		value: Object.keys(eventsOf(head))[0] ?? '',
		required: true,
		validate: (value) => eventsOf(head)[value] !== undefined,
	},
	params: {
		value: {},
		validate(values, _options) {
			const name = textOf(this['trigger']);
			return checkEntry(this, eventsOf(head)[name], values, titles(head, 'trigger', name));
		},
	},
});

export const eventLabel = (head: NodeHead) => (node: EditorNode) => titleKey(head, 'trigger', textOf(node['trigger']));

/** Fills the list of events and shows the fields of the chosen one; `changed` is told of it. */
export function prepareEvents(head: NodeHead, node: EditorNode, changed: (event: EntryHead) => void = () => {}): void {
	const select = control('trigger');
	const form = new Form(node, head, { message: false, nas: () => chosen('nas') });
	node.synoflow = form;
	const label = (name: string) => node._(`${head.type}.entries.trigger.${name}`);
	const events = Object.keys(eventsOf(head)).map((value) => ({ value, label: label(value) }));
	const show = () => {
		const event = eventsOf(head)[select.value];
		if (!event) return;
		form.show('trigger', select.value);
		changed(event);
	};
	fillSelect(select, events, textOf(node['trigger']));
	$(select).on('change', show);
	show();
}

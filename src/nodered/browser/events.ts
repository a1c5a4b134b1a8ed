import type { EntryHead } from './data';
import { control } from './dom';
import { Form } from './form';
import { headOf, textOf, type EditorNode } from './node';

/** Sets up the choice of an event; `changed` is told of the chosen one. */
export function prepareEvents(node: EditorNode, changed: (event: EntryHead, name: string) => void = () => {}): void {
	const tell = (name: string) => {
		const event = headOf(node).groups['trigger']?.[name];
		if (event) changed(event, name);
	};
	const form = new Form(node, {
		message: false,
		nas: () => control('nas')?.value ?? '',
		changed: (_group, name) => {
			$(control('trigger')).val(name).trigger('change');
			tell(name);
		},
	});
	node.synoflow = form;
	form.show('trigger', textOf(node['trigger']));
	tell(textOf(node['trigger']));
}

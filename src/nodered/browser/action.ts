import { control, toggle } from './dom';
import { Form } from './form';
import { headOf, textOf, type EditorNode } from './node';

/** Sets up the form of an action node. */
export function prepareAction(node: EditorNode): void {
	const { groups } = headOf(node);
	const current = () => groups[control('resource').value]?.[control('operation').value];
	const showParts = () => {
		const { token, sso, list, cut, file, takes } = current() ?? {};
		toggle('.synoflow-nas', token !== true);
		toggle('.synoflow-bot', token === true);
		toggle('.synoflow-sso', sso === true);
		toggle('.synoflow-list', list === true);
		toggle('.synoflow-limit', cut === true);
		toggle('.synoflow-file', file === true);
		toggle('.synoflow-maxSize', takes === true || (file === true && control('file').value === 'buffer'));
	};
	const form = new Form(node, {
		message: true,
		nas: () => control(current()?.token ? 'bot' : 'nas')?.value ?? '',
		changed: (group, name) => {
			control('resource').value = group;
			$(control('operation')).val(name).trigger('change');
			showParts();
		},
	});
	node.synoflow = form;
	form.show(textOf(node['resource']), textOf(node['operation']));
	showOverride(node);
	showOutput(node);
	$(control('file')).on('change', showParts);
	showParts();
}

/** Where the answer goes: nodes that were saved before there was a choice put it into the payload. */
function showOutput(node: EditorNode): void {
	const input = $(control('output'));
	input.typedInput({ default: 'msg', types: ['msg', 'flow', 'global'], typeField: '#node-input-outputType' });
	if (node['output'] !== undefined) return;
	input.typedInput('type', 'msg');
	input.typedInput('value', 'payload');
}

/** Nodes of version 1 let any property of the message override the form: they alone are offered that. */
function showOverride(node: EditorNode): void {
	const select = control('override') as unknown as HTMLSelectElement;
	const isOld = textOf(node['override'] ?? 'properties') === 'properties';
	if (isOld) select.value = 'properties';
	else select.querySelector('option[value=properties]')?.remove();
}

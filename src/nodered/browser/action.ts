import { control, toggle } from './dom';
import { Form } from './form';
import { headOf, textOf, type EditorNode } from './node';

/** Sets up the form of an action node. */
export function prepareAction(node: EditorNode): void {
	const { groups } = headOf(node);
	const current = () => groups[control('resource').value]?.[control('operation').value];
	const showParts = () => {
		const { token, list, cut, file } = current() ?? {};
		toggle('.synoflow-nas', token !== true);
		toggle('.synoflow-bot', token === true);
		toggle('.synoflow-list', list === true);
		toggle('.synoflow-limit', cut === true);
		toggle('.synoflow-file', file === true);
		toggle('.synoflow-maxSize', file === true && control('file').value === 'buffer');
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
	$(control('file')).on('change', showParts);
	showParts();
}

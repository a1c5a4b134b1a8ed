import { checkEntry, isChosen, isLimit } from './check';
import type { EntryHead, NodeHead } from './data';
import { control, fillSelect, toggle } from './dom';
import { Form } from './form';
import { chosen, frame, titleKey, type Kind } from './frame';
import { textOf, type Definition, type EditorNode, type Property } from './node';
import { titles } from './request';
import { word } from './words';

const entryOf = ({ groups }: NodeHead, node: EditorNode): EntryHead | undefined =>
	groups[textOf(node['resource'])]?.[textOf(node['operation'])];

/** A connection must be chosen where the operation goes with it: an account, or a bot with its token. */
const connection = (head: NodeHead, type: string, token: boolean): Property => ({
	value: '',
	type,
	validate(value) {
		return (entryOf(head, this)?.token === true) !== token || isChosen(value);
	},
});

const limit = (head: NodeHead, value: string): Property => ({
	value,
	validate(given, _options) {
		return isLimit(given) || word(this, 'notLimit');
	},
});

function defaults(head: NodeHead): Kind['defaults'] {
	const [group, entries] = Object.entries(head.groups)[0] ?? ['', {}];
	const bots = Object.values(head.groups).some((all) => Object.values(all).some(({ token }) => token));
	return {
		name: { value: '' },
		version: { value: head.version },
		nas: bots ? connection(head, 'synology-nas', false) : { value: '', type: 'synology-nas', required: true },
		...(bots && { bot: connection(head, 'synology-chat-bot', true) }),
		resource: { value: group, required: true },
		operation: {
			value: Object.keys(entries)[0] ?? '',
			required: true,
			validate(value) {
				// While the form is open, it says which resource the operation belongs to.
				const resource = this.synoflow ? control('resource').value : textOf(this['resource']);
				return head.groups[resource]?.[value] !== undefined;
			},
		},
		params: {
			value: {},
			validate(values, _options) {
				const [group, name] = [textOf(this['resource']), textOf(this['operation'])];
				return checkEntry(this, entryOf(head, this), values, titles(head, group, name));
			},
		},
		list: { value: 'array' },
		limit: limit(head, ''),
		file: { value: 'buffer' },
		maxSize: limit(head, '100'),
	};
}

function prepare(head: NodeHead, node: EditorNode): void {
	const { type, groups } = head;
	const [resource, operation] = [control('resource'), control('operation')];
	const current = () => groups[resource.value]?.[operation.value];
	const form = new Form(node, head, { message: true, nas: () => chosen(current()?.token ? 'bot' : 'nas') });
	node.synoflow = form;
	const fillOperations = (wanted: string) => {
		const label = (name: string) => node._(`${type}.entries.${resource.value}.${name}`);
		const names = Object.keys(groups[resource.value] ?? {});
		fillSelect(
			operation,
			names.map((value) => ({ value, label: label(value) })),
			wanted,
		);
	};
	const show = () => {
		const entry = current();
		if (!entry) return;
		form.show(resource.value, operation.value);
		toggle('.synoflow-nas', entry.token !== true);
		toggle('.synoflow-bot', entry.token === true);
		toggle('.synoflow-list', entry.list === true);
		toggle('.synoflow-limit', entry.cut === true);
		toggle('.synoflow-file', entry.file === true);
		toggle('.synoflow-maxSize', entry.file === true && control('file').value === 'buffer');
	};
	const resources = Object.keys(groups).map((value) => ({ value, label: node._(`${type}.groups.${value}`) }));
	fillSelect(resource, resources, textOf(node['resource']));
	fillOperations(textOf(node['operation']));
	$(resource).on('change', () => {
		// The editor fires a change when it opens the form, too: the operation stays if the resource has it.
		fillOperations(operation.value);
		show();
	});
	$(operation).on('change', show);
	$(control('file')).on('change', show);
	show();
}

/** Definition of an action node. */
export const action = (head: NodeHead): Definition => ({
	...frame(head, {
		output: 'output',
		defaults: defaults(head),
		labelOf: (node) => titleKey(head, textOf(node['resource']), textOf(node['operation'])),
		prepare: (node) => prepare(head, node),
	}),
	inputs: 1,
	inputLabels() {
		return word(this, 'input');
	},
});

import type { NodeHead } from './data';
import { control, fillSelect, toggle } from './dom';
import { eventDefaults, eventLabel, eventsOf, prepareEvents } from './events';
import { frame, type Kind } from './frame';
import { textOf, type Definition, type EditorNode } from './node';
import { word } from './words';

function defaults(head: NodeHead): Kind['defaults'] {
	const canWake = Object.values(eventsOf(head)).some(({ wake }) => wake);
	return {
		name: { value: '' },
		version: { value: head.version },
		nas: { value: '', type: 'synology-nas', required: true },
		...eventDefaults(head),
		interval: {
			value: '10',
			required: true,
			validate(value, _options) {
				return Number(value) >= 2 || word(this, 'notInterval');
			},
		},
		...(canWake && { wake: { value: false } }),
		store: { value: '' },
		resume: { value: true },
	};
}

function fillStores(node: EditorNode): void {
	const { stores = [], default: usual } = RED.settings.context ?? {};
	const saved = textOf(node['store']);
	const standard = `${word(node, 'storeDefault')}${usual ? ` (${usual})` : ''}`;
	// A store that the settings no longer have stays visible instead of being changed silently.
	const names = new Set([...stores, ...(saved === '' ? [] : [saved])]);
	const options = [...names].map((value) => ({ value, label: value }));
	fillSelect(control('store'), [{ value: '', label: standard }, ...options], saved);
}

/** Definition of a poll trigger. */
export const trigger = (head: NodeHead): Definition => ({
	...frame(head, {
		output: 'event',
		defaults: defaults(head),
		labelOf: eventLabel(head),
		prepare: (node) => {
			prepareEvents(head, node, ({ wake }) => toggle('.synoflow-wake', wake === true));
			fillStores(node);
		},
	}),
	inputs: 0,
});

import { showAdditional } from './additional';
import { control, fillSelect, toggle } from './dom';
import { prepareEvents } from './events';
import { textOf, type EditorNode } from './node';
import { word } from './words';

function fillStores(node: EditorNode): void {
	const { stores = [], default: usual } = RED.settings.context ?? {};
	const saved = textOf(node['store']);
	const standard = `${word(node, 'storeDefault')}${usual ? ` (${usual})` : ''}`;
	// A store that the settings no longer have stays visible instead of being changed silently.
	const names = new Set([...stores, ...(saved === '' ? [] : [saved])]);
	const options = [...names].map((value) => ({ value, label: value }));
	fillSelect(control('store'), [{ value: '', label: standard }, ...options], saved);
}

/** Sets up the form of a poll trigger. */
export function prepareTrigger(node: EditorNode): void {
	prepareEvents(node, ({ wake }, name) => {
		toggle('.synoflow-wake', wake === true);
		void showAdditional(node, name);
	});
	fillStores(node);
}

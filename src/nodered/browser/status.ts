import { typesOf } from './node';

/** Where the texts of statuses stand, as JSON: the editor gives texts alone. By their English text, with `#` for numbers. */
const STATUS = '@synoflow/n8n-nodes-synology/synology-nas:status';

/** A status text in the language of a table; undefined where the table lacks it. `check *`: a setting has that name. */
export function statusText(table: Record<string, string>, text: string): string | undefined {
	const numbers = text.match(/\d+/g) ?? [];
	const found = table[text.replace(/\d+/g, '#')];
	if (found !== undefined) return found.replace(/#/g, () => numbers.shift() ?? '');
	const [, name] = /^check (.+)$/.exec(text) ?? [];
	return name === undefined ? undefined : table['check *']?.replace('*', name);
}

function table(): Record<string, string> {
	const text = RED._(STATUS);
	return text.startsWith('{') ? (JSON.parse(text) as Record<string, string>) : {};
}

/** The editor looks up the status texts of a node with its type's function: they come in English, and are shown in its language. */
export function watchStatus(): void {
	RED.events.on('registry:node-type-added', (type) => {
		const definition = typesOf().includes(type) ? RED.nodes.getType(type) : null;
		if (!definition) return;
		const { _: look } = definition;
		definition._ = (text, values) => statusText(table(), text) ?? look(text, values);
	});
}

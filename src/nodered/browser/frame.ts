import type { NodeHead } from './data';
import { control } from './dom';
import { COLOR, type Definition, type EditorNode, type Property } from './node';
import { fillWords, word } from './words';

/** What the kinds of nodes differ in. */
export interface Kind {
	defaults: Record<string, Property>;
	/** Key of the text that names a node without a name of its own, as far as it is known. */
	labelOf: (node: EditorNode) => string | undefined;
	prepare: (node: EditorNode) => void;
	/** Word for what leaves the node. */
	output: 'output' | 'event';
}

/** Title of an operation or event in the message catalogue, if there is such an entry. */
export const titleKey = ({ groups }: NodeHead, group: string, name: string): string | undefined =>
	groups[group]?.[name] && `entries.${group}.${name}`;

/** What all node types have in common. */
export const frame = (
	{ type, service, secrets }: NodeHead,
	{ defaults, labelOf, prepare, output }: Kind,
): Definition => ({
	category: 'synology',
	color: COLOR,
	defaults,
	credentials: Object.fromEntries(secrets.map((name) => [name, { type: 'password' }])),
	outputs: 1,
	icon: `${service}.svg`,
	paletteLabel() {
		return this._(`${type}.title`);
	},
	label() {
		return this.name || this._(`${type}.${labelOf(this) ?? 'title'}`);
	},
	labelStyle() {
		return this.name ? 'node_label_italic' : '';
	},
	outputLabels() {
		return word(this, output);
	},
	oneditprepare() {
		fillWords(this);
		prepare(this);
	},
	oneditsave() {
		if (this.synoflow) this.params = this.synoflow.read();
		close(this);
	},
	oneditcancel() {
		close(this);
	},
});

function close(node: EditorNode): void {
	node.synoflow?.close();
	delete node.synoflow;
}

/** The connection that is chosen in the open form. */
export const chosen = (name: 'nas' | 'bot'): string => control(name)?.value ?? '';

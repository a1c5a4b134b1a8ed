import type { Values } from './data';
import type { Form } from './form';

/** A node in the editor, as far as it is known to this code. */
export interface EditorNode {
	id: string;
	type: string;
	name?: string;
	params?: Values;
	/** Text from the message catalogue of the node's set. */
	_: (key: string, values?: Record<string, string>) => string;
	/** Its form, while that is open. */
	synoflow?: Form;
	[property: string]: unknown;
}

/** A saved text of a node. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * One property of a node type. Validators take two arguments: from those with one the editor makes a mere yes or no of the message
 * that they return.
 */
export interface Property {
	value: unknown;
	type?: string;
	required?: boolean;
	validate?: (this: EditorNode, value: never, options: unknown) => boolean | string;
}

/** What the editor is told of a node type. */
export interface Definition {
	category: string;
	color: string;
	defaults: Record<string, Property>;
	credentials: Record<string, { type: string; required?: boolean }>;
	inputs?: number;
	outputs?: number;
	icon?: string;
	paletteLabel?: (this: EditorNode) => string;
	label: (this: EditorNode) => string;
	labelStyle?: (this: EditorNode) => string;
	inputLabels?: (this: EditorNode) => string;
	outputLabels?: (this: EditorNode) => string;
	oneditprepare: (this: EditorNode) => void;
	oneditsave?: (this: EditorNode) => void;
	oneditcancel?: (this: EditorNode) => void;
}

export const COLOR = '#9CC6D9';

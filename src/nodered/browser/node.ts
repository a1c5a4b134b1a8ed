import type { NodeHead, Values } from './data';
import type { Form } from './form';

/** A node in the editor, or a node type, as far as it is known to this code. */
export interface EditorNode {
	id: string;
	type: string;
	name?: string;
	params?: Values;
	/** Text from the message catalogue of the node's set. */
	_: (key: string, values?: Record<string, string>) => string;
	/** Its type. */
	_def?: { defaults: Record<string, { value: unknown } | undefined> };
	/** Its form, while that is open. */
	synoflow?: Form;
	[property: string]: unknown;
}

/** A saved text of a node. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const heads = new Map<string, NodeHead>();

/** Makes the entries of a node type known. */
export function add(type: string, head: NodeHead): void {
	heads.set(type, head);
	if (head.kind === 'action') addRows(type);
}

/** Completes the form of an action before it is opened the first time: the rows that all have stand once, in this file. */
function addRows(type: string): void {
	const form = document.querySelector(`script[data-template-name="${type}"]`);
	if (form) form.textContent = form.textContent.replace(/<\/div>\s*$/, () => `${ACTION_ROWS}</div>`);
}

/** Whether a node is a connection: those have no entries. */
export const isConnection = ({ type }: Pick<EditorNode, 'type'>): boolean => !heads.has(type);

/** What is known of the entries of a node's type. */
export const headOf = ({ type }: Pick<EditorNode, 'type'>): NodeHead => heads.get(type)!;

/** Node types of a service, or whose service is not asked for all. */
export const typesOf = (service?: string): string[] =>
	[...heads].filter(([, head]) => service === undefined || head.service === service).map(([type]) => type);

/** The operation or event that is saved in a node: its group and its name. */
export const entryKeyOf = (node: EditorNode): [group: string, name: string] =>
	headOf(node).kind === 'action'
		? [textOf(node['resource']), textOf(node['operation'])]
		: ['trigger', textOf(node['trigger'])];

import { prepareAction } from './action';
import { editConnection } from './connection';
import { headOf, isConnection, type EditorNode } from './node';
import { preparePush } from './push';
import { prepareTrigger } from './trigger';
import { fillWords } from './words';

const PREPARE = { action: prepareAction, trigger: prepareTrigger, push: preparePush, connection: () => {} };

/** Sets up the form of a node. */
export function oneditprepare(node: EditorNode): void {
	if (isConnection(node)) return editConnection(node);
	fillWords(node);
	PREPARE[headOf(node).kind](node);
}

/** Takes over what is in the form; what has no typed input is saved by the editor itself. */
export function oneditsave(node: EditorNode): void {
	if (node.synoflow) node.params = node.synoflow.read();
	// The form has brought it up to date.
	const current = node._def?.defaults['version']?.value;
	if (current !== undefined) node['version'] = current;
	oneditcancel(node);
}

export function oneditcancel(node: EditorNode): void {
	node.synoflow?.close();
	delete node.synoflow;
}

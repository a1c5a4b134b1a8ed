import type { EntryHead, TypedValue, Values } from './data';
import type { EditorNode } from './node';
import { word } from './words';

/** Types whose empty value means that nothing was given. */
export const PLAIN: readonly string[] = ['str', 'num', 'bool', 'json', 'pick', 'choice'];
const EXPRESSIONS: readonly string[] = ['msg', 'flow', 'global', 'jsonata'];

export function isJson(value: string): boolean {
	try {
		JSON.parse(value);
		return true;
	} catch {
		return false;
	}
}

/** Whether a value stands for nothing. */
export const isEmpty = (saved: TypedValue | undefined): boolean =>
	saved === undefined || (PLAIN.includes(saved.type) && saved.value === '');

/** True, or what is wrong with a saved value. */
function checkValue(node: EditorNode, field: string, { type, value }: TypedValue): true | string {
	const say = (key: string) => word(node, key, { field });
	if (type === 'num' && Number.isNaN(Number(value))) return say('notNumber');
	if (type === 'json' && !isJson(value)) return say('notJson');
	if (!EXPRESSIONS.includes(type)) return true;
	const valid = RED.utils.validateTypedProperty(value, type, { label: field });
	return valid === true || (valid === false ? field : valid);
}

/** True, or what is wrong with the saved values. A required parameter may still come with the message. */
export function checkEntry(
	node: EditorNode,
	head: EntryHead | undefined,
	values: Values = {},
	title = (field: string) => field,
): true | string {
	for (const field of head?.required ?? [])
		if (isEmpty(values[field])) return word(node, 'required', { field: title(field) });
	for (const [field, value] of Object.entries(values)) {
		const result = isEmpty(value) ? true : checkValue(node, title(field), value);
		if (result !== true) return result;
	}
	return true;
}

/** Whether a limit is empty or a whole number above 0. */
export const isLimit = (value: unknown): boolean =>
	value === undefined || value === '' || (Number.isInteger(Number(value)) && Number(value) > 0);

/** Whether a connection is chosen: the editor's list has an entry that adds one. */
export const isChosen = (value: unknown): boolean => Boolean(value) && value !== '_ADD_';

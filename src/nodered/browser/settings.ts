import type { ConnectionData } from './data';
import { control, element } from './dom';
import { textOf, type EditorNode } from './node';

/** The control of a setting in the open form. */
export const input = (name: string): HTMLInputElement | undefined => control(name, 'node-config-input') ?? undefined;

/** Where an answer is shown: below the button that was pressed, or beside the sign-in that the form holds. */
export type Place =
	'synoflow-test-answer' | 'synoflow-sign-in-answer' | 'synoflow-sign-in-state' | 'synoflow-trial-answer';

/** Shows lines at a place, instead of what stood there. */
export function say(
	lines: (string | undefined)[],
	kind: '' | 'synoflow-good' | 'synoflow-bad' = '',
	place: Place = 'synoflow-test-answer',
): void {
	const box = document.getElementById(place);
	if (!box) return;
	box.className = `synoflow-answer ${kind}`;
	box.replaceChildren(...lines.filter(Boolean).map((line) => element('div', {}, line)));
}

/** Fills a setting in, as if it were typed. */
export function fill(name: string, value: string): void {
	const field = input(name);
	if (field) $(field).val(value).trigger('change');
}

/** Where the node stands: its variables are looked up there. */
export const placeOf = (node: EditorNode) => ({ id: node.id, z: textOf(node['z']) });

/** What the form says, by setting. */
export const valuesOf = (fields: ConnectionData['fields']): Record<string, string> =>
	Object.fromEntries(fields.map(({ name }) => [name, input(name)?.value ?? '']));

export const goodOrBad = (ok: boolean): 'synoflow-good' | 'synoflow-bad' => (ok ? 'synoflow-good' : 'synoflow-bad');

/** Does what a button is for, which cannot be pressed meanwhile. */
async function press(
	node: EditorNode,
	button: HTMLButtonElement,
	place: Place,
	work: () => Promise<void>,
): Promise<void> {
	button.disabled = true;
	try {
		await work();
	} catch (error) {
		say([node._(`${node.type}.ui.noAnswer`, { text: (error as Error).message })], 'synoflow-bad', place);
	} finally {
		button.disabled = false;
	}
}

/** What a button of the form does. */
export function onPress(node: EditorNode, id: string, place: Place, work: () => Promise<void>): void {
	const button = document.getElementById(id) as HTMLButtonElement | null;
	button?.addEventListener('click', () => void press(node, button, place, work));
}

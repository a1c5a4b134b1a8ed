import type { EntryData, FieldData } from './data';
import { element } from './dom';

/** The editor's typed input reads its width from the style attribute only. */
const VALUE_WIDTH = 'width: calc(100% - 150px)';

function controls({ kind, title, description, placeholder }: FieldData, id: string): HTMLElement[] {
	const described = { 'aria-describedby': description === undefined ? undefined : `${id}-help` };
	const input = element('input', {
		type: 'text',
		id,
		class: 'synoflow-value',
		style: VALUE_WIDTH,
		placeholder,
		...described,
	});
	if (kind !== 'multiline') return [input];
	const area = { id: `${id}-text`, class: 'synoflow-text', rows: '4', 'aria-label': title, ...described };
	return [input, element('textarea', area)];
}

const required = () => element('span', { class: 'synoflow-required', 'aria-hidden': 'true' }, '*');

/** One parameter: label, control, what was picked, help. */
function row(field: FieldData, id: string): HTMLElement {
	const { name, title, description, picker } = field;
	const label = element('label', { for: id }, element('span', {}, title), ...(field.required ? [' ', required()] : []));
	return element(
		'div',
		{ class: 'form-row synoflow-row', 'data-field': name },
		label,
		// As in the rows of the page, so that all controls begin below one another.
		' ',
		...controls(field, id),
		picker && element('div', { class: 'synoflow-picked', 'aria-live': 'polite' }),
		description === undefined ? undefined : element('div', { class: 'synoflow-help', id: `${id}-help` }, description),
	);
}

const mark = (word: (key: string) => string) =>
	element('span', { class: 'synoflow-mark', title: word('unverifiedHint') }, word('unverified'));

/** Form of an operation or event. Secrets have rows of their own, since the editor fills them in by their id. */
export function drawEntry(
	key: string,
	{ summary, unverified, fields }: EntryData,
	word: (key: string) => string,
): HTMLElement {
	const rows = (advanced: boolean) =>
		fields
			.filter((field) => field.kind !== 'secret' && (field.advanced === true) === advanced)
			.map((field) => row(field, `synoflow-${key.replace('.', '-')}-${field.name}`));
	const rare = rows(true);
	return element(
		'div',
		{ class: 'synoflow-entry', 'data-entry': key },
		element('p', { class: 'synoflow-summary' }, summary, ...(unverified ? [' ', mark(word)] : [])),
		...rows(false),
		rare.length === 0
			? undefined
			: element('details', { class: 'synoflow-options' }, element('summary', {}, word('options')), ...rare),
	);
}

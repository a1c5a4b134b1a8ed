import { findDeclaration, findOperation } from '../services';
import type { Choices } from '../catalog/fields';
import { callsOf } from '../catalog/operation';
import { isDsmError } from '../core/errors';
import { fieldsOf } from '../host/form';
import { connectionOf } from './connection';
import type { AdminAnswer, AdminRequest, Red } from './red';

/** One line of a pick list. */
export interface Choice {
	value: string;
	label: string;
}

/** Lines of one answer. The browser filters a list without a search parameter itself, so it gets nearly all of it. */
const LIMIT = { search: 200, list: 2000 };

/** Where the lines of a parameter come from: only what the catalogue declares can be asked for. */
function choicesOf(id: string, field: string): Choices | undefined {
	const declaration = findDeclaration(id);
	return declaration && fieldsOf(declaration.params).find(({ name }) => name === field)?.choices;
}

const toChoice = ({ value, label }: Choices, row: Record<string, unknown>): Choice => ({
	value: String(row[value] ?? ''),
	label: String(row[label] || row[value] || ''),
});

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

/** An exact id first, since the editor's list takes its first line when one presses Tab. */
const order = (search: string) => (one: Choice, other: Choice) =>
	Number(other.value === search) - Number(one.value === search) || one.label.localeCompare(other.label);

/** Lines of a pick list. Runs the read-only list operation on the deployed connection. */
export async function loadChoices(red: Red, nas: string, choices: Choices, search: string): Promise<Choice[]> {
	const connection = connectionOf(red, nas);
	if (!connection) throw new Error(red._('synology-nas.ui.deployFirst'));
	const operation = findOperation(choices.from);
	if (!operation.readOnly) throw new Error(`"${choices.from}" is not read-only and cannot fill a list.`);
	const lease = connection.acquire(callsOf(operation).map(({ api }) => api));
	try {
		const params = choices.search && search ? { [choices.search]: search } : {};
		const limit = choices.search === undefined ? LIMIT.list : LIMIT.search;
		const found: Choice[] = [];
		for await (const row of lease.dsm.each(operation, params)) {
			const choice = toChoice(choices, row as Record<string, unknown>);
			const matches = choices.search !== undefined || has(choice.label, search) || has(choice.value, search);
			if (choice.value !== '' && matches) found.push(choice);
			if (found.length === limit) break;
		}
		return found.sort(order(search));
	} finally {
		await lease.release();
	}
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `GET /synology-nas/choices?nas=&id=&field=&search=`: lines of the pick list of one parameter. */
export function registerChoices(red: Red): void {
	const handler = async ({ query }: AdminRequest, answer: AdminAnswer) => {
		const choices = choicesOf(text(query['id']), text(query['field']));
		if (!choices) return answer.status(404).json({ message: 'This parameter has no list.' });
		try {
			answer.json(await loadChoices(red, text(query['nas']), choices, text(query['search'])));
		} catch (error) {
			const hint = isDsmError(error) ? error.hint : undefined;
			answer.status(400).json({ message: (error as Error).message, ...(hint !== undefined && { hint }) });
		}
	};
	red.httpAdmin.get('/synology-nas/choices', red.auth.needsPermission('synology-nas.read'), handler);
}

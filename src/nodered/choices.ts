import { findDeclaration, findOperation } from '../services';
import type { Choices } from '../catalog/fields';
import { callsOf } from '../catalog/operation';
import type { Lease, Pool } from '../core/pool';
import { choicesFor } from '../host/choices';
import { fieldsOf, isSearched } from '../host/form';
import { BOT_TYPE, botOfForm } from './bot';
import { connectionOf } from './connection';
import type { AdminAnswer, AdminRequest, Red } from './red';
import { asTexts, resolver, settingsOfForm } from './settings';
import { refusal } from './test-login';

/** One line of a pick list. */
export interface Choice {
	value: string;
	label: string;
}

/** Lines to choose from. */
export interface Choosable {
	choices: Choice[];
	/** There are more: these are the first ones. */
	cut: boolean;
}

/** Lines of one answer. The browser filters a list without a search parameter itself, as long as it is whole. */
const LIMIT = { search: 200, list: 2000 };

/** Where the lines of a parameter come from: only what the catalogue declares can be asked for. */
function choicesOf(id: string, field: string): Choices | undefined {
	const declaration = findDeclaration(id);
	return declaration && fieldsOf(declaration.params).find(({ name }) => name === field)?.choices;
}

/** An exact id first, since the editor's list takes its first line when one presses Tab. */
const order = (search: string) => (one: Choice, other: Choice) =>
	Number(other.value === search) - Number(one.value === search) || one.label.localeCompare(other.label);

/** What the editor asks for. */
interface Wanted {
	/** Id of the operation or event, and name of its parameter. */
	id: string;
	field: string;
	search: string;
	/** Id of the connection, or the variable of a subflow that names it. */
	nas: string;
	/** Tab or subflow of the node that asks. */
	z: string;
	/** The connection as the editor has it, where it is not deployed like that. */
	form?: unknown;
}

const isNew = (form: unknown): form is object => typeof form === 'object' && form !== null;

/** Use of the connection that was deployed, or of the one that stands in the editor. Throws when there is neither. */
function leaseOf(red: Red, pool: Pool, { nas, z, form }: Wanted, apis: readonly string[]): Lease {
	if (isNew(form)) {
		const values = asTexts(form);
		return pool.acquire(values['type'] === BOT_TYPE ? botOfForm(red, values) : settingsOfForm(red, values), { apis });
	}
	const connection = connectionOf(red, resolver(red, '', z)(nas));
	if (connection) return connection.acquire(apis);
	throw new Error(red._('synology-nas.ui.noConnection'));
}

/** Lines of a pick list, by its read-only list operation. Throws what that throws. */
async function loadChoices(red: Red, pool: Pool, wanted: Wanted, choices: Choices): Promise<Choosable> {
	const { search } = wanted;
	const operation = findOperation(choices.from);
	if (!operation.readOnly) throw new Error(`"${choices.from}" is not read-only and cannot fill a list.`);
	const lease = leaseOf(
		red,
		pool,
		wanted,
		callsOf(operation).map(({ api }) => api),
	);
	try {
		const limit = isSearched(choices) ? LIMIT.search : LIMIT.list;
		const found: Choice[] = [];
		for await (const { value, label } of choicesFor(lease.dsm, choices, search)) {
			if (found.push({ value: String(value), label }) > limit) break;
		}
		return { choices: found.slice(0, limit).sort(order(search)), cut: found.length > limit };
	} finally {
		await lease.release();
	}
}

const wantedOf = (body: unknown): Wanted => {
	const { id = '', field = '', search = '', nas = '', z = '' } = asTexts(body);
	return { id, field, search, nas, z, form: (body as { form?: unknown } | undefined)?.form };
};

/**
 * `POST /synology-nas/choices` with what is wanted: lines of the pick list of one parameter. It takes the right to write, since it logs in
 * with what the editor says, as the test does. `pool` is for connections that are not deployed.
 */
export function registerChoices(red: Red, pool: Pool): void {
	const handler = async ({ body }: AdminRequest, answer: AdminAnswer) => {
		const wanted = wantedOf(body);
		const choices = choicesOf(wanted.id, wanted.field);
		if (!choices) return answer.status(404).json({ message: 'This parameter has no list.' });
		try {
			answer.json(await loadChoices(red, pool, wanted, choices));
		} catch (error) {
			const { message, hint } = refusal(error, pool.redact);
			answer.status(400).json({ message, ...(hint !== undefined && { hint }) });
		}
	};
	red.httpAdmin.post('/synology-nas/choices', red.auth.needsPermission('synology-nas.write'), handler);
}

import type { FieldData } from './data';
import { element } from './dom';
import { postJson } from './request';
import { undeployedForm } from './undeployed';

/*
 * Pick lists: loaded when asked for, through the connection as the editor has it, filtered while one types, free entry always possible.
 */

interface Choice {
	value: string;
	label: string;
}

/** Which list is wanted: that of a parameter of an operation, through a connection. */
export interface List {
	/** Id of the connection. */
	nas: string;
	/** Tab or subflow of the node. */
	z: string;
	/** Id of the operation or event. */
	id: string;
	field: FieldData;
}

/** Milliseconds that a list serves: it changes, so one look only. */
const FRESH = 15_000;

const lists = new Map<string, Promise<Choice[]>>();
const labels = new Map<string, string>();

const labelKey = (id: string, field: string, value: string): string => `${id} ${field} ${value}`;

/** What a value was called in a list that was loaded. */
export const labelOf = (id: string, field: string, value: string): string | undefined =>
	labels.get(labelKey(id, field, value));

/** A list is loaded once for all who look at it at about the same time. A failure is asked again at once. */
function load({ nas, z, id, field }: List, search: string): Promise<Choice[]> {
	const form = undeployedForm(nas);
	const wanted = {
		nas,
		z,
		id,
		field: field.name,
		search: field.picker === 'search' ? search : '',
		...(form && { form }),
	};
	const key = JSON.stringify(wanted);
	const found = lists.get(key) ?? postJson<Choice[]>('synology-nas/choices', wanted);
	if (!lists.has(key)) {
		lists.set(key, found);
		found.then(
			() => setTimeout(() => lists.delete(key), FRESH),
			() => lists.delete(key),
		);
	}
	return found;
}

const shown = ({ value, label }: Choice): string => (label === value ? label : `${label} (${value})`);
const includes = (value: string, part: string): boolean => value.toLowerCase().includes(part.toLowerCase());

/** In a field of several values, what stands before the last comma stays. */
export function split({ list }: FieldData, text: string): { kept: string; part: string } {
	const at = list ? text.lastIndexOf(',') + 1 : 0;
	return { kept: text.slice(0, at) + (at > 0 ? ' ' : ''), part: text.slice(at).trim() };
}

/** Search function of the editor's completion menu; `say` tells the user how far it is. */
export const searching =
	(list: () => List, words: { loading: string; none: string }, say: (text: string) => void) =>
	async (text: string, done: (rows: Completion[]) => void): Promise<void> => {
		const { id, field } = list();
		const { kept, part } = split(field, text);
		say(words.loading);
		try {
			const rows = await load(list(), part);
			const found = rows.filter((row) => includes(shown(row), part));
			say(found.length === 0 && part === '' ? words.none : '');
			for (const { value, label } of found) labels.set(labelKey(id, field.name, `${kept}${value}`), label);
			// An exact id first: the menu takes its first line when one presses Tab.
			found.sort((one, other) => Number(other.value === part) - Number(one.value === part));
			done(found.map((row) => ({ value: kept + row.value, label: $(element('span', {}, shown(row))) })));
		} catch (error) {
			say((error as Error).message);
			done([]);
		}
	};

import type { FieldData } from './data';
import { element } from './dom';
import { postJson } from './request';
import { undeployedForm } from './undeployed';

/*
 * Pick lists: loaded when asked for, through the connection as the editor has it, filtered while one types, free entry always possible.
 * One that is too long says so, and what fits is then looked for by the NAS.
 */

interface Choice {
	value: string;
	label: string;
}

interface Choosable {
	choices: Choice[];
	/** There are more: these are the first ones. */
	cut: boolean;
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

const lists = new Map<string, Promise<Choosable>>();
const labels = new Map<string, string>();

const labelKey = (id: string, field: string, value: string): string => `${id} ${field} ${value}`;

/** What a value was called in a list that was loaded. */
export const labelOf = (id: string, field: string, value: string): string | undefined =>
	labels.get(labelKey(id, field, value));

/** A list is loaded once for all who look at it at about the same time. A failure is asked again at once. */
function load({ nas, z, id, field }: List, search: string): Promise<Choosable> {
	const form = undeployedForm(nas);
	const wanted = {
		nas,
		z,
		id,
		field: field.name,
		search,
		...(form && { form }),
	};
	const key = JSON.stringify(wanted);
	const found = lists.get(key) ?? postJson<Choosable>('synology-nas/choices', wanted);
	if (!lists.has(key)) {
		lists.set(key, found);
		found.then(
			() => setTimeout(() => lists.delete(key), FRESH),
			() => lists.delete(key),
		);
	}
	return found;
}

/** The whole list where it is short enough, which is asked for once; otherwise what fits. */
async function fitting(list: List, part: string): Promise<Choosable> {
	const isSearched = list.field.picker === 'search';
	const all = await load(list, isSearched ? part : '');
	return all.cut && !isSearched && part !== '' ? await load(list, part) : all;
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
	(
		list: () => List,
		words: { loading: string; none: string; onlyFirst: (count: number) => string },
		say: (text: string) => void,
	) =>
	async (text: string, done: (rows: Completion[]) => void): Promise<void> => {
		const { id, field } = list();
		const { kept, part } = split(field, text);
		say(words.loading);
		try {
			const { choices, cut } = await fitting(list(), part);
			const found = choices.filter((row) => includes(shown(row), part));
			say(found.length === 0 && part === '' ? words.none : '');
			for (const { value, label } of found) labels.set(labelKey(id, field.name, `${kept}${value}`), label);
			// An exact id first: the menu takes its first line when one presses Tab.
			found.sort((one, other) => Number(other.value === part) - Number(one.value === part));
			// Whoever takes this line keeps what stands in the field.
			const more = cut ? [{ value: text, label: $(element('em', {}, words.onlyFirst(choices.length))) }] : [];
			done([...more, ...found.map((row) => ({ value: kept + row.value, label: $(element('span', {}, shown(row))) }))]);
		} catch (error) {
			say((error as Error).message);
			done([]);
		}
	};

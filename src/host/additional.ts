import type { AnyTrigger } from '../catalog/operation';
import { DsmInputError } from '../core/errors';
import { fieldsOf, type Field } from './form';

type Triggers = Readonly<Record<string, AnyTrigger>>;

const requiredOf = ({ params }: AnyTrigger): string[] =>
	fieldsOf(params)
		.filter(({ required }) => required)
		.map(({ name }) => name);

/** Whether the form of one event holds all that the other must be given. */
const canAdd = (form: AnyTrigger, other: AnyTrigger): boolean =>
	requiredOf(other).every((name) => requiredOf(form).includes(name));

/** Names of the events that a node on this one can watch besides; its own is among them, and changes nothing. */
export const additionalTo = (triggers: Triggers, name: string): string[] =>
	Object.keys(triggers).filter((other) => canAdd(triggers[name]!, triggers[other]!));

/**
 * All events of a node by their names: the chosen one, whose form it has, and the additional ones, each once. Throws DsmInputError for
 * one that does not exist, or whose required parameters this form does not have.
 */
export function watchedOf(triggers: Triggers, chosen: string, additional: readonly string[]): Map<string, AnyTrigger> {
	const form = triggers[chosen]!;
	const watched = new Map([[chosen, form]]);
	for (const name of additional) {
		const other = Object.hasOwn(triggers, name) ? triggers[name]! : undefined;
		if (!other) throw refused(`there is no event "${name}"`, 'Choose the events anew.');
		if (!canAdd(form, other))
			throw refused(
				`"${other.title}" needs parameters that "${form.title}" does not have`,
				`Choose "${other.title}" as the event, and "${form.title}" as additional, or give it a node of its own.`,
			);
		watched.set(name, other);
	}
	return watched;
}

const refused = (fault: string, hint: string): DsmInputError =>
	new DsmInputError(`"Additional Events" does not fit: ${fault}.`, { path: ['additional'], hint });

/** A parameter without what is said about it: two events may describe the same one in different words. */
const meaning = ({ description: _, placeholder: __, ...rest }: Field): string => JSON.stringify(rest);

/**
 * Values of the chosen event's form that an additional event takes as well: those of parameters that mean the same in both. A threshold
 * in degrees is none in percent; there the additional event has its default.
 */
export function sharedParams(chosen: AnyTrigger, other: AnyTrigger, values: object): Record<string, unknown> {
	const own = new Map(fieldsOf(other.params).map((field) => [field.name, meaning(field)]));
	const shared = fieldsOf(chosen.params).filter((field) => own.get(field.name) === meaning(field));
	const given = values as Record<string, unknown>;
	return Object.fromEntries(
		shared.filter(({ name }) => given[name] !== undefined).map(({ name }) => [name, given[name]]),
	);
}

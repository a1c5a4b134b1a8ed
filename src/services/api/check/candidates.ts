import type { AnyOperation } from '../../../catalog/operation';
import { fitting, requiredOf, sourceOf, valueIn, wantedOf, type Source } from './values';

export type Values = Record<string, unknown>;

/** A list that was read: what it was asked with, and its rows. */
export interface Run {
	params: Values;
	rows: Values[];
}

/** What was found so far, by operation: none where it was tried in vain. */
export type Found = ReadonlyMap<string, readonly Run[]>;

/** Sets of parameters that exist on the NAS, or the parameter that nothing was found for; `isYours`: no list has values for it. */
export function candidates(
	operation: AnyOperation,
	found: Found,
): { sets: Values[] } | { lacks: string; isYours: boolean } {
	const names = byDependence(operation);
	let sets: Values[] = [{}];
	for (const name of names) {
		const source = sourceOf(operation, name);
		if (!source) return { lacks: name, isYours: true };
		const given = 'is' in source ? [{ [name]: source.is }] : source.flatMap((one) => valuesOf(one, name));
		sets = sets.flatMap((set) =>
			set[name] === undefined ? given.map((one) => ({ ...one, ...set, [name]: one[name] })) : [set],
		);
		if (sets.length === 0) return { lacks: name, isYours: false };
	}
	for (const name of wantedOf(operation)) {
		const source = sourceOf(operation, name)!;
		// What is asked for a value has its turn first.
		if (!('is' in source) && source.some(({ from }) => !found.has(from))) return { lacks: name, isYours: false };
		const given = 'is' in source ? [{ [name]: source.is }] : source.flatMap((one) => valuesOf(one, name));
		if (given.length > 0) sets = sets.flatMap((set) => given.map((one) => ({ ...set, [name]: one[name] })));
	}
	return { sets: spread(sets) };

	/** The value of each row, with what the list itself was asked with: an attachment brings its note. */
	function valuesOf(source: Source, name: string): Values[] {
		return (found.get(source.from) ?? []).flatMap(({ params, rows }) =>
			rows.flatMap((row) => {
				const value = valueIn(row, source);
				const within = Object.entries(params).filter(([one]) => names.includes(one));
				if (value === undefined) return [];
				return [{ ...Object.fromEntries(within), [name]: fitting(operation, name, value) }];
			}),
		);
	}
}

/** What is found within something comes before what it is within: it is no choice of a picker. */
function byDependence(operation: AnyOperation): string[] {
	const names = requiredOf(operation);
	const shape = operation.params.shape as Record<string, { meta: () => { choices?: unknown } | undefined }>;
	const isPicked = (name: string): boolean => shape[name]?.meta()?.choices !== undefined;
	return [...names.filter((name) => !isPicked(name)), ...names.filter(isPicked)];
}

/** The first, the last, the middle one, and so on: neighbours are often alike. */
function spread(sets: readonly Values[]): Values[] {
	const places = [0, 1, 1 / 2, 1 / 4, 3 / 4].map((part) => Math.round(part * (sets.length - 1)));
	return [...new Set([...places, ...sets.keys()])].map((place) => sets[place]!);
}

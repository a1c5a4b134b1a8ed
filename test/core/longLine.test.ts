import { describe, expect, test } from '@jest/globals';
import { allServices } from '../../src/services';
import { BUDGETS } from '../../src/core/budget';
import { parseParams } from '../../src/core/faults';
import { fieldsOf } from '../../src/host/form';

/** Every parameter of one line that hosts draw as such, with the declaration it belongs to. */
const lines = allServices().flatMap(({ id, resources, triggers, pushes = {} }) =>
	[
		...Object.entries(resources).flatMap(([resource, { operations }]) =>
			Object.entries(operations).map(([name, one]) => [`${id}.${resource}.${name}`, one.params] as const),
		),
		...Object.entries({ ...triggers, ...pushes }).map(([name, one]) => [`${id}.${name}`, one.params] as const),
	].flatMap(([of, params]) =>
		fieldsOf(params)
			.filter(({ kind, isList }) => kind === 'text' && !isList)
			.map(({ name, masked }) => ({ of, params, name, masked })),
	),
);

/** Paths, of which there may be many in one text; they have a bound of their own. */
const SEVERAL = new Set(['paths']);

describe('a parameter of one line', () => {
	test('of 1 MB is refused before anything is looked at, by its name and length', () => {
		expect(lines.length).toBeGreaterThan(500);
		const taken = lines.filter(({ of, params, name }) => {
			if (SEVERAL.has(name)) return false;
			try {
				parseParams(params, { [name]: 'A;B=C:d\n'.repeat(131_072) }, of);
				return true;
			} catch (error) {
				return !String(error).includes(`it has 1048576 characters, and at most ${BUDGETS.line.most} are taken`);
			}
		});
		expect(taken.map(({ of, name }) => `${of} ${name}`)).toEqual([]);
	});
});

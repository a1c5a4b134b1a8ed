import { callsOf, type AnyOperation } from '../../../catalog/operation';
import { wireNames } from '../../../catalog/wireNames';
import { emptyPlace, merge, type Place, type Words } from './seen';

/** What stands at one place, in a report: `text 3-12`, `number 10 | null`, `list 0-5`. */
export interface Shape {
	is: string;
	/** In how many of the objects it stood, where not in all. */
	times?: number;
	/** Under `*` what stands under keys that are not told. */
	keys?: Record<string, Shape>;
	items?: Shape;
}

/** Stands for keys that may be a user's own. */
export const HIDDEN = '*';

const NAME = /^[A-Za-z][A-Za-z0-9_]{1,39}$/;

/** Words of many APIs that this catalogue may not use itself. */
const GENERAL = [
	...[
		'allow',
		'count',
		'disable',
		'disabled',
		'enable',
		'enabled',
		'has',
		'is',
		'limit',
		'list',
		'max',
		'min',
		'offset',
	],
	...['options', 'port', 'http', 'https', 'ftp', 'ssh', 'support', 'total', 'use', 'version'],
];

/** Words of a name: `isFolder`, `is_folder` -> is, folder. */
const wordsOf = (name: string): string[] =>
	name
		.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.split('_')
		.filter((word) => word !== '');

/**
 * Says which names of fields may be told: keys can be names of users, shares or files. Told are those that the call declares, and others
 * when all of the following holds: the name is one that an API would have, made of words of this catalogue; a single word is declared
 * itself; and it stood in no text that the NAS gave.
 */
export class Names {
	readonly #declared: ReadonlySet<string>;
	readonly #vocabulary: ReadonlySet<string>;
	readonly #words: Words;

	constructor(operations: readonly AnyOperation[], words: Words) {
		this.#declared = new Set([...GENERAL, ...operations.flatMap(callsOf).flatMap((call) => [...wireNames(call)])]);
		this.#vocabulary = new Set([...this.#declared].flatMap(wordsOf));
		this.#words = words;
	}

	mayTell(key: string): boolean {
		if (!NAME.test(key) || this.#words.has(key)) return false;
		if (this.#declared.has(key)) return true;
		const words = wordsOf(key);
		return words.length > 1 && words.every((word) => this.#vocabulary.has(word));
	}

	/** What may be told of a place; `own` are the names that the call declares. */
	shapeOf({ kinds, times, keys, items }: Place, own: ReadonlySet<string>, around = times): Shape {
		const told: Record<string, Place> = {};
		const hidden = emptyPlace();
		const maps = mapKeys(keys, own);
		for (const [key, place] of keys) {
			if (own.has(key) || (!maps.has(key) && this.mayTell(key))) told[key] = place;
			else merge(hidden, place);
		}
		if (hidden.times > 0) told[HIDDEN] = hidden;
		const shapes = Object.entries(told)
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([key, place]) => [key, this.shapeOf(place, own, times)]);
		return {
			is: [...kinds]
				.map(([kind, [least, most]]) => written(kind, least, most))
				.sort()
				.join(' | '),
			...(times !== around && { times }),
			...(shapes.length > 0 && { keys: Object.fromEntries(shapes) as Record<string, Shape> }),
			...(items && { items: this.shapeOf(items, own) }),
		};
	}
}

const written = (kind: string, least: number, most: number): string =>
	most === 0 && !['list', 'object', 'text'].includes(kind)
		? kind
		: `${kind} ${least === most ? most : `${least}-${most}`}`;

/** Keys of a map: at least two that are not declared, with objects of the same fields under them. */
function mapKeys(keys: Map<string, Place>, own: ReadonlySet<string>): Set<string> {
	const groups = new Map<string, string[]>();
	for (const [key, place] of keys) {
		if (own.has(key) || place.keys.size === 0) continue;
		const form = [...place.keys.keys()].sort().join();
		groups.set(form, [...(groups.get(form) ?? []), key]);
	}
	return new Set([...groups.values()].filter(({ length }) => length > 1).flat());
}

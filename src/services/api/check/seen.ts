/** Most of what is looked at: a report says what answers look like, not how long they are. */
const DEPTH = 10;
const ITEMS = 50;
const WORDS = 200_000;
const TEXT = 4000;

/** What stands at one place of an answer, over all answers. Its keys may be the user's own: only `shape.ts` says which may be told. */
export interface Place {
	/** How often something stood here. */
	times: number;
	/** Kinds of values, with the least and most of their measure. */
	kinds: Map<string, [number, number]>;
	keys: Map<string, Place>;
	items?: Place;
}

export const emptyPlace = (): Place => ({ times: 0, kinds: new Map(), keys: new Map() });

/**
 * Kind of a value and its measure: characters of a text, digits of a whole number, entries of a list, fields of an object. Of the value
 * itself nothing is left.
 */
export function kindOf(value: unknown): [kind: string, measure: number] {
	if (value === null || value === undefined) return ['null', 0];
	if (Array.isArray(value)) return ['list', value.length];
	if (typeof value === 'object') return ['object', Object.keys(value).length];
	if (typeof value === 'boolean') return ['flag', 0];
	if (typeof value === 'number')
		return Number.isInteger(value) ? ['number', String(Math.abs(value)).length] : ['fraction', 0];
	const text = String(value as string);
	if (/^-?\d+(\.\d+)?$/.test(text)) return ['digits', text.length];
	if (/^(true|false)$/.test(text)) return ['flag text', text.length];
	if (/^\d{4}[-/]\d{2}[-/]\d{2}/.test(text)) return ['date', text.length];
	return ['text', text.length];
}

/** Adds what stands in a value to a place. */
export function look(place: Place, value: unknown, depth = 0): void {
	place.times++;
	note(place.kinds, ...kindOf(value));
	if (depth >= DEPTH || typeof value !== 'object' || value === null) return;
	if (Array.isArray(value)) {
		place.items ??= emptyPlace();
		for (const one of (value as unknown[]).slice(0, ITEMS)) look(place.items, one, depth + 1);
		return;
	}
	for (const [key, one] of Object.entries(value)) look(at(place.keys, key), one, depth + 1);
}

/** Adds one place to another. */
export function merge(into: Place, from: Place): void {
	into.times += from.times;
	for (const [kind, [least, most]] of from.kinds) {
		note(into.kinds, kind, least);
		note(into.kinds, kind, most);
	}
	for (const [key, place] of from.keys) merge(at(into.keys, key), place);
	if (from.items) merge((into.items ??= emptyPlace()), from.items);
}

function at(keys: Map<string, Place>, key: string): Place {
	const found = keys.get(key) ?? emptyPlace();
	keys.set(key, found);
	return found;
}

function note(kinds: Place['kinds'], kind: string, measure: number): void {
	const [least, most] = kinds.get(kind) ?? [measure, measure];
	kinds.set(kind, [Math.min(least, measure), Math.max(most, measure)]);
}

/** Words of all texts that the NAS gave: no key that is one of them may be told. */
export class Words {
	readonly #words = new Set<string>();
	/** There were more than are kept: then nothing can be said of any key. */
	isFull = false;

	add(value: unknown, depth = 0): void {
		if (typeof value === 'string') this.#addText(value);
		else if (typeof value === 'object' && value !== null && depth < DEPTH)
			for (const one of Object.values(value)) this.add(one, depth + 1);
		this.isFull ||= this.#words.size > WORDS;
	}

	has(key: string): boolean {
		return this.isFull || this.#words.has(key.toLowerCase());
	}

	#addText(text: string): void {
		for (const word of text
			.slice(0, TEXT)
			.toLowerCase()
			.split(/[^a-z0-9_]+/))
			if (word !== '') this.#words.add(word);
	}
}

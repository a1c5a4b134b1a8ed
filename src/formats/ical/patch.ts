import { ICAL } from '../../vendor/ical';
import { blockOf, folded, isBlock, lineEndOf, unfolded, type Block, type Line } from './lines';
import { parseIcs, type Component } from './text';

/** A property, and a component, of jCal (RFC 7265). */
type Property = [name: string, ...unknown[]];
type Parts = [name: string, properties: Property[], components: Parts[]];

/** A component as it was, and the parts that ical.js goes on to change: a component stays itself whatever becomes of it. */
interface Seen {
	parts: Parts;
	live: Parts;
	components: Seen[];
}
const seen = (live: Parts): Seen => ({ parts: structuredClone(live), live, components: live[2].map(seen) });

/**
 * A text with a change of its components. The lines of properties that the change leaves as they are stay byte for byte, with their
 * folds, order and ends. Throws an Error where the text cannot be read.
 */
export function patched(text: string, change: (calendar: Component) => void): string {
	const calendar = parseIcs(text);
	const { before, block, after } = blockOf(text);
	const old = seen(calendar.toJSON() as Parts);
	change(calendar);
	const rawsOf = (lines: readonly Line[]) => lines.map(({ raw }) => raw).join('');
	return rawsOf(before) + new Patch(lineEndOf(text)).of(block, old, calendar.toJSON() as Parts) + rawsOf(after);
}

class Patch {
	constructor(private readonly end: string) {}

	/** A component that was `before` and shall be `after`. */
	of(block: Block, before: Seen, after: Parts): string {
		const head = [this.whole(block.begin)];
		const tail: string[] = [];
		const [, own] = before.parts;
		const properties = differenceOf(own, after[1]);
		const { next, fresh: added } = successorsOf(before.components, after[2]);
		// What is new stands where the first one of its name stood, else behind the other properties.
		const instead = new Map<number, Property[]>();
		const fresh: Property[] = [];
		for (const one of properties.fresh) {
			const place = own.findIndex(([name], index) => name === one[0] && !properties.kept.has(index));
			if (place < 0) fresh.push(one);
			else instead.set(place, [...(instead.get(place) ?? []), one]);
		}
		let [property, component] = [0, 0];
		for (const one of block.inner) {
			if (isBlock(one)) {
				const old = before.components[component++]!;
				const then = next.get(old);
				if (then) tail.push(this.of(one, old, then));
			} else {
				const part = tail.length > 0 ? tail : head;
				const isFiller = one.text === '';
				const index = isFiller ? -1 : property++;
				if (isFiller || properties.kept.has(index)) part.push(this.whole(one));
				else part.push(...(instead.get(index) ?? []).map((two) => this.written(two)));
			}
		}
		head.push(...fresh.map((one) => this.written(one)));
		tail.push(...added.map((one) => this.made(one)));
		return [...head, ...tail, block.end.raw].join('');
	}

	private made([name, properties, components]: Parts): string {
		const lines = [...properties.map((one) => this.written(one)), ...components.map((one) => this.made(one))];
		return `BEGIN:${name.toUpperCase()}${this.end}${lines.join('')}END:${name.toUpperCase()}${this.end}`;
	}

	private written(property: Property): string {
		return `${folded(unfolded(new ICAL.Property(property).toICALString()), this.end)}${this.end}`;
	}

	private whole({ raw }: Line): string {
		return /[\r\n]$/.test(raw) ? raw : `${raw}${this.end}`;
	}
}

/** Places of `before` that are kept, and what of `after` is new; the same thing twice counts twice. */
function differenceOf<T>(before: readonly T[], after: readonly T[]): { kept: Set<number>; fresh: T[] } {
	const places = new Map<string, number[]>();
	for (const [index, one] of before.entries()) {
		const key = JSON.stringify(one);
		places.set(key, [...(places.get(key) ?? []), index]);
	}
	const kept = new Set<number>();
	const fresh = after.filter((one) => {
		const place = places.get(JSON.stringify(one))?.shift();
		if (place !== undefined) kept.add(place);
		return place === undefined;
	});
	return { kept, fresh };
}

/**
 * What becomes of components: they stay themselves, or are put anew with the same content, or at least the same name. The rest of `after`
 * is fresh.
 */
function successorsOf(before: readonly Seen[], after: readonly Parts[]): { next: Map<Seen, Parts>; fresh: Parts[] } {
	const next = new Map<Seen, Parts>();
	const fresh = [...after];
	const pair = (fits: (one: Seen, other: Parts) => boolean) => {
		for (const one of before) {
			const place = next.has(one) ? -1 : fresh.findIndex((other) => fits(one, other));
			if (place >= 0) next.set(one, fresh.splice(place, 1)[0]!);
		}
	};
	pair(({ live }, other) => live === other);
	pair(({ parts }, other) => JSON.stringify(parts) === JSON.stringify(other));
	pair(({ parts: [name] }, other) => name === other[0]);
	return { next, fresh };
}

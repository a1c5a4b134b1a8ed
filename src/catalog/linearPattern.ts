/** One step of a pattern: reads a character, looks at a place, goes on in two ways at once, or has found all of it. */
type Step =
	| { reads: RegExp }
	| { looks: (before: string | undefined, after: string | undefined) => boolean }
	| { to: readonly number[] }
	| { isEnd: true };

/** A part of a pattern: its steps from a place on. */
type Part = (at: number) => Step[];

/** Steps of the longest pattern that is taken: a text takes so many looks for each of its characters. */
const MOST = 500;

const ATOM =
	/\.|\[(?:\\.|[^\]\\])*\]|\\u\{[\da-f]+\}|\\u[d][89ab][\da-f]{2}\\u[d][c-f][\da-f]{2}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\c[a-z]|\\p\{[^}]*\}|\\.|[^\\]/isuy;
const TIMES = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;

const isWord = (character: string | undefined): boolean => character !== undefined && /\w/iu.test(character);

/** What looks at a place, and reads nothing. */
const PLACES: Record<string, (before?: string, after?: string) => boolean> = {
	'^': (before) => before === undefined,
	$: (_before, after) => after === undefined,
	'\\b': (before, after) => isWord(before) !== isWord(after),
	'\\B': (before, after) => isWord(before) === isWord(after),
};

/**
 * Whether texts hold what a regular expression describes (flags `iu`), in a time that only grows with their length: all ways are
 * followed at once, so that none is tried twice. Takes what `new RegExp` takes, but for what looks around or back; throws an Error
 * that says what.
 */
export function linearPattern(expression: string): (text: string) => boolean {
	const steps: Step[] = [...new Reader(expression).all()(0), { isEnd: true }];
	return (text) => runs(steps, Array.from(text));
}

function runs(steps: readonly Step[], text: readonly string[]): boolean {
	let here = new Set<number>();
	for (let index = 0; index <= text.length; index++) {
		const ways = reach(steps, [...here, 0], text[index - 1], text[index]);
		if (!ways) return true;
		here = new Set();
		for (const way of ways) {
			const step = steps[way]!;
			if ('reads' in step && index < text.length && step.reads.test(text[index]!)) here.add(way + 1);
		}
	}
	return false;
}

/** Every step that is reached without reading; undefined: the end is among them. */
function reach(steps: readonly Step[], from: number[], before?: string, after?: string): Set<number> | undefined {
	const seen = new Set<number>();
	while (from.length > 0) {
		const at = from.pop()!;
		if (seen.has(at)) continue;
		seen.add(at);
		const step = steps[at]!;
		if ('isEnd' in step) return undefined;
		if ('to' in step) from.push(...step.to);
		else if ('looks' in step && step.looks(before, after)) from.push(at + 1);
	}
	return seen;
}

/** Reads an expression that is known to be one. */
class Reader {
	#at = 0;

	constructor(readonly text: string) {}

	/** Alternatives, up to the end of the group. */
	all(): Part {
		let part = this.#row();
		while (this.text[this.#at] === '|') {
			this.#at += 1;
			part = either(part, this.#row());
		}
		return part;
	}

	#row(): Part {
		const parts: Part[] = [];
		while (this.#at < this.text.length && !'|)'.includes(this.text[this.#at]!)) parts.push(this.#times(this.#one()));
		return row(parts);
	}

	#one(): Part {
		const place = Object.keys(PLACES).find((one) => this.text.startsWith(one, this.#at));
		if (place !== undefined) {
			this.#at += place.length;
			return () => [{ looks: PLACES[place]! }];
		}
		if (this.text[this.#at] === '(') return this.#group();
		const atom = this.#take(ATOM)![0];
		if (/^\\[1-9k]/.test(atom)) throw new Error('references to groups are not possible here');
		return () => [{ reads: new RegExp(`^(?:${atom})$`, 'iu') }];
	}

	#group(): Part {
		if (!this.#take(/\((?!\?)|\(\?:|\(\?<(?![=!])[^>]*>/y)) throw new Error('look-around is not possible here');
		const part = this.all();
		this.#at += 1;
		return part;
	}

	#times(part: Part): Part {
		const found = this.#take(TIMES);
		if (!found) return part;
		const [, sign, least, comma, most] = found;
		if (sign === '?') return maybe(part);
		if (sign) return sign === '*' ? maybe(again(part)) : again(part);
		const fewest = Number(least);
		const many = comma === '' ? fewest : most === '' ? undefined : Number(most);
		if (Math.max(fewest, many ?? 0) > MOST) throw new Error('it repeats too often');
		const needed = Array.from({ length: fewest }, () => part);
		if (many === undefined) return row([...needed, maybe(again(part))]);
		return row([...needed, ...Array.from({ length: many - fewest }, () => maybe(part))]);
	}

	#take(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.text);
		this.#at += found?.[0].length ?? 0;
		return found;
	}
}

const row =
	(parts: readonly Part[]): Part =>
	(at) => {
		const steps: Step[] = [];
		for (const part of parts) {
			steps.push(...part(at + steps.length));
			if (steps.length > MOST) throw new Error('it repeats too often');
		}
		return steps;
	};

const either =
	(one: Part, other: Part): Part =>
	(at) => {
		const first = one(at + 1);
		const second = other(at + first.length + 2);
		const end = at + first.length + second.length + 2;
		return [{ to: [at + 1, at + first.length + 2] }, ...first, { to: [end] }, ...second];
	};

const maybe =
	(part: Part): Part =>
	(at) => {
		const steps = part(at + 1);
		return [{ to: [at + 1, at + 1 + steps.length] }, ...steps];
	};

const again =
	(part: Part): Part =>
	(at) => {
		const steps = part(at);
		return [...steps, { to: [at, at + steps.length + 1] }];
	};

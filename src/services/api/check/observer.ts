import { withOddValues } from '../../../catalog/row';
import type { AnyOperation } from '../../../catalog/operation';
import { wireNames } from '../../../catalog/wireNames';
import { usedVersion, type Call } from '../../../core/call';
import type { ApiInfo } from '../../../core/dsm';
import { keyOf, type CallReport, type Difference } from './report';
import { emptyPlace, kindOf, look, Words, type Place } from './seen';
import { HIDDEN, Names } from './shape';

interface Heard {
	call: Call;
	place: Place;
	differences: Map<string, Difference>;
}

/** Looks at answers: what they are made of, and where they are not as their calls declare them. */
export class Observer {
	readonly #heard = new Map<string, Heard>();
	readonly #words = new Words();

	/** What else may not be told: the account, its address, names of users. */
	hide(...values: unknown[]): void {
		for (const value of values) this.#words.add(value);
	}

	hear(call: Call, data: unknown): void {
		this.#words.add(data);
		const heard = this.#heard.get(keyOf(call)) ?? { call, place: emptyPlace(), differences: new Map() };
		this.#heard.set(keyOf(call), heard);
		look(heard.place, data);
		for (const one of differencesOf(call, data)) heard.differences.set(`${one.what} ${one.at} ${one.is}`, one);
	}

	differs(call: Call): boolean {
		return (this.#heard.get(keyOf(call))?.differences.size ?? 0) > 0;
	}

	/** What was heard of each call. `operations`: all there are, whose words may be told. */
	reports(operations: readonly AnyOperation[], apis: Readonly<Record<string, ApiInfo>>): Record<string, CallReport> {
		const names = new Names(operations, this.#words);
		const reports = [...this.#heard].map(([key, { call, place, differences }]): [string, CallReport] => {
			const { api, method, version, basis = '' as const, source = '' } = call;
			const info = apis[api];
			const used = info ? usedVersion(call, info) : version;
			const shape = names.shapeOf(place, wireNames(call));
			const own = { api, method, version, used, basis, source };
			return [key, { ...own, answers: place.times, shape, differences: [...differences.values()] }];
		});
		return Object.fromEntries(reports.sort(([one], [other]) => (one < other ? -1 : 1)));
	}
}

function differencesOf(call: Call, data: unknown): Difference[] {
	const { answer } = call;
	if (!answer) return [];
	const own = wireNames(call);
	if (own.size > 0 && isEmpty(data)) return [{ what: 'lacks', at: '', is: 'object' }];
	const { parsed, odd } = withOddValues(() => answer.safeParse(data));
	const lacking = parsed.success
		? []
		: firstOf(parsed.error.issues).map((issue): Difference => ({
				what: 'lacks',
				at: issue.path.map((part) => told(part, own)).join('.'),
				is: issue.code === 'custom' ? 'none' : kindOf(valueAt(issue.path, data))[0],
			}));
	const kinds = odd.map(({ name, value }): Difference => ({ what: 'odd', at: name, is: kindOf(value)[0] }));
	return [...lacking, ...kinds];
}

/** Every field of an answer may be optional; without any, it does not answer what was asked. */
const isEmpty = (data: unknown): boolean =>
	typeof data === 'object' && data !== null && !Array.isArray(data) && Object.keys(data).length === 0;

/** Where the answer itself is none, nothing more can be said of it. */
const firstOf = <I extends { path: readonly PropertyKey[] }>(issues: readonly I[]): readonly I[] =>
	issues[0]?.path.length === 0 ? issues.slice(0, 1) : issues;

const told = (part: PropertyKey, own: ReadonlySet<string>): string =>
	typeof part === 'number' ? '#' : own.has(String(part)) ? String(part) : HIDDEN;

/** What stands at a path; the list of a list call is under another name in its answer: nothing is said of it then. */
function valueAt(path: readonly PropertyKey[], data: unknown): unknown {
	let value = data;
	for (const part of path) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = (value as Record<PropertyKey, unknown>)[part];
	}
	return value;
}

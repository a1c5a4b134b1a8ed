import { wireNames } from '../../catalog/wireNames';
import type { Call } from '../../core/call';
import type { CallReport, Report } from '../../services/api/check/report';
import { HIDDEN, type Shape } from '../../services/api/check/shape';
import type { Deviation } from '../../simulator';

/** Kinds of a report as JSON has them: `digits 3 | null` -> text. Null tells nothing: it is there now and then. */
const kindsOf = ({ is }: Shape): string[] => [
	...new Set(is.split(' | ').flatMap((one) => KINDS[one.replace(/ [\d-]+$/, '')] ?? [])),
];
const KINDS: Readonly<Record<string, string>> = {
	...{ text: 'text', digits: 'text', date: 'text', 'flag text': 'text', number: 'number', fraction: 'number' },
	...{ flag: 'flag', list: 'list', object: 'object' },
};

/** Where the answers of a checked NAS are of another form than those of the simulated one, for calls that both answered. */
export function deviations(theirs: Report, ours: Report, calls: ReadonlyMap<string, Call>): Deviation[] {
	const formed = Object.entries(theirs.calls).flatMap(([key, call]) => {
		const own = ours.calls[key];
		const declared = calls.get(key);
		return own && declared ? within(call, call.shape, own.shape, wireNames(declared), []) : [];
	});
	return [...formed, ...refusals(theirs, ours)];
}

function within(
	{ api, method }: Pick<CallReport, 'api' | 'method'>,
	theirs: Shape,
	ours: Shape,
	declared: ReadonlySet<string>,
	at: string[],
): Deviation[] {
	const say = (what: Deviation['what'], is: string, name?: string): Deviation => ({
		...{ api, method },
		at: name === undefined ? at : [...at, name],
		...{ what, is },
	});
	const [new_, old] = [kindsOf(theirs), kindsOf(ours)];
	if (new_.length === 1 && old.length > 0 && !old.includes(new_[0]!))
		return at.length > 0 ? [say('kind', new_[0]!)] : [];
	const items =
		theirs.items && ours.items ? within({ api, method }, theirs.items, ours.items, declared, [...at, '#']) : [];
	const { keys = {} } = theirs;
	const { keys: own = {} } = ours;
	// Of an object that was never there, or of a map, nothing is known.
	const isKnown = theirs.keys !== undefined && ours.keys !== undefined;
	if (!isKnown) return items;
	const gone = Object.keys(own)
		// A name that is not declared may be one of those that are not told.
		.filter((name) => name !== HIDDEN && keys[name] === undefined && (declared.has(name) || keys[HIDDEN] === undefined))
		.map((name) => say('gone', '', name));
	const others = Object.entries(keys).flatMap(([name, shape]) => {
		if (name === HIDDEN) return [];
		const known = own[name];
		if (known) return within({ api, method }, shape, known, declared, [...at, name]);
		return [say('new', kindsOf(shape)[0] ?? 'null', name)];
	});
	return [...items, ...gone, ...others];
}

/** Codes that say what a NAS has, not what was asked about. */
const TELLING = new Set([102, 103, 104, 105, 120]);

/** Calls without which an operation failed there, and that the simulated NAS answers. */
function refusals(theirs: Report, ours: Report): Deviation[] {
	const found = theirs.operations.flatMap(({ id, outcome, code, call = '' }) => {
		const works = ours.operations.some((one) => one.id === id && one.outcome === 'works');
		const [api, method] = call.split(' ');
		if (outcome !== 'failed' || !works || code === undefined || !TELLING.has(code) || !api || !method) return [];
		return theirs.calls[call]
			? []
			: [[call, { api, method, at: [], what: 'code', is: String(code) } satisfies Deviation] as [string, Deviation]];
	});
	return [...new Map(found).values()];
}

/** Calls that were inferred only, and are as declared on a NAS: something was in the answer, and what of it is declared has its form. */
export const confirmedBy = (report: Report, calls: ReadonlyMap<string, Call>): string[] =>
	Object.entries(report.calls)
		.filter(([key, { shape, differences }]) => {
			const call = calls.get(key);
			if (call?.basis !== 'inferred' || differences.length > 0) return false;
			const declared = wireNames(call);
			return declared.size === 0 ? hasContent(shape) : tells(shape, declared);
		})
		.map(([key]) => key)
		.sort();

const hasContent = ({ keys = {}, items }: Shape): boolean =>
	Object.keys(keys).length > 0 || (items !== undefined && items.is !== '');

/** Whether a declared field stands in a row, or in an answer that is no list. */
function tells(shape: Shape, declared: ReadonlySet<string>, isTop = true): boolean {
	const { keys = {}, items } = shape;
	if (items && tells(items, declared, false)) return true;
	return Object.entries(keys).some(([name, one]) => {
		const isList = one.is.startsWith('list') || name === 'total' || name === 'offset';
		return (declared.has(name) && !(isTop && isList)) || tells(one, declared, false);
	});
}

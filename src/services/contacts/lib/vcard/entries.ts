import { addressParts, kindOfLine, typedOf, type Address, type Typed } from './contactFields';
import { escaped, makeLine, partsOf, type Card, type Line } from './lines';
import { withValue } from './versions';

/** Kinds that vCard itself knows; any other is a label of the owner's own (contacts.md 8.3). */
const KINDS =
	/^(?:home|work|cell|fax|pager|voice|msg|video|pcs|car|bbs|modem|isdn|main|text|textphone|iphone|other|dom|intl|postal|parcel|x400|x-[\w-]+)$/i;
const kindsIn = (type: string): string[] => type.split(/[\s,]+/).filter((kind) => kind !== '');

const same = (a = '', b = ''): boolean => a.toLowerCase() === b.toLowerCase();

/** Lines of entries in place of those that a card has. What stays as it is stays to the byte; what is corrected keeps its label. */
interface Entries<E extends { type?: string | undefined }> {
	old: readonly Line[];
	given: readonly E[];
	card: Card;
	/** Whether an entry is what a line says. */
	isSame: (line: Line, entry: E) => boolean;
	/** The line with the value of an entry. */
	corrected: (line: Line, entry: E) => Line;
	/** A new line, for the group of its own label. */
	made: (entry: E, types: string[], group: string | undefined) => Line;
}

export interface Written {
	lines: Line[];
	/** What became of the lines that were there; those that are gone have none. */
	after: Map<Line, Line>;
}

export function entryLines<E extends { type?: string | undefined }>(about: Entries<E>): Written {
	const { old, given, card } = about;
	const after = new Map<Line, Line>();
	const kept = given.map((entry) => {
		const line = old.find((one) => !after.has(one) && about.isSame(one, entry));
		if (line) after.set(line, line);
		return line;
	});
	const groups = new Set(card.lines.map(({ group }) => group));
	const lines = given.flatMap((entry, index): Line[] => {
		if (kept[index]) return [kept[index]];
		const before = old.find(
			(one, place) =>
				!after.has(one) && (entry.type === undefined ? place === index : same(kindOfLine(one, card), entry.type)),
		);
		if (before) {
			const line = about.corrected(before, entry);
			after.set(before, line);
			return [line];
		}
		const types = kindsIn(entry.type ?? '');
		if (types.every((type) => KINDS.test(type))) return [about.made(entry, types, undefined)];
		const group = freeGroup(groups);
		return [about.made(entry, [], group), makeLine('X-ABLabel', escaped(entry.type!), {}, group)];
	});
	return { lines, after };
}

function freeGroup(taken: Set<string | undefined>): string {
	for (let number = 1; ; number++) {
		const group = `item${number}`;
		if (taken.has(group)) continue;
		taken.add(group);
		return group;
	}
}

/** Email addresses, phone numbers and websites. A kind that is not given leaves the one that is there. */
export function typedLines(card: Card, name: 'EMAIL' | 'TEL' | 'URL', given: readonly Typed[]): Line[] {
	const old = card.lines.filter((line) => line.name === name && line.value !== '');
	const known = typedOf(card, name);
	const valueOf = ({ value }: Typed) => (name === 'URL' ? value : escaped(value));
	return entryLines({
		...{ old, given, card },
		isSame: (line, { value, type, preferred }) => {
			const one = known[old.indexOf(line)]!;
			const isKind = type === undefined || same(type, one.type);
			return one.value === value && isKind && (preferred ?? one.preferred ?? false) === (one.preferred ?? false);
		},
		corrected: (line, entry) => {
			if (entry.preferred === undefined) return withValue(line, valueOf(entry));
			const { TYPE: types = [], PREF: _pref, ...others } = line.params;
			const rest = types.filter((type) => !/^pref$/i.test(type));
			const all = [...rest, ...(entry.preferred ? ['PREF'] : [])];
			return makeLine(name, valueOf(entry), { ...others, ...(all.length > 0 && { TYPE: all }) }, line.group);
		},
		made: (entry, types, group) => {
			const all = [
				...(name === 'EMAIL' ? ['INTERNET'] : []),
				...types.map((type) => type.toUpperCase()),
				...(entry.preferred ? ['PREF'] : []),
			];
			return makeLine(name, valueOf(entry), all.length > 0 ? { TYPE: all } : {}, group);
		},
	}).lines;
}

/** Postal addresses, and the lines that show them whole on a letter, which say the same. */
export function addressLines(card: Card, given: readonly Address[]): { addresses: Line[]; labels: Line[] } {
	const old = card.lines.filter(({ name }) => name === 'ADR');
	const valueOf = (entry: Address) => addressParts(entry).map(escaped).join(';');
	const { lines, after } = entryLines<Address>({
		...{ old, given, card },
		isSame: (line, entry) => {
			const parts = addressParts(entry);
			const before = partsOf(line.value);
			return (
				parts.every((part, index) => part === (before[index] ?? '')) &&
				(entry.type === undefined || same(kindOfLine(line, card), entry.type))
			);
		},
		corrected: ({ params: { LABEL: _label, ...params }, group }, entry) =>
			makeLine('ADR', valueOf(entry), params, group),
		made: (entry, types, group) =>
			makeLine('ADR', valueOf(entry), types.length > 0 ? { TYPE: types.map((type) => type.toUpperCase()) } : {}, group),
	});
	const labels = card.lines.filter(({ name }) => name === 'LABEL');
	const kept = labels.flatMap((label): Line[] => {
		const of = old.find((line) => line.group === label.group && same(kindOfLine(line, card), kindOfLine(label, card)));
		if (!of) return [label];
		const now = after.get(of);
		if (now === undefined) return [];
		return now === of ? [label] : [withValue(label, escaped(letterOf(partsOf(now.value))))];
	});
	return { addresses: lines, labels: kept };
}

/** An address as it stands on a letter. */
function letterOf([
	box = '',
	extended = '',
	street = '',
	city = '',
	region = '',
	code = '',
	country = '',
]: string[]): string {
	const place = [code, city].filter(Boolean).join(' ');
	return [box, extended, street, place, region, country].filter((line) => line !== '').join('\n');
}

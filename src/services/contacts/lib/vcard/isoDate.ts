import type { Card, Line } from './lines';

/** A date of a card as `1980-04-23`, or `--04-23` where the year is unknown; undefined: it is none. */
export function isoDate({ value, params }: Pick<Line, 'value' | 'params'>): string | undefined {
	const match = /^(?:(\d{4})-?|--)(\d\d)-?(\d\d)(?:[T ].*)?$/.exec(value.trim());
	if (!match) return undefined;
	const [, year, month, day] = match;
	// The year by which Apple's programs say that there is none; some leave out the parameter that says so.
	const isOmitted = year === undefined || year === '1604' || params['X-APPLE-OMIT-YEAR']?.includes(year);
	return `${isOmitted ? '-' : year}-${month}-${day}`;
}

const ANNIVERSARIES = ['ANNIVERSARY', 'X-ANNIVERSARY', 'X-EVOLUTION-ANNIVERSARY', 'X-KADDRESSBOOK-X-ANNIVERSARY'];

/** The line of an anniversary, in any of the forms that programs write (contacts.md 8.3). */
export const anniversaryLine = ({ lines }: Card): Line | undefined =>
	lines.find(({ name }) => ANNIVERSARIES.includes(name)) ??
	lines.find(
		({ name, group }) =>
			name === 'X-ABDATE' &&
			lines.some((label) => label.name === 'X-ABLABEL' && label.group === group && /anniversary/i.test(label.value)),
	);

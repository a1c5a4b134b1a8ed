import { ICAL } from '../../vendor/ical';

export type Component = InstanceType<typeof ICAL.Component>;

/** Joins lines that were folded (RFC 5545, 3.1). */
export const unfolded = (text: string): string => text.replace(/\r?\n[ \t]/g, '');

/** Folds a line after 75 bytes at most, between characters (RFC 5545, 3.1). */
export function folded(line: string): string {
	const pieces: string[] = [];
	let [piece, bytes] = ['', 0];
	for (const character of line) {
		const size = Buffer.byteLength(character);
		if (bytes + size > (pieces.length === 0 ? 75 : 74)) {
			pieces.push(piece);
			[piece, bytes] = ['', 0];
		}
		piece += character;
		bytes += size;
	}
	return [...pieces, piece].join('\r\n ');
}

const DAYS = /^((?:DTSTART|DTEND|DUE|RECURRENCE-ID|EXDATE|RDATE)(?:;(?!VALUE=)[^:;]*)*):(\d{8}(?:,\d{8})*)\s*$/i;

/** A line as it should be; the same line where nothing is wrong. Days without VALUE=DATE are common in files of holidays. */
export const repairedLine = (line: string): string =>
	DAYS.test(line) && !/;VALUE=/i.test(line)
		? line.replace(DAYS, (_, head: string, days: string) => `${head.replace(/;TZID=[^:;]*/i, '')};VALUE=DATE:${days}`)
		: line;

/** Components of an iCalendar text, which is unfolded and repaired first. Throws when it is none. */
export function parseIcs(text: string): Component {
	const lines = unfolded(text).split(/\r\n|\n|\r/);
	return new ICAL.Component(ICAL.parse(lines.map(repairedLine).join('\r\n')) as never[]);
}

/** Text of a property; empty when there is none. */
export const wordsOf = (component: Component, name: string): string =>
	String(component.getFirstPropertyValue(name) ?? '');

/** The component that is no exception of a series. */
export const masterOf = (components: readonly Component[]): Component | undefined =>
	components.find((one) => !one.hasProperty('recurrence-id')) ?? components[0];

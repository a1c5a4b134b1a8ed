import { ICAL } from '../../vendor/ical';
import { linesOf } from './lines';

export type Component = InstanceType<typeof ICAL.Component>;

const DAYS = /^((?:DTSTART|DTEND|DUE|RECURRENCE-ID|EXDATE|RDATE)(?:;(?!VALUE=)[^:;]*)*):(\d{8}(?:,\d{8})*)\s*$/i;

/** A line as it should be; the same line where nothing is wrong. Days without VALUE=DATE are common in files of holidays. */
export const repairedLine = (line: string): string =>
	DAYS.test(line) && !/;VALUE=/i.test(line)
		? line.replace(DAYS, (_, head: string, days: string) => `${head.replace(/;TZID=[^:;]*/i, '')};VALUE=DATE:${days}`)
		: line;

/** Components of an iCalendar text, which is unfolded and repaired first. Throws when it is none. */
export function parseIcs(text: string): Component {
	const lines = linesOf(text.replace(/^\uFEFF/, '')).map((line) => repairedLine(line.text));
	return new ICAL.Component(ICAL.parse(lines.join('\r\n')) as never[]);
}

/** Text of a property; empty when there is none. */
export const wordsOf = (component: Component, name: string): string =>
	String(component.getFirstPropertyValue(name) ?? '');

/** The component that is no exception of a series. */
export const masterOf = (components: readonly Component[]): Component | undefined =>
	components.find((one) => !one.hasProperty('recurrence-id')) ?? components[0];

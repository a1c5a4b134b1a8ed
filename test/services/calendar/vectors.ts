import { readFileSync } from 'node:fs';
import { instancesOf } from '../../../src/formats/ical/expand';
import { parseIcs } from '../../../src/formats/ical/text';
import { inZone, isoOf, readWhen } from '../../../src/services/calendar/lib/time';
import { occurrences, parseObject } from '../../../src/simulator/services/calendar/object';
import { secondsOf, stampAt, stampFrom, textOf } from '../../../src/simulator/services/calendar/times';

interface Vectors {
	/** Wall clock and UTC, from Python's zoneinfo. */
	zones: { zone: string; local: string; utc: string }[];
	/** Starts of a series, from python-dateutil on the wall clock. */
	series: {
		name: string;
		zone: string;
		start: string;
		rule: string;
		exdates?: string[];
		from?: string;
		to?: string;
		expected: string[];
	}[];
}
/** `20261019T103000` */
const compactOf = (local: string): string => local.replace(/[-:]/g, '').padEnd(15, '0');
const utc = (seconds: number): string => isoOf(seconds, 'UTC');

/** The series of a vector as iCalendar. */
function icsOf({ zone, start, rule, exdates = [] }: Vectors['series'][number]): string {
	const compact = start.replace(/[-:]/g, '');
	const isDay = start.length === 10;
	const time = (name: string, text: string) =>
		isDay ? `${name};VALUE=DATE:${text}` : `${name};TZID=${zone}:${text.padEnd(15, '0')}`;
	const lines = ['UID:v', time('DTSTART', compact), `RRULE:${rule}`, ...exdates.map((text) => time('EXDATE', text))];
	return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}

/** Bounds of a look at a series: those of the vector, else so wide that its end is seen. */
function boundsOf({ zone, from, to, start }: Vectors['series'][number]): [number, number] {
	const at = (text: string) => inZone(readWhen(text)!, zone).toSeconds();
	return [from ? at(from) : at(start) - 86_400, to ? at(to) : at(start) + 20 * 366 * 86_400];
}

const shown = (seconds: number, isDay: boolean) => (isDay ? utc(seconds).slice(0, 10) : utc(seconds));

/** One vector as it was computed here. */
export interface Outcome {
	name: string;
	found: unknown;
	expected: unknown;
}

/** What client and simulated NAS make of the vectors of a file. */
export function outcomesOf(file: string): Outcome[] {
	const { zones, series } = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
	const times = zones.flatMap(({ zone, local, utc: expected }): Outcome[] => [
		{ name: `${local} in ${zone}`, found: utc(inZone(readWhen(local)!, zone).toSeconds()), expected },
		{
			name: `${expected} shown in ${zone}`,
			found: Date.parse(isoOf(Date.parse(expected) / 1000, zone)),
			expected: Date.parse(expected),
		},
		{
			name: `${local} in ${zone}, by the simulated NAS`,
			found: utc(secondsOf(stampFrom(compactOf(local), zone)!)),
			expected,
		},
		{
			name: `${expected} shown in ${zone}, by the simulated NAS`,
			found: textOf(stampAt(Date.parse(expected) / 1000, zone).local),
			expected: isoOf(Date.parse(expected) / 1000, zone)
				.slice(0, 19)
				.replace(/[-:]/g, ''),
		},
	]);
	const rules = series.flatMap((vector): Outcome[] => {
		const [from, to] = boundsOf(vector);
		const { name, expected } = vector;
		const isDay = vector.start.length === 10;
		const client = instancesOf(parseIcs(icsOf(vector)), from, to).map(({ start }) => shown(start.seconds, isDay));
		const nas = occurrences(parseObject(icsOf(vector))!, from, to).map(({ start }) => shown(secondsOf(start), isDay));
		return [
			{ name: `${name}, expanded by the client`, found: client, expected },
			{ name: `${name}, expanded by the simulated NAS`, found: nas, expected },
		];
	});
	return [...times, ...rules];
}

import { DateTime, IANAZone } from '../../../vendor/luxon';
import { z } from '../../../vendor/zod';

/** A moment as somebody gave it: exact, on the wall clock of a zone yet to be told, or a day. */
export type When = { at: number } | { local: string } | { date: string };

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** Reads ISO 8601 or milliseconds; undefined: it is none. */
export function readWhen(value: string | number): When | undefined {
	if (typeof value === 'number') return { at: value };
	const text = value.trim().replace(' ', 'T');
	if (/^\d{12,14}$/.test(text)) return { at: Number(text) };
	const parsed = DateTime.fromISO(text, { setZone: true });
	if (!parsed.isValid) return undefined;
	if (DATE.test(text)) return { date: text };
	return OFFSET.test(text) ? { at: parsed.toMillis() } : { local: text };
}

/** Parameter: ISO 8601 with an offset, without one (then on the wall clock of the event's zone), or a date. */
export const when = () =>
	z
		.union([z.number().int(), z.string().min(1)])
		.transform((value, context) => {
			const read = readWhen(value);
			if (read) return read;
			context.addIssue({
				code: 'custom',
				message: `"${value}" is not a date and time, e.g. 2026-11-22T08:00:00+01:00 or 2026-11-22`,
			});
			return z.NEVER;
		})
		.meta({ widget: 'moment', local: true });

export const isZone = (name: string): boolean => IANAZone.isValidZone(name);

/**
 * The moment in a zone. A wall-clock time that comes twice is the first one, and one that the change of the clocks leaves out is
 * counted from the offset before it (RFC 5545, 3.3.5), whatever the zone and season of this computer.
 */
export function inZone(given: When, zone: string): DateTime {
	if ('at' in given) return DateTime.fromMillis(given.at, { zone });
	const at = DateTime.fromISO('date' in given ? given.date : given.local, { zone });
	return at.getPossibleOffsets()[0] ?? at;
}

/** Seconds since the epoch. */
export const secondsOf = (given: When, zone: string): number => Math.floor(inZone(given, zone).toSeconds());

/** `2026-11-22`: the day in a zone. */
export const dayOf = (given: When, zone: string): string =>
	'date' in given ? given.date : inZone(given, zone).toISODate()!;

/** The day so many days later. */
export const dayAfter = (day: string, days = 1): string =>
	DateTime.fromISO(day, { zone: 'UTC' }).plus({ days }).toISODate()!;

/** Seconds of midnight in UTC: how Calendar takes days (calendar.md 5.4). */
export const utcMidnight = (day: string): number => DateTime.fromISO(day, { zone: 'UTC' }).toSeconds();

/** ISO 8601 with the offset of a zone; of UTC when the zone is unknown. */
export function isoOf(seconds: number, zone: string): string {
	// A write may have been done although its answer does not say when.
	if (!Number.isFinite(seconds)) return '';
	const at = DateTime.fromSeconds(seconds, { zone: isZone(zone) ? zone : 'UTC' });
	return at.toISO({ suppressMilliseconds: true }) ?? '';
}

/** `20230601` or `20230601T080000` as a date of ISO 8601; undefined: it is none. */
export const dateOfText = (text: string): string | undefined =>
	/^\d{8}/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}` : undefined;

/** `20230704T100000`, or `20230704` for a day: how a recurrence id names an occurrence. */
export const recurrenceText = (given: When, zone: string, isAllDay: boolean): string =>
	isAllDay ? dayOf(given, zone).replaceAll('-', '') : inZone(given, zone).toFormat("yyyyMMdd'T'HHmmss");

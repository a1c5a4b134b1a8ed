import type { Dsm } from '../../core/dsm';
import { procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls } from './calls';
import { boundsOf, occurrences } from './event-list';
import { calendars, period } from './fields';
import { freeOf, mergedOf, slotsOf, type Busy } from './free';
import type { Wire } from './row';
import { spanOfRow } from './series';
import { isoOf, secondsOf } from './time';

const busyShape = z.looseObject({ start: z.string(), end: z.string(), events: z.array(z.string()) });
const includeAllDay = z.boolean().default(true).meta({
	title: 'All-Day Events',
	description: 'Whether all-day events make the day busy',
	advanced: true,
});

/** Events that take time: not those that the account declined, nor those that say they are free. */
const isBusy = (row: Wire): boolean =>
	row.invite_status !== 'declined' && !/^TRANSP:TRANSPARENT/m.test(String(row.evt_ical ?? ''));

/** Busy periods within bounds, merged. All-day events take the days of the zone. */
async function busyOf(
	dsm: Dsm,
	given: { calendars: string[]; includeAllDay: boolean },
	{ start, end, zone }: { start: number; end: number; zone: string },
): Promise<Busy[]> {
	// A day more on both sides: an all-day event of the NAS is a day in UTC.
	const wide = { start: { at: (start - 86_400) * 1000 }, end: { at: (end + 86_400) * 1000 }, tz_id: zone };
	const rows = (await occurrences(dsm, { calendars: given.calendars, ...wide })).filter(isBusy);
	const periods = rows.flatMap((row): Busy[] => {
		const span = spanOfRow(row);
		if (span.isAllDay && !given.includeAllDay) return [];
		const at = (seconds: number) =>
			span.isAllDay ? secondsOf({ date: isoOf(seconds, 'UTC').slice(0, 10) }, zone) : seconds;
		return [{ start: at(span.start), end: at(span.end), events: [String(row.summary ?? '')] }];
	});
	return mergedOf(periods, start, end);
}

const shown = ({ start, end, ...rest }: Busy, zone: string) => ({
	...rest,
	start: isoOf(start, zone),
	end: isoOf(end, zone),
});

export const busy = procedure({
	title: 'Get busy periods',
	summary: 'Lists the periods that are taken by events, those that touch or overlap as one.',
	uses: [calls.settings, calls.events],
	params: z.object({ calendars, ...period(7), includeAllDay }),
	result: z.array(busyShape),
	readOnly: true,
	basis: 'guide',
	async *each(given, dsm) {
		const bounds = await boundsOf(dsm, given, 7);
		yield* (await busyOf(dsm, given, bounds)).map((one) => shown(one, bounds.zone));
	},
});

export const check = procedure({
	title: 'Check a period',
	summary: 'Says whether a period is free, and which events are in the way.',
	uses: [calls.settings, calls.events],
	params: z.object({ calendars, ...period(1), includeAllDay }),
	result: z.looseObject({ available: z.boolean(), busy: z.array(busyShape) }),
	readOnly: true,
	basis: 'guide',
	async run(given, dsm) {
		const bounds = await boundsOf(dsm, given, 1);
		const taken = (await busyOf(dsm, given, bounds)).map((one) => shown(one, bounds.zone));
		return { available: taken.length === 0, busy: taken };
	},
});

const clock = (title: string, description: string, initial: string) =>
	z
		.string()
		.trim()
		.regex(/^([01]?\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not a time of day, e.g. 09:00')
		.default(initial)
		.meta({ title, description, placeholder: 'e.g. 09:00' });

export const freeSlots = procedure({
	title: 'Find free slots',
	summary: 'Lists free times of a given length within working hours, the earliest first.',
	uses: [calls.settings, calls.events],
	params: z.object({
		calendars,
		...period(7),
		minutes: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.max(10_080)
			.default(60)
			.meta({ title: 'Minutes', description: 'Length of a slot' }),
		from_time: clock('Day Begins', 'Time of day from which slots are wanted', '09:00'),
		to_time: clock('Day Ends', 'Time of day until which slots are wanted', '17:00'),
		weekends: z
			.boolean()
			.default(false)
			.meta({ title: 'Weekends', description: 'Whether Saturdays and Sundays count', advanced: true }),
		step: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.max(1440)
			.default(30)
			.meta({ title: 'Step', description: 'Minutes from the start of a slot to that of the next', advanced: true }),
		gap: z.coerce
			.number<number | string>()
			.int()
			.min(0)
			.max(1440)
			.default(0)
			.meta({ title: 'Gap', description: 'Minutes to keep free before and after events', advanced: true }),
		overlapping: z
			.boolean()
			.default(false)
			.meta({ title: 'Overlapping', description: 'Whether slots may overlap each other', advanced: true }),
		includeAllDay,
	}),
	result: z.array(z.looseObject({ start: z.string(), end: z.string(), minutes: z.number() })),
	readOnly: true,
	basis: 'guide',
	async *each(given, dsm) {
		const bounds = await boundsOf(dsm, given, 7);
		const taken = await busyOf(dsm, given, bounds);
		const gap = given.gap * 60;
		const padded = mergedOf(
			taken.map((one) => ({ ...one, start: one.start - gap, end: one.end + gap })),
			bounds.start,
			bounds.end,
		);
		for (const free of freeOf(padded, bounds)) {
			for (const { start, end } of slotsOf(free, { ...given, zone: bounds.zone }))
				yield { start: isoOf(start, bounds.zone), end: isoOf(end, bounds.zone), minutes: given.minutes };
		}
	},
});

export const availability = resource('Availability', { busy, check, freeSlots });

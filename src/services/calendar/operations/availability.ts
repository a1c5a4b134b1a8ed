import type { Dsm } from '../../../core/dsm';
import { procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { field, row } from '../../../catalog/row';
import { calendars, period, whole } from '../fields';
import { marksOfText } from '../lib/eventRow';
import { freeOf, mergedOf, slotsOf, type Busy } from '../lib/freeTime';
import { boundsOf, occurrences } from '../lib/occurrences';
import { spanOfRow } from '../lib/series';
import { isoOf, secondsOf } from '../lib/time';
import { getSettings, listEvents, type WireEvent } from '../wire';

/** A period that is taken; moments in the zone that was asked for. */
const busyRow = row({ start: field.text(), end: field.text(), events: z.array(field.text()) });
const include_all_day = z.boolean().default(true).meta({
	title: 'All-Day Events',
	description: 'Whether all-day events make the day busy',
	advanced: true,
});

/** Events that take time: not those that the account declined, nor those that say they are free. */
const isBusy = (row: WireEvent): boolean =>
	row.invite_status !== 'declined' && marksOfText(row.evt_ical ?? '').show_as !== 'free';

/** Busy periods within bounds, merged. All-day events take the days of the zone. */
async function busyOf(
	dsm: Dsm,
	given: { calendars: string[]; include_all_day: boolean },
	{ start, end, zone }: { start: number; end: number; zone: string },
): Promise<Busy[]> {
	// A day more on both sides: an all-day event of the NAS is a day in UTC.
	const wide = { start: { at: (start - 86_400) * 1000 }, end: { at: (end + 86_400) * 1000 }, tz_id: zone };
	const rows = (await occurrences(dsm, { calendars: given.calendars, ...wide })).filter(isBusy);
	const periods = rows.flatMap((row): Busy[] => {
		const span = spanOfRow(row);
		if (span.isAllDay && !given.include_all_day) return [];
		const at = (seconds: number) =>
			span.isAllDay ? secondsOf({ date: isoOf(seconds, 'UTC').slice(0, 10) }, zone) : seconds;
		return [{ start: at(span.start), end: at(span.end), events: [row.summary ?? ''] }];
	});
	return mergedOf(periods, start, end);
}

const shown = ({ start, end, ...rest }: Busy, zone: string) => ({
	...rest,
	start: isoOf(start, zone),
	end: isoOf(end, zone),
});

export const listBusy = procedure({
	title: 'List busy periods',
	summary: 'Lists the periods that are taken by events, those that touch or overlap as one.',
	uses: [getSettings, listEvents],
	params: z.object({ calendars, ...period(7), include_all_day }),
	result: z.array(busyRow),
	readOnly: true,
	async *each(given, dsm) {
		const bounds = await boundsOf(dsm, given, 7);
		yield* (await busyOf(dsm, given, bounds)).map((one) => shown(one, bounds.zone));
	},
});

export const check = procedure({
	title: 'Check a period',
	summary: 'Says whether a period is free, and which events are in the way.',
	uses: [getSettings, listEvents],
	params: z.object({ calendars, ...period(1), include_all_day }),
	result: row({ available: field.flag(), busy: z.array(busyRow) }),
	readOnly: true,
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

export const listFree = procedure({
	title: 'List free slots',
	summary: 'Lists free times of a given length within working hours, the earliest first.',
	uses: [getSettings, listEvents],
	params: z.object({
		calendars,
		...period(7),
		minutes: whole(1, 10_080).default(60).meta({ title: 'Minutes', description: 'Length of a slot' }),
		from_time: clock('Day Begins', 'Time of day from which slots are wanted', '09:00'),
		to_time: clock('Day Ends', 'Time of day until which slots are wanted', '17:00'),
		weekends: z
			.boolean()
			.default(false)
			.meta({ title: 'Weekends', description: 'Whether Saturdays and Sundays count', advanced: true }),
		step: whole(1, 1440)
			.default(30)
			.meta({ title: 'Step', description: 'Minutes from the start of a slot to that of the next', advanced: true }),
		gap: whole(0, 1440)
			.default(0)
			.meta({ title: 'Gap', description: 'Minutes to keep free before and after events', advanced: true }),
		overlapping: z
			.boolean()
			.default(false)
			.meta({ title: 'Overlapping', description: 'Whether slots may overlap each other', advanced: true }),
		include_all_day,
	}),
	result: z.array(row({ start: field.text(), end: field.text(), minutes: field.number() })),
	readOnly: true,
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

export const availability = resource('Availability', { listBusy, check, listFree });

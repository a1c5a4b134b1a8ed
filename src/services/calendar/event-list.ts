import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls } from './calls';
import { calendars, daysOf, period, texts } from './fields';
import { eventRows, nasNow, zoneOf } from './place';
import { event, eventOf, occurrencesOf, type Wire } from './row';
import { inZone, type When } from './time';

interface Period {
	start?: When | undefined;
	end?: When | undefined;
	tz_id: string;
}

/** Seconds of a period; from now on when no start is given. Throws DsmInputError for one that ends before it begins. */
export async function boundsOf(
	dsm: Dsm,
	{ start, end, tz_id }: Period,
	days = 30,
): Promise<{ start: number; end: number; zone: string }> {
	const zone = await zoneOf(dsm, tz_id);
	const from = start ? inZone(start, zone).toMillis() : await nasNow(dsm);
	const to = end ? inZone(end, zone).toMillis() : from + daysOf(days);
	if (to <= from) throw new DsmInputError('The period ends before it begins.', { path: ['end'] });
	return { start: Math.floor(from / 1000), end: Math.floor(to / 1000), zone };
}

const byStart = (a: Wire, b: Wire): number => Number(a.dtstart) - Number(b.dtstart);

/** Occurrences of a period, the earliest first: the order of the NAS is not documented. */
export async function occurrences(
	dsm: Dsm,
	given: Period & { calendars: string[]; keyword?: string; more?: Wire },
	days?: number,
): Promise<Wire[]> {
	const { start, end, zone } = await boundsOf(dsm, given, days);
	const { calendars: ids, keyword = '', more = {} } = given;
	const rows = await eventRows(dsm, { calendars: ids, start, end, keyword, more });
	return occurrencesOf(rows, start, end, zone).sort(byStart);
}

export const list = procedure({
	title: 'List events',
	summary: 'Lists the events of a period, each occurrence of a series by itself, the earliest first.',
	uses: [calls.settings, calls.events],
	params: z.object({
		calendars,
		...period(),
		keyword: z.string().default('').meta({
			title: 'Keyword',
			description: 'Only events whose title, description or place holds this text',
			advanced: true,
		}),
		invitations: z
			.enum(['all', 'yes', 'no'])
			.default('all')
			.meta({
				title: 'Invitations',
				description: 'Whether events of others to which the account is invited are listed',
				labels: { all: 'With Invitations', yes: 'Only Invitations', no: 'Without Invitations' },
				advanced: true,
			}),
		colors: texts().default([]).meta({
			title: 'Colours',
			description: 'Only events of these colours',
			placeholder: 'e.g. ["#3366CC"]',
			widget: 'json',
			advanced: true,
		}),
	}),
	result: z.array(event),
	readOnly: true,
	basis: 'guide',
	async *each({ invitations, colors, ...given }, dsm) {
		const more = { filter_invited: invitations, ...(colors.length > 0 && { evt_color_list: colors }) };
		yield* (await occurrences(dsm, { ...given, more })).map(eventOf);
	},
});

export const search = procedure({
	title: 'Search events',
	summary:
		'Finds events whose title, description or place holds a text, a year back and a year ahead unless told otherwise.',
	uses: [calls.settings, calls.events],
	params: z.object({
		keyword: z
			.string()
			.trim()
			.min(1)
			.meta({ title: 'Keyword', description: 'Text to look for', placeholder: 'e.g. review' }),
		calendars,
		...period(730),
	}),
	result: z.array(event),
	readOnly: true,
	basis: 'guide',
	async *each(given, dsm) {
		const start = given.start ?? { at: (await nasNow(dsm)) - daysOf(365) };
		yield* (await occurrences(dsm, { ...given, start }, 730)).map(eventOf);
	},
});

export const next = procedure({
	title: 'Get the next events',
	summary: 'Gives the events that begin next.',
	uses: [calls.settings, calls.events],
	params: z.object({
		calendars,
		count: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.max(100)
			.default(1)
			.meta({ title: 'Count', description: 'How many events' }),
		keyword: z
			.string()
			.default('')
			.meta({ title: 'Keyword', description: 'Only events that hold this text', advanced: true }),
	}),
	result: z.array(event),
	readOnly: true,
	basis: 'guide',
	async *each({ count, ...given }, dsm) {
		const now = (await nasNow(dsm)) / 1000;
		const rows = await occurrences(dsm, { ...given, tz_id: '' }, 366);
		yield* rows
			.filter((row) => Number(row.dtstart) >= now)
			.slice(0, count)
			.map(eventOf);
	},
});

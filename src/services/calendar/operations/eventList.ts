import { procedure } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { calendars, period, texts, whole } from '../fields';
import { event, eventOf } from '../lib/eventRow';
import { occurrences } from '../lib/occurrences';
import { nasNow } from '../lib/reads';
import { DAY_MS } from '../lib/time';
import { getSettings, listEvents } from '../wire';

/** The order of the NAS is not documented, and some devices give the masters of series instead of their occurrences. */
export const list = procedure({
	title: 'List events',
	summary: 'Lists the events of a period, each occurrence of a series by itself, the earliest first.',
	uses: [getSettings, listEvents],
	params: z.object({
		calendars,
		...period(),
		keyword: z.string().default('').meta({
			title: 'Keyword',
			description: 'Only events whose title, description or place holds this text',
			placeholder: 'e.g. review',
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
			title: 'Colors',
			description: 'Only events of these colors',
			placeholder: 'e.g. #3366CC, #FF8000',
			widget: 'json',
			advanced: true,
		}),
	}),
	result: z.array(event),
	readOnly: true,
	async *each({ invitations, colors, ...given }, dsm) {
		const more = { filter_invited: invitations, ...(colors.length > 0 && { evt_color_list: colors }) };
		yield* (await occurrences(dsm, { ...given, more })).map(eventOf);
	},
});

export const search = procedure({
	title: 'Search events',
	summary:
		'Finds events whose title, description or place holds a text, a year back and a year ahead unless told otherwise.',
	uses: [getSettings, listEvents],
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
	async *each(given, dsm) {
		const start = given.start ?? { at: (await nasNow(dsm)) - 365 * DAY_MS };
		yield* (await occurrences(dsm, { ...given, start }, 730)).map(eventOf);
	},
});

export const listNext = procedure({
	title: 'List next events',
	summary: 'Lists the events that begin next, the earliest first.',
	uses: [getSettings, listEvents],
	params: z.object({
		calendars,
		count: whole(1, 100).default(1).meta({ title: 'Count', description: 'How many events' }),
		keyword: z.string().default('').meta({
			title: 'Keyword',
			description: 'Only events that hold this text',
			advanced: true,
			placeholder: 'e.g. review',
		}),
	}),
	result: z.array(event),
	readOnly: true,
	async *each({ count, ...given }, dsm) {
		const now = (await nasNow(dsm)) / 1000;
		const rows = await occurrences(dsm, { ...given, tz_id: '' }, 366);
		yield* rows
			.filter(({ dtstart }) => dtstart >= now)
			.slice(0, count)
			.map(eventOf);
	},
});

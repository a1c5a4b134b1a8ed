import { objectsAt } from '../../../catalog/dav';
import { trigger } from '../../../catalog/operation';
import { agenda, agendaAt, due, type Due } from '../../../catalog/agenda';
import type { Dsm } from '../../../core/dsm';
import { DateTime } from '../../../vendor/luxon';
import { z } from '../../../vendor/zod';
import { anyBook } from '../fields';
import { booksCursor, changesOf, type BookChanges } from '../lib/bookChanges';
import { bookOfPath, contact, toContact, type Contact } from '../lib/contactRow';

/** Days that are made up for after a time without polls (contacts.md 11). */
const CATCH_UP = 31;

const params = z.object({
	book: anyBook.meta({ title: 'Address Book', description: 'Address book to watch; all of them when empty' }),
	days_before: z.coerce
		.number<number | string>()
		.int()
		.min(0)
		.max(365)
		.default(0)
		.meta({ title: 'Days Before', description: 'How many days before the day itself it starts' }),
	hour: z.coerce
		.number<number | string>()
		.int()
		.min(0)
		.max(23)
		.default(8)
		.meta({ title: 'Hour', description: 'Hour of the day at which it starts, 0 to 23' }),
	time_zone: z
		.string()
		.trim()
		.default('')
		.refine((zone) => zone === '' || DateTime.local().setZone(zone).isValid, 'is not a time zone, e.g. Europe/Rome')
		.meta({
			title: 'Time Zone',
			description: 'Time zone of the hour; that of this program when empty',
			placeholder: 'e.g. Europe/Rome',
			advanced: true,
		}),
	leap_day: z
		.enum(['february28', 'march1'])
		.default('february28')
		.meta({
			title: '29 February',
			description: 'When it is kept in a year without that day',
			labels: { february28: '28 February', march1: '1 March' },
			advanced: true,
		}),
});
type Params = z.output<typeof params>;

const cursor = booksCursor.extend({
	/** Path -> date, for the contacts that have one. */
	dates: z.record(z.string(), z.string()),
	agenda,
});
type Cursor = z.output<typeof cursor>;

interface Occasion {
	path: string;
	date: string;
	years: number | null;
}

const zoneOf = ({ time_zone }: Params): string => (time_zone === '' ? 'local' : time_zone);

/** The day on which a date is kept in a year. */
function keptOn(date: string, year: number, given: Params): DateTime {
	const [, month, day] = /(\d\d)-(\d\d)$/.exec(date)!.map(Number) as [number, number, number];
	const at = (m: number, d: number) =>
		DateTime.fromObject({ year, month: m, day: d, hour: given.hour }, { zone: zoneOf(given) });
	const exact = at(month, day);
	if (exact.isValid) return exact;
	return given.leap_day === 'march1' ? at(3, 1) : at(2, 28);
}

/** What falls into a span of time. A contact counts by its file, whose name is its UID, so that one that is moved is told once. */
function occasionsIn(dates: Record<string, string>, from: number, to: number, given: Params): Due<Occasion>[] {
	const years = [from, to].map((time) => DateTime.fromMillis(time).year);
	const found: Due<Occasion>[] = [];
	for (const [path, date] of Object.entries(dates))
		for (let year = years[0]! - 1; year <= years[1]! + 1; year++) {
			const day = keptOn(date, year, given);
			const moment = day.minus({ days: given.days_before }).toMillis();
			if (!day.isValid || moment <= from || moment > to) continue;
			const born = /^\d{4}/.test(date) ? Number(date.slice(0, 4)) : undefined;
			if (born !== undefined && born > year) continue;
			const row = { path, date: day.toISODate()!, years: born === undefined ? null : year - born };
			found.push({ key: `${path.slice(path.lastIndexOf('/') + 1)} ${row.date}`, moment, row });
		}
	return found.filter(({ key }, index) => found.findIndex((other) => other.key === key) === index);
}

const dateTrigger = (field: 'birthday' | 'anniversary', title: string, summary: string) => {
	/** Dates of contacts that came or changed, read once; those of the others are known. */
	async function refreshed(
		dsm: Dsm,
		known: Record<string, string>,
		changes: BookChanges[],
	): Promise<Record<string, string>> {
		const dates = { ...known };
		for (const { path, created, changed, deleted } of changes) {
			const news = [...created, ...changed].map((member) => member.path);
			for (const gone of [...deleted, ...news]) delete dates[gone];
			for (const row of (await objectsAt(dsm, 'carddav', path, news)).map(toContact))
				if (row[field]) dates[row.path] = row[field];
		}
		return dates;
	}

	async function told(dsm: Dsm, dues: Due<Occasion>[]) {
		const books = [...new Set(dues.map(({ row }) => bookOfPath(row.path)))];
		const rows = new Map<string, Contact>();
		for (const book of books) {
			const paths = dues.map(({ row }) => row.path).filter((path) => bookOfPath(path) === book);
			for (const row of (await objectsAt(dsm, 'carddav', book, paths)).map(toContact)) rows.set(row.path, row);
		}
		return dues.flatMap(({ key, row: { path, ...occasion } }) => {
			const row = rows.get(path);
			return row ? [{ event_id: key, ...occasion, ...row }] : [];
		});
	}

	const refresh = async (dsm: Dsm, { dates, agenda: plan, ...known }: Cursor, given: Params) => {
		const answer = await changesOf(dsm, known, given.book, { left: () => true }, Infinity);
		return { ...answer.cursor, agenda: plan, dates: await refreshed(dsm, dates, answer.changes) };
	};
	const blank: Cursor = { v: 1, seq: 0, books: {}, dates: {}, agenda: agendaAt(0) };

	return trigger({
		title,
		summary,
		params,
		basis: 'clients',
		uses: [],
		source: 'contacts.md 11',
		dav: ['PROPFIND /carddav/<account>/', 'REPORT <book> sync-collection', 'REPORT <book> addressbook-multiget'],
		cursor,
		event: contact.with({
			event_id: z.string(),
			/** The day itself. */
			date: z.string(),
			/** How many years it is; null when the year is not known. */
			years: z.number().nullable(),
		}),
		key: ({ event_id }) => event_id,
		/** The time of the NAS is known after the first answer. */
		async start(given, dsm) {
			const next = await refresh(dsm, blank, given);
			return { ...next, agenda: agendaAt(dsm.now()) };
		},
		async poll(given, known, dsm) {
			const next = await refresh(dsm, known, given);
			const now = dsm.now();
			const from = Math.max(known.agenda.at, now - CATCH_UP * 86_400_000);
			const { due: reached, cursor: plan } = due(known.agenda, occasionsIn(next.dates, from, now, given), {
				now,
				lead: 0,
			});
			return { events: await told(dsm, reached), cursor: { ...next, agenda: plan } };
		},
		/** The next ones that come. */
		async sample(given, dsm) {
			const { dates } = await refresh(dsm, blank, given);
			const now = dsm.now();
			const ahead = occasionsIn(dates, now, now + 366 * 86_400_000, given).sort((a, b) => a.moment - b.moment);
			return await told(dsm, ahead.slice(0, 5));
		},
	});
};

export const birthdayDue = dateTrigger(
	'birthday',
	'Birthday',
	'Starts when a contact has its birthday, or some days before.',
);

export const anniversaryDue = dateTrigger(
	'anniversary',
	'Anniversary',
	'Starts when a contact has its anniversary, or some days before.',
);

import { describe, expect, test } from '@jest/globals';
import { calendar } from '../../../src/services/calendar';
import { getEvent } from '../../../src/services/calendar/wire';
import { SettableClock } from '../../../src/simulator';
import { withNas, type Scene } from '../../support/nas';

const { import: importFile } = calendar.resources.calendar.operations;
const { getByUid, list, update, delete: remove } = calendar.resources.event.operations;
const cal_id = '/alice/home/';
const clock = () => new SettableClock(Date.parse('2026-10-01T08:00:00Z'));

const OWN = [
	'BEGIN:VEVENT',
	'UID:series',
	'RECURRENCE-ID;TZID=Europe/Rome:20261019T100000',
	'DTSTART;TZID=Europe/Rome:20261019T150000',
	'DTEND;TZID=Europe/Rome:20261019T160000',
	'SUMMARY;LANGUAGE=it:Spostato',
	'X-OWN;P="a:b":stays wh',
	' ere it is',
	'ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED;CN=Bob:mailto:bob@example.com',
	...['BEGIN:VALARM', 'ACTION:EMAIL', 'TRIGGER;RELATED=END:-PT5M', 'X-ALARM:1', 'END:VALARM'],
	'END:VEVENT',
];
const ICS = [
	...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:series', 'SUMMARY:At ten'],
	'DTSTART;TZID=Europe/Rome:20261005T100000',
	'DTEND;TZID=Europe/Rome:20261005T110000',
	'RRULE:FREQ=WEEKLY;COUNT=5',
	'X-SERIES;Q=1:fo',
	' lded',
	...['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:-PT15M', 'ATTACH;VALUE=URI:Basso', 'END:VALARM'],
	'END:VEVENT',
	...OWN,
	'END:VCALENDAR',
	'',
];

const onSeries = async (run: (scene: Scene & { evt_id: string; text: () => Promise<string[]> }) => Promise<void>) =>
	await withNas({ clock: clock() }, async (scene) => {
		const { dsm } = scene;
		await dsm.do(importFile, { cal_id, ics: ICS.join('\r\n') });
		const { evt_id } = await dsm.do(getByUid, { cal_id, ical_uid: 'series' });
		const text = async () => (await dsm.call(getEvent, { cal_id, ical_uid: 'series' })).evt_ical!.split('\r\n');
		await run({ ...scene, evt_id, text });
	});

/** Lines of the event that speaks for an occurrence; of the master where it has none of its own. */
const blockWith = (lines: string[], line: string): string[] => {
	const at = lines.indexOf(line);
	return lines.slice(lines.lastIndexOf('BEGIN:VEVENT', at), lines.indexOf('END:VEVENT', at) + 1);
};
const isStamp = (line: string) => /^(DTSTAMP|LAST-MODIFIED|SEQUENCE):/.test(line);

describe('one occurrence with lines that the web API has no field for', () => {
	test('keeps all of them when its title is changed, and so does the series', async () => {
		await onSeries(async ({ dsm, evt_id, text }) => {
			const before = await text();
			const row = await dsm.do(update, { evt_id, scope: 'one', recurrence_id: '20261019T100000', summary: 'Neu' });
			expect(row).toMatchObject({ summary: 'Neu', start: '2026-10-19T15:00:00+02:00' });
			const after = await text();
			expect(after.filter((line) => !isStamp(line))).toEqual(
				before.map((line) => (line === 'SUMMARY;LANGUAGE=it:Spostato' ? 'SUMMARY;LANGUAGE=it:Neu' : line)),
			);
		});
	});

	test('gets the lines of the series when it is changed for the first time', async () => {
		await onSeries(async ({ dsm, evt_id, text }) => {
			const before = await text();
			const recurrence_id = '20261026T100000';
			expect(await dsm.do(update, { evt_id, scope: 'one', recurrence_id, start: '2026-10-26T17:00' })).toMatchObject({
				summary: 'At ten',
				start: '2026-10-26T17:00:00+01:00',
				end: '2026-10-26T18:00:00+01:00',
			});
			const after = await text();
			const own = blockWith(after, 'RECURRENCE-ID;TZID=Europe/Rome:20261026T100000');
			expect(own.filter((line) => !isStamp(line))).toEqual([
				...['BEGIN:VEVENT', 'RECURRENCE-ID;TZID=Europe/Rome:20261026T100000', 'UID:series', 'SUMMARY:At ten'],
				'DTSTART;TZID=Europe/Rome:20261026T170000',
				'DTEND;TZID=Europe/Rome:20261026T180000',
				...ICS.slice(8, 16),
			]);
			for (const line of before) expect(after).toContain(line);
			const rows = await dsm.do(list, { calendars: [cal_id], start: '2026-10-01', end: '2026-12-01' });
			expect(rows.filter((one) => one.evt_id === evt_id).map(({ start }) => start.slice(0, 16))).toEqual([
				'2026-10-05T10:00',
				'2026-10-12T10:00',
				'2026-10-19T15:00',
				'2026-10-26T17:00',
				'2026-11-02T10:00',
			]);
		});
	});

	test.each(['20261019T100000', '20261026T100000'])('is deleted (%s) without a loss in the others', async (id) => {
		await onSeries(async ({ dsm, evt_id, text }) => {
			const before = await text();
			await dsm.do(remove, { evt_id, scope: 'one', recurrence_id: id });
			const left = id === '20261019T100000' ? before.filter((_, at) => at < 16 || at >= 16 + OWN.length) : before;
			const after = (await text()).filter((line) => !isStamp(line));
			expect(after.filter((line) => !line.startsWith('EXDATE'))).toEqual(left);
			expect(after.filter((line) => line.startsWith('EXDATE'))).toEqual([`EXDATE;TZID=Europe/Rome:${id}`]);
		});
	});

	test('can be given people of its own', async () => {
		await onSeries(async ({ dsm, evt_id, text }) => {
			const recurrence_id = '20261019T100000';
			const invitees = ['bob@example.com', 'carol@example.com'];
			await dsm.do(update, { evt_id, scope: 'one', recurrence_id, invitees });
			const own = blockWith(await text(), 'RECURRENCE-ID;TZID=Europe/Rome:20261019T100000').join('\n');
			expect(own).toContain('ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED;CN=Bob:mailto:bob@example.com');
			expect(own).toContain('mailto:carol@example.com');
		});
	});
});

test('one occurrence cannot be given a rule', async () => {
	await withNas({ clock: clock() }, async ({ dsm, simulator }) => {
		const change = dsm.do(update, { evt_id: '1', scope: 'one', recurrence_id: '20261019T100000', repeat: 'week' });
		await expect(change).rejects.toMatchObject({ code: 'input', details: { path: ['repeat'] } });
		expect(simulator.requests.filter(({ api }) => api.startsWith('SYNO.Cal'))).toEqual([]);
	});
});

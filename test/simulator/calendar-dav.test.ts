import { describe, expect, test } from '@jest/globals';
import { SettableClock, startSimulator, type Simulator } from '../../src/simulator';
import { calendarOf } from '../../src/simulator/services/calendar/state';
import { call, login } from './client';

const NOW = Date.UTC(2026, 9, 19, 8);
const basic = (name: string) => `Basic ${Buffer.from(`${name}:${name}-Passw0rd`).toString('base64')}`;

async function dav(
	simulator: Simulator,
	method: string,
	path: string,
	body = '',
	headers: Record<string, string> = {},
) {
	const answer = await fetch(`${simulator.url}${path}`, {
		method,
		headers: { authorization: basic('alice'), ...headers },
		...(body && { body }),
	});
	return { status: answer.status, etag: answer.headers.get('etag'), text: await answer.text() };
}

async function onNas(run: (simulator: Simulator) => Promise<void>): Promise<void> {
	const simulator = await startSimulator({ clock: new SettableClock(NOW) });
	try {
		await run(simulator);
	} finally {
		await simulator.close();
	}
}

const ics = (uid: string, ...lines: string[]) =>
	[
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'BEGIN:VEVENT',
		`UID:${uid}`,
		'DTSTART;TZID=Europe/Rome:20261026T100000',
		'DTEND;TZID=Europe/Rome:20261026T110000',
		...lines,
		'END:VEVENT',
		'END:VCALENDAR',
		'',
	].join('\r\n');

describe('CalDAV and the web API', () => {
	test('show the same event with the same etag, and changes of one in the other', async () => {
		await onNas(async (simulator) => {
			const path = '/caldav/alice/home/x.ics';
			const made = await dav(
				simulator,
				'PUT',
				path,
				ics('x@example.com', 'SUMMARY:From CalDAV', 'RRULE:FREQ=DAILY;COUNT=2'),
				{ 'If-None-Match': '*' },
			);
			expect(made.status).toBe(201);
			const who = await login(simulator);
			const read = async () =>
				(
					await call(simulator, who, 'SYNO.Cal.Event', 'get', 5, {
						ical_uid: '"x@example.com"',
						cal_id: '"/alice/home/"',
					})
				).json.data;
			const row = await read();
			expect(row).toMatchObject({
				summary: 'From CalDAV',
				is_repeat_evt: true,
				dtstart: Date.UTC(2026, 9, 26, 9) / 1000,
			});
			expect(made.etag).toBe(`"${row.dav_etag}"`);
			await call(simulator, who, 'SYNO.Cal.Event', 'set_exdate', 5, {
				evt_id: row.evt_id,
				dav_etag: `"${row.dav_etag}"`,
				exdate: '"20261026T100000"',
			});
			expect((await dav(simulator, 'GET', path)).text).toContain('EXDATE;TZID=Europe/Rome:20261026T100000');
			expect(
				(await dav(simulator, 'PUT', path, ics('x@example.com', 'SUMMARY:Late'), { 'If-Match': made.etag! })).status,
			).toBe(412);
			expect((await dav(simulator, 'DELETE', path)).status).toBe(204);
			expect((await call(simulator, who, 'SYNO.Cal.Event', 'get', 5, { evt_id: row.evt_id })).json.error).toEqual({
				code: 9009,
			});
		});
	});

	test('name the shared calendars alike; a to-do list takes no events, nor two resources one UID', async () => {
		await onNas(async (simulator) => {
			const home = await dav(simulator, 'PROPFIND', '/caldav/alice/', '', { Depth: '1' });
			expect([...home.text.matchAll(/<href>([^<]*)<\/href>/g)].map(([, path]) => path)).toEqual(
				expect.arrayContaining([
					'/caldav/alice/home/',
					'/caldav/alice/tlvjj/',
					'/caldav/alice/bob--qwert/',
					'/caldav/alice/home_todo/',
				]),
			);
			const put = async (path: string, text: string) => (await dav(simulator, 'PUT', path, text)).status;
			expect(await put('/caldav/alice/home_todo/y.ics', ics('y@example.com'))).toBe(403);
			expect(await put('/caldav/alice/home/y.ics', ics('y@example.com'))).toBe(201);
			expect(await put('/caldav/alice/home/z.ics', ics('y@example.com'))).toBe(409);
			expect(await put('/caldav/alice/home/z.ics', 'no calendar')).toBe(415);
			expect((await dav(simulator, 'DELETE', '/caldav/alice/tlvjj/')).status).toBe(403);
		});
	});

	test('a query finds the occurrences of a period and a UID; a broken sync token is refused', async () => {
		await onNas(async (simulator) => {
			const query = async (filter: string) => {
				const body = `<c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">${filter}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`;
				const { text } = await dav(simulator, 'REPORT', '/caldav/alice/home/', body, { Depth: '1' });
				return [...text.matchAll(/event-(\w+)%40/g)].map(([, name]) => name);
			};
			expect(await query('')).toEqual(['review', 'standup', 'holiday']);
			expect(await query('<c:time-range start="20261026T000000Z" end="20261027T000000Z"/>')).toEqual(['standup']);
			expect(
				await query('<c:prop-filter name="UID"><c:text-match>event-HOLIDAY</c:text-match></c:prop-filter>'),
			).toEqual(['holiday']);
			calendarOf(simulator.nas).switches.syncTokenBroken = true;
			const sync =
				'<d:sync-collection xmlns:d="DAV:"><d:sync-token>data:,abc</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>';
			expect((await dav(simulator, 'REPORT', '/caldav/alice/home/', sync)).status).toBe(403);
		});
	});
});

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SettableClock, type Simulator, startSimulator } from '../../src/simulator';

let nas: Simulator;
beforeEach(async () => {
	nas = await startSimulator({ clock: new SettableClock(Date.UTC(2026, 0, 5, 8)) });
});
afterEach(() => nas.close());

interface Answer {
	success: boolean;
	data?: any; // the wire edge
	error?: { code: number };
}

async function rest(verb: string, path: string, options: { body?: unknown; sid?: string } = {}): Promise<Answer> {
	const { body, sid } = options;
	const answer = await fetch(`${nas.url}/api/Calendar/default/v1${path}`, {
		method: verb,
		headers: {
			...(body !== undefined && { 'Content-Type': 'application/json' }),
			...(sid !== undefined && { Cookie: `id=${sid}` }),
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	return (await answer.json()) as Answer;
}

async function signIn(): Promise<string> {
	const body = { format: 'sid', account: 'alice', passwd: 'alice-Passw0rd' };
	const { data } = await rest('POST', '/login', { body });
	expect(Object.keys(data).sort()).toEqual(['did', 'sid']);
	return data.sid;
}

test('the published paths of Calendar have the same handlers as its calls', async () => {
	const sid = await signIn();
	expect((await rest('GET', '/timezone', { sid })).success).toBe(true);
	expect((await rest('GET', '/setting', { sid })).data).toHaveProperty('time_zone');
	const calendars = await rest('GET', '/cal/list?cal_type=%22event%22', { sid });
	expect(calendars.data.list.length ?? calendars.data.length).toBeGreaterThan(0);
	const made = await rest('POST', '/cal', {
		sid,
		body: {
			...{ cal_type: 'event', cal_displayname: 'Trips', cal_description: '', cal_color: '#D9AE00' },
			...{ is_hidden_in_cal: false, is_hidden_in_list: false },
			...{ notify_alarm_by_browser: true, notify_alarm_by_mail: false, notify_evt_by_browser: false },
			...{ notify_evt_by_mail: false, notify_import_cal_by_browser: false, notify_import_cal_by_mail: false },
		},
	});
	expect(made.data.cal_displayname).toBe('Trips');
	const { cal_id } = made.data;
	const shown = await rest('GET', `/cal?cal_id=${encodeURIComponent(JSON.stringify(cal_id))}`, { sid });
	expect(shown.data.cal_displayname).toBe('Trips');
	const gone = await rest('DELETE', '/cal', { sid, body: { cal_id } });
	expect(gone.success).toBe(true);
	expect((await rest('GET', `/cal?cal_id=${encodeURIComponent(JSON.stringify(cal_id))}`, { sid })).success).toBe(false);
});

test('a session counts by cookie or in the query, and in a body only for the logout', async () => {
	const sid = await signIn();
	expect((await rest('GET', `/setting?_sid=${sid}`)).success).toBe(true);
	expect((await rest('PUT', '/setting', { body: { _sid: sid } })).error?.code).toBe(119);
	expect((await rest('POST', '/logout', { body: { _sid: sid } })).success).toBe(true);
	expect((await rest('GET', '/setting', { sid })).error?.code).toBe(119);
});

test('other paths and releases before 7.2.2 have no such thing', async () => {
	expect((await fetch(`${nas.url}/api/Calendar/default/v1/none`)).status).toBe(404);
	const older = await startSimulator({ dsm: '7.1.1', packages: ['Calendar'] });
	expect((await fetch(`${older.url}/api/Calendar/default/v1/setting`)).status).toBe(404);
	await older.close();
});

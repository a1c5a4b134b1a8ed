import { expect, test } from '@jest/globals';
import { calendar } from '../../src/services/calendar';
import { contacts } from '../../src/services/contacts';
import { failure, withNas, type Scene } from '../support/nas';

const { import: importFile } = calendar.resources.calendar.operations;
const { getByUid } = calendar.resources.event.operations;
const { create, delete: remove, get } = contacts.resources.contact.operations;
const cal_id = '/alice/home/';

const ICS = [
	'BEGIN:VCALENDAR',
	'VERSION:2.0',
	'BEGIN:VEVENT',
	'UID:tea',
	'SUMMARY:Tea',
	'DTSTART:20261005T100000Z',
	'END:VEVENT',
	'END:VCALENDAR',
	'',
].join('\r\n');

const count = ({ simulator }: Scene, method: string) =>
	simulator.requests.filter(({ httpMethod }) => httpMethod === method).length;

test('an event whose PUT got no answer is found in the calendar, and not sent twice', async () => {
	await withNas({}, async (scene) => {
		const { dsm, simulator } = scene;
		simulator.nas.faults.loseDav({ method: 'PUT' });
		const rows = await dsm.do(importFile, { cal_id, ics: ICS });
		expect(rows).toMatchObject([{ uid: 'tea', status: 'created' }]);
		expect(await dsm.do(getByUid, { cal_id, ical_uid: 'tea' })).toMatchObject({ summary: 'Tea' });
		expect(count(scene, 'PUT')).toBe(1);
	});
});

test('a contact whose DELETE got no answer is found to be gone, and not deleted twice', async () => {
	await withNas({}, async (scene) => {
		const { dsm, simulator } = scene;
		const { uid = '' } = await dsm.do(create, { full_name: 'Erin Example' });
		simulator.nas.faults.loseDav({ method: 'DELETE' });
		await dsm.do(remove, { contact: uid });
		expect((await failure(dsm.do(get, { contact: uid }))).message).toMatch(/not|no /);
		expect(count(scene, 'DELETE')).toBe(1);
	});
});

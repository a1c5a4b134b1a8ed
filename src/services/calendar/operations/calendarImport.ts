import type { FileSource } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { keepBudget } from '../../../core/budget';
import { DsmInputError, isDsmError } from '../../../core/errors';
import { file } from '../../../catalog/fields';
import { procedure } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import { collectionsOf, objectAt, type DavCollection } from '../../../catalog/dav';
import { put } from '../../../catalog/davWrite';
import { isStatus } from '../../../catalog/davXml';
import { z } from '../../../vendor/zod';
import { cal_id } from '../fields';
import { memberName } from '../lib/ical/compose';
import type { IcsObject } from '../../../formats/ical/split';
import { partsApart } from '../lib/ical/file';
import { settled } from '../lib/davChanges';
import { davPathOf, wrongKind } from '../lib/reads';

const outcome = row({
	uid: field.text(),
	summary: field.text(),
	/** Line of the file at which the event or to-do begins. */
	line: field.number(),
	status: z.enum(['created', 'replaced', 'skipped', 'refused']),
	/** Why it was refused or skipped; empty else. */
	reason: field.text(),
	/** What of the file was put right on the way; empty: nothing. */
	repairs: field.text(),
});
type Outcome = z.output<typeof outcome>;

async function textOf(source: FileSource): Promise<string> {
	keepBudget('calendarFile', source.size, { path: ['file'] });
	const chunks: Uint8Array[] = [];
	for await (const chunk of await source.open()) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

/**
 * One PUT for each UID: the import of the web API has no public parameters (calendar.md 7.1). Not marked as destructive: events that are
 * there are replaced only where that is asked for.
 */
export const importFile = procedure({
	title: 'Import a calendar file',
	summary: 'Imports an iCalendar file (.ics); each event is reported, and a broken one does not keep the others out.',
	uses: [],
	source: 'calendar.md 8',
	dav: ['PROPFIND /caldav/<account>/', 'PUT <event>, If-None-Match', 'PUT <event>, If-Match'],
	params: z.object({
		cal_id,
		file: file().optional().meta({ title: 'File', description: 'The iCalendar file to import', widget: 'file' }),
		ics: z.string().default('').meta({
			title: 'Text',
			description: 'Text in iCalendar form to import, instead of a file',
			widget: 'multiline',
			budget: 'fileText',
			advanced: true,
		}),
		existing: z
			.enum(['skip', 'replace'])
			.default('skip')
			.meta({
				title: 'If It Exists',
				description: 'What happens to events whose UID is in the calendar already',
				labels: { skip: 'Skip', replace: 'Replace' },
			}),
	}),
	result: z.array(outcome),
	basis: 'clients',
	async *each({ cal_id: id, file: source, ics, existing }, dsm) {
		if (!source && ics.trim() === '') throw new DsmInputError('Give a file or a text to import.', { path: ['file'] });
		const text = source ? await textOf(source) : ics;
		const { objects, refused } = await partsApart([text], { path: [source ? 'file' : 'ics'] });
		if (objects.length + refused.length === 0)
			throw new DsmInputError('There is no event and no to-do in it.', { path: ['file'] });
		for (const one of refused)
			yield { uid: one.uid, summary: one.summary, line: one.line, status: 'refused', reason: one.reason, repairs: '' };
		const folder = davPathOf(dsm.account, id);
		const calendar = await calendarAt(dsm, folder);
		for (const one of objects) {
			const reason = misplaced(one, calendar);
			if (reason === undefined) yield await stored(dsm, folder, one, existing);
			else {
				const { uid, summary, line, repairs } = one;
				yield { uid, summary, line, status: 'refused', reason, repairs: repairs.join(' ') };
			}
		}
	},
});

/** The calendar, if the NAS tells what it takes; else the NAS decides itself. */
async function calendarAt(dsm: Dsm, folder: string): Promise<DavCollection | undefined> {
	const slug = decodeURIComponent(folder.split('/').at(-2) ?? '');
	return (await settled(collectionsOf(dsm, 'caldav')))?.find(({ uri }) => uri === slug);
}

/** Why an event or to-do does not belong into a calendar; undefined: it does (calendar.md 8). */
function misplaced({ text }: IcsObject, calendar: DavCollection | undefined): string | undefined {
	const isTodo = /^BEGIN:VTODO\s*$/im.test(text);
	if (!calendar || calendar.components.length === 0) return undefined;
	if (calendar.components.includes(isTodo ? 'VTODO' : 'VEVENT')) return undefined;
	const said = wrongKind(calendar.name, isTodo ? 'todo' : 'event');
	return `${said}: import it into a ${isTodo ? 'to-do list' : 'calendar'}.`;
}

async function stored(
	dsm: Dsm,
	folder: string,
	{ uid, summary, line, text, repairs }: IcsObject,
	existing: 'skip' | 'replace',
): Promise<Outcome> {
	const path = `${folder}${encodeURIComponent(memberName(uid))}`;
	const written = { type: 'text/calendar; charset=utf-8', what: 'The event' };
	const result = (status: Outcome['status'], reason = ''): Outcome => ({
		uid,
		summary,
		line,
		status,
		reason,
		repairs: repairs.join(' '),
	});
	try {
		await put(dsm, path, text, written);
		return result('created');
	} catch (error) {
		if (!isStatus(error, 403, 409, 412, 415, 507)) throw error;
		if (!isStatus(error, 412)) return result('refused', isDsmError(error) ? error.message : String(error));
		if (existing === 'skip') return result('skipped', 'Its UID is in the calendar already.');
	}
	await put(dsm, path, text, { ...written, etag: (await objectAt(dsm, path)).etag });
	return result('replaced');
}

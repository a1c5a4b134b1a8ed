import type { Dsm } from '../../../core/dsm';
import { getTodo, type WireTodo } from '../wire';
import { patchObject } from './eventWrite';
import { writeAlarms, writeStamps, writeTime, writeWords } from './ical/compose';

/** What of a to-do is to be written; absent: left as it is. */
export interface TodoText {
	summary?: string | undefined;
	description?: string | undefined;
	/** Seconds; for days midnight in UTC. */
	start?: number | undefined;
	due?: number | undefined;
	isAllDay: boolean;
	zone: string;
	/** Minutes before it is due. */
	reminders?: readonly number[] | undefined;
	isDone?: boolean | undefined;
}

/** Changes a to-do in its iCalendar text: every line that the change is not about stays byte for byte (calendar.md 7.1). */
export async function changeTodoByDav(dsm: Dsm, known: WireTodo, text: TodoText): Promise<WireTodo> {
	const now = Math.floor(dsm.now() / 1000);
	await patchObject(dsm, { cal_id: known.original_cal_id ?? '', uid: known.ical_uid ?? '', kind: 'vtodo' }, (todo) => {
		writeWords(todo, text);
		if (text.start !== undefined) writeTime(todo, 'dtstart', text.start, text);
		if (text.due !== undefined) {
			todo.removeAllProperties('duration');
			writeTime(todo, 'due', text.due, text);
		}
		if (text.reminders) writeAlarms(todo, text.reminders, text.summary ?? '');
		if (text.isDone !== undefined) {
			todo.updatePropertyWithValue('status', text.isDone ? 'COMPLETED' : 'NEEDS-ACTION');
			todo.removeAllProperties('percent-complete');
			todo.removeAllProperties('completed');
			if (text.isDone) {
				todo.updatePropertyWithValue('percent-complete', 100);
				writeTime(todo, 'completed', now, { isAllDay: false, zone: 'UTC' });
			}
		}
		writeStamps(todo, dsm.now());
	});
	return await dsm.call(getTodo, { evt_id: Number(known.evt_id) });
}

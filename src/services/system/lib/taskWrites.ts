import type { Dsm } from '../../../core/dsm';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import * as wire from '../wire/tasks';

const DAYS = {
	0: 'Sunday',
	1: 'Monday',
	2: 'Tuesday',
	3: 'Wednesday',
	4: 'Thursday',
	5: 'Friday',
	6: 'Saturday',
};
type Day = `${keyof typeof DAYS}`;
const EVERY_DAY = Object.keys(DAYS) as [Day, ...Day[]];

const time = (title: string, description: string, most: number) =>
	z.coerce.number<number | string>().int().min(0).max(most).meta({ title, description });

export const hour = time('Hour', 'Hour at which it runs, in the time of the NAS', 23);
export const minute = time('Minute', 'Minute at which it runs', 59);
export const weekdays = z
	.array(z.enum(EVERY_DAY))
	.min(1)
	.meta({ title: 'Weekdays', description: 'Days on which it runs', labels: DAYS });
export const script = z.string().min(1).meta({
	title: 'Script',
	description: 'Commands that run with the rights of the owner',
	placeholder: 'e.g. /volume1/docs/nightly.sh',
	widget: 'multiline',
});
export const everyDay = (): Day[] => [...EVERY_DAY];

/** Once on each of these days. */
export const daily = (at: { hour: number; minute: number; weekdays: readonly string[] }): Record<string, unknown> => ({
	date_type: 0,
	week_day: [...at.weekdays].sort().join(','),
	hour: at.hour,
	minute: at.minute,
	repeat_hour: 0,
	repeat_min: 0,
	last_work_hour: at.hour,
});

/** What is to be of a task. */
export interface Wanted {
	real_owner: string;
	[field: string]: unknown;
}

/** Tasks of root are written by an API of their own, which wants the password; before DSM 7.2 there is none (releases.md 3). */
export async function writeTask(dsm: Dsm, method: 'create' | 'set', wanted: Wanted): Promise<void> {
	const calls = method === 'create' ? wire.createTask : wire.setTask;
	const hasRoot = wanted.real_owner === 'root' && wire.ROOT in (await dsm.apis([wire.ROOT]));
	await dsm.call(hasRoot ? calls.root : calls.other, wanted);
}

/** What the NAS takes is inferred: the task is read again. */
export async function taskNamed(dsm: Dsm, fits: (task: wire.ScheduledTask) => boolean): Promise<wire.ScheduledTask> {
	const found = (await dsm.list(wire.listTasks, wire.BY_TIME, { readOnly: true })).find(fits);
	if (found) return found;
	throw new DsmApiError('The NAS took the call, but the list of tasks does not show it.', {
		hint: 'Do it in Control Panel, Task Scheduler: this release of DSM may want other parameters.',
	});
}

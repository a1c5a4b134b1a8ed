import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { failuresOf } from '../lib/forms';
import { listTasks, taskRow, type TaskRow } from '../wire/tasks';

const hasFailed = ({ has_fail, errors }: TaskRow): boolean => has_fail === true || failuresOf(errors).length > 0;

export const taskFinished = listTrigger({
	title: 'Background task finished',
	summary: 'Starts when a copy, move, deletion or archive of the account has ended, also with a failure.',
	params: z.object({
		only_failed: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Failed', description: 'Whether tasks that went well are left out' }),
	}),
	filters: ['only_failed'],
	call: listTasks,
	request: () => ({ sort_by: 'crtime', sort_direction: 'ASC' }),
	id: ({ taskid }) => taskid,
	fingerprints: ({ finished }) => [finished ? 'finished' : 'running'],
	on: ['created', 'changed'],
	keep: (row, { only_failed }) => row.finished && (hasFailed(row) || !only_failed),
	tell: (change) => [change.kind === 'deleted' ? {} : { failed: hasFailed(change.row) }],
	event: taskRow
		.with({ event_id: z.string(), failed: z.boolean() })
		.as({ simple: ['taskid', 'api', 'path', 'finished', 'failed', 'progress', 'crtime', 'errors'] }),
});

import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { DETAILS, isComplete, listTasks, task, type Task } from '../wire/tasks';

const watched = {
	params: z.object({}),
	call: listTasks,
	request: () => ({ additional: DETAILS }),
	id: ({ id }: Task) => id,
} as const;
const event = task.with({ event_id: z.string() });

export const taskAdded = listTrigger({
	...watched,
	title: 'Download added',
	summary: 'Starts when there is a new download task, whoever made it.',
	on: 'created',
	event,
});

export const taskFinished = listTrigger({
	...watched,
	title: 'Download finished',
	summary: 'Starts when a download is complete; a torrent counts as complete before its seeding ends.',
	fingerprints: (row) => [isComplete(row) ? 'done' : ''],
	on: ['created', 'changed'],
	keep: isComplete,
	event,
});

export const taskFailed = listTrigger({
	...watched,
	title: 'Download failed',
	summary: 'Starts when a download task fails, once for each reason.',
	fingerprints: ({ status, error_detail = 'unknown' }) => [status === 'error' ? error_detail : ''],
	on: ['created', 'changed'],
	keep: ({ status }) => status === 'error',
	event,
});

export const seedingFinished = listTrigger({
	...watched,
	title: 'Seeding finished',
	summary: 'Starts when a torrent that was seeded is done for good.',
	fingerprints: ({ status }) => [status === 'seeding' ? 'seeding' : ''],
	on: 'changed',
	keep: ({ status }) => status === 'finished',
	event,
});

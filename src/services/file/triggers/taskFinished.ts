import type { Dsm } from '../../core/dsm';
import { trigger } from '../../catalog/operation';
import { compare, snapshot, snapshotOf, type Sight } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { listTasks, sharing } from './calls';
import { linkRow } from './link';
import { pathErrors } from './background';
import { taskRow } from './task';

const SAMPLES = 10;

type LinkRow = z.output<typeof linkRow>;
const linkCall = sharing('list');

async function linksOf(dsm: Dsm): Promise<Sight<LinkRow>[]> {
	const { links = [] } = (await dsm.call(linkCall, { offset: 0, limit: 0 })) as { links?: LinkRow[] };
	return links.map((row) => ({ id: row.id, prints: [], row }));
}

const linkEvent = linkRow.extend({ event_id: z.string() });

export const linkCreated = trigger({
	title: 'Sharing link created',
	summary: 'Starts when the account has a new sharing link, in File Station or by this package.',
	params: z.object({}),
	basis: 'guide',
	uses: [linkCall],
	cursor: snapshot,
	event: linkEvent,
	key: ({ event_id }) => event_id,
	start: async (_, dsm) => snapshotOf(await linksOf(dsm)),
	async poll(_, known, dsm) {
		const { changes, cursor } = compare(known, await linksOf(dsm));
		return {
			events: changes.flatMap((change) =>
				change.kind === 'created' ? [{ ...change.row, event_id: change.event_id }] : [],
			),
			cursor,
		};
	},
	sample: async (_, dsm) =>
		(await linksOf(dsm)).slice(-SAMPLES).map(({ id, row }) => ({ ...row, event_id: `sample-${id}` })),
});

type TaskRow = z.output<typeof taskRow>;

async function tasksOf(dsm: Dsm): Promise<Sight<TaskRow>[]> {
	const sent = { offset: 0, limit: 0, sort_by: 'crtime', sort_direction: 'ASC' };
	const { tasks = [] } = (await dsm.call(listTasks, sent)) as { tasks?: TaskRow[] };
	return tasks.map((row) => ({ id: row.taskid, prints: [row.finished ? 'finished' : 'running'], row }));
}

const taskEvent = taskRow.extend({ event_id: z.string(), failed: z.boolean() });
const toTaskEvent = (row: TaskRow, event_id: string) => ({
	...row,
	event_id,
	failed: row['has_fail'] === true || pathErrors(row.errors).length > 0,
});

export const taskFinished = trigger({
	title: 'Background task finished',
	summary: 'Starts when a copy, move, deletion or archive of the account has ended, also with a failure.',
	params: z.object({
		only_failed: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Failed', description: 'Whether tasks that went well are left out' }),
	}),
	basis: 'guide',
	uses: [listTasks],
	cursor: snapshot,
	event: taskEvent,
	key: ({ event_id }) => event_id,
	start: async (_, dsm) => snapshotOf(await tasksOf(dsm)),
	async poll({ only_failed }, known, dsm) {
		const { changes, cursor } = compare(known, await tasksOf(dsm));
		const ended = changes.flatMap((change) =>
			change.kind !== 'deleted' && change.row.finished ? [toTaskEvent(change.row, change.event_id)] : [],
		);
		return { events: ended.filter(({ failed }) => failed || !only_failed), cursor };
	},
	async sample({ only_failed }, dsm) {
		const ended = (await tasksOf(dsm))
			.filter(({ row }) => row.finished)
			.map(({ id, row }) => toTaskEvent(row, `sample-${id}`));
		return ended.filter(({ failed }) => failed || !only_failed).slice(-SAMPLES);
	},
});

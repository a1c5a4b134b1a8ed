import type { Dsm } from '../../core/dsm';
import type { Call } from '../../core/call';
import { z } from '../../vendor/zod';
import { compare, snapshot, snapshotOf, type Change, type Sight } from '../../catalog/sources';
import { trigger, type Basis } from '../../catalog/operation';
import { bookList, webBooks } from './addressBook';
import { labelsOf, list as labelList, memberIds } from './label';

const KINDS = ['created', 'changed', 'deleted'] as const;

const params = z.object({
	kinds: z
		.array(z.enum(KINDS))
		.min(1)
		.default([...KINDS])
		.meta({
			title: 'Fire When',
			description: 'What has to happen',
			labels: { created: 'Created', changed: 'Changed', deleted: 'Deleted' },
		}),
});

/** A trigger on a short list that one call gives: the first print is the name. */
const listTrigger = <T extends object>(
	title: string,
	summary: string,
	{
		call,
		aspects,
		sights,
		basis,
	}: { call: Call; aspects: string[]; sights: (dsm: Dsm) => Promise<Sight<T>[]>; basis: Basis },
) => {
	const toEvent = (change: Change<T>) => ({
		event_id: change.event_id,
		event: change.kind,
		id: Number(change.id),
		name: (change.kind === 'deleted' ? change.was : change.now)[0]!,
		...(change.kind === 'changed' && { changed: change.parts.map((part) => aspects[part]!) }),
		...(change.kind !== 'deleted' && change.row),
	});
	return trigger({
		title,
		summary,
		params,
		basis,
		uses: [call],
		cursor: snapshot,
		event: z.looseObject({
			event_id: z.string(),
			event: z.enum(KINDS),
			id: z.number(),
			name: z.string(),
			changed: z.array(z.string()).optional(),
		}),
		key: ({ event_id }) => event_id,
		start: async (_given, dsm) => snapshotOf(await sights(dsm)),
		async poll(given, known, dsm) {
			const { changes, cursor } = compare(known, await sights(dsm));
			return { events: changes.filter(({ kind }) => given.kinds.includes(kind)).map(toEvent), cursor };
		},
		async sample(_given, dsm) {
			const { changes } = compare<T>({ v: 1, seq: 0, items: {} }, await sights(dsm));
			return changes.slice(0, 5).map(toEvent);
		},
	});
};

export const labelChanged = listTrigger(
	'Label changed',
	'Fires when a label is created, deleted, renamed, colored, or put on or taken off contacts.',
	{
		call: labelList.call,
		aspects: ['name', 'color', 'members'],
		basis: 'capture',
		sights: async (dsm) =>
			(await labelsOf(dsm)).map((row) => {
				const members = [...memberIds(row)].sort((a, b) => a - b);
				return { id: String(row.id), row, prints: [row.name, row.color ?? '', members.join(',')] };
			}),
	},
);

/** The number of contacts is left out: it changes with each of them. */
export const addressBookChanged = listTrigger(
	'Address book changed',
	'Fires when an address book is created, deleted or renamed, or is shared with the account or no longer so.',
	{
		call: bookList,
		aspects: ['name', 'shared_from', 'shared_with'],
		basis: 'capture',
		sights: async (dsm) =>
			(await webBooks(dsm)).map((row) => ({
				id: String(row.id),
				row,
				prints: [row.name, row.shared_from ?? '', row.shared_with ?? ''],
			})),
	},
);

import { listTrigger } from '../../../catalog/listTrigger';
import { field } from '../../../catalog/row';
import type { Change } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { addressBookRow, labelRow, listAddressBooks, listLabels } from '../wire/web';

const KINDS = ['created', 'changed', 'deleted'] as const;

const params = z.object({
	kinds: z
		.array(z.enum(KINDS))
		.min(1)
		.default([...KINDS])
		.meta({
			title: 'Start When',
			description: 'What has to happen',
			labels: { created: 'Created', changed: 'Changed', deleted: 'Deleted' },
		}),
});

/** What every event on these lists says beside the row; of what is gone only ID and name are known. */
const said = {
	event_id: field.text(),
	/** What happened to it; `event` is the name of the trigger's event (host/additional.ts). */
	change: z.enum(KINDS),
	id: field.id(),
	name: field.text(),
	/** What is different. */
	changed: z.array(z.string()).optional(),
};

/** The first fingerprint is the name. Kinds that are not wanted are left out after the comparison. */
const tells =
	<T>(aspects: readonly string[]) =>
	(change: Change<T>, { kinds }: z.output<typeof params>): Record<string, unknown>[] =>
		kinds.includes(change.kind)
			? [
					{
						change: change.kind,
						id: change.id,
						name: (change.kind === 'deleted' ? change.was : change.now)[0],
						...(change.kind === 'changed' && { changed: change.parts.map((part) => aspects[part]) }),
					},
				]
			: [];

/** IDs are compared as numbers, as they were when they came as such: a place of that time is read on. */
const sorted = (ids: readonly string[]): string[] => [...ids].sort((a, b) => Number(a) - Number(b));

export const labelChanged = listTrigger({
	title: 'Label changed',
	summary: 'Starts when a label is created, deleted, renamed, colored, or put on or taken off contacts.',
	params,
	filters: ['kinds'],
	call: listLabels,
	id: ({ id }) => id,
	fingerprints: ({ name, color = '', member = [] }) => [name, color, sorted(member).join(',')],
	on: KINDS,
	tell: tells(['name', 'color', 'members']),
	event: labelRow.with(said),
});

/** The number of contacts is left out: it changes with each of them. */
export const addressBookChanged = listTrigger({
	title: 'Address book changed',
	summary: 'Starts when an address book is created, deleted or renamed, or is shared with the account or no longer so.',
	params,
	filters: ['kinds'],
	call: listAddressBooks,
	id: ({ id }) => id,
	fingerprints: ({ name, shared_from = '', shared_with = '' }) => [name, shared_from, shared_with],
	on: KINDS,
	tell: tells(['name', 'shared_from', 'shared_with']),
	event: addressBookRow.with(said).as({
		simple: ['event_id', 'change', 'id', 'name', 'changed', 'member_count', 'shared_from', 'shared_with'],
	}),
});

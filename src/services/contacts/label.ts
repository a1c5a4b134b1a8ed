import type { Dsm } from '../../core/dsm';
import { z } from '../../vendor/zod';
import type { Call } from '../../core/call';
import { operation, procedure, resource } from '../../catalog/operation';
import { listRows } from './rows';
import { contact_ids, label_id } from './fields';

const label = z.looseObject({
	id: z.coerce.number(),
	name: z.string(),
	color: z.string().optional(),
	type: z.number().optional(),
	member: z.array(z.unknown()).optional(),
	member_count: z.number().optional(),
});

export const list = operation({
	title: 'List labels',
	summary: 'Lists the labels of the account with the IDs of their contacts.',
	call: { api: 'SYNO.Contacts.Label', method: 'list', version: 2 },
	params: z.object({}),
	page: { items: 'label' },
	result: z.array(label),
	readOnly: true,
	basis: 'capture',
});

interface WireLabel {
	id: number;
	name: string;
	color?: string;
	member?: unknown[];
}

export async function labelsOf(dsm: Dsm): Promise<WireLabel[]> {
	const data = (await dsm.call(list.call, {}, { readOnly: true })) as { label?: WireLabel[] } | undefined;
	return data?.label ?? [];
}

/** Ids of members: a number, or an object with one; the capture had none (contacts.md 5). */
export const memberIds = ({ member = [] }: { member?: unknown[] }): number[] =>
	member.map((one) => Number(typeof one === 'object' && one !== null && 'id' in one ? one.id : one));

export const listContacts = procedure({
	title: 'List contacts of a label',
	summary: 'Lists the short rows of the contacts that bear a label.',
	uses: [list.call, listRows.call],
	params: z.object({ label_id }),
	result: listRows.result,
	readOnly: true,
	basis: 'inferred',
	async *each(given, dsm) {
		const found = (await labelsOf(dsm)).find(({ id }) => Number(id) === given.label_id);
		const ids = new Set(memberIds(found ?? {}));
		if (ids.size === 0) return;
		for await (const row of dsm.each(listRows, {})) if (ids.has((row as { id: number }).id)) yield row;
	},
});

const name = z
	.string()
	.trim()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the label', placeholder: 'e.g. Customers' });
const color = z
	.string()
	.regex(/^#[0-9a-f]{6}$/i, 'is not a colour, e.g. #FF8000')
	.optional()
	.meta({ title: 'Color', description: 'Color of the label', placeholder: 'e.g. #FF8000', widget: 'color' });

const write = (method: string): Call => ({ api: 'SYNO.Contacts.Label', method, version: 2 });

/** The parameters of writes are those that are expected (contacts.md 5). */
const unverified = { response: (data: unknown) => data ?? {}, result: z.looseObject({}), basis: 'inferred' } as const;

export const create = operation({
	title: 'Create a label',
	summary: 'Creates a label, over the web API.',
	call: write('create'),
	params: z.object({ name, color }),
	...unverified,
});

export const update = operation({
	title: 'Change a label',
	summary: 'Gives a label another name or color, over the web API.',
	call: write('set'),
	params: z.object({ label_id, name: name.optional(), color }),
	request: ({ label_id: id, ...rest }) => ({ id, ...rest }),
	...unverified,
});

export const deleteLabel = operation({
	title: 'Delete a label',
	summary: 'Deletes a label and leaves its contacts, over the web API.',
	call: write('delete'),
	params: z.object({ label_id }),
	request: ({ label_id: id }) => ({ ids: [id] }),
	...unverified,
	destructive: true,
});

export const addContacts = operation({
	title: 'Add contacts to a label',
	summary: 'Puts a label on contacts, over the web API.',
	call: write('add_member'),
	params: z.object({ label_id, contact_ids }),
	request: ({ label_id: id, contact_ids: ids }) => ({ id, contact_ids: ids }),
	...unverified,
});

export const removeContacts = operation({
	title: 'Remove contacts from a label',
	summary: 'Takes a label off contacts, over the web API.',
	call: write('remove_member'),
	params: z.object({ label_id, contact_ids }),
	request: ({ label_id: id, contact_ids: ids }) => ({ id, contact_ids: ids }),
	...unverified,
});

export const labels = resource('Label', {
	list,
	listContacts,
	create,
	update,
	delete: deleteLabel,
	addContacts,
	removeContacts,
});

import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { contact_ids, label_id } from '../fields';
import {
	addLabelMembers,
	createLabel,
	deleteLabels,
	listBriefContacts,
	listLabels,
	removeLabelMembers,
	setLabel,
} from '../wire/web';

export const list = operation({
	title: 'List labels',
	summary: 'Lists the labels of the account with the IDs of their contacts.',
	call: listLabels,
	params: z.object({}),
});

/** That members of a label are IDs of contacts is likely: the capture had none (contacts.md 5). */
export const listContacts = operation({
	title: 'List contacts of a label',
	summary: 'Lists the short rows of the contacts that bear a label.',
	known: { call: listLabels },
	call: listBriefContacts,
	params: z.object({ label_id }),
	request: () => ({}),
	keep: ({ id }, params, known) =>
		known.some(({ id: label, member }) => label === String(params.label_id) && member?.includes(id)),
	basis: 'inferred',
});

const name = z
	.string()
	.trim()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the label', placeholder: 'e.g. Customers' });
const color = z
	.string()
	.regex(/^#[0-9a-f]{6}$/i, 'is not a color, e.g. #FF8000')
	.optional()
	.meta({ title: 'Color', description: 'Color of the label', placeholder: 'e.g. #FF8000', widget: 'color' });

export const create = operation({
	title: 'Create a label',
	summary: 'Creates a label, over the web API.',
	known: { call: listLabels },
	call: createLabel,
	params: z.object({ name, color }),
	request: (params) => params,
	lost: {
		made: listLabels,
		is: (row, params) => row.name === params.name,
		id: (row) => row.id,
		answer: ({ id }) => ({ id }),
	},
});

export const update = operation({
	title: 'Update a label',
	summary: 'Gives a label another name or color, over the web API.',
	call: setLabel,
	params: z.object({ label_id, name: name.optional(), color }),
	request: ({ label_id: id, ...rest }) => ({ id, ...rest }),
});

export const deleteLabel = operation({
	title: 'Delete a label',
	summary: 'Deletes a label and leaves its contacts, over the web API.',
	call: deleteLabels,
	params: z.object({ label_id }),
	request: ({ label_id: id }) => ({ ids: [id] }),
	lost: { gone: listLabels, is: (row, params) => row.id === String(params.label_id) },
	destructive: true,
	deletes: true,
});

export const addContacts = operation({
	title: 'Add contacts to a label',
	summary: 'Puts a label on contacts, over the web API.',
	call: addLabelMembers,
	params: z.object({ label_id, contact_ids }),
	request: ({ label_id: id, contact_ids: ids }) => ({ id, contact_ids: ids }),
});

/** Not destructive: the contacts stay, and the label can be put on them again. */
export const removeContacts = operation({
	title: 'Remove contacts from a label',
	summary: 'Takes a label off contacts, over the web API.',
	call: removeLabelMembers,
	params: z.object({ label_id, contact_ids }),
	request: ({ label_id: id, contact_ids: ids }) => ({ id, contact_ids: ids }),
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

import { textId } from '../../catalog/fields';
import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { file, given, nothing, sort, toNothing } from './fields';
import { anyFile, others } from './place';

const api = 'SYNO.SynologyDrive.Labels';
const filesApi = 'SYNO.SynologyDrive.Files';

const label = z.looseObject({
	label_id: textId(),
	name: z.string(),
	color: z.string().optional(),
	position: z.number().optional(),
	type: z.string().optional(),
});

/** Digits that must stay text on the wire (drive.md 1.1). */
export const label_id = textId().meta({
	title: 'Label',
	description: 'Label of the account; nobody else sees personal labels',
	widget: 'picker',
	choices: { from: 'drive.label.list', value: 'label_id', label: 'name' },
	by: { id: 'e.g. 2' },
});

const name = z.string().min(1).meta({ title: 'Name', description: 'Name of the label, unique for the account' });
const color = z
	.string()
	.regex(/^#[0-9A-Fa-f]{6}$/, 'is no colour like #499DF2')
	.optional()
	.meta({ title: 'Color', description: 'Colour in hexadecimal digits', placeholder: 'e.g. #499DF2', widget: 'color' });
const position = z.coerce
	.number<number | string>()
	.int()
	.min(0)
	.optional()
	.meta({ title: 'Position', description: 'Place in the list of labels', advanced: true });

export const list = operation({
	title: 'List labels',
	summary: 'Lists the labels of the account.',
	call: { api, method: 'list', version: 2 },
	params: z.object({}),
	page: { items: 'items', max: 1000 },
	result: z.array(label),
	readOnly: true,
	basis: 'guide',
});

export const create = operation({
	title: 'Create a label',
	summary: 'Creates a label of the account.',
	call: { api, method: 'create', version: 2 },
	params: z.object({ name, color, position }),
	request: given,
	result: label,
	basis: 'guide',
});

/** The guide's example wraps the answer twice. */
export const update = operation({
	title: 'Update a label',
	summary: 'Changes name, colour or position of a label.',
	call: { api, method: 'update', version: 2 },
	params: z.object({ label_id, name: name.optional(), color, position }),
	request: given,
	response: (data) => data.data ?? data,
	result: label,
	basis: 'guide',
});

const remove = operation({
	title: 'Delete a label',
	summary: 'Deletes a label; the files stay.',
	call: { api, method: 'delete', version: 2 },
	params: z.object({ label_id }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'guide',
});

const edit = (action: 'add' | 'delete', title: string, summary: string) =>
	operation({
		title,
		summary,
		call: { api: filesApi, method: 'label', version: 10 },
		params: z.object({ path: anyFile(), label_id, others: others('label') }),
		request: (wanted) => ({
			files: [wanted.path, ...wanted.others],
			labels: [{ action, label_id: wanted.label_id }],
		}),
		response: toNothing,
		result: nothing,
		basis: 'guide',
	});

export const add = edit('add', 'Add a label to a file', 'Puts a label on files and folders.');
export const removeFrom = edit('delete', 'Remove a label from a file', 'Takes a label off files and folders.');

/** An empty list removes all (drive.md 4.8). */
export const clear = operation({
	title: 'Remove all labels from a file',
	summary: 'Takes all labels of the account off files and folders.',
	call: { api: filesApi, method: 'label', version: 10 },
	params: z.object({ path: anyFile(), others: others('clear') }),
	request: (wanted) => ({ files: [wanted.path, ...wanted.others], labels: [] }),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

export const listFiles = operation({
	title: 'List labelled files',
	summary: 'Lists the files and folders with a label.',
	call: { api: filesApi, method: 'list_labelled', version: 10 },
	params: z.object({ label_id, ...sort }),
	page: { items: 'items', max: 1000 },
	result: z.array(file),
	readOnly: true,
	basis: 'guide',
});

export const labels = resource('Label', { list, create, update, delete: remove, add, removeFrom, clear, listFiles });

import { operation, resource } from '../../../catalog/operation';
import { sorting } from '../../../catalog/sorting';
import { z } from '../../../vendor/zod';
import { anyFile, given, label_id, others, sort } from '../fields';
import { labelFiles, listLabeled } from '../wire/files';
import * as wire from '../wire/people';

const name = z.string().min(1).meta({ title: 'Name', description: 'Name of the label, unique for the account' });
const color = z
	.string()
	.regex(/^#[0-9A-Fa-f]{6}$/, 'is no color like #499DF2')
	.optional()
	.meta({ title: 'Color', description: 'Color in hexadecimal digits', placeholder: 'e.g. #499DF2', widget: 'color' });
const position = z.coerce
	.number<number | string>()
	.int()
	.min(0)
	.optional()
	.meta({ title: 'Position', description: 'Place in the list of labels', advanced: true });

export const list = operation({
	title: 'List labels',
	summary: 'Lists the labels of the account.',
	call: wire.listLabels,
	params: z.object(
		sorting({
			position: 'Position',
			name: 'Name',
			color: 'Color',
			label_id: 'ID',
			update_time: 'Modified',
		}),
	),
});

export const create = operation({
	title: 'Create a label',
	summary: 'Creates a label of the account.',
	call: wire.createLabel,
	params: z.object({ name, color, position }),
	request: given,
	lost: {
		made: wire.listLabels,
		is: (row, params) => row.name === params.name,
		has: (params) => ({ color: params.color }),
	},
});

export const update = operation({
	title: 'Update a label',
	summary: 'Changes name, color or position of a label.',
	call: wire.updateLabel,
	params: z.object({ label_id, name: name.optional(), color, position }),
	request: given,
});

export const deleteOne = operation({
	title: 'Delete a label',
	summary: 'Deletes a label; the files stay.',
	call: wire.deleteLabel,
	params: z.object({ label_id }),
	lost: { gone: wire.listLabels, is: (row, params) => row.label_id === params.label_id },
	destructive: true,
	deletes: true,
});

export const add = operation({
	title: 'Add a label to a file',
	summary: 'Puts a label on files and folders.',
	call: labelFiles,
	params: z.object({ path: anyFile(), label_id, others: others('label') }),
	request: ({ path, label_id: id, others: more }) => ({
		files: [path, ...more],
		labels: [{ action: 'add', label_id: id }],
	}),
});

/** Not marked as destructive: the label is back by one call. */
export const remove = operation({
	title: 'Remove a label from a file',
	summary: 'Takes a label off files and folders.',
	call: labelFiles,
	params: z.object({ path: anyFile(), label_id, others: others('label') }),
	request: ({ path, label_id: id, others: more }) => ({
		files: [path, ...more],
		labels: [{ action: 'delete', label_id: id }],
	}),
});

/** An empty list removes all (drive.md 4.8). */
export const clear = operation({
	title: 'Remove all labels from a file',
	summary: 'Takes all labels of the account off files and folders.',
	call: labelFiles,
	params: z.object({ path: anyFile(), others: others('clear') }),
	request: ({ path, others: more }) => ({ files: [path, ...more], labels: [] }),
	destructive: true,
});

export const listFiles = operation({
	title: 'List labeled files',
	summary: 'Lists the files and folders with a label.',
	call: listLabeled,
	params: z.object({ label_id, ...sort }),
});

export const labels = resource('Label', {
	list,
	create,
	update,
	delete: deleteOne,
	add,
	remove,
	clear,
	listFiles,
});

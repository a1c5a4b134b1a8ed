import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { anyFolder, given, seconds } from '../fields';
import * as wire from '../wire/sharing';

const sharing_link = z
	.string()
	.min(1)
	.meta({
		title: 'File Request',
		description: 'Request by the last part of its link',
		widget: 'picker',
		choices: { from: 'drive.fileRequest.list', value: 'sharing_link', label: 'title' },
		by: { id: 'e.g. OXSIz8jDDgVcEqYSmtXyVrsSx6YVvEAP' },
	});
const title = z
	.string()
	.min(1)
	.meta({ title: 'Title', description: 'What is asked for', placeholder: 'e.g. Photos of the party' });
const more = {
	description: z
		.string()
		.optional()
		.meta({ title: 'Description', description: 'Text for those who upload', widget: 'multiline' }),
	protect_password: z
		.string()
		.optional()
		.meta({ title: 'Password', description: 'Password that visitors need', widget: 'secret' }),
	due_date: seconds('Expires', 'End of the request; empty: never'),
};

export const list = operation({
	title: 'List file requests',
	summary: 'Lists the file requests of the account.',
	call: wire.listFileRequests,
	params: z.object({}),
});

export const get = operation({
	title: 'Get a file request',
	summary: 'Gives one file request.',
	call: wire.getFileRequest,
	params: z.object({ sharing_link }),
});

export const create = operation({
	title: 'Create a file request',
	summary: 'Makes a link by which others upload files into a folder.',
	call: wire.createFileRequest,
	params: z.object({
		folder: anyFolder('Folder', 'Folder that gets the files'),
		title,
		...more,
		identifier: z
			.enum(['create_folder', 'add_prefix'])
			.default('create_folder')
			.meta({
				title: 'Tell Apart By',
				description: 'How the files of several people are kept apart',
				labels: { create_folder: 'A Folder Each', add_prefix: 'A Prefix of the Name' },
				advanced: true,
			}),
	}),
	request: ({ folder, ...rest }) => given({ path: folder, ...rest }),
	lost: {
		made: wire.listFileRequests,
		is: (row, params) => row.title === params.title,
		at: (row) => row.created_time,
	},
});

export const update = operation({
	title: 'Update a file request',
	summary: 'Changes a file request, opens or closes it.',
	call: wire.updateFileRequest,
	params: z.object({
		sharing_link,
		folder: anyFolder('Folder', 'Folder of the request'),
		title: title.optional(),
		...more,
		file_request_status: z
			.enum(['active', 'inactive'])
			.optional()
			.meta({
				title: 'Status',
				description: 'Whether files are taken',
				labels: { active: 'Open', inactive: 'Closed' },
			}),
	}),
	request: ({ folder, ...rest }) => given({ path: folder, ...rest }),
});

const remove = operation({
	title: 'Delete a file request',
	summary: 'Deletes a file request; the files stay.',
	call: wire.deleteFileRequest,
	params: z.object({ sharing_link }),
	destructive: true,
	deletes: true,
});

export const fileRequests = resource('File Request', { list, get, create, update, delete: remove });

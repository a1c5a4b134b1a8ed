import { fileAnswer } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { seconds } from '../fields';
import { logFilter, logRequest } from '../lib/log';
import { deleteLog, exportLog, listLog } from '../wire/administration';

const params = z.object({
	...logFilter,
	datefrom: seconds('From', 'Earliest time'),
	dateto: seconds('Until', 'Latest time'),
});

export const list = operation({
	title: 'List entries of the log',
	summary: 'Lists what users did in Drive, the newest first (administrators).',
	right: 'administrator',
	call: listLog,
	params,
	request: logRequest,
});

/** Here the NAS puts the @ before a team folder itself. */
export const exportCsv = operation({
	title: 'Export the log',
	summary: 'Gives the log as CSV file, with the actions in words (administrators).',
	right: 'administrator',
	call: exportLog,
	params,
	request: (wanted) => ({
		...logRequest(wanted),
		...(wanted.team_folder !== '' && { target: wanted.team_folder }),
		type: 'csv',
	}),
	result: fileAnswer(),
	returns: 'file',
});

export const clear = operation({
	title: 'Clear the log',
	summary: 'Deletes the whole log of Drive (administrators).',
	right: 'administrator',
	call: deleteLog,
	params: z.object({}),
	destructive: true,
});

export const log = resource('Log', { list, export: exportCsv, clear });

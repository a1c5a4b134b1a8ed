import { trigger } from '../../../catalog/operation';
import { digest } from '../../../catalog/sources';
import type { Dsm } from '../../../core/dsm';
import { browsing } from '../../file/fields';
import { z } from '../../../vendor/zod';
import { logRows } from '../../system/lib/logPages';
import { atNow, newRows, tailCursor, tailSample, type LogTail } from '../../system/lib/logTail';
import { listTransfers, transferRow, type TransferRow } from '../../system/wire/logs';
import { isByWebdav, TRANSFERS } from '../lib/rows';

const COMMANDS = {
	read: 'Read',
	write: 'Written',
	create: 'Created',
	delete: 'Deleted',
	rename: 'Renamed',
	move: 'Moved',
	upload: 'Uploaded',
	download: 'Downloaded',
} as const;

const params = z.object({
	commands: z
		.array(z.enum(Object.keys(COMMANDS) as [keyof typeof COMMANDS, ...(keyof typeof COMMANDS)[]]))
		.default([])
		.meta({ title: 'Kinds', description: 'Kinds of transfers that count; all when empty', labels: COMMANDS }),
	user: z
		.string()
		.trim()
		.default('')
		.meta({ title: 'Account', description: 'Only transfers of this account', placeholder: 'e.g. alice' }),
	folder: z
		.string()
		.trim()
		.default('')
		.meta({
			title: 'Folder',
			description: 'Only files in this folder or below it, from the shared folder on',
			...browsing({ filetype: 'dir' }),
			by: { path: 'e.g. /docs' },
		}),
});
type Params = z.output<typeof params>;

function fits(row: TransferRow, { commands, user, folder }: Params): boolean {
	const { cmd = '', username = '', descr = '' } = row;
	const within = folder.replace(/\/+$/, '');
	return (
		isByWebdav(row) &&
		(commands.length === 0 || commands.some((one) => one === cmd)) &&
		(user === '' || username === user) &&
		(within === '' || descr === within || descr.startsWith(`${within}/`))
	);
}

const transfers = (dsm: Dsm): LogTail<TransferRow> => ({
	rows: () => logRows(dsm.with({ share: true }), listTransfers, TRANSFERS),
	fingerprintOf: ({ time, username, cmd, descr, filesize, ip, original_logtype }) =>
		digest([time, username, cmd, descr, filesize, ip, original_logtype]),
});

export const fileTransferred = trigger({
	title: 'File transferred',
	summary:
		'Starts when a file was read, written or deleted over WebDAV. The transfer log must be on for WebDAV. Needs an administrator.',
	right: 'administrator',
	params,
	filters: ['commands', 'user', 'folder'],
	cursor: tailCursor,
	event: transferRow.with({ event_id: z.string() }),
	key: ({ event_id }) => event_id,
	uses: [listTransfers],
	start: async (_, dsm) => await atNow(transfers(dsm)),
	async poll(given, known, dsm) {
		const { rows, cursor } = await newRows(transfers(dsm), known);
		return { events: rows.filter((row) => fits(row, given)), cursor };
	},
	sample: async (given, dsm) => await tailSample(transfers(dsm), (row) => fits(row, given)),
});

import { operation, procedure, resource } from '../../../catalog/operation';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { logRows } from '../../system/lib/logPages';
import { listTransfers, transferRow } from '../../system/wire/logs';
import { isByWebdav, TRANSFERS } from '../lib/rows';
import { getLogging, logging, setLogging } from '../wire/log';

/** Code: pages begin at `start`, and transfers of all protocols come in one log. */
const list = procedure({
	title: 'List transfers',
	summary:
		'Gives which files were read, written or deleted over WebDAV and by whom, the newest first, where DSM logs it. Needs an administrator.',
	right: 'administrator',
	uses: [listTransfers],
	params: z.object({
		user: z
			.string()
			.trim()
			.default('')
			.meta({ title: 'Account', description: 'Only transfers of this account', placeholder: 'e.g. alice' }),
		keyword: z
			.string()
			.trim()
			.default('')
			.meta({ title: 'Keyword', description: 'Only transfers whose path holds this text', placeholder: 'e.g. /docs' }),
	}),
	result: z.array(transferRow),
	readOnly: true,
	async *each({ user, keyword }, dsm) {
		for await (const row of logRows(dsm, listTransfers, { ...TRANSFERS, keyword })) {
			const isMeant =
				(user === '' || row.username === user) && (row.descr ?? '').toLowerCase().includes(keyword.toLowerCase());
			if (isMeant && isByWebdav(row)) yield row;
		}
	},
});

const get = operation({
	title: 'Get what is logged',
	summary: 'Says for which protocols, WebDAV among them, DSM logs transfers. Needs an administrator.',
	right: 'administrator',
	call: getLogging,
	params: z.object({}),
});

const switching = (title: string, summary: string, webdav: boolean) =>
	operation({
		title,
		summary,
		right: 'administrator',
		known: { call: getLogging },
		call: setLogging,
		params: z.object({}),
		request: (_, known) => ({ ...known, webdav }),
		then: { call: getLogging },
		response(_, { then }) {
			if (then.webdav === webdav) return then;
			throw new DsmApiError('The NAS accepted the change, but did not apply it.', {
				hint: 'Change it in Log Center or in the settings of WebDAV Server.',
			});
		},
		result: logging,
	});
const enable = switching(
	'Enable the transfer log',
	'Lets DSM log what is transferred over WebDAV; other protocols stay as they are. Needs an administrator.',
	true,
);
const disable = switching(
	'Disable the transfer log',
	'Lets DSM log nothing more of what is transferred over WebDAV. Needs an administrator.',
	false,
);

export const transferLogs = resource('Transfer log', { list, get, enable, disable });

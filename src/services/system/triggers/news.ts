import type { Dsm } from '../../../core/dsm';
import { looksWrong } from '../../../catalog/absence';
import { listTrigger } from '../../../catalog/listTrigger';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { keyword } from '../fields';
import { told, withText } from '../lib/bell';
import { isIn, kind, levels } from '../lib/logFilter';
import { logTrigger } from '../lib/logTrigger';
import { BELL_REQUEST, getStrings, listNotifications, logRow, type Notification } from '../wire/logs';

type Strings = Parameters<typeof withText>[1];

/** Texts are many and stay the same while this runs. */
async function strings(dsm: Dsm): Promise<Strings> {
	const kept = dsm.memory.get('system.strings') as Strings | undefined;
	if (kept) return kept;
	const asked = await dsm.call(getStrings, { pkgName: '', lang: 'enu' });
	// Kept for long: an empty table is none.
	if (Object.keys(asked).length === 0) throw looksWrong('it has no texts');
	dsm.memory.set('system.strings', asked);
	return asked;
}

/** Before DSM 7.3 they have no id: time and text tell them apart. */
export const notificationReceived = listTrigger({
	title: 'Notification received',
	summary: 'Starts when the bell of the desktop has something new for the account. Every account may watch its own.',
	right: 'account',
	params: z.object({}),
	call: listNotifications,
	uses: [getStrings],
	// The newest come first.
	look: async (_, dsm) => (await dsm.list(listNotifications, BELL_REQUEST)).reverse(),
	id: (row: Notification) => row.notify_id ?? digest([row.time, row.title, row.msg]),
	on: 'created',
	event: told.with({ event_id: z.string() }),
	async dress(found, dsm) {
		const texts = await strings(dsm);
		return found.map(({ row, more }) => ({ ...withText(row!, texts), ...more }));
	},
});

export const logEntryAdded = logTrigger({
	title: 'Log entry added',
	summary: 'Starts when the system or connection log has a new entry that fits. Needs an administrator.',
	params: z.object({ kind, levels, keyword }),
	filters: ['levels', 'keyword'],
	kind: (given) => given.kind,
	keep: isIn,
	event: logRow.with({ event_id: z.string() }),
});

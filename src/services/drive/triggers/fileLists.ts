import type { Call } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { textId } from '../../catalog/fields';
import { trigger } from '../../catalog/operation';
import { compare, digest, snapshot, snapshotOf, type Sight } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { connectionList, type connection } from './administration';
import { download, fileEvent, fileOf } from './changes';
import { calls, type WireFile } from './fields';
import { label_id } from './label';
import { waiting } from './tasks';
import { notificationList } from './server';
import { allRows } from './rows';
import { matcher } from './deleting';

const filesApi = 'SYNO.SynologyDrive.Files';

const pattern = z.string().default('').meta({
	title: 'Name Pattern',
	description: 'Only items of such names count, * for any text',
	placeholder: 'e.g. *.pdf',
});

/** Starts when a file enters a list of the account. The rows have no time of that: what was not in it before is new (drive.md 9.7). */
function listTrigger<P extends z.ZodRawShape>(
	call: Call,
	own: P,
	wire: (given: z.output<z.ZodObject<P>>) => Record<string, unknown>,
	texts: { title: string; summary: string },
) {
	const params = z.object({ ...own, pattern, download });
	type Given = z.output<typeof params>;
	const read = async (given: Given, dsm: Dsm): Promise<Sight<WireFile>[]> =>
		(await allRows<WireFile>(dsm.with({ share: true }), call, wire(given as never))).map((row) => ({
			id: row.file_id,
			prints: [],
			row,
		}));
	const eventOf = (row: WireFile, event_id: string) => ({ ...row, event_id, display_path: row.display_path ?? '' });
	return trigger({
		...texts,
		params,
		cursor: snapshot,
		event: fileEvent,
		key: ({ event_id }) => event_id,
		uses: [call, calls.download, calls.export, ...waiting],
		basis: 'guide',
		start: async (given: Given, dsm) => snapshotOf(await read(given, dsm)),
		async poll(given: Given, cursor, dsm) {
			const { changes, cursor: next } = compare(cursor, await read(given, dsm));
			const fits = matcher((given as { pattern: string }).pattern);
			const events = changes.flatMap((change) =>
				change.kind === 'created' && fits(change.row.name) ? [eventOf(change.row, change.event_id)] : [],
			);
			return { events, cursor: next };
		},
		sample: async (given: Given, dsm) =>
			(await read(given, dsm)).slice(0, 10).map(({ id, row }) => eventOf(row, `sample-${id}`)),
		file: async (event, given: Given, dsm) => await fileOf(event, given as { download: boolean }, dsm),
	});
}

const byName = { sort_by: 'name', sort_direction: 'asc' };

export const sharedWithMe = listTrigger({ api: filesApi, method: 'shared_with_me', version: 10 }, {}, () => byName, {
	title: 'File shared with me',
	summary: 'Starts when somebody shares a file or folder with the account.',
});

export const fileStarred = listTrigger({ api: filesApi, method: 'list_starred', version: 10 }, {}, () => byName, {
	title: 'File starred',
	summary: 'Starts when the account stars a file or folder.',
});

export const fileLabelled = listTrigger(
	{ api: filesApi, method: 'list_labelled', version: 10 },
	{ label_id },
	(given) => ({ label_id: given.label_id, ...byName }),
	{ title: 'File labelled', summary: 'Starts when the account puts a label on a file or folder.' },
);

/** No item was ever captured: an id that it may carry, else all of it, tells one from another (drive.md 9.6). */
const notificationId = (row: Record<string, unknown>): string => {
	const id = row.notification_id ?? row.id;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : digest(row);
};

type Raw = Record<string, unknown>;

/** Newest first, as it comes; told the oldest first. */
const notificationsOf = async (dsm: Dsm): Promise<Sight<Raw>[]> =>
	(await allRows<Raw>(dsm.with({ share: true }), notificationList, {}))
		.map((row) => ({ id: notificationId(row), prints: [], row }))
		.reverse();

export const newNotification = trigger({
	title: 'New notification',
	summary: 'Starts when Drive has a notification for the account; its fields are as Drive gives them.',
	params: z.object({}),
	cursor: snapshot,
	event: z.looseObject({ event_id: z.string() }),
	key: ({ event_id }) => event_id,
	uses: [notificationList],
	basis: 'inferred',
	start: async (_, dsm) => snapshotOf(await notificationsOf(dsm)),
	async poll(_, cursor, dsm) {
		const { changes, cursor: next } = compare(cursor, await notificationsOf(dsm));
		const fresh = changes.flatMap((change) =>
			change.kind === 'created' ? [{ ...change.row, event_id: change.event_id }] : [],
		);
		return { events: fresh, cursor: next };
	},
	sample: async (_, dsm) =>
		(await notificationsOf(dsm)).slice(-10).map(({ id, row }) => ({ ...row, event_id: `sample-${id}` })),
});

type Client = z.output<typeof connection>;
const clientsOf = async (dsm: Dsm): Promise<Sight<Client>[]> =>
	(await allRows<Client>(dsm.with({ share: true }), connectionList, {})).map((row) => ({
		id: row.client_session_id,
		prints: [row.client_status ?? ''],
		row,
	}));

const PROBLEMS = {
	offline: 'A Device Goes Offline',
	new_device: 'A New Device Connects',
	gone: 'A Device Is Unlinked',
};

export const syncProblem = trigger({
	title: 'Sync problem',
	summary: 'Starts when a client that syncs with Drive goes offline, or when devices come and go.',
	params: z.object({
		problems: z
			.array(z.enum(Object.keys(PROBLEMS) as [keyof typeof PROBLEMS]))
			.min(1)
			.default(['offline'] as never)
			.meta({ title: 'Problems', description: 'What counts', labels: PROBLEMS }),
	}),
	cursor: snapshot,
	event: z.looseObject({
		event_id: z.string(),
		problem: z.string(),
		client_session_id: z.string(),
		client_name: z.string().optional(),
		client_id: z.string().optional(),
		client_status: z.string().optional(),
	}),
	key: ({ event_id }) => event_id,
	uses: [connectionList],
	basis: 'guide',
	start: async (_, dsm) => snapshotOf(await clientsOf(dsm)),
	async poll({ problems }, cursor, dsm) {
		const { changes, cursor: next } = compare(cursor, await clientsOf(dsm));
		const found = changes.flatMap((change) => {
			if (change.kind === 'deleted')
				return [{ problem: 'gone', event_id: change.event_id, client_session_id: change.id }];
			const problem = change.kind === 'created' ? 'new_device' : change.now[0] === 'off_line' ? 'offline' : undefined;
			return problem === undefined ? [] : [{ ...change.row, problem, event_id: change.event_id }];
		});
		return { events: found.filter(({ problem }) => problems.includes(problem as never)), cursor: next };
	},
	sample: async ({ problems }, dsm) =>
		(await clientsOf(dsm))
			.slice(0, 10)
			.map(({ id, row }) => ({ ...row, problem: problems[0] ?? '', event_id: `sample-${id}` })),
});

export const newTeamFolder = trigger({
	title: 'New team folder',
	summary: 'Starts when the account gets access to a team folder.',
	params: z.object({}),
	cursor: snapshot,
	event: z.looseObject({ event_id: z.string(), team_id: textId(), name: z.string(), file_id: textId() }),
	key: ({ event_id }) => event_id,
	uses: [calls.teamFolders],
	basis: 'guide',
	start: async (_, dsm) => snapshotOf(await teamsOf(dsm)),
	async poll(_, cursor, dsm) {
		const { changes, cursor: next } = compare(cursor, await teamsOf(dsm));
		const fresh = changes.flatMap((change) =>
			change.kind === 'created' ? [{ ...change.row, event_id: change.event_id }] : [],
		);
		return { events: fresh, cursor: next };
	},
	sample: async (_, dsm) =>
		(await teamsOf(dsm)).slice(0, 10).map(({ id, row }) => ({ ...row, event_id: `sample-${id}` })),
});

type Team = { team_id: string; name: string; file_id: string };
const teamsOf = async (dsm: Dsm): Promise<Sight<Team>[]> =>
	(await allRows<Team>(dsm.with({ share: true }), calls.teamFolders, {})).map((row) => ({
		id: String(row.team_id),
		prints: [],
		row,
	}));

import { call, repeatable } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';

export const DOSSIER = 'downloadstation.md';
const DS1 = 'SYNO.DownloadStation.Task';
const read = { readOnly: true } as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const file = row({
	filename: field.text(),
	index: field.number().optional(),
	priority: field.text().optional(),
	size: field.bytes().optional(),
	size_downloaded: field.bytes().optional(),
	wanted: field.flag().optional(),
});
const tracker = row({
	url: field.text(),
	status: field.text().optional(),
	peers: field.number().optional(),
	seeds: field.number().optional(),
	update_timer: field.number().optional(),
});
const peer = row({
	address: field.text(),
	agent: field.text().optional(),
	progress: field.number().optional(),
	speed_download: field.number().optional(),
	speed_upload: field.number().optional(),
});

/** States of the newer family, which some packages tell in the older one as well (downloadstation.md 3). */
const STATES: Record<string, string> = {
	1: 'waiting',
	2: 'downloading',
	3: 'paused',
	4: 'finishing',
	5: 'finished',
	6: 'hash_checking',
	7: 'pre_seeding',
	8: 'seeding',
	9: 'filehosting_waiting',
	10: 'extracting',
	11: 'preprocessing',
	12: 'preprocess_pass',
	13: 'downloaded',
	14: 'postprocessing',
	15: 'captcha_needed',
};
/** Numbers above 100 are failures; a word that is not known stays as it is. */
const stateOf = (told: string): string => STATES[told] ?? (Number(told) > 100 ? 'error' : told);

/** Numbers come as text from old packages (downloadstation.md 3.1). Speeds are bytes per second. */
export const task = row(
	{
		id: field.id(),
		title: field.text(),
		status: z.preprocess((told) => stateOf(String(told)), z.string()),
		type: field.text().optional(),
		username: field.text().optional(),
		size: field.bytes().optional(),
		size_downloaded: field.bytes().optional(),
		size_uploaded: field.bytes().optional(),
		speed_download: field.number().optional(),
		speed_upload: field.number().optional(),
		error_detail: field.text().optional(),
		unzip_progress: field.number().optional(),
		destination: field.text().optional(),
		uri: field.text().optional(),
		priority: field.text().optional(),
		create_time: field.secondsOrNever().optional(),
		started_time: field.secondsOrNever().optional(),
		completed_time: field.secondsOrNever().optional(),
		unzip_password: field.secret().optional(),
	},
	{
		lift: ['additional', 'detail', 'transfer', 'status_extra'],
		simple: [
			'id',
			'title',
			'status',
			'type',
			'size',
			'size_downloaded',
			'speed_download',
			'destination',
			'completed_time',
			'error_detail',
		],
	},
);
export type Task = z.output<typeof task>;

/** States in which the NAS is still busy with what it has downloaded. */
const BUSY = ['finishing', 'hash_checking', 'extracting', 'postprocessing'];
/** A torrent is never "finished" before its seeding ends: the time of completion tells (downloadstation.md 6). */
export const isComplete = ({ status, completed_time }: Task): boolean =>
	status === 'finished' ||
	status === 'seeding' ||
	(status !== 'error' && !BUSY.includes(status) && Boolean(completed_time));

export const DETAILS = ['detail', 'transfer'];

/** The total may be that of the rows given: a short page ends the list (downloadstation.md 4). */
export const listTasks = call(DS1, 'list', 3, {
	list: 'tasks',
	of: task,
	page: 500,
	...read,
	basis: 'guide',
	source: `${DOSSIER} 4`,
});

/** The only task of an answer. Unknown ids are left out of it. */
function only(data: unknown): unknown {
	const rows = isObject(data) ? data['tasks'] : undefined;
	if (!Array.isArray(rows) || rows.length > 0) return Array.isArray(rows) ? (rows[0] as unknown) : undefined;
	throw new DsmApiError('There is no such download task.', {
		dsmCode: 404,
		hint: 'It may have been removed; list the tasks.',
	});
}
const one = { ...read, basis: 'guide', source: `${DOSSIER} 4` } as const;
export const getTask = call(DS1, 'getinfo', 3, { answer: z.preprocess(only, task), ...one });

/** What only tasks of torrents have. */
const partOf = (name: string) => (data: unknown) => {
	const found = only(data);
	const additional = isObject(found) ? found['additional'] : undefined;
	return { rows: isObject(additional) && Array.isArray(additional[name]) ? additional[name] : [] };
};
export const listFiles = call(DS1, 'getinfo', 3, { list: 'rows', of: file, within: partOf('file'), ...one });
export const listTrackers = call(DS1, 'getinfo', 3, { list: 'rows', of: tracker, within: partOf('tracker'), ...one });
export const listPeers = call(DS1, 'getinfo', 3, { list: 'rows', of: peer, within: partOf('peer'), ...one });

/** What became of each id, whichever way the package wraps it (downloadstation.md 2). */
const results = z.preprocess(
	(data) => ({ rows: resultsIn(data) }),
	z.object({ rows: z.array(z.looseObject({ id: field.id(), error: field.number() })) }),
);
function resultsIn(data: unknown): unknown[] {
	if (Array.isArray(data)) return data;
	const inner = isObject(data) ? (data['task'] ?? data['data']) : undefined;
	return Array.isArray(inner) ? inner : [];
}
const change = (method: string) => call(DS1, method, 3, { answer: results, basis: 'guide', source: `${DOSSIER} 4` });
export const pauseTasks = change('pause');
export const resumeTasks = change('resume');
export const deleteTasks = change('delete');
export const editTask = repeatable(change('edit'));

/** Answers without the new id. */
export const createTask = call(DS1, 'create', 3, { basis: 'guide', source: `${DOSSIER} 4` });

const DS2 = 'SYNO.DownloadStation2.Task';
const created = z.object({
	task_id: z.array(z.string()).optional(),
	list_id: z.array(z.string()).optional(),
});
export const createTask2 = call(DS2, 'create', 2, { answer: created, basis: 'capture', source: `${DOSSIER} 5.1` });
const condition = (method: string, basis: 'clients' | 'inferred') =>
	call(DS2, method, 2, { basis, source: `${DOSSIER} 5.3` });
export const clearCondition = repeatable(condition('delete_condition', 'clients'));
export const pauseCondition = repeatable(condition('pause_condition', 'inferred'));
export const resumeCondition = repeatable(condition('resume_condition', 'inferred'));
export const downloadSource = call('SYNO.DownloadStation2.Task.Source', 'download', 2, {
	...read,
	basis: 'capture',
	source: `${DOSSIER} 5.3`,
});
export const completeTask = repeatable(
	call('SYNO.DownloadStation2.Task.Complete', 'start', 1, {
		basis: 'clients',
		source: `${DOSSIER} 5.3`,
	}),
	{ done: [] },
);

const pending = { basis: 'capture', source: `${DOSSIER} 5.2` } as const;
export const getPending = call('SYNO.DownloadStation2.Task.List', 'get', 2, {
	answer: row({
		title: field.text().optional(),
		type: field.text().optional(),
		size: field.bytes().optional(),
		files: z.array(row({ index: field.number(), name: field.text(), size: field.bytes().optional() })),
	}),
	...read,
	...pending,
});
export const deletePending = repeatable(call('SYNO.DownloadStation2.Task.List', 'delete', 2, pending), { done: [] });
const POLLING = 'SYNO.DownloadStation2.Task.List.Polling';
export const startPending = call(POLLING, 'download', 2, { answer: z.object({ task_id: z.string() }), ...pending });
export const pendingStatus = call(POLLING, 'download_status', 2, {
	answer: z.object({
		finish: field.flag(),
		data: z.looseObject({ task_id: z.array(z.string()).optional() }).optional(),
	}),
	...read,
	...pending,
});
/** Takes back a start that has not made its tasks yet. */
export const stopPending = call(POLLING, 'download_stop', 2, pending);

const BT = 'SYNO.DownloadStation2.Task.BT';
const bt = { basis: 'inferred', source: `${DOSSIER} 5.3` } as const;
/** Rates are KB per second, as in the settings of torrents; 0: no limit. */
export const getLimits = call(BT, 'get', 2, {
	answer: z.looseObject({
		max_download_rate: field.number().optional(),
		max_upload_rate: field.number().optional(),
		max_peers: field.number().optional(),
		seeding_ratio: field.number().optional(),
		seeding_interval: field.number().optional(),
		priority: field.text().optional(),
	}),
	...read,
	...bt,
});
export const setLimits = repeatable(call(BT, 'set', 2, bt));
export const setFiles = repeatable(call(`${BT}.File`, 'set', 2, bt));

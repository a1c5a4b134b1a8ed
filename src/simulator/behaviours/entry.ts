import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import { dispatch, type Kernel } from '../dispatch';
import { envelope } from '../http';

/** `SYNO.Entry.Request` and its polling (core.md 9). */
export function entryBehaviours(kernel: Kernel): BehaviourTable {
	return {
		'SYNO.Entry.Request.request': (request) => batch(kernel, request),
		'SYNO.Entry.Request.Polling.list': listTasks,
		'SYNO.Entry.Request.Polling.status': taskStatus,
	};
}

type Entry = Record<string, unknown>;
type Result = Record<string, unknown> & { success: boolean };

async function batch(kernel: Kernel, request: ApiRequest): Promise<ApiReply> {
	const { compound, mode, stop_when_error } = request.params;
	if (compound === undefined) return invalid('compound', 'required');
	if (!Array.isArray(compound) || !compound.every(isEntry)) return invalid('compound', 'type');
	const run = (entry: Entry): Promise<Result> => runEntry(kernel, request, entry);
	const result =
		mode === 'sequential'
			? await inOrder(compound, run, stop_when_error === true)
			: await Promise.all(compound.map(run));
	return { data: { has_fail: result.some(({ success }) => !success), result } };
}

/** After the first failure the rest is neither executed nor answered, if so asked. */
async function inOrder(entries: Entry[], run: (entry: Entry) => Promise<Result>, stop: boolean): Promise<Result[]> {
	const results: Result[] = [];
	for (const entry of entries) {
		const result = await run(entry);
		results.push(result);
		if (stop && !result.success) break;
	}
	return results;
}

/** Session and token are those of the outer request. */
async function runEntry(kernel: Kernel, outer: ApiRequest, entry: Entry): Promise<Result> {
	const { api, method, version, ...values } = entry;
	if (typeof api !== 'string' || typeof method !== 'string' || version === undefined)
		return failed(entry, { error: 101 });
	const { reply } = await dispatch(kernel, {
		api,
		method,
		version: Number(version),
		raw: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, asText(value)])),
		values,
		files: [],
		ip: outer.ip,
		batched: true,
		http: outer.http,
	});
	// Binary answers do not fit into a batch; the code for it is not recorded.
	if ('file' in reply || 'html' in reply) return failed(entry, { error: 101 });
	return { api, method, version, ...envelope(reply) } as unknown as Result;
}

function failed({ api, method, version }: Entry, reply: ApiReply): Result {
	return { api, method, version, ...envelope(reply) } as unknown as Result;
}

function isEntry(value: unknown): value is Entry {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function invalid(name: string, reason: 'required' | 'type'): ApiReply {
	return { error: 120, errors: { name, reason } };
}

/** Ids of running tasks by group. */
function listTasks({ nas, params }: ApiRequest): ApiReply {
	const { task_id_prefix: prefix, extra_group_tasks } = params;
	if (prefix === undefined) return invalid('task_id_prefix', 'required');
	const groups = Array.isArray(extra_group_tasks) ? extra_group_tasks : ['admin', 'user'];
	const running = [...nas.tasks].filter(([, { finish, info }]) => !finish && info.prefix.startsWith(String(prefix)));
	const idsOf = (group: unknown): string[] => running.filter(([, task]) => task.group === group).map(([id]) => id);
	return { data: Object.fromEntries(groups.map((group) => [String(group), idsOf(group)])) };
}

function taskStatus({ nas, params }: ApiRequest): ApiReply {
	if (params.task_id === undefined) return { error: 114 };
	const task = nas.tasks.get(String(params.task_id));
	if (!task) return { error: 117 };
	const { auto_remove, data, finish, info } = task;
	return { data: { auto_remove, data, finish, info, success: true } };
}

import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import { dispatch, type Kernel } from '../dispatch';
import type { CutPoint } from '../faults';
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

/** One entry done: what stands in the answer, and where the connection breaks if a fault asked for it. */
interface Done {
	result: Result;
	cut?: CutPoint;
}

async function batch(kernel: Kernel, request: ApiRequest): Promise<ApiReply> {
	const { compound, mode, stop_when_error } = request.params;
	if (compound === undefined) return invalid('compound', 'required');
	if (!Array.isArray(compound) || !compound.every(isEntry)) return invalid('compound', 'type');
	const run = (entry: Entry): Promise<Done> => runEntry(kernel, request, entry);
	const done =
		mode === 'sequential'
			? await inOrder(compound, run, stop_when_error === true)
			: await Promise.all(compound.map(run));
	const result = done.map((entry) => entry.result);
	const cut = done.find((entry) => entry.cut)?.cut;
	return { data: { has_fail: result.some(({ success }) => !success), result }, ...(cut && { cut }) };
}

/** After the first failure the rest is neither executed nor answered, if so asked. */
async function inOrder(entries: Entry[], run: (entry: Entry) => Promise<Done>, stop: boolean): Promise<Done[]> {
	const done: Done[] = [];
	for (const entry of entries) {
		const one = await run(entry);
		done.push(one);
		if (stop && !one.result.success) break;
	}
	return done;
}

/** Session and token are those of the outer request. */
async function runEntry(kernel: Kernel, outer: ApiRequest, entry: Entry): Promise<Done> {
	const { api, method, version, ...values } = entry;
	const named = typeof api === 'string' && typeof method === 'string';
	if (!named || (typeof version !== 'number' && typeof version !== 'string'))
		return { result: answered(entry, { error: 101 }) };
	const { reply, cut } = await dispatch(kernel, {
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
	const result = answered(entry, withoutBytes(reply));
	return cut ? { result, cut } : { result };
}

/** Binary answers do not fit into a batch or a channel; the code for it is not recorded: 101. */
export function withoutBytes(reply: ApiReply): ApiReply {
	if ('file' in reply && !Buffer.isBuffer(reply.file)) reply.file.destroy();
	return 'file' in reply || 'html' in reply ? { error: 101 } : reply;
}

function answered({ api, method, version }: Entry, reply: ApiReply): Result {
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
	if (typeof prefix !== 'string') return invalid('task_id_prefix', 'type');
	const groups = Array.isArray(extra_group_tasks) ? extra_group_tasks : ['admin', 'user'];
	const running = [...nas.tasks].filter(([, { finish, info }]) => !finish && info.prefix.startsWith(prefix));
	const idsOf = (group: unknown): string[] => running.filter(([, task]) => task.group === group).map(([id]) => id);
	return { data: Object.fromEntries(groups.map((group) => [String(group), idsOf(group)])) };
}

/**
 * Omitted id: the probe of a device recorded 120 for exactly this call, as for `list`; the prose of core.md 9.1 says 114. The
 * recording counts more, the prose is the switch.
 */
function taskStatus({ nas, params }: ApiRequest): ApiReply {
	if (params.task_id === undefined) {
		return nas.switches.missingTaskIdCode === 114 ? { error: 114 } : invalid('task_id', 'required');
	}
	if (typeof params.task_id !== 'string') return invalid('task_id', 'type');
	const task = nas.tasks.get(params.task_id);
	if (!task) return { error: 117 };
	const { auto_remove, data, finish, info } = task;
	return { data: { auto_remove, data, finish, info, success: true } };
}

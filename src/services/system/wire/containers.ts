import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const source = { source: 'system.md 9' } as const;

/** What says how it runs stands in `State`, in the words of Docker. */
function withState(value: unknown): unknown {
	if (!isObject(value) || !isObject(value.State)) return value;
	const { State: state, ...rest } = value;
	const health = isObject(state.Health) ? state.Health.Status : undefined;
	return {
		...rest,
		exit_code: state.ExitCode,
		...(health !== undefined && { health }),
		...(state.StartedTs !== undefined && { started: state.StartedTs }),
		...(state.FinishedTs !== undefined && { finished: state.FinishedTs }),
	};
}

export const container = row(
	{
		id: field.id().optional(),
		name: field.text(),
		image: field.text().optional(),
		/** `running` or `stopped`; other words of Docker may come. */
		status: field.text(),
		health: field.text().optional(),
		exit_code: field.number().optional(),
		started: field.secondsOrNever().optional(),
		finished: field.secondsOrNever().optional(),
		/** Seconds. */
		up_time: field.number().optional(),
		is_package: field.flag().optional(),
	},
	{ simple: ['id', 'name', 'image', 'status', 'health', 'exit_code', 'started', 'finished', 'up_time'] },
);
export type Container = z.output<typeof container>;

const shaped = z
	.preprocess(withState, container)
	.meta({ simple: ['id', 'name', 'image', 'status', 'health', 'exit_code', 'started', 'finished', 'up_time'] });

const CONTAINER = 'SYNO.Docker.Container';
/** Without a limit some releases refuse it with 114. */
export const ALL_CONTAINERS = { limit: -1, offset: 0, type: 'all' };
export const listContainers = call(CONTAINER, 'list', 1, {
	list: 'containers',
	of: shaped,
	basis: 'capture',
	...source,
	readOnly: true,
});
const acting = { basis: 'clients', ...source } as const;
export const startContainer = repeatable(call(CONTAINER, 'start', 1, acting));
export const stopContainer = repeatable(call(CONTAINER, 'stop', 1, acting));
export const restartContainer = call(CONTAINER, 'restart', 1, acting);
export const deleteContainer = repeatable(call(CONTAINER, 'delete', 1, acting), { done: [] });
export const listResources = call('SYNO.Docker.Container.Resource', 'get', 1, {
	list: 'resources',
	of: row(
		{ name: field.text(), cpu: field.number(), memory: field.bytes(), memory_percent: field.number().optional() },
		{ rename: { memoryPercent: 'memory_percent' } },
	),
	...acting,
	readOnly: true,
});
export const listContainerLog = call('SYNO.Docker.Container.Log', 'get', 1, {
	list: 'logs',
	of: row({
		created: field.text().optional(),
		docid: field.id().optional(),
		stream: field.text().optional(),
		text: field.text(),
	}),
	page: 500,
	...acting,
	readOnly: true,
});

/** An object with a project under each id; an empty one where there is none. */
export const project = row(
	{
		id: field.id(),
		name: field.text(),
		/** RUNNING, STOPPED, ERROR, BUILDING, or WARNING where some containers have exited. */
		status: field.text(),
		path: field.text().optional(),
		share_path: field.text().optional(),
		container_ids: z.array(z.string()).optional(),
		created_at: field.text().optional(),
		updated_at: field.text().optional(),
	},
	{ rename: { containerIds: 'container_ids' } },
);
const PROJECT = 'SYNO.Docker.Project';
export const listProjects = call(PROJECT, 'list', 1, {
	answer: z.record(z.string(), project),
	...acting,
	readOnly: true,
});
export const startProject = repeatable(call(PROJECT, 'start', 1, acting));
export const stopProject = repeatable(call(PROJECT, 'stop', 1, acting));
export const restartProject = call(PROJECT, 'restart', 1, acting);
export const buildProject = call(PROJECT, 'build', 1, acting);
export const createProject = call(PROJECT, 'create', 1, acting);
export const deleteProject = repeatable(call(PROJECT, 'delete', 1, acting), { done: [] });

/** The calls are known, their rows and most parameters are inferred. */
const inferred = { basis: 'inferred', ...source } as const;
const IMAGE = 'SYNO.Docker.Image';
export const image = row(
	{
		id: field.id().optional(),
		repository: field.text(),
		tags: z.array(z.string()).default([]),
		size: field.bytes().optional(),
		created: field.secondsOrNever().optional(),
	},
	{ simple: ['id', 'repository', 'tags', 'size', 'created'] },
);
export const listImages = call(IMAGE, 'list', 1, { list: 'images', of: image, ...inferred, readOnly: true });
export const ALL_IMAGES = { limit: -1, offset: 0 };
export const pullImage = call(IMAGE, 'pull_start', 1, acting);
export const deleteImages = repeatable(call(IMAGE, 'delete', 1, inferred), { done: [] });
export const pruneImages = call(IMAGE, 'prune', 1, acting);

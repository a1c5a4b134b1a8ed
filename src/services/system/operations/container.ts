import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { container_name, keyword, project_id, rowOf } from '../fields';
import * as wire from '../wire/containers';

const list = operation({
	title: 'List containers',
	summary: 'Gives the containers with image, state and health. Needs an administrator.',
	call: wire.listContainers,
	params: z.object({
		only_running: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Running', description: 'Whether containers that do not run are left out' }),
	}),
	request: () => wire.ALL_CONTAINERS,
	keep: ({ status }, { only_running }) => !only_running || status === 'running',
});

/** Code: the list tells more than the call for one, whose answer no source shows. */
const get = procedure({
	title: 'Get a container',
	summary: 'Gives image, state and health of a container. Needs an administrator.',
	uses: [wire.listContainers],
	params: z.object({ container_name }),
	result: wire.container,
	readOnly: true,
	async run(given, dsm) {
		const all = await dsm.list(wire.listContainers, wire.ALL_CONTAINERS);
		return rowOf(all, ({ name }) => name === given.container_name, `container ${given.container_name}`);
	},
});

const acting = (call: typeof wire.startContainer, title: string, summary: string) =>
	operation({
		title,
		summary,
		call,
		params: z.object({ container_name }),
		request: (given) => ({ name: given.container_name }),
	});
const start = acting(wire.startContainer, 'Start a container', 'Starts a container. Needs an administrator.');
const stop = acting(wire.stopContainer, 'Stop a container', 'Stops a container. Needs an administrator.');
const restart = acting(
	wire.restartContainer,
	'Restart a container',
	'Stops and starts a container. Needs an administrator.',
);

const remove = operation({
	title: 'Delete a container',
	summary: 'Deletes a container; its image and its folders stay. Needs an administrator.',
	call: wire.deleteContainer,
	params: z.object({
		container_name,
		force: z.boolean().default(false).meta({ title: 'Force', description: 'Whether one that runs is deleted, too' }),
	}),
	request: (given) => ({ name: given.container_name, force: given.force, preserve_profile: false }),
	destructive: true,
	deletes: true,
});

const listResources = operation({
	title: 'List resources of containers',
	summary: 'Gives processor and memory that each running container uses. Needs an administrator.',
	call: wire.listResources,
	params: z.object({}),
});

const listLog = operation({
	title: 'List the log of a container',
	summary: 'Gives what a container wrote, the newest first. Needs an administrator.',
	call: wire.listContainerLog,
	params: z.object({ container_name, keyword }),
	request: (given) => ({ name: given.container_name, keyword: given.keyword, sort_dir: 'DESC' }),
	keep: ({ text }, given) => text.includes(given.keyword),
});

const listProjects = operation({
	title: 'List projects',
	summary: 'Gives the projects of Container Manager with their state. Needs an administrator.',
	call: wire.listProjects,
	params: z.object({}),
	response: (found) => Object.values(found),
	result: z.array(wire.project),
});

const project = (call: typeof wire.startProject, title: string, summary: string) =>
	operation({ title, summary, call, params: z.object({ project_id }), request: (given) => ({ id: given.project_id }) });
const startProject = project(
	wire.startProject,
	'Start a project',
	'Starts the containers of a project. Needs an administrator.',
);
const stopProject = project(
	wire.stopProject,
	'Stop a project',
	'Stops the containers of a project. Needs an administrator.',
);
const restartProject = project(
	wire.restartProject,
	'Restart a project',
	'Stops and starts the containers of a project. Needs an administrator.',
);
const buildProject = project(
	wire.buildProject,
	'Build a project',
	'Builds the containers of a project anew and starts them. Needs an administrator.',
);

export const containers = resource('Container', {
	list,
	get,
	start,
	stop,
	restart,
	delete: remove,
	listResources,
	listLog,
});
export const projects = resource('Project', {
	list: listProjects,
	start: startProject,
	stop: stopProject,
	restart: restartProject,
	build: buildProject,
});

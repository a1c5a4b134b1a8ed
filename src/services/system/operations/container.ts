import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { timeout, waitFor } from '../../../catalog/tasks';
import { DsmApiError } from '../../../core/errors';
import { container_name, keyword, project_id, repository, rowOf, tag } from '../fields';
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
	title: 'List entries of the log of a container',
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

const getProject = operation({
	title: 'Get a project',
	summary: 'Gives state and containers of a project. Needs an administrator.',
	call: wire.listProjects,
	params: z.object({ project_id }),
	response: (found, { params }) =>
		rowOf(Object.values(found), ({ id }) => id === params.project_id, `project ${params.project_id}`),
	result: wire.project,
});

const createProject = operation({
	title: 'Create a project',
	summary: 'Creates a project from a Compose file; build it to start its containers. Needs an administrator.',
	call: wire.createProject,
	params: z.object({
		name: z
			.string()
			.trim()
			.regex(/^[a-z0-9][a-z0-9_-]*$/, 'has small letters, digits, "-" and "_" only')
			.meta({ title: 'Name', description: 'Name of the project', placeholder: 'e.g. blog' }),
		share_path: z
			.string()
			.regex(/^\/[^/]/, 'is a folder that begins with a shared folder, like /docker/blog')
			.meta({ title: 'Folder', description: 'Folder of the project', placeholder: 'e.g. /docker/blog' }),
		content: z.string().min(1).meta({
			title: 'Compose File',
			description: 'Content of compose.yaml',
			placeholder: 'e.g. services: …',
			widget: 'multiline',
		}),
	}),
	request: (given) => ({ ...given, enable_service_portal: false }),
	then: { call: wire.listProjects },
	response: (_, { params, then }) =>
		rowOf(Object.values(then), ({ name }) => name === params.name, `project ${params.name} yet`),
	result: wire.project,
});

const deleteProject = operation({
	title: 'Delete a project',
	summary: 'Deletes a project with its containers; its folder stays. Needs an administrator.',
	call: wire.deleteProject,
	params: z.object({ project_id }),
	request: (given) => ({ id: given.project_id }),
	destructive: true,
	deletes: true,
});

const listImages = operation({
	title: 'List images',
	summary: 'Gives the images of Container Manager with their tags. Needs an administrator.',
	call: wire.listImages,
	params: z.object({}),
	request: () => wire.ALL_IMAGES,
});

const has = (rows: readonly z.output<typeof wire.image>[], given: { repository: string; tag: string }): boolean =>
	rows.some(({ repository: name, tags }) => name === given.repository && tags.includes(given.tag));

/** Code: the list of images tells when it is there. */
const downloadImage = procedure({
	title: 'Download an image',
	summary: 'Fetches an image from its registry, and waits until it is there if wanted. Needs an administrator.',
	uses: [wire.pullImage, wire.listImages],
	params: z.object({
		repository: repository.meta({
			title: 'Image',
			description: 'Image of a registry, without its tag',
			placeholder: 'e.g. nginx',
		}),
		tag,
		wait: z.boolean().default(true).meta({ title: 'Wait', description: 'Whether to wait until it is there' }),
		timeout: timeout(1800).meta({
			title: 'Timeout',
			description: 'Seconds to wait; the NAS goes on after that',
			advanced: true,
		}),
	}),
	result: z.looseObject({ repository: z.string(), tag: z.string(), is_there: z.boolean() }),
	async run(given, dsm) {
		const wanted = { repository: given.repository, tag: given.tag };
		await dsm.call(wire.pullImage, wanted);
		if (!given.wait) return { ...wanted, is_there: false };
		await waitFor(dsm, {
			status: async () => await dsm.list(wire.listImages, wire.ALL_IMAGES, { readOnly: true }),
			isDone: (rows) => has(rows, wanted),
			timeout: given.timeout,
			what: `Downloading ${wanted.repository}:${wanted.tag}`,
		});
		return { ...wanted, is_there: true };
	},
});

/** What the call wants is inferred: the list is read again. */
const deleteImage = operation({
	title: 'Delete an image',
	summary: 'Deletes an image that no container uses. Needs an administrator.',
	call: wire.deleteImages,
	params: z.object({ repository, tag }),
	request: (given) => ({ images: [{ repository: given.repository, tags: [given.tag] }] }),
	then: { call: wire.listImages, request: () => wire.ALL_IMAGES },
	response(_, { params, then }) {
		if (!has(then, params)) return { repository: params.repository, tag: params.tag };
		throw new DsmApiError(`The NAS took the call, but ${params.repository}:${params.tag} is still there.`, {
			hint: 'Delete it in Container Manager: a container may use it, or this release may want other parameters.',
		});
	},
	result: z.looseObject({ repository: z.string(), tag: z.string() }),
	destructive: true,
	deletes: true,
});

const clearImages = operation({
	title: 'Clear unused images',
	summary: 'Deletes all images that no container uses. Needs an administrator.',
	call: wire.pruneImages,
	params: z.object({}),
	destructive: true,
});

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
	get: getProject,
	create: createProject,
	delete: deleteProject,
	start: startProject,
	stop: stopProject,
	restart: restartProject,
	build: buildProject,
});
export const images = resource('Image', {
	list: listImages,
	download: downloadImage,
	delete: deleteImage,
	clear: clearImages,
});

import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { admin, flag, found, number, objects, pageOf, refuse, text, type SystemCall } from './call';
import { done } from './machine';
import { seconds } from './texts';
import type { SystemState } from './state';
import type { Container, Image, Project } from './types';

/** Container Manager (system.md 9). */
export const containerBehaviours: BehaviourTable = {
	'SYNO.Docker.Container.list': admin(({ system, params }) => {
		// Some releases refuse it without these (releases.md 6).
		if (params.limit === undefined || params.offset === undefined) return refuse(114);
		const rows = system.containers.map((one) => containerRow(system.now, one));
		const containers = pageOf(rows, params);
		return { data: { containers, limit: containers.length, offset: number(params, 'offset'), total: rows.length } };
	}),
	'SYNO.Docker.Container.start': admin((call) => acted(call, (one) => call.system.startContainer(one.name))),
	'SYNO.Docker.Container.stop': admin((call) => acted(call, (one) => call.system.stopContainer(one.name))),
	'SYNO.Docker.Container.restart': admin((call) => acted(call, (one) => call.system.startContainer(one.name))),
	'SYNO.Docker.Container.delete': admin((call) => {
		const one = containerOf(call);
		if (one.running && call.params.force !== true) return refuse(117);
		return done(call.system.containers.splice(call.system.containers.indexOf(one), 1));
	}),
	'SYNO.Docker.Container.Resource.get': admin(({ system }) => ({
		data: {
			resources: system.containers
				.filter(({ running }) => running)
				.map(({ name }) => ({ cpu: 1.5, memory: 52_428_800, memoryPercent: 0.6, name })),
		},
	})),
	'SYNO.Docker.Container.Log.get': admin((call) => {
		const keyword = String(call.params.keyword ?? '');
		const logs = containerOf(call)
			.lines.map((line, index) => ({
				created: new Date(call.system.now - 60_000 + index).toISOString(),
				docid: String(index + 1),
				stream: 'stdout',
				text: line,
			}))
			.filter(({ text: line }) => line.includes(keyword))
			.reverse();
		return { data: { logs: pageOf(logs, call.params), total: logs.length } };
	}),
	// An object with a project under each id.
	'SYNO.Docker.Project.list': admin(({ system }) => ({
		data: Object.fromEntries(system.projects.map((one) => [one.id, projectRow(one)])),
	})),
	'SYNO.Docker.Project.start': admin((call) => done((projectOf(call).status = 'RUNNING'))),
	'SYNO.Docker.Project.stop': admin((call) => done((projectOf(call).status = 'STOPPED'))),
	'SYNO.Docker.Project.restart': admin((call) => done((projectOf(call).status = 'RUNNING'))),
	'SYNO.Docker.Project.build': admin((call) => done((projectOf(call).status = 'BUILDING'))),

	'SYNO.Docker.Project.create': admin(({ system, params }) => {
		const [name, folder] = [text(params, 'name'), text(params, 'share_path')];
		text(params, 'content');
		flag(params, 'enable_service_portal');
		if (system.projects.some((one) => one.name === name)) return refuse(117);
		const id = `00000000-0000-4000-8000-${String(system.number()).padStart(12, '0')}`;
		system.projects.push({ id, name, status: 'STOPPED', path: `/volume1${folder}` });
		return { data: { id, name } };
	}),
	'SYNO.Docker.Project.delete': admin((call) => {
		const { projects } = call.system;
		return done(projects.splice(projects.indexOf(projectOf(call)), 1));
	}),
	'SYNO.Docker.Image.list': admin(({ system, params }) => {
		const rows = system.images.filter(({ since }) => since <= system.now);
		return {
			data: {
				images: pageOf(rows, params).map(({ repository, tag, since }) => ({
					created: seconds(since),
					id: `sha256:${repository}-${tag}`,
					repository,
					size: 142_000_000,
					tags: [tag],
				})),
				limit: number(params, 'limit'),
				offset: number(params, 'offset'),
				total: rows.length,
			},
		};
	}),
	'SYNO.Docker.Image.pull_start': admin(({ system, params }) => {
		const [repository, tag] = [text(params, 'repository'), text(params, 'tag')];
		const wanted = { repository, tag, since: system.now + PULLING };
		if (!system.images.some((one) => nameOf(one) === nameOf(wanted))) system.images.push(wanted);
		return { data: { task_id: `pull-${repository}-${tag}` } };
	}),
	'SYNO.Docker.Image.delete': admin(({ system, params }) => {
		const wanted = objects(params, 'images').flatMap(({ repository, tags }) =>
			(tags as string[]).map((tag) => `${String(repository)}:${tag}`),
		);
		if (wanted.some((name) => isUsed(system, name))) return refuse(117);
		return done((system.images = system.images.filter((one) => !wanted.includes(nameOf(one)))));
	}),
	'SYNO.Docker.Image.prune': admin(({ system }) =>
		done((system.images = system.images.filter((one) => isUsed(system, nameOf(one))))),
	),

	'SYNO.SurveillanceStation.HomeMode.GetInfo': admin(({ system }) => ({
		data: {
			geo_lat: 52.5,
			geo_lng: 13.4,
			mode_schedule_on: false,
			notify_on: true,
			on: system.homeMode,
			onetime_disable_on: false,
			onetime_enable_on: false,
			wifi_ssid: 'home-network',
		},
	})),
	'SYNO.SurveillanceStation.HomeMode.Switch': admin(({ system, params }) => {
		if (typeof params.on !== 'boolean') return refuse(401);
		return done((system.homeMode = params.on));
	}),
};

const PULLING = 10_000;
const nameOf = ({ repository, tag }: Image): string => `${repository}:${tag}`;
const isUsed = (system: SystemState, name: string): boolean => system.containers.some(({ image }) => image === name);

function containerRow(now: number, one: Container): Record<string, unknown> {
	const { id, name, image, running, exit_code, health, started, finished } = one;
	return {
		State: {
			ExitCode: exit_code,
			FinishedTs: seconds(finished),
			...(health !== undefined && { Health: { Status: health } }),
			Running: running,
			StartedTs: seconds(started),
			Status: running ? 'running' : 'exited',
		},
		id,
		image,
		is_package: false,
		name,
		status: running ? 'running' : 'stopped',
		up_time: running ? seconds(now - started) : 0,
	};
}

const containerOf = ({ system, params }: SystemCall): Container => {
	const name = text(params, 'name');
	return found(
		system.containers.find((one) => one.name === name),
		117,
	);
};

function acted(call: SystemCall, act: (one: Container) => void): ApiReply {
	const one = containerOf(call);
	act(one);
	return { data: { cpu: 0, memory: 0, memoryPercent: 0, name: one.name, start_dependent_container: false } };
}

const projectRow = ({ id, name, status, path }: Project): Record<string, unknown> => ({
	containerIds: [],
	created_at: '2026-01-02T03:04:05Z',
	id,
	name,
	path,
	share_path: path.replace('/volume1', ''),
	status,
	updated_at: '2026-01-02T03:04:05Z',
});

const projectOf = ({ system, params }: SystemCall): Project => {
	const id = text(params, 'id');
	return found(
		system.projects.find((one) => one.id === id),
		117,
	);
};

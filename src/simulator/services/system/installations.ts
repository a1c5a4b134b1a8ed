import type { BehaviourTable } from '../../core/behaviour';
import { admin, badParameter, found, id, number, refuse, text, type SystemCall } from './call';
import { done } from './machine';

const FETCHING = 10_000;

/** A package on its way. */
export interface Installation {
	id: string;
	since: number;
	/** The source breaks off. */
	fails: boolean;
}

/**
 * Updates of packages (system.md 5, releases.md 6): fetched, checked, put in place. How the steps end is no known fact: one that is not
 * over is refused with 117, and the list of packages tells the rest.
 */
export const installationBehaviours: BehaviourTable = {
	'SYNO.Core.Package.Installation.install': admin(({ system, params, request: { nas } }) => {
		const [name, url] = [text(params, 'name'), text(params, 'url')];
		text(params, 'checksum');
		number(params, 'filesize');
		if (text(params, 'operation') !== 'upgrade') return badParameter('operation', 'condition');
		if (!url.endsWith(`/${name}.spk`) || !nas.packages.has(name)) return refuse(117);
		const taskid = `@SYNOPKG_DOWNLOAD_${name}`;
		system.installations.set(taskid, { id: name, since: system.now, fails: system.switches.fetchFails });
		return { data: { progress: 0, taskid } };
	}),
	'SYNO.Core.Package.Installation.status': admin((call) => {
		const { since, fails } = installationOf(call);
		const finished = call.system.now >= since + FETCHING;
		const progress = Math.min(1, (call.system.now - since) / FETCHING);
		return { data: { finished, progress, success: !fails, taskid: id(call.params, 'task_id') } };
	}),
	'SYNO.Core.Package.Installation.check': admin(({ params, request: { nas } }) => {
		found(nas.packages.get(text(params, 'id')), 117);
		return { data: { is_occupied: false } };
	}),
	'SYNO.Core.Package.Installation.upgrade': admin((call) => {
		const { system, params, request } = call;
		const { id: name, since, fails } = installationOf(call);
		if (params.extra_values !== '{}') return badParameter('extra_values', 'type');
		if (fails || system.now < since + FETCHING) return refuse(117);
		const one = found(request.nas.packages.get(name), 117);
		return done(Object.assign(one, { version: system.offers.get(name) ?? one.version, timestamp: system.now }));
	}),
};

const installationOf = ({ system, params }: SystemCall): Installation =>
	found(system.installations.get(id(params, 'task_id')), 117);

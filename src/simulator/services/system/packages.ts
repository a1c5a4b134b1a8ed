import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import type { Package } from '../../core/packages';
import { admin, anyone, badParameter, found, list, text, type SystemCall, refuse } from './call';
import { installationBehaviours } from './installations';
import { done } from './machine';

const DETAILS = new Set(['status', 'beta', 'startable', 'install_type', 'description', 'installed_info']);

/** Packages beside their list (system.md 5). */
export const packageBehaviours: BehaviourTable = {
	'SYNO.Core.Package.get': anyone((call) => {
		const wanted = call.params.additional === undefined ? [] : list(call.params, 'additional').map(String);
		if (wanted.some((key) => !DETAILS.has(key))) return badParameter('additional', 'condition');
		const { id, name, version, timestamp, status } = packageOf(call);
		const all: Record<string, unknown> = { status, startable: true, install_type: '', beta: false };
		const additional = Object.fromEntries(wanted.map((key) => [key, all[key]]));
		return { data: { id, name, timestamp, version, ...(wanted.length > 0 && { additional }) } };
	}),
	'SYNO.Core.Package.Control.start': admin((call) => done((packageOf(call).status = 'running'))),
	'SYNO.Core.Package.Control.stop': admin((call) => {
		const one = packageOf(call);
		if (call.system.switches.needed.has(one.id)) return refuse(4582);
		return done((one.status = 'stop'));
	}),
	'SYNO.Core.Package.Uninstallation.uninstall': admin((call) => {
		const { id } = packageOf(call);
		if (call.system.switches.needed.has(id)) return refuse(4582);
		return done(call.request.nas.packages.delete(id));
	}),
	'SYNO.Core.Package.Server.list': admin(offers),
	...installationBehaviours,
};

const packageOf = ({ request: { nas }, params }: SystemCall): Package =>
	found(nas.packages.get(text(params, 'id')), 117);

/** The vendor offers everything that there is, in the version that is installed unless another one is out. */
function offers({ system, request: { nas } }: SystemCall): ApiReply {
	const packages = [...nas.packages.values()].map(({ id, version }) => ({
		beta: false,
		changelog: '<ol><li>Fixes</li></ol>',
		id,
		link: `https://packages.example.com/${id}.spk`,
		md5: '0123456789abcdef0123456789abcdef',
		size: 20_480_000,
		version: system.offers.get(id) ?? version,
	}));
	return { data: { beta_packages: [], packages, total: packages.length } };
}

import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { admin, badParameter, type SystemCall } from '../system/call';
import { webdavOf } from './state';

/** Settings of the package and of DSM 5 (webdav.md 2, 10.1). No source shows a request: keys and checks are modelled. */
export const settingsBehaviours: BehaviourTable = Object.fromEntries(
	['SYNO.WebDAV.Common', 'SYNO.Core.FileServ.WebDAV'].flatMap((api) => [
		[`${api}.get`, admin(({ request: { nas } }) => ({ data: { ...webdavOf(nas).values } }))],
		[`${api}.set`, admin(set)],
	]),
);

/** Keys that are not known are passed over in silence (webdav.md 12.2). */
function set({ params, request: { nas } }: SystemCall): ApiReply {
	const state = webdavOf(nas);
	const { values, switches, taken } = state;
	const known = Object.entries(params).filter(([key]) => Object.hasOwn(values, key));
	if (switches.partial && known.some(([key, value]) => values[key] === value))
		return badParameter('enable_http', 'condition');
	for (const [key, value] of known) if (typeof value !== typeof values[key]) return badParameter(key, 'type');
	const ports = known.filter(([key]) => /port$/.test(key));
	if (ports.some(([key, value]) => value !== values[key] && taken.has(Number(value)))) return { error: 1903 };
	if (switches.deaf) return {};
	Object.assign(values, Object.fromEntries(known));
	state.server.follow();
	return switches.slowRestart ? { cut: 'request' } : {};
}

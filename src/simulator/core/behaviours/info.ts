import { infoRow } from '../apis';
import type { ApiReply, ApiRequest, BehaviourTable } from '../behaviour';
import type { Nas } from '../nas';

/** `SYNO.API.Info` (core.md 2). */
export const infoBehaviours: BehaviourTable = {
	'SYNO.API.Info.query': query,
};

/** Without `query`: all. Unknown names are simply absent. A trailing dot matches by prefix, unless switched off. */
function query({ nas, params }: ApiRequest): ApiReply {
	const wanted = [params.query ?? 'all']
		.flat()
		.flatMap((text) => (typeof text === 'string' ? text.split(',') : []))
		.map((name) => name.trim());
	const names = wanted.flatMap((name) => expand(nas, name));
	const rows = names.map((name) => nas.api(name)).filter((api) => api !== undefined);
	return { data: Object.fromEntries(rows.map((api) => [api.name, infoRow(api)])) };
}

function expand(nas: Nas, name: string): string[] {
	if (name.toLowerCase() === 'all') return [...nas.apis.keys()];
	if (!name.endsWith('.')) return [name];
	return nas.switches.infoPrefix ? [...nas.apis.keys()].filter((known) => known.startsWith(name)) : [];
}

import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type AudioCall, guarded, page } from './call';
import type { Pin } from './types';

/** On entry.cgi: a missing parameter is 114, one of another type 120. */
function items({ params }: AudioCall): unknown[] | ApiReply {
	if (params.items === undefined) return { error: 114 };
	return Array.isArray(params.items)
		? (params.items as unknown[])
		: { error: 120, errors: { name: 'items', reason: 'type' } };
}

const own = ({ state, user }: AudioCall): Pin[] => state.pins.get(user.name) ?? [];

function list(call: AudioCall): ApiReply {
	const { offset, rows, total } = page(call, own(call));
	return { data: { items: rows, offset, total } };
}

function pin(call: AudioCall): ApiReply {
	const given = items(call);
	if (!Array.isArray(given)) return given;
	for (const one of given as Partial<Pin>[]) {
		const { type = 'artist', name = '', criteria = {} } = one;
		call.state.addPin(call.user.name, { type, name, criteria });
	}
	return {};
}

function unpin(call: AudioCall): ApiReply {
	const given = items(call);
	if (!Array.isArray(given)) return given;
	call.state.pins.set(
		call.user.name,
		own(call).filter(({ id }) => !given.includes(id)),
	);
	return {};
}

function rename(call: AudioCall): ApiReply {
	const given = items(call);
	if (!Array.isArray(given)) return given;
	const { name } = call.params;
	if (typeof name !== 'string') return { error: name === undefined ? 114 : 120 };
	for (const one of own(call)) if (given.includes(one.id)) one.name = name;
	return {};
}

/** The whole order must be given. */
function reorder(call: AudioCall): ApiReply {
	const given = items(call);
	if (!Array.isArray(given)) return given;
	const pins = own(call);
	const ordered = given.flatMap((id) => pins.filter((one) => one.id === id));
	if (ordered.length !== pins.length) return { error: call.state.switches.unknownCode };
	call.state.pins.set(call.user.name, ordered);
	return {};
}

export const pinBehaviours: BehaviourTable = {
	'SYNO.AudioStation.Pin.list': guarded(list),
	'SYNO.AudioStation.Pin.pin': guarded(pin),
	'SYNO.AudioStation.Pin.unpin': guarded(unpin),
	'SYNO.AudioStation.Pin.rename': guarded(rename),
	'SYNO.AudioStation.Pin.reorder': guarded(reorder),
};

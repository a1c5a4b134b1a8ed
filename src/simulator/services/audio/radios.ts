import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { parseValue } from '../../core/json';
import { type AudioCall, AudioRefusal, guarded, holds, needed, page } from './call';
import type { Radio } from './types';

const containerOf = ({ state, text }: AudioCall): Radio[] => {
	const found = state.radios.get(needed(text('container')));
	if (!found) throw new AudioRefusal(101);
	return found;
};

const rowOf = ({ title, url, desc }: Radio) => ({ id: `radio_${title} ${url}`, title, type: 'station', url, desc });

function answer(call: AudioCall, found: readonly Radio[]): ApiReply {
	const { offset, rows, total } = page(call, found);
	return { data: { offset, radios: rows.map(rowOf), total } };
}

function search(call: AudioCall): ApiReply {
	const keyword = needed(call.text('keyword'));
	return answer(
		call,
		containerOf(call).filter(({ title }) => holds(title, keyword)),
	);
}

function add(call: AudioCall): ApiReply {
	const { text } = call;
	containerOf(call).push({ title: needed(text('title')), url: needed(text('url')), desc: text('desc') ?? '' });
	return {};
}

/** A splice, as of songs. */
function update(call: AudioCall): ApiReply {
	const { number, text } = call;
	const given = parseValue(needed(text('radios_json')));
	if (!Array.isArray(given)) return { error: 101 };
	const radios = (given as Partial<Radio>[]).map(({ title = '', url = '', desc = '' }) => ({ title, url, desc }));
	containerOf(call).splice(needed(number('offset')), needed(number('limit')), ...radios);
	return {};
}

export const radioBehaviours: BehaviourTable = {
	// Without a container a device answers success; what it holds then was not recorded.
	'SYNO.AudioStation.Radio.list': guarded((call) =>
		answer(call, call.text('container') === undefined ? [] : containerOf(call)),
	),
	'SYNO.AudioStation.Radio.search': guarded(search),
	'SYNO.AudioStation.Radio.add': guarded(add),
	'SYNO.AudioStation.Radio.updateradios': guarded(update),
};

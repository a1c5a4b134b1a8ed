import { chat } from '../../../src/services/chat';
import { operation } from '../../../src/catalog/operation';
import type { Call } from '../../../src/core/call';
import type { Dsm } from '../../../src/core/dsm';
import type { Host } from '../../../src/core/host';
import { z } from '../../../src/vendor/zod';

/** Every line below a "refused" mark must not compile; the test counts them. */
export async function refused(dsm: Dsm): Promise<void> {
	const { message } = chat.resources;
	// refused: a parameter is missing
	await dsm.do(message.operations.send, { message: 'Hello' });
	// refused: a parameter of the wrong type
	await dsm.do(message.operations.send, { channel_id: 1, message: 5 });
	// refused: a parameter that does not exist
	await dsm.do(message.operations.send, { channel_id: 1, message: 'Hello', colour: 'red' });
	const post = await dsm.do(message.operations.send, { channel_id: 1, message: 'Hello' });
	const model = await dsm.do(known, {});
	// refused: a field that the answer does not have
	void model.serial;
	// refused: an id is a text, which no host rounds
	void (post.post_id satisfies number);
	// refused: a trigger is not an operation
	await dsm.do(chat.triggers.messageReceived, {});
}

// refused: an API outside SYNO
export const call: Call = { api: 'DSM.Info', method: 'getinfo', version: 2 };

const info: Call = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 };
const said = { title: 'Get', summary: 'Gives.', call: info };
const params = z.object({});
const result = z.object({ model: z.string() });
const known = operation({ ...said, params, result, basis: 'guide' });

// refused: a basis that is none
export const guessed = operation({ ...said, params, result, basis: 'guessed' });
// refused: parameters that are not an object
export const loose = operation({ ...said, params: z.string(), result, basis: 'guide' });
// refused: read-only is stated or left out, never denied
export const denied = operation({ ...said, params, result, basis: 'guide', readOnly: false });
// refused: a widget that no host draws
export const drawn = z.string().meta({ title: 'Colour', widget: 'wheel' });
// refused: a picker without the field to show
export const picked = z.string().meta({ choices: { from: 'chat.channel.list', value: 'channel_id' } });
// refused: a host without a clock
export const host: Pick<Host, 'now' | 'random'> = { random: () => 0.5 };

import { chat } from '../../src/services/chat';
import { operation } from '../../src/catalog/operation';
import type { Call } from '../../src/core/call';
import type { Dsm } from '../../src/core/dsm';
import { z } from '../../src/vendor/zod';

/** What users of the typed client may write. Compiled, never run. */
export async function accepted(dsm: Dsm): Promise<[string, string[], number]> {
	const { message, channel } = chat.resources;
	const post = await dsm.do(message.operations.send, { channel_id: 1, message: 'Hello' });
	// Expressions of both hosts give texts.
	await dsm.do(message.operations.send, { channel_id: '1', message: 'Hello' });
	const channels = await dsm.do(channel.operations.list, {});
	const call: Call = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 };
	const own = operation({
		title: 'Get the model',
		summary: 'Gives the model of the NAS.',
		call,
		params: z.object({
			detail: z.boolean().default(false).meta({ title: 'Detail', description: 'Whether to say more' }),
		}),
		result: z.object({ temperature: z.number() }),
		basis: 'capture',
		readOnly: true,
	});
	const { temperature } = await dsm.do(own, {});
	const label: string[] = channels.map((row) => String(row.channel_id));
	return [post.post_id, label, temperature];
}

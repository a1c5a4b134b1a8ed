import type { Dsm } from '../../core/dsm';
import { DsmInputError, isDsmError } from '../../core/errors';
import { procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { direct, initiate } from './direct';
import { anyOf } from './fields';
import { presentChannels } from './known';
import { toStored } from './mentions';
import type { WireChannel } from './people';
import { isRefusal } from './refusal';
import { hasContent, letter, type Letter, notEmpty, PAUSE, post, refuseEncrypted, sendCalls } from './send';

/** What became of one target. */
const outcome = z.looseObject({
	sent: z.boolean(),
	channel_id: z.number().optional(),
	user_id: z.number().optional(),
	post_id: z.string().optional(),
	/** Why it was not sent. */
	error: z.string().optional(),
	code: z.number().optional(),
});
type Outcome = z.input<typeof outcome>;
type Target = { channel_id: number } | { user_id: number };

/** One target that refuses does not keep the message from the others; what each of them got is in its row. */
export const broadcast = procedure({
	title: 'Send to several',
	summary: 'Posts a message to several channels and users, and says of each whether it got it.',
	uses: [...sendCalls, initiate],
	params: z
		.object({
			channel_ids: anyOf('channel', { title: 'Channels', description: 'Channels that get the message' }),
			user_ids: anyOf('user', { title: 'Users', description: 'Users who get it as a direct message' }),
			...letter,
		})
		.refine(hasContent, notEmpty)
		.refine((given) => given.channel_ids.length + given.user_ids.length > 0, {
			message: 'is empty: choose a channel or a user',
			path: ['channel_ids'],
		}),
	result: z.array(outcome),
	basis: 'capture',
	async run({ channel_ids, user_ids, ...given }, dsm) {
		const targets: Target[] = [
			...[...new Set(channel_ids)].map((channel_id) => ({ channel_id })),
			...[...new Set(user_ids)].map((user_id) => ({ user_id })),
		];
		const [message, listed] = await Promise.all([toStored(dsm, given.message, given.mentions), presentChannels(dsm)]);
		return await sendAll(dsm, targets, { ...given, message }, listed);
	},
});

/** A connection that broke stops the rest, whose rows then say so; when not even the first was sent, the operation fails. */
async function sendAll(dsm: Dsm, targets: Target[], letterOf: Letter, listed: WireChannel[]): Promise<Outcome[]> {
	const rows: Outcome[] = [];
	let broken: string | undefined;
	for (const target of targets) {
		if (broken !== undefined) {
			rows.push({ ...target, sent: false, error: broken });
			continue;
		}
		if (rows.some(({ sent }) => sent)) await dsm.sleep(PAUSE);
		try {
			const channel_id = await channelFor(dsm, target, listed);
			const { post_id } = await post(dsm, { channel_id }, letterOf);
			rows.push({ ...target, sent: true, channel_id, post_id: String(post_id) });
		} catch (error) {
			const isOwn = isRefusal(error) || error instanceof DsmInputError;
			if (!isDsmError(error) || (!isOwn && rows.length === 0)) throw error;
			const code = error.dsmCode === undefined ? {} : { code: error.dsmCode };
			rows.push({ ...target, sent: false, error: error.message, ...code });
			if (!isOwn) broken = `Not tried: ${error.message}`;
		}
	}
	return rows;
}

async function channelFor(dsm: Dsm, target: Target, listed: WireChannel[]): Promise<number> {
	if ('user_id' in target) return await direct(target.user_id, dsm, listed);
	await refuseEncrypted(dsm, [target.channel_id]);
	return target.channel_id;
}

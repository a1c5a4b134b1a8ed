import type { Dsm } from '../../../core/dsm';
import { DsmInputError, isDsmError } from '../../../core/errors';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import type { Channel } from '../wire/channels';
import { direct } from './direct';
import { PAUSE } from './inParts';
import { toStored } from './mentions';
import { presentChannels } from './people';
import { usersNamed } from './named';
import { isRefusal } from './refusals';
import { keepPosts } from './splitText';
import { post, refuseEncrypted, type Letter } from './send';

/** What became of one target. */
export const outcome = row({
	sent: z.boolean(),
	channel_id: field.id().optional(),
	user_id: field.id().optional(),
	post_id: field.id().optional(),
	/** Why it was not sent. */
	error: z.string().optional(),
	code: z.number().optional(),
});
type Outcome = z.output<typeof outcome>;
type Target = { channel_id: number } | { user_id: number };

/** One target that refuses does not keep the message from the others; what each of them got is in its row. */
export async function sendToMany(
	{ channel_ids, user_ids, ...given }: Letter & { channel_ids: number[]; user_ids: string[] },
	dsm: Dsm,
): Promise<Outcome[]> {
	keepPosts(given.message, given.part_length);
	const targets: Target[] = [
		...[...new Set(channel_ids)].map((channel_id) => ({ channel_id })),
		...[...new Set(await usersNamed(dsm, user_ids))].map((user_id) => ({ user_id })),
	];
	const [message, listed] = await Promise.all([toStored(dsm, given.message, given.mentions), presentChannels(dsm)]);
	return await sendAll(dsm, targets, { ...given, message }, listed);
}

const textIds = (target: Target): Partial<Outcome> =>
	Object.fromEntries(Object.entries(target).map(([name, id]) => [name, String(id)]));

/** A connection that broke stops the rest, whose rows then say so; when not even the first was sent, the operation fails. */
async function sendAll(dsm: Dsm, targets: Target[], letter: Letter, listed: Channel[]): Promise<Outcome[]> {
	const rows: Outcome[] = [];
	let broken: string | undefined;
	for (const target of targets) {
		const ids = textIds(target);
		if (broken !== undefined) {
			rows.push({ ...ids, sent: false, error: broken });
			continue;
		}
		if (rows.some(({ sent }) => sent)) await dsm.sleep(PAUSE);
		try {
			const channel_id = await channelFor(dsm, target, listed);
			const { post_id } = await post(dsm, { channel_id }, letter);
			rows.push({ ...ids, sent: true, channel_id: String(channel_id), post_id });
		} catch (error) {
			const isOwn = isRefusal(error) || error instanceof DsmInputError;
			if (!isDsmError(error) || (!isOwn && rows.length === 0)) throw error;
			const code = error.dsmCode === undefined ? {} : { code: error.dsmCode };
			rows.push({ ...ids, sent: false, error: error.message, ...code });
			if (!isOwn) broken = `Not tried: ${error.message}`;
		}
	}
	return rows;
}

async function channelFor(dsm: Dsm, target: Target, listed: Channel[]): Promise<number> {
	if ('user_id' in target) return await direct(target.user_id, dsm, listed);
	await refuseEncrypted(dsm, [target.channel_id]);
	return target.channel_id;
}

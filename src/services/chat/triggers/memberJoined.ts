import type { Dsm } from '../../../core/dsm';
import { listTrigger } from '../../../catalog/listTrigger';
import { field, row } from '../../../catalog/row';
import { digest, type Fingerprints } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { membersIn } from '../lib/members';
import { channels } from '../lib/messageTrigger';
import { watchedOf } from '../lib/newMessages';
import { labelOf, readPeople, type People, titleOf, whoAmI } from '../lib/people';
import { settled } from '../lib/refusals';
import { getMembers, listChannels, type Channel } from '../wire/channels';
import { getUser, listUsers } from '../wire/users';

const memberEvent = row({
	event_id: z.string(),
	channel_id: field.id(),
	channel_name: z.string(),
	user_id: field.id(),
	username: z.string(),
	user_name: z.string(),
});

/**
 * The channel with all its members, as the list of channels has them; of a channel whose members it holds only in part they are asked
 * for by themselves. Without members when they cannot be read now.
 */
async function withMembers(dsm: Dsm, channel: Channel): Promise<Channel> {
	const { members = [], total_member_count = members.length, channel_id } = channel;
	if (members.length > 0 && members.length === total_member_count) return channel;
	const asked = await settled(dsm.call(getMembers, { channel_id: Number(channel_id) }));
	return { ...channel, members: asked && membersIn(asked) };
}

/** One fingerprint of the whole, as a list that only became shorter differs in no place, and the members themselves. */
const fingerprintsOf = (members: string[]): string[] => [digest(members.map(Number).sort()), ...members];
const membersOf = (fingerprints: Fingerprints): Fingerprints => fingerprints.slice(1);

/** Users by id; one that the list leaves out is asked for by itself. */
async function everybody(dsm: Dsm, wanted: readonly string[]): Promise<People> {
	const people = new Map(await readPeople(dsm));
	for (const user_id of new Set(wanted)) {
		const found = people.has(user_id) ? undefined : await settled(dsm.call(getUser, { user_id: Number(user_id) }));
		if (found?.user_id === user_id) people.set(user_id, found);
	}
	return people;
}

/** A trigger on members who come or go: the members of each channel, compared with what they were. */
const memberTrigger = (kind: 'joined' | 'left', title: string, summary: string) =>
	listTrigger({
		title,
		summary,
		params: z.object({ channels }),
		call: listChannels,
		uses: [getMembers, listUsers, getUser],
		async look(given, dsm) {
			const watched = watchedOf(given, await dsm.list(listChannels));
			return await Promise.all(watched.map(async (channel) => await withMembers(dsm, channel)));
		},
		id: ({ channel_id }) => channel_id,
		fingerprints: ({ members }) => members && fingerprintsOf(members),
		on: 'changed',
		event: memberEvent,
		tell(change) {
			// As samples those who are members: who came last is not known.
			if (change.kind === 'created') return (change.row.members ?? []).map((user_id) => ({ user_id }));
			if (change.kind === 'deleted') return [];
			const [was, now] = [membersOf(change.was), membersOf(change.now)];
			const [from, to] = kind === 'joined' ? [was, now] : [now, was];
			return to.filter((member) => !from.includes(member)).map((user_id) => ({ user_id }));
		},
		async dress(found, dsm) {
			const wanted = found.map(({ more }) => String(more['user_id']));
			const [people, me] = await Promise.all([everybody(dsm, wanted), whoAmI(dsm)]);
			return found.flatMap(({ row: channel, more }) => {
				if (!channel) return [];
				const user = people.get(String(more['user_id']));
				return [
					{
						...more,
						channel_id: channel.channel_id,
						channel_name: titleOf(channel, people, String(me)),
						username: user?.username ?? '',
						user_name: labelOf(user),
					},
				];
			});
		},
		isSample: ({ members = [] }) => members.length > 0,
	});

export const memberJoined = memberTrigger(
	'joined',
	'Member joined',
	'Starts when somebody becomes a member of a channel.',
);
export const memberLeft = memberTrigger(
	'left',
	'Member left',
	'Starts when somebody leaves a channel or is removed from it.',
);

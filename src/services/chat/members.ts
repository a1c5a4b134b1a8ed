import type { Dsm } from '../../core/dsm';
import type { PollAnswer } from '../../catalog/operation';
import { trigger } from '../../catalog/operation';
import { compare, digest, snapshot, snapshotOf, type Prints, type Sight, type Snapshot } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { watchedOf } from './feed';
import { anyOf } from './fields';
import type { WireChannel } from './people';
import { channelList, channelsOf, labelOf, membersOf, titleOf, userList } from './people';
import { settled } from './refusal';
import { readPeople, whoAmI } from './scenery';

export const memberList = { api: 'SYNO.Chat.Channel.Member', method: 'get', version: 1 } as const;

const memberEvent = z.looseObject({
	event_id: z.string(),
	channel_id: z.number(),
	channel_name: z.string(),
	user_id: z.number(),
	username: z.string(),
	user_name: z.string(),
});
type MemberEvent = z.input<typeof memberEvent>;

const params = z.object({
	channels: anyOf('channel', {
		title: 'Channels',
		description: 'Channels to watch; none: all that the account has joined, except those of bots',
	}),
});
type Params = z.output<typeof params>;

/** Members without those that lack a key of an encrypted channel (chat.md 4.7). */
export const membersIn = (data: unknown): number[] => {
	const { user_ids = [], broken_user_ids = [] } = (data ?? {}) as Record<string, number[]>;
	return user_ids.filter((user_id) => !broken_user_ids.includes(user_id));
};

/** Members as the list of channels has them; a channel of which it holds only a part is asked for by itself. */
async function sightOf(dsm: Dsm, row: WireChannel, known: Snapshot | undefined): Promise<Sight<WireChannel>[]> {
	const id = String(row.channel_id);
	const listed = membersOf(row);
	const isWhole = listed.length > 0 && listed.length === (row.total_member_count ?? listed.length);
	const asked = isWhole ? undefined : await settled(dsm.call(memberList, { channel_id: row.channel_id }));
	const members = isWhole ? listed : asked && membersIn(asked);
	// What cannot be read now stays as it was.
	const prints = members ? printsOf(members) : known?.items[id];
	return prints ? [{ id, prints, row }] : [];
}

/** One print for the whole, as a list that only became shorter differs in no place, and the members themselves. */
const printsOf = (members: number[]): string[] => [digest([...members].sort()), ...members.map(String)];
const membersOfPrints = (prints: Prints): Prints => prints.slice(1);

async function look(given: Params, dsm: Dsm, known?: Snapshot): Promise<Sight<WireChannel>[]> {
	const watched = watchedOf(given, channelsOf(await dsm.call(channelList)));
	const sights = await Promise.all(watched.map(async (row) => await sightOf(dsm, row, known)));
	return sights.flat();
}

/** A trigger on members who come or go: the members of each channel, compared with what they were. */
const memberTrigger = (kind: 'joined' | 'left', title: string, summary: string) =>
	trigger({
		title,
		summary,
		params,
		basis: 'capture',
		cursor: snapshot,
		event: memberEvent,
		key: ({ event_id }) => event_id,
		uses: [channelList, memberList, userList],
		start: async (given: Params, handle: Dsm) => snapshotOf(await look(given, handle.with({ share: true }))),
		async poll(given: Params, known: Snapshot, handle: Dsm): Promise<PollAnswer<Snapshot, MemberEvent>> {
			const dsm = handle.with({ share: true });
			const { changes, cursor } = compare(known, await look(given, dsm, known));
			const told = changes.flatMap((change) => {
				if (change.kind !== 'changed') return [];
				const [was, now] = [membersOfPrints(change.was), membersOfPrints(change.now)];
				const [from, to] = kind === 'joined' ? [was, now] : [now, was];
				const moved = to.filter((member) => !from.includes(member));
				return moved.map((member) => ({
					row: change.row,
					user_id: Number(member),
					event_id: `${change.event_id}-${member}`,
				}));
			});
			return { events: await toEvents(dsm, told), cursor };
		},
		/** Those who are members: who came last is not known. */
		async sample(given: Params, handle: Dsm): Promise<MemberEvent[]> {
			const dsm = handle.with({ share: true });
			const sights = await look(given, dsm);
			const pairs = sights.flatMap(({ id, prints, row }) =>
				membersOfPrints(prints).map((member) => ({ row, user_id: Number(member), event_id: `sample-${id}-${member}` })),
			);
			return await toEvents(dsm, pairs.slice(0, 10));
		},
	});

async function toEvents(
	dsm: Dsm,
	told: { row: WireChannel; user_id: number; event_id: string }[],
): Promise<MemberEvent[]> {
	if (told.length === 0) return [];
	const [people, me] = await Promise.all([readPeople(dsm), whoAmI(dsm)]);
	return told.map(({ row, user_id, event_id }) => ({
		event_id,
		channel_id: row.channel_id,
		channel_name: titleOf(row, people, me),
		user_id,
		username: people.get(user_id)?.username ?? '',
		user_name: labelOf(people.get(user_id)),
	}));
}

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

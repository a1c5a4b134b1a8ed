import type { BatchAnswer, Dsm } from '../../core/dsm';
import { DsmApiError } from '../../core/errors';
import { procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import type { WireChannel } from './people';
import { channelList, channelsOf, ownId, peopleOf, titleOf, userList, usersOf } from './people';

/** A channel as Chat gives it (chat.md 4.2). `label` is made here: the name, or the other members of a conversation. */
export const channel = z.looseObject({
	channel_id: z.number(),
	label: z.string().optional(),
	name: z.union([z.string(), z.literal(false)]).optional(),
	type: z.string().optional(),
	total_member_count: z.number().optional(),
	is_joined: z.boolean().optional(),
	encrypted: z.boolean().optional(),
	last_post_at: z.number().optional(),
	unread: z.number().optional(),
});

/** Data of an entry of a batch. Throws its error. */
export function dataOf(answer: BatchAnswer | undefined): unknown {
	if (answer && 'data' in answer) return answer.data;
	throw answer?.error ?? new DsmApiError('The NAS left out an answer of a batch.');
}

export const list = procedure({
	title: 'List channels',
	summary: 'Lists the channels and conversations of the account.',
	uses: [channelList, userList],
	params: z.object({
		all: z.boolean().default(false).meta({
			title: 'Include Not Joined',
			description: 'Whether public channels are listed too that the account has not joined and cannot read',
			advanced: true,
		}),
	}),
	result: z.array(channel),
	readOnly: true,
	basis: 'capture',
	async run(given, dsm) {
		const { channels, label } = await readChannels(dsm);
		const shown = given.all ? channels : channels.filter((row) => row.is_joined !== false);
		return shown.map((row) => ({ ...row, label: label(row) }));
	},
});

/** Both lists in one request, since a conversation has no name but that of its members. Without the users the rows stay readable. */
async function readChannels(dsm: Dsm): Promise<{ channels: WireChannel[]; label: (row: WireChannel) => string }> {
	const [channels, users] = await dsm.batch([{ call: channelList }, { call: userList }], { readOnly: true });
	const rows = users && 'data' in users ? usersOf(users.data) : [];
	const [people, me] = [peopleOf(rows), ownId(rows, dsm)];
	return { channels: channelsOf(dataOf(channels)), label: (row) => titleOf(row, people, me) };
}

/** Regardless of capitals; a text that is the whole of a name goes before one that is a part of it. */
export const find = procedure({
	title: 'Find channels',
	summary: 'Finds channels and conversations by name or members; exact matches alone, if there are any.',
	uses: [channelList, userList],
	params: z.object({
		name: z.string().trim().min(1).meta({
			title: 'Name',
			description: 'Name of the channel, or the nickname of the other in a conversation, or a part of it',
			placeholder: 'e.g. ops',
		}),
	}),
	result: z.array(channel),
	readOnly: true,
	basis: 'capture',
	async run(given, dsm) {
		const { channels, label } = await readChannels(dsm);
		const wanted = given.name.replace(/^#/, '').toLowerCase();
		const rows = channels.map((row) => ({ ...row, label: label(row) }));
		const exact = rows.filter((row) => row.label.toLowerCase() === wanted);
		return exact.length > 0 ? exact : rows.filter((row) => row.label.toLowerCase().includes(wanted));
	},
});

const archiveList = { api: 'SYNO.Chat.Archive', method: 'list', version: 1 } as const;

/** Without any parameter the answer is 101 (chat.md 4.7): which ones it wants was not captured, so a page is asked for. */
export const listArchived = procedure({
	title: 'List archived channels',
	summary: 'Lists the channels in the archive.',
	uses: [archiveList],
	params: z.object({}),
	result: z.array(channel),
	readOnly: true,
	basis: 'inferred',
	run: async (_given, dsm) =>
		channelsOf(await dsm.call(archiveList, { offset: 0, limit: 500 })).map((row) => ({ ...row })),
});

import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { moment } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { channel, dataOf, find, list, listArchived } from './channelLists';
import { hide, preferences, setPreference, star, unstar } from './channelMarks';
import { channel_id, channelName, nothing, toNothing, user_ids } from './fields';
import { memberList, membersIn } from './members';
import { channelList, channelsOf, labelOf, peopleOf, userList, usersOf } from './people';

export const get = operation({
	title: 'Get a channel',
	summary: 'Gives one channel of which the account is a member.',
	call: { api: 'SYNO.Chat.Channel', method: 'get', version: 5 },
	params: z.object({ channel_id }),
	response: (data) => data.channel ?? data,
	result: channel,
	readOnly: true,
	basis: 'capture',
});

/** `type` is required, and `member_ids` is answered with the misleading 119 (chat.md 4.5). */
export const create = operation({
	title: 'Create a channel',
	summary: 'Creates a public or private channel.',
	call: { api: 'SYNO.Chat.Channel.Named', method: 'create', version: 1 },
	params: z.object({
		name: channelName,
		type: z
			.enum(['private', 'public'])
			.default('private')
			.meta({
				title: 'Kind',
				description: 'Who may join',
				labels: { private: 'Private (by Invitation)', public: 'Public (Anybody)' },
			}),
		purpose: z.string().optional().meta({ title: 'Purpose', description: 'What the channel is for', advanced: true }),
	}),
	response: (data) => data.channel ?? data,
	result: channel,
	basis: 'capture',
});

const join117 = (error: unknown): boolean => isDsmError(error) && error.dsmCode === 117;

export const join = procedure({
	title: 'Join a channel',
	summary: 'Joins a public channel; a channel joined already stays so.',
	uses: [{ api: 'SYNO.Chat.Channel.Named', method: 'join', version: 1 }],
	params: z.object({ channel_id }),
	result: nothing,
	basis: 'capture',
	/** 117 means "joined already" as well as "cannot join": being able to read the channel tells them apart. */
	async run(given, dsm) {
		try {
			await dsm.call({ api: 'SYNO.Chat.Channel.Named', method: 'join', version: 1 }, given);
		} catch (error) {
			const joined = join117(error) && (await isMember(given.channel_id, dsm));
			if (!joined) throw error;
		}
		return {};
	},
});

async function isMember(wanted: number, dsm: Dsm): Promise<boolean> {
	const channels = channelsOf(await dsm.call(channelList, {}, { readOnly: true }));
	return channels.some((row) => row.channel_id === wanted && row.is_joined !== false);
}

/** The last member who leaves makes an orphan that nobody can join again (chat.md 4.4). */
export const leave = operation({
	title: 'Leave a channel',
	summary: 'Leaves a channel. A channel that its last member leaves is lost for all: close it instead.',
	call: { api: 'SYNO.Chat.Channel.Named', method: 'disjoin', version: 1 },
	params: z.object({ channel_id }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const invite = operation({
	title: 'Invite to a channel',
	summary: 'Adds users to a channel without encryption.',
	call: { api: 'SYNO.Chat.Channel.Named', method: 'invite', version: 1 },
	params: z.object({ channel_id, user_ids }),
	request: (given) => ({ ...given, channel_key_encs: [] }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

const kickCall = { api: 'SYNO.Chat.Channel.Named', method: 'kick', version: 1 } as const;

/** That the ids go as a list is inferred; where it is not understood, each goes by itself (chat.md 4.5). */
export const kick = procedure({
	title: 'Remove from a channel',
	summary: 'Removes users from a channel.',
	uses: [kickCall],
	params: z.object({ channel_id, user_ids }),
	result: nothing,
	basis: 'inferred',
	async run(given, dsm) {
		try {
			await dsm.call(kickCall, given);
		} catch (error) {
			if (!isDsmError(error) || ![101, 120].includes(error.dsmCode ?? 0)) throw error;
			for (const user_id of given.user_ids) await dsm.call(kickCall, { channel_id: given.channel_id, user_id });
		}
		return {};
	},
});

export const members = procedure({
	title: 'List members of a channel',
	summary: 'Lists the users who are members of a channel.',
	uses: [memberList, userList],
	params: z.object({ channel_id }),
	result: z.array(z.looseObject({ user_id: z.number(), username: z.string().optional(), label: z.string() })),
	readOnly: true,
	basis: 'capture',
	async run(given, dsm) {
		const [answer, users] = await dsm.batch([{ call: memberList, params: given }, { call: userList }], {
			readOnly: true,
		});
		const people = peopleOf(users && 'data' in users ? usersOf(users.data) : []);
		return membersIn(dataOf(answer)).map((user_id) => {
			const user = people.get(user_id);
			return { user_id, username: user?.username ?? '', nickname: user?.nickname ?? '', label: labelOf(user) };
		});
	},
});

/** Version 2 throughout the three: that of the sources; versions 3 and 4 lack the methods (chat.md 14). */
export const archive = operation({
	title: 'Archive a channel',
	summary: 'Makes a channel read-only and moves it to the archive.',
	call: { api: 'SYNO.Chat.Channel', method: 'archive', version: 2 },
	params: z.object({ channel_id }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const close = operation({
	title: 'Close a channel',
	summary: 'Closes a channel or conversation; its messages stay in the archive.',
	call: { api: 'SYNO.Chat.Channel', method: 'close', version: 5 },
	params: z.object({ channel_id }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const markRead = operation({
	title: 'Mark a channel as read',
	summary: 'Marks the messages of a channel as read up to a moment.',
	call: { api: 'SYNO.Chat.Channel', method: 'view', version: 2 },
	params: z.object({
		channel_id,
		last_view_at: moment().meta({
			title: 'Read Up To',
			description: 'Time of the last message that was read: its create_at',
			widget: 'moment',
		}),
	}),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

/** Which parameters Chat takes is inferred (chat.md 4.5); what is left out stays. */
export const update = operation({
	title: 'Change a channel',
	summary: 'Renames a channel or changes its purpose.',
	call: { api: 'SYNO.Chat.Channel.Named', method: 'set', version: 1 },
	params: z
		.object({
			channel_id,
			name: channelName.optional().meta({ title: 'Name', description: 'New name, without spaces' }),
			purpose: z.string().optional().meta({ title: 'Purpose', description: 'What the channel is for' }),
		})
		.refine(({ name, purpose }) => name !== undefined || purpose !== undefined, {
			message: 'or a purpose is needed',
			path: ['name'],
		}),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const channels = resource('Channel', {
	list,
	find,
	get,
	create,
	update,
	join,
	leave,
	invite,
	kick,
	members,
	archive,
	listArchived,
	close,
	markRead,
	hide,
	star,
	unstar,
	preferences,
	setPreference,
});

import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { moment } from '../../../catalog/fields';
import { nothing, operation, procedure, resource } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { channel_id, channel_name, user_ids } from '../fields';
import { labeledChannel, matching, namesOfPeople, withLabel } from '../lib/labels';
import { membersIn } from '../lib/members';
import { isJoined, labelOf } from '../lib/people';
import { idOf } from '../lib/posts';
import * as wire from '../wire/channels';

const list = operation({
	title: 'List channels',
	summary: 'Lists the channels and conversations of the account.',
	known: namesOfPeople,
	call: wire.listChannels,
	params: z.object({
		all: z.boolean().default(false).meta({
			title: 'Include Not Joined',
			description: 'Whether public channels that the account has not joined and cannot read are also listed',
			advanced: true,
		}),
	}),
	request: () => ({}),
	keep: (channel, given) => given.all || isJoined(channel),
	response: (channel, { known }) => withLabel(channel, known),
	result: z.array(labeledChannel),
});

const find = operation({
	title: 'Find channels',
	summary: 'Finds channels and conversations by name or members; exact matches alone, if there are any.',
	known: namesOfPeople,
	call: wire.listChannels,
	params: z.object({
		name: z.string().trim().min(1).meta({
			title: 'Name',
			description: 'Name of the channel, or the nickname of the other in a conversation, or a part of it',
			placeholder: 'e.g. ops',
		}),
	}),
	request: () => ({}),
	pick: (channels, { name }, known) =>
		matching(channels, name.replace(/^#/, ''), (channel) => [withLabel(channel, known).label]),
	response: (channel, { known }) => withLabel(channel, known),
	result: z.array(labeledChannel),
});

const get = operation({
	title: 'Get a channel',
	summary: 'Gives one channel of which the account is a member.',
	call: wire.getChannel,
	params: z.object({ channel_id }),
});

const create = operation({
	title: 'Create a channel',
	summary: 'Creates a public or private channel.',
	call: wire.createChannel,
	params: z.object({
		name: channel_name,
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
	lost: { made: wire.listChannels, is: (row, params) => row.name === params.name, at: (row) => row.create_at },
});

/** Which parameters Chat takes is inferred (chat.md 4.5); what is left out stays. */
const update = operation({
	title: 'Update a channel',
	summary: 'Renames a channel or changes its purpose.',
	call: wire.setChannel,
	params: z
		.object({
			channel_id,
			name: channel_name.optional().meta({ title: 'Name', description: 'New name, without spaces' }),
			purpose: z.string().optional().meta({ title: 'Purpose', description: 'What the channel is for' }),
		})
		.refine(({ name, purpose }) => name !== undefined || purpose !== undefined, {
			message: 'or a purpose is needed',
			path: ['name'],
		}),
});

const join = procedure({
	title: 'Join a channel',
	summary: 'Joins a public channel; nothing changes for one that the account has joined before.',
	uses: [wire.joinChannel, wire.listChannels],
	params: z.object({ channel_id }),
	result: nothing,
	/** 117 means "joined already" as well as "cannot join": being a member tells them apart. */
	async run(given, dsm) {
		try {
			await dsm.call(wire.joinChannel, given);
		} catch (error) {
			const isCatchAll = isDsmError(error) && error.dsmCode === 117;
			if (!isCatchAll || !(await isMember(given.channel_id, dsm))) throw error;
		}
		return {};
	},
});

const isMember = async (wanted: number, dsm: Dsm): Promise<boolean> =>
	(await dsm.list(wire.listChannels)).some((channel) => idOf(channel) === wanted && isJoined(channel));

/** The last member who leaves makes an orphan that nobody can join again (chat.md 4.4). */
const leave = operation({
	title: 'Leave a channel',
	summary: 'Leaves a channel. A channel that its last member leaves is lost for all: close it instead.',
	call: wire.leaveChannel,
	params: z.object({ channel_id }),
	destructive: true,
});

const invite = operation({
	title: 'Invite users to a channel',
	summary: 'Adds users to a channel without encryption.',
	call: wire.inviteToChannel,
	params: z.object({ channel_id, user_ids }),
	request: (given) => ({ ...given, channel_key_encs: [] }),
});

/** That the ids go as a list is inferred; where it is not understood, each goes by itself (chat.md 4.5). */
const removeMembers = procedure({
	title: 'Remove members of a channel',
	summary: 'Removes users from a channel.',
	uses: [wire.kickFromChannel],
	params: z.object({ channel_id, user_ids }),
	result: nothing,
	destructive: true,
	async run(given, dsm) {
		try {
			await dsm.call(wire.kickFromChannel, given);
		} catch (error) {
			if (!isDsmError(error) || ![101, 120].includes(error.dsmCode ?? 0)) throw error;
			for (const user_id of given.user_ids)
				await dsm.call(wire.kickFromChannel, { channel_id: given.channel_id, user_id });
		}
		return {};
	},
});

const member = row({
	user_id: field.id(),
	username: z.string(),
	nickname: z.string(),
	label: z.string(),
});

const listMembers = operation({
	title: 'List members of a channel',
	summary: 'Lists the users who are members of a channel.',
	known: namesOfPeople,
	call: wire.getMembers,
	params: z.object({ channel_id }),
	response: (answer, { known: { people } }) =>
		membersIn(answer).map((user_id) => {
			const { username = '', nickname = '' } = people.get(user_id) ?? {};
			return { user_id, username, nickname, label: labelOf(people.get(user_id)) };
		}),
	result: z.array(member),
});

const archive = operation({
	title: 'Archive a channel',
	summary: 'Makes a channel read-only and moves it to the archive.',
	call: wire.archiveChannel,
	params: z.object({ channel_id }),
	destructive: true,
});

const listArchived = operation({
	title: 'List archived channels',
	summary: 'Lists the channels in the archive.',
	call: wire.listArchived,
	params: z.object({}),
});

const close = operation({
	title: 'Close a channel',
	summary: 'Closes a channel or conversation; its messages stay in the archive.',
	call: wire.closeChannel,
	params: z.object({ channel_id }),
	destructive: true,
});

const markRead = operation({
	title: 'Mark a channel as read',
	summary: 'Marks the messages of a channel as read up to a moment.',
	call: wire.viewChannel,
	params: z.object({
		channel_id,
		last_view_at: moment().meta({
			title: 'Read Up To',
			description: 'Time of the last message that was read: its create_at',
			widget: 'moment',
		}),
	}),
});

/** A change of how the account sees a channel, which can be taken back in Chat. */
const marking = (call: typeof wire.hideChannel, title: string, summary: string) =>
	operation({ title, summary, call, params: z.object({ channel_id }) });

const getPreferences = operation({
	title: 'Get the preferences of a channel',
	summary: 'Gives how the account is notified of a channel.',
	call: wire.getPreferences,
	params: z.object({ channel_id }),
});

/** The names of the fields were not captured: all are read, one is changed, and all are written back (chat.md 4.7). */
const setPreference = operation({
	title: 'Set a preference of a channel',
	summary: 'Changes one of the preferences of a channel, named as getting them shows it, and gives them all.',
	known: { call: wire.getPreferences, request: (given) => ({ channel_id: given.channel_id }) },
	call: wire.setPreferences,
	params: z.object({
		channel_id,
		name: z.string().min(1).meta({ title: 'Preference', description: 'Name of the preference' }),
		value: z.json().meta({
			title: 'Value',
			description: 'New value, as JSON: a text in quotes, a number, true or false',
			widget: 'json',
			placeholder: 'e.g. true',
		}),
	}),
	request: (given, known) => ({ ...known, [given.name]: given.value, channel_id: given.channel_id }),
	response: (_answer, { known, params }) => ({ ...known, [params.name]: params.value }),
	result: z.looseObject({}),
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
	removeMembers,
	listMembers,
	archive,
	listArchived,
	close,
	markRead,
	hide: marking(wire.hideChannel, 'Hide a channel', 'Removes a channel from the sidebar of the account.'),
	star: marking(wire.starChannel, 'Star a channel', 'Adds a channel to the favorites of the account.'),
	unstar: marking(wire.unstarChannel, 'Unstar a channel', 'Removes a channel from the favorites of the account.'),
	getPreferences,
	setPreference,
});

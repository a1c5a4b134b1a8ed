import type { Dsm } from '../../core/dsm';

/** A row of `SYNO.Chat.User list` (chat.md 6). */
export interface WireUser {
	user_id: number;
	username?: string;
	nickname?: string;
	deleted?: boolean;
	is_disabled?: boolean;
	user_props?: { email?: string } | null;
}

/** A row of `SYNO.Chat.Channel list` (chat.md 4.2). */
export interface WireChannel {
	channel_id: number;
	/** Empty, or `false`, for conversations. */
	name?: string | false;
	type?: string;
	members?: (number | { user_id: number })[] | null;
	total_member_count?: number;
	is_joined?: boolean;
	encrypted?: boolean;
	last_post_at?: number;
	unread?: number;
}

export const userList = { api: 'SYNO.Chat.User', method: 'list', version: 3 } as const;
export const channelList = { api: 'SYNO.Chat.Channel', method: 'list', version: 5 } as const;

/** Users by id. Unknown ids are to be expected: whether bots are listed is not established. */
export type People = ReadonlyMap<number, WireUser>;

export const usersOf = (data: unknown): WireUser[] => (data as { users?: WireUser[] } | undefined)?.users ?? [];
export const channelsOf = (data: unknown): WireChannel[] =>
	(data as { channels?: WireChannel[] } | undefined)?.channels ?? [];

export const peopleOf = (users: WireUser[]): People => new Map(users.map((user) => [user.user_id, user]));

/** "Alice (alice)", or the one name there is. */
export function labelOf(user: WireUser | undefined): string {
	const { nickname, username } = user ?? {};
	return nickname && username && nickname !== username ? `${nickname} (${username})` : nickname || username || '';
}

/** Short name of a user, "Alice"; empty when unknown. */
export const nameOf = (user: WireUser | undefined): string => user?.nickname || user?.username || '';

/** Own Chat user id, by the login name without its domain and regardless of case (chat.md 6); undefined when not listed. */
export function ownId(users: WireUser[], dsm: Dsm): number | undefined {
	const account = dsm.account.toLowerCase();
	const short = account.replace(/^.*\\|@.*$/g, '');
	const named = (name: string) => users.find(({ username }) => username?.toLowerCase() === name)?.user_id;
	return named(account) ?? named(short);
}

/** `members` holds numbers on some releases and objects on others (chat.md 17). */
export const membersOf = ({ members }: WireChannel): number[] =>
	(members ?? []).map((member) => (typeof member === 'number' ? member : member.user_id));

/** A conversation of two is a direct message (chat.md 4.1). */
export const isDirect = (channel: WireChannel): boolean =>
	channel.type === 'anonymous' && (channel.total_member_count ?? membersOf(channel).length) === 2;

/** What a person calls the channel: its name, or the names of the others in a conversation. */
export function titleOf(channel: WireChannel, people: People, me: number | undefined): string {
	if (channel.name) return channel.name;
	const others = membersOf(channel).filter((member) => member !== me);
	return (
		others
			.map((member) => nameOf(people.get(member)))
			.filter(Boolean)
			.join(', ') || `${channel.type ?? 'channel'} ${channel.channel_id}`
	);
}

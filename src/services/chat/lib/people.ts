import type { ListCall } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { listChannels, type Channel } from '../wire/channels';
import { getUser, listUsers, type User } from '../wire/users';
import { idOf } from './posts';
import { recent } from './recent';
import { isRefusal, settled } from './refusals';

/** Users by id. Unknown ids are to be expected: whether bots are listed is not established. */
export type People = ReadonlyMap<string, User>;

export const peopleOf = (users: readonly User[]): People => new Map(users.map((user) => [user.user_id, user]));

/** Users that Chat does not list, such as bots, must not cost a request with every message. */
const PATIENCE = 60_000;

/** Users by id, as of the last minutes; when one of the wanted is missing, those older than `patience` are read anew. */
const knownPeople = async (
	dsm: Dsm,
	isEnough: (people: People) => boolean,
	from: ListCall<User>,
	patience: number,
): Promise<People> => peopleOf(await recent(dsm, from, (users) => isEnough(peopleOf(users)), patience));

/** The same; none where the NAS does not list its users, so that texts and lists still go their way. `from`: the list that the caller may read. */
export async function peopleIfListed(
	dsm: Dsm,
	isEnough: (people: People) => boolean = () => true,
	from: ListCall<User> = listUsers,
): Promise<People> {
	try {
		return await knownPeople(dsm, isEnough, from, PATIENCE);
	} catch (error) {
		if (isRefusal(error)) return new Map();
		throw error;
	}
}

/** Channels, as of the last minutes; read anew when one of the wanted is missing. */
export const knownChannels = async (dsm: Dsm, wanted: readonly number[]): Promise<Channel[]> =>
	await recent(dsm, listChannels, (rows) => wanted.every((wish) => rows.some((row) => idOf(row) === wish)), 0);

/** The channels as they are now. */
export const presentChannels = async (dsm: Dsm): Promise<Channel[]> => await recent(dsm, listChannels, () => false, 0);

/** Users of these ids, as of the last minutes; read anew when one is missing, so that who is new is named. None when the NAS lists none. */
export async function peopleNamed(dsm: Dsm, ids: readonly string[]): Promise<People> {
	const isEnough = (people: People) => ids.every((id) => people.has(id));
	return (await settled(knownPeople(dsm, isEnough, listUsers, 0))) ?? new Map<string, User>();
}

/** Users as they are now, by id; none when the NAS does not list them. */
export const readPeople = async (dsm: Dsm): Promise<People> => peopleOf((await settled(dsm.list(listUsers))) ?? []);

/**
 * Own id, as cursors hold it: by name; else what Chat answers to a question for no user in particular, inferred to be the caller
 * (chat.md 6). 0 when Chat does not tell.
 */
export async function whoAmI(dsm: Dsm): Promise<number> {
	const own = ownUser((await settled(dsm.list(listUsers))) ?? [], dsm);
	return Number((own ?? (await settled(dsm.call(getUser))))?.user_id ?? 0);
}

/** "Alice (alice)", or the one name there is. */
export function labelOf(user: User | undefined): string {
	const { nickname, username } = user ?? {};
	return nickname && username && nickname !== username ? `${nickname} (${username})` : nickname || username || '';
}

/** Short name of a user, "Alice"; empty when unknown. */
export const nameOf = (user: User | undefined): string => user?.nickname || user?.username || '';

/** Own user, by the login name without its domain and regardless of case (chat.md 6); undefined when not listed. */
export function ownUser(users: Iterable<User>, { account }: Pick<Dsm, 'account'>): User | undefined {
	const name = account.toLowerCase();
	const short = name.replace(/^.*\\|@.*$/g, '');
	const all = [...users];
	const named = (wanted: string) => all.find(({ username }) => username?.toLowerCase() === wanted);
	return named(name) ?? named(short);
}

/** A conversation of two is a direct message (chat.md 4.1). */
export const isDirect = ({ type, total_member_count, members = [] }: Channel): boolean =>
	type === 'anonymous' && (total_member_count ?? members.length) === 2;

export const isJoined = ({ is_joined }: Channel): boolean => is_joined !== false;

/** What a person calls the channel: its name, or the names of the others in a conversation. */
export function titleOf({ name, type, members = [], channel_id }: Channel, people: People, me: string): string {
	if (name) return name;
	const others = members.filter((member) => member !== me);
	return (
		others
			.map((member) => nameOf(people.get(member)))
			.filter(Boolean)
			.join(', ') || `${type ?? 'channel'} ${channel_id}`
	);
}

import { keepBudget } from '../../../core/budget';
import type { ListCall } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import type { Post } from '../wire/posts';
import { listUsers, type User } from '../wire/users';
import { peopleIfListed, type People } from './people';

/**
 * Chat stores a mention as `@u:7` (chat.md 5.1). People read and write names: this is the one place where they become each other.
 */
const TOKEN = /@u:(\d+)/g;

/** Option of operations that send: names become mentions. */
export const mentions = z.boolean().default(true).meta({
	title: 'Resolve Mentions',
	description: 'Whether @name mentions the user of that name; a name that fits nobody stays text',
	advanced: true,
});

/** Option of operations that read: mentions become names. */
export const names = z.boolean().default(true).meta({
	title: 'Show Names',
	description: 'Whether the text of a message is also given with names in place of the IDs of mentioned users',
	advanced: true,
});

/** `@u:7` becomes `@alice`; mentions of unknown users stay. */
export const withNames = (message: string, people: People): string =>
	message.replace(TOKEN, (token, user_id: string) => {
		const user = people.get(user_id);
		return user ? `@${user.username || user.nickname}` : token;
	});

/** Ids of the users that a stored text mentions. */
export const mentionedIn = (message: string): string[] => [...message.matchAll(TOKEN)].map(([, id]) => id!);

/** A link, which stays as it is, or the start of a mention: not in the middle of a word, as in an e-mail address. */
const PLACE = /<\w+:[^<>\n]+>|(?<![\p{L}\p{N}_./@-])@(?!u:\d)/gu;

/** `@alice` becomes `@u:7`. The longest name that fits counts; a nickname that several users have fits nobody. */
export function withIds(text: string, people: People): string {
	const byName = idsByName(people);
	const longest = [...byName.keys()].sort((a, b) => b.length - a.length);
	let out = '';
	let done = 0;
	for (const { 0: place, index } of text.matchAll(PLACE)) {
		if (place !== '@') continue;
		const rest = text.slice(index + 1);
		const name = longest.find((candidate) => begins(rest, candidate));
		if (name === undefined) continue;
		out += `${text.slice(done, index)}@u:${byName.get(name)}`;
		done = index + 1 + name.length;
	}
	return out + text.slice(done);
}

/** Whether a text begins with a name, capitals or not, that ends there. */
const begins = (text: string, name: string): boolean =>
	text.slice(0, name.length).toLowerCase() === name && !/^[\p{L}\p{N}_-]/u.test(text.slice(name.length));

/** User ids by what may stand behind the @: login names first, then nicknames that only one user has. */
export function idsByName(people: People): Map<string, string> {
	const users = [...people.values()].filter((user) => !user.deleted && !user.is_disabled);
	const found = new Map<string, string>();
	const nicknames = users.map(({ nickname }) => lower(nickname));
	for (const { user_id, nickname } of users) {
		const name = lower(nickname);
		if (name && nicknames.filter((other) => other === name).length === 1) found.set(name, user_id);
	}
	for (const { user_id, username } of users) if (lower(username)) found.set(lower(username), user_id);
	return found;
}

const lower = (name: User['nickname']): string => (name ?? '').toLowerCase();

/** A text on its way to the NAS; throws DsmInputError when it is too long. Users are asked for only when there is something to look up. */
export async function toStored(
	dsm: Dsm,
	text: string,
	wanted = true,
	{ path = 'message', from = listUsers }: { path?: string; from?: ListCall<User> } = {},
): Promise<string> {
	keepBudget('message', text.length, { path: [path] });
	if (!wanted || !text.includes('@')) return text;
	return withIds(text, await peopleIfListed(dsm, undefined, from));
}

/** Adds `text` to rows on their way from the NAS: the message with names. */
export async function toShown(dsm: Dsm, row: Post, wanted: boolean): Promise<Post & { text?: string }> {
	if (!wanted) return row;
	const message = row.message ?? '';
	const ids = mentionedIn(message);
	if (ids.length === 0) return { ...row, text: message };
	return { ...row, text: withNames(message, await peopleIfListed(dsm, (people) => ids.every((id) => people.has(id)))) };
}

import { isDsmError } from '../../../core/errors';
import { withIds, withNames } from '../../../services/chat/lib/mentions';
import { keepPosts, partsOf } from '../../../services/chat/lib/splitText';
import type { User } from '../../../services/chat/wire/users';
import type { Decoder } from '../decoder';

const people = new Map(
	[
		{ user_id: '1', username: 'alice', nickname: 'Alice A' },
		{ user_id: '2', username: 'a', nickname: 'a'.repeat(30) },
	].map((user) => [user.user_id, user as User]),
);

/** A text on its way to Chat: mentions, and parts. */
export const decoder: Decoder = {
	title: 'Texts of Chat: mentions, parts',
	read(text) {
		keepPosts(text, 2000);
		withNames(text, people);
		const message = withIds(text, people);
		return partsOf(message, 2000);
	},
	means: isDsmError,
	frames: [['', '']],
	pieces: ['@', '@a', '@alice ', '@u:1 ', '<a:b', '<https://a|', '<https://a|b> ', '\u200D😀', '🇩🇪'],
};

import type { AnswerOf } from '../../../core/call';
import type { getMembers } from '../wire/channels';

/** Members without those that lack a key of an encrypted channel (chat.md 4.7). */
export const membersIn = ({ user_ids, broken_user_ids = [] }: AnswerOf<typeof getMembers>): string[] =>
	user_ids.filter((user_id) => !broken_user_ids.includes(user_id));

import { z } from '../../vendor/zod';
import { isMentioned } from './events';
import { channels, flag, includeOwn, includeReplies, messageTrigger } from './messageTrigger';
import { isDirect } from './people';
import { containing } from './wording';

/** Rising ids per channel and counters per thread; one HTTP request when nothing has happened (chat.md 11.1). */
export const newMessage = messageTrigger({
	title: 'New message',
	summary: 'Starts when a message or reply arrives in a channel or conversation of the account.',
	params: z.object({
		channels,
		scope: z
			.enum(['all', 'direct', 'mentions'])
			.default('all')
			.meta({
				title: 'Messages',
				description: 'Which messages start the flow',
				labels: { all: 'All', direct: 'Direct Messages', mentions: 'Mentions of the Account' },
			}),
		keyword: z
			.string()
			.default('')
			.meta({ title: 'Keyword', description: 'Only messages that hold this text, capitals or not' }),
		filesOnly: flag('Only Files', 'Whether only messages with a file start the flow'),
		includeOwn,
		includeSystem: flag('Include Notices', 'Whether notices of Chat, like "joined the channel", start the flow'),
		includeReplies,
	}),
	basis: 'capture',
	watching: ({ scope, ...given }) => ({ ...given, ...(scope === 'direct' && { isWatched: isDirect }) }),
	filter: (given) => ({
		...given,
		isWanted: (row, me) =>
			(!given.filesOnly || row.type === 'file') && (given.scope !== 'mentions' || isMentioned(row, me)),
		...(given.keyword !== '' && { areWanted: containing(given.keyword) }),
	}),
});

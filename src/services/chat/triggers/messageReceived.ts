import { DsmInputError, isDsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { flag, thread_id } from '../fields';
import { fileEvent, isMentioned } from '../lib/events';
import { containing, faultIn, fitting } from '../lib/matching';
import { channels, include_own, include_replies, messageTrigger } from '../lib/messageTrigger';
import { isDirect } from '../lib/people';
import { isReply } from '../lib/posts';
import { getFile } from '../wire/posts';

const common = { channels, include_own, include_replies };

/** Rising ids per channel and counters per thread; one HTTP request when nothing has happened (chat.md 11.1). */
export const messageReceived = messageTrigger({
	title: 'Message received',
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
		keyword: z.string().default('').meta({
			title: 'Keyword',
			description: 'Only messages that contain this text, in any case',
			placeholder: 'e.g. invoice',
		}),
		files_only: flag('Only Files', 'Whether only messages with a file start the flow'),
		include_own,
		include_system: flag('Include Notices', 'Whether notices of Chat, like "joined the channel", start the flow'),
		include_replies,
	}),
	filters: ['keyword', 'files_only', 'include_own', 'include_system'],
	watching: ({ scope, ...given }) => ({ ...given, ...(scope === 'direct' && { isWatched: isDirect }) }),
	filter: (given) => ({
		...given,
		isWanted: (row, me) =>
			(!given.files_only || row.type === 'file') && (given.scope !== 'mentions' || isMentioned(row, me)),
		...(given.keyword !== '' && { areWanted: containing(given.keyword) }),
	}),
});

/** Without an own id nothing could be told from a mention of somebody else. */
function knownId(me: number): number {
	if (me !== 0) return me;
	throw new DsmInputError('Chat does not say which of its users the account is.', {
		hint: 'Use the login name of the account as it stands in the list of Chat users.',
	});
}

export const directMessageReceived = messageTrigger({
	title: 'Direct message received',
	summary: 'Starts when somebody writes to the account in a conversation of two.',
	params: z.object({
		groups: flag('Include Groups', 'Whether messages of conversations with several people also start the flow'),
		include_own,
		include_replies,
	}),
	filters: ['include_own'],
	watching: ({ groups, include_replies: replies }) => ({
		channels: [],
		include_replies: replies,
		isWatched: (channel) => (groups ? channel.type === 'anonymous' : isDirect(channel)),
	}),
	filter: ({ include_own: own }) => ({ include_own: own }),
});

export const accountMentioned = messageTrigger({
	title: 'Account mentioned',
	summary: 'Starts when a message mentions the account.',
	params: z.object({
		...common,
		broadcasts: flag('Include Everybody', 'Whether @channel and @here count as mentions', true),
	}),
	filters: ['broadcasts', 'include_own'],
	watching: (given) => given,
	filter: (given) => ({
		include_own: given.include_own,
		isWanted: (row, me) => isMentioned(row, knownId(me), given.broadcasts),
	}),
});

export const keywordFound = messageTrigger({
	title: 'Keyword found',
	summary: 'Starts when a message contains a text or matches a regular expression, in any case.',
	params: z
		.object({
			mode: z
				.enum(['text', 'pattern'])
				.default('text')
				.meta({
					title: 'Match',
					description: 'How messages are searched',
					labels: { text: 'Text', pattern: 'Regular Expression' },
				}),
			keyword: z.string().min(1).meta({
				title: 'Keyword',
				description: 'Text, or a regular expression as in JavaScript; a mention reads as @name',
				placeholder: 'e.g. deploy',
			}),
			...common,
		})
		.superRefine((given, context) => {
			const message = given.mode === 'pattern' ? faultIn(given.keyword) : undefined;
			if (message) context.addIssue({ code: 'custom', message, path: ['keyword'] });
		}),
	filters: ['mode', 'keyword', 'include_own'],
	watching: (given) => given,
	filter: (given) => ({
		include_own: given.include_own,
		areWanted: given.mode === 'text' ? containing(given.keyword) : fitting(given.keyword),
	}),
});

/** A hashtag stands by itself, unlike the place in a page that a link names, and ends where something else begins. */
const TAG = /(?<!\S)#([\p{L}\p{N}_-]+)/gu;

export const hashtagFound = messageTrigger({
	title: 'Hashtag found',
	summary: 'Starts when a message contains a hashtag.',
	params: z.object({
		hashtag: z
			.string()
			.default('')
			.transform((text) => text.replace(/^#/, '').toLowerCase())
			.meta({
				title: 'Hashtag',
				description: 'Hashtag to look for, in any case; empty: any',
				placeholder: 'e.g. release',
			}),
		...common,
	}),
	filters: ['hashtag', 'include_own'],
	watching: (given) => given,
	filter: (given) => ({
		include_own: given.include_own,
		isWanted: ({ message = '' }) => {
			const tags = [...message.matchAll(TAG)].map(([, tag]) => tag!.toLowerCase());
			return given.hashtag === '' ? tags.length > 0 : tags.includes(given.hashtag);
		},
	}),
});

export const fileReceived = messageTrigger({
	title: 'File received',
	summary: 'Starts when a file arrives in a channel or conversation.',
	event: fileEvent,
	params: z.object({
		...common,
		download: z
			.boolean()
			.default(false)
			.meta({ title: 'Download', description: 'Whether the file itself comes with the event' }),
	}),
	filters: ['download', 'include_own'],
	watching: (given) => given,
	filter: (given) => ({
		include_own: given.include_own,
		isWanted: (row) => row.type === 'file',
	}),
	/** A message that is deleted meanwhile has no file any more; any other failure keeps the place. */
	async file({ post_id, file_size: size }, given, dsm) {
		if (!given.download) return undefined;
		try {
			return await dsm.file(getFile, { post_id: Number(post_id) }, { size });
		} catch (error) {
			if (isDsmError(error) && error.dsmCode === 402) return undefined;
			throw error;
		}
	},
});

export const replyReceived = messageTrigger({
	title: 'Reply received',
	summary: 'Starts when somebody replies in a thread.',
	params: z.object({
		channels,
		thread_id: thread_id.optional().meta({
			...thread_id.meta(),
			description: 'ID of the message that starts the thread; none: all threads',
		}),
		include_own,
	}),
	filters: ['thread_id', 'include_own'],
	watching: (given) => ({ channels: given.channels, include_replies: true }),
	filter: (given) => ({
		include_own: given.include_own,
		isWanted: (row) =>
			isReply(row) && (given.thread_id === undefined || Number(row.thread_id) === Number(given.thread_id)),
	}),
});

export const pollCreated = messageTrigger({
	title: 'Poll created',
	summary: 'Starts when somebody asks a question in a poll.',
	params: z.object({ channels, include_own }),
	filters: ['include_own'],
	watching: (given) => ({ ...given, include_replies: false }),
	filter: (given) => ({
		include_own: given.include_own,
		isWanted: (row) => row.poll_state !== undefined,
	}),
});

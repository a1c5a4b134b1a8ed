import { DsmInputError, isDsmError } from '../../core/errors';
import { z } from '../../vendor/zod';
import { download } from './file';
import { isMentioned } from './events';
import { digits } from './fields';
import { channels, flag, includeOwn, includeReplies, messageTrigger } from './messageTrigger';
import { isDirect } from './people';
import { isReply } from './post';
import { containing, faultIn, fitting } from './wording';

const common = { channels, includeOwn, includeReplies };

/** Without an own id nothing could be told from a mention of somebody else. */
function knownId(me: number): number {
	if (me !== 0) return me;
	throw new DsmInputError('Chat does not say which of its users the account is.', {
		hint: 'Use the login name of the account as it stands in the list of Chat users.',
	});
}

export const directMessage = messageTrigger({
	title: 'New direct message',
	summary: 'Starts when somebody writes to the account in a conversation of two.',
	params: z.object({
		groups: flag('Include Groups', 'Whether messages of conversations with several people start the flow, too'),
		includeOwn,
		includeReplies,
	}),
	basis: 'capture',
	watching: ({ groups, includeReplies: replies }) => ({
		channels: [],
		includeReplies: replies,
		isWatched: (channel) => (groups ? channel.type === 'anonymous' : isDirect(channel)),
	}),
	filter: (given) => ({ includeOwn: given.includeOwn, includeSystem: false }),
});

export const mention = messageTrigger({
	title: 'Mention',
	summary: 'Starts when a message mentions the account.',
	params: z.object({
		...common,
		broadcasts: flag('Include Everybody', 'Whether @channel and @here count as mentions', true),
	}),
	basis: 'capture',
	watching: (given) => given,
	filter: (given) => ({
		includeOwn: given.includeOwn,
		includeSystem: false,
		isWanted: (row, me) => isMentioned(row, knownId(me), given.broadcasts),
	}),
});

export const keyword = messageTrigger({
	title: 'Keyword',
	summary: 'Starts when a message holds a word or fits a regular expression, capitals or not.',
	params: z
		.object({
			mode: z
				.enum(['text', 'pattern'])
				.default('text')
				.meta({
					title: 'Match',
					description: 'How messages are looked through',
					labels: { text: 'Text', pattern: 'Regular Expression' },
				}),
			keyword: z.string().min(1).meta({
				title: 'Keyword',
				description: 'Text, or a regular expression as of JavaScript; a mention reads as @name',
				placeholder: 'e.g. deploy',
			}),
			...common,
		})
		.superRefine((given, context) => {
			const message = given.mode === 'pattern' ? faultIn(given.keyword) : undefined;
			if (message) context.addIssue({ code: 'custom', message, path: ['keyword'] });
		}),
	basis: 'capture',
	watching: (given) => given,
	filter: (given) => ({
		includeOwn: given.includeOwn,
		includeSystem: false,
		areWanted: given.mode === 'text' ? containing(given.keyword) : fitting(given.keyword),
	}),
});

/** A hashtag stands by itself, unlike the place in a page that a link names, and ends where something else begins. */
const TAG = /(?<!\S)#([\p{L}\p{N}_-]+)/gu;

export const hashtag = messageTrigger({
	title: 'Hashtag',
	summary: 'Starts when a message holds a hashtag.',
	params: z.object({
		hashtag: z
			.string()
			.default('')
			.transform((text) => text.replace(/^#/, '').toLowerCase())
			.meta({
				title: 'Hashtag',
				description: 'Hashtag to look for, capitals or not; empty: any',
				placeholder: 'e.g. release',
			}),
		...common,
	}),
	basis: 'capture',
	watching: (given) => given,
	filter: (given) => ({
		includeOwn: given.includeOwn,
		includeSystem: false,
		isWanted: ({ message = '' }) => {
			const tags = [...message.matchAll(TAG)].map(([, tag]) => tag!.toLowerCase());
			return given.hashtag === '' ? tags.length > 0 : tags.includes(given.hashtag);
		},
	}),
});

export const newFile = messageTrigger({
	title: 'New file',
	summary: 'Starts when a file arrives in a channel or conversation.',
	params: z.object({
		...common,
		download: z
			.boolean()
			.default(false)
			.meta({ title: 'Download', description: 'Whether the file itself comes with the event' }),
	}),
	basis: 'capture',
	watching: (given) => given,
	filter: (given) => ({
		includeOwn: given.includeOwn,
		includeSystem: false,
		isWanted: (row) => row.type === 'file',
	}),
	/** A message that is deleted meanwhile has no file any more; any other failure keeps the place. */
	async file({ post_id }, given, dsm) {
		if (!given.download) return undefined;
		try {
			return await dsm.do(download, { post_id });
		} catch (error) {
			if (isDsmError(error) && error.dsmCode === 402) return undefined;
			throw error;
		}
	},
});

export const threadReply = messageTrigger({
	title: 'New reply',
	summary: 'Starts when somebody replies in a thread.',
	params: z.object({
		channels,
		thread_id: digits().optional().meta({
			title: 'Thread',
			description: 'ID of the message that starts the thread; none: all threads',
			placeholder: 'e.g. 309237645323',
		}),
		includeOwn,
	}),
	basis: 'capture',
	watching: (given) => ({ channels: given.channels, includeReplies: true }),
	filter: (given) => ({
		includeOwn: given.includeOwn,
		includeSystem: false,
		isWanted: (row) =>
			isReply(row) && (given.thread_id === undefined || Number(row.thread_id) === Number(given.thread_id)),
	}),
});

export const pollCreated = messageTrigger({
	title: 'Poll created',
	summary: 'Starts when somebody asks a question in a poll.',
	params: z.object({ channels, includeOwn }),
	basis: 'capture',
	watching: (given) => ({ ...given, includeReplies: false }),
	filter: (given) => ({
		includeOwn: given.includeOwn,
		includeSystem: false,
		isWanted: (row) => row.props?.vote !== undefined,
	}),
});

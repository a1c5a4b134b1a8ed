import type { SettableClock } from '../../src/simulator';
import type { ChatState } from '../../src/simulator/services/chat';

/** Each event of Chat once, for both hosts. */
export interface ChatStory {
	/** Parameters of the trigger. */
	given?: Record<string, unknown>;
	/** Before the trigger starts. */
	before?: (chat: ChatState, clock: SettableClock) => void;
	happen: (chat: ChatState, clock: SettableClock) => void;
	/** What the event says, among other things. */
	seen: Record<string, unknown>;
}

const find = (chat: ChatState, text: string) => {
	const post = [...chat.channels.values()].flatMap(({ posts }) => posts).find(({ message }) => message === text);
	if (!post) throw new Error(`Nobody has written "${text}".`);
	return post.post_id;
};

export const chatStories: Record<string, ChatStory> = {
	messageReceived: {
		given: { keyword: 'good morning to you' },
		happen: (chat) => chat.postAs('bob', 'General', 'Good morning to you'),
		seen: { text: 'Good morning to you', channel_name: 'General' },
	},
	directMessageReceived: {
		happen: (chat) => chat.postAs('bob', chat.direct('alice', 'bob'), 'psst'),
		seen: { text: 'psst', channel_name: 'Bob' },
	},
	accountMentioned: {
		happen: (chat) => chat.postAs('carol', 'random', `@u:${chat.user('alice').user_id} lunch?`),
		seen: { text: '@alice lunch?', creator_name: 'Carol' },
	},
	keywordFound: {
		given: { mode: 'pattern', keyword: '^deploy (prod|test)$' },
		happen: (chat) => chat.postAs('bob', 'ops', 'Deploy prod'),
		seen: { text: 'Deploy prod' },
	},
	hashtagFound: {
		given: { hashtag: '#release' },
		happen: (chat) => chat.postAs('bob', 'ops', 'It is out #Release'),
		seen: { text: 'It is out #Release' },
	},
	fileReceived: {
		given: { download: true },
		happen: (chat) =>
			chat.postAs('bob', 'ops', '', { file: { name: 'run.log', content: 'exit 0\n', mime: 'text/plain' } }),
		seen: { file_name: 'run.log', file_size: 7 },
	},
	replyReceived: {
		happen: (chat) =>
			chat.postAs('bob', 'General', 'answered', { thread_id: chat.channel('General').posts[0]!.post_id }),
		seen: { text: 'answered', is_reply: true },
	},
	messageEdited: {
		before: (chat) => chat.postAs('bob', 'random', 'with a tpyo'),
		happen: (chat) => chat.editAs('bob', find(chat, 'with a tpyo'), 'with no typo'),
		seen: { text: 'with no typo' },
	},
	messageDeleted: {
		before: (chat) => chat.postAs('bob', 'random', 'to be taken back'),
		happen: (chat) => chat.deleteAs('bob', find(chat, 'to be taken back')),
		seen: { channel_name: 'random', creator_name: 'Bob' },
	},
	messagePinned: {
		before: (chat) => chat.postAs('bob', 'random', 'house rules'),
		happen: (chat) => chat.pin(find(chat, 'house rules')),
		seen: { text: 'house rules' },
	},
	pollCreated: {
		happen: (chat) => chat.askAs('carol', 'random', 'Pizza?', ['Yes', 'No']),
		seen: { text: 'Pizza?', poll_state: 'open' },
	},
	pollClosed: {
		before: (chat) => chat.askAs('carol', 'random', 'Salad?', ['Yes', 'No']),
		happen: (chat) => chat.closeAs('carol', find(chat, 'Salad?')),
		seen: { text: 'Salad?', poll_state: 'close' },
	},
	channelAdded: {
		happen: (chat) => chat.openChannel('bob', { name: 'launch', type: 'private' }, ['alice']),
		seen: { channel_name: 'launch', change: 'created', is_joined: true },
	},
	memberJoined: {
		happen: (chat) => chat.joinAs('carol', 'ops'),
		seen: { channel_name: 'ops', username: 'carol' },
	},
	memberLeft: {
		happen: (chat) => chat.leaveAs('bob', 'random'),
		seen: { channel_name: 'random', username: 'bob' },
	},
	reminderDue: {
		given: { channels: [1], lead: 60 },
		happen: (chat, clock) => {
			const { post_id } = chat.postAs('bob', 'General', 'call the plumber');
			chat.remindAs('alice', post_id, clock.now() + 1_800_000);
		},
		seen: { text: 'call the plumber', late: false },
	},
	scheduledMessageSent: {
		given: { channels: [1] },
		before: (chat, clock) => void chat.scheduleAs('alice', 'General', 'Time for tea', clock.now() + 60_000),
		happen: (_chat, clock) => clock.advance(120_000),
		seen: { text: 'Time for tea' },
	},
	unreadReached: {
		given: { threshold: 200 },
		happen: (chat) => {
			for (let n = 0; n < 200; n++) chat.postAs('bob', 'ops', `noise ${n}`);
		},
		seen: { channel_name: 'ops' },
	},
};

import { chat } from '../../../src/services/chat';
import { rightTime } from '../../support/follow';
import { tellsEachOnce } from '../../support/trigger-suite';
import type { Scene } from '../../support/nas';
import { stage } from './follow';

const { triggers } = chat;
const text = (event: { text: string }) => event.text;
const noise = (scene: Scene) => stage(scene).chat.postAs('bob', 'General', 'nothing of interest');
/** Bob writes, each time in another channel. */
const bob = (scene: Scene, n: number, message: string) => {
	stage(scene).chat.postAs('bob', n % 2 ? 'General' : 'ops', message);
	return message;
};

tellsEachOnce({
	trigger: triggers.directMessageReceived,
	given: {},
	goesByClock: true,
	happen: (scene, n) => {
		const { chat: state } = stage(scene);
		const who = n % 2 ? 'bob' : 'carol';
		return state.postAs(who, state.direct('alice', who), `psst ${n}`).message;
	},
	nameOf: text,
	noise,
	many: 120,
});

tellsEachOnce({
	trigger: triggers.accountMentioned,
	given: {},
	happen: (scene, n) => {
		bob(scene, n, `@u:${stage(scene).chat.user('alice').user_id} look at ${n}`);
		return `@alice look at ${n}`;
	},
	nameOf: text,
	noise,
});

tellsEachOnce({
	trigger: triggers.keywordFound,
	given: { keyword: 'Deploy' },
	happen: (scene, n) => bob(scene, n, `deploy ${n}`),
	nameOf: text,
	noise,
});

tellsEachOnce({
	trigger: triggers.hashtagFound,
	given: { hashtag: '#Release' },
	happen: (scene, n) => bob(scene, n, `done ${n} #release`),
	nameOf: text,
	noise: (scene) => bob(scene, 1, 'not yet #released'),
});

tellsEachOnce({
	trigger: triggers.fileReceived,
	given: {},
	happen: (scene, n) => {
		const file = { name: `log-${n}.txt`, content: `line ${n}` };
		stage(scene).chat.postAs('bob', n % 2 ? 'General' : 'ops', '', { file });
		return file.name;
	},
	nameOf: (event) => event.file_name!,
	noise,
});

tellsEachOnce({
	trigger: triggers.replyReceived,
	given: {},
	happen: (scene, n) => {
		const { chat: state } = stage(scene);
		const root = state.channel(n % 2 ? 'General' : 'ops').posts[0]!;
		return state.postAs('bob', root.channel_id, `reply ${n}`, { thread_id: root.post_id }).message;
	},
	nameOf: text,
	noise,
	anyOrder: true,
	many: 60,
});

tellsEachOnce({
	trigger: triggers.pollCreated,
	given: {},
	happen: (scene, n) => stage(scene).chat.askAs('bob', n % 2 ? 'General' : 'ops', `Which ${n}?`, ['a', 'b']).message,
	nameOf: text,
	noise,
});

tellsEachOnce({
	trigger: triggers.messageEdited,
	given: {},
	before: (scene) => {
		for (let n = 0; n < 130; n++) stage(scene).chat.postAs('bob', n % 2 ? 'General' : 'ops', `draft ${n}`);
	},
	happen: (scene, n) => {
		const { chat: state } = stage(scene);
		const post = [...state.channels.values()]
			.flatMap(({ posts }) => posts)
			.find((one) => one.message === `draft ${n}`)!;
		state.editAs('bob', post.post_id, `final ${n}`);
		return post.message;
	},
	nameOf: text,
	noise,
	many: 130,
});

tellsEachOnce({
	trigger: triggers.messagePinned,
	given: {},
	before: (scene) => {
		const { chat: state } = stage(scene);
		for (let n = 0; n < 130; n++) state.postAs('bob', n % 2 ? 'General' : 'ops', `rule ${n}`);
		state.pin(state.postAs('bob', 'random', 'pinned long ago').post_id);
	},
	happen: (scene, n) => {
		const { chat: state } = stage(scene);
		const post = [...state.channels.values()].flatMap(({ posts }) => posts).find((one) => one.message === `rule ${n}`)!;
		state.pin(post.post_id);
		return post.message;
	},
	nameOf: text,
	noise,
	many: 130,
});

tellsEachOnce({
	trigger: triggers.messageDeleted,
	given: {},
	before: (scene) => {
		for (let n = 0; n < 60; n++) stage(scene).chat.postAs('bob', n % 2 ? 'General' : 'ops', `slip ${n}`);
	},
	happen: (scene, n) => {
		const { chat: state } = stage(scene);
		const post = [...state.channels.values()].flatMap(({ posts }) => posts).find((one) => one.message === `slip ${n}`)!;
		return String(state.deleteAs('bob', post.post_id).post_id);
	},
	nameOf: ({ post_id }) => post_id,
	noise,
	anyOrder: true,
	many: 40,
});

tellsEachOnce({
	trigger: triggers.pollClosed,
	given: {},
	before: (scene) => {
		for (let n = 0; n < 40; n++) stage(scene).chat.askAs('bob', n % 2 ? 'General' : 'ops', `Which ${n}?`, ['a', 'b']);
	},
	happen: (scene, n) => {
		const { chat: state } = stage(scene);
		const asked = [...state.channels.values()].flatMap(({ posts }) => posts);
		// Every third poll is made only now, and the next one ends by itself.
		const post =
			n % 3 === 2
				? state.askAs('carol', 'General', `New ${n}?`, ['a'])
				: asked.find((one) => one.message === `Which ${n}?`)!;
		if (n % 3 === 1) post.vote!.options.expire_at = state.now();
		else state.closeAs(post.creator_id, post.post_id);
		return post.message;
	},
	nameOf: text,
	noise,
	anyOrder: true,
	many: 30,
});

tellsEachOnce({
	trigger: triggers.channelAdded,
	given: {},
	happen: (scene, n) => {
		const { chat: state } = stage(scene);
		const draft = { name: `plan-${n}`, type: n % 2 ? 'public' : 'private' } as const;
		return state.openChannel('bob', draft, ['alice']).name;
	},
	nameOf: ({ channel_name }) => channel_name,
	noise,
	many: 60,
});

tellsEachOnce({
	trigger: triggers.memberJoined,
	given: {},
	before: (scene) => rooms(scene, ['alice']),
	happen: (scene, n) => {
		stage(scene).chat.joinAs('carol', `room-${n}`);
		return `room-${n} carol`;
	},
	nameOf: ({ channel_name, username }) => `${channel_name} ${username}`,
	noise,
	many: 40,
});

tellsEachOnce({
	trigger: triggers.memberLeft,
	given: {},
	before: (scene) => rooms(scene, ['alice', 'carol']),
	happen: (scene, n) => {
		stage(scene).chat.leaveAs('carol', `room-${n}`);
		return `room-${n} carol`;
	},
	nameOf: ({ channel_name, username }) => `${channel_name} ${username}`,
	noise,
	many: 40,
});

function rooms(scene: Scene, members: string[]): void {
	for (let n = 0; n < 40; n++) stage(scene).chat.openChannel('bob', { name: `room-${n}`, type: 'private' }, members);
}

tellsEachOnce({
	trigger: triggers.reminderDue,
	given: {},
	before: (scene) => {
		const { chat: state, clock } = stage(scene);
		for (const channel of ['General', 'ops'])
			state.remindAs('alice', state.postAs('bob', channel, 'tomorrow').post_id, clock.now() + 86_400_000);
	},
	happen: (scene, n) => {
		const { chat: state } = stage(scene);
		const post = state.postAs('bob', n % 2 ? 'General' : 'ops', `remember ${n}`);
		state.remindAs('alice', post.post_id, rightTime(scene) + 500);
		return post.message;
	},
	nameOf: text,
	noise: (scene) => {
		const { chat: state, clock } = stage(scene);
		const post = state.postAs('bob', 'General', 'later');
		state.remindAs('alice', post.post_id, clock.now() + 86_400_000);
	},
	many: 40,
});

tellsEachOnce({
	trigger: triggers.scheduledMessageSent,
	given: {},
	before: (scene) => {
		const { chat: state, clock } = stage(scene);
		const start = clock.now() + 60_500;
		for (let n = 0; n < 60; n++) state.scheduleAs('alice', n % 2 ? 'General' : 'ops', `planned ${n}`, start + n * 1000);
		state.scheduleAs('alice', 'General', 'never', start + 86_400_000);
	},
	// Time does it: the clock of the suite moves a second after each event.
	happen: (_scene, n) => `planned ${n}`,
	pause: 0,
	nameOf: text,
	noise: (scene) => stage(scene).chat.postAs('alice', 'General', 'written by hand'),
	many: 40,
});

tellsEachOnce({
	trigger: triggers.unreadReached,
	given: { threshold: 3 },
	before: (scene) => rooms(scene, ['alice']),
	happen: (scene, n) => {
		for (let post = 0; post < 3; post++) stage(scene).chat.postAs('bob', `room-${n}`, `post ${post}`);
		return `room-${n}`;
	},
	nameOf: ({ channel_name }) => channel_name,
	noise: (scene) => stage(scene).chat.postAs('bob', 'room-39', 'only one'),
	many: 30,
});

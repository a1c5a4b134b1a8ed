import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { failure, withNas } from '../../support/nas';
import { source, textOf } from './files';
import { stage } from './follow';

const {
	message: { operations: message },
	file: { operations: file },
	reaction: { operations: reaction },
	thread: { operations: thread },
	hashtag: { operations: hashtag },
	channel: { operations: channel },
	conversation: { operations: conversation },
	user: { operations: user },
	poll: { operations: poll },
	setting: { operations: setting },
} = service.resources;

describe('messages', () => {
	test('are stuck to the top and let go; link previews are hidden', async () => {
		await withNas({}, async (scene) => {
			const post = stage(scene).chat.channel(1).posts[0]!;
			await scene.dsm.do(message.stick, { post_id: post.post_id });
			expect(post.is_sticky).toBe(true);
			await scene.dsm.do(message.unstick, { post_id: post.post_id });
			expect([post.is_sticky, await scene.dsm.do(message.hidePreview, { post_id: post.post_id })]).toEqual([false, {}]);
		});
	});

	test('with a pin are listed, the last one pinned first, by channel', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const posts = ['General', 'ops', 'General'].map((where) => chat.postAs('bob', where, `in ${where}`));
			for (const { post_id } of posts) {
				clock.advance(1000);
				await scene.dsm.do(message.pin, { post_id });
			}
			const ids = async (given: object) => (await scene.dsm.do(message.listPinned, given)).map((row) => row.post_id);
			expect(await ids({})).toEqual([2, 1, 0].map((n) => String(posts[n]!.post_id)));
			expect(await ids({ channel_ids: [1] })).toEqual([2, 0].map((n) => String(posts[n]!.post_id)));
		});
	});

	test('with a star are listed', async () => {
		await withNas({}, async (scene) => {
			const { post_id } = stage(scene).chat.channel(1).posts[0]!;
			await scene.dsm.do(message.star, { post_id });
			expect((await scene.dsm.do(message.listStarred, {})).map((row) => row.post_id)).toEqual([String(post_id)]);
		});
	});

	test('that may still be edited are listed, and who has read one is said', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const { post_id } = chat.postAs('alice', 'General', 'mine');
			const rows = await scene.dsm.do(message.listEditable, { channel_id: 1 });
			expect(rows.map((row) => row.message)).toEqual([
				'Good morning! The NAS moves to the new rack on Friday.',
				'mine',
			]);
			const bob = chat.user('bob').user_id;
			chat.channel(1).viewed.set(bob, clock.now());
			expect(await scene.dsm.do(message.getReadStatus, { post_id })).toEqual({ user_ids: [bob] });
		});
	});

	test('are found by thread and mark, also where the server ignores the filter', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const root = chat.channel('ops').posts.find(({ comment_count }) => comment_count > 0)!;
			scene.simulator.use({
				'SYNO.Chat.Post.search': (request) => {
					for (const filter of ['thread_id', 'has', 'post_type', 'keyword']) delete request.params[filter];
					return undefined;
				},
			});
			const found = async (given: object) => (await scene.dsm.do(message.search, given)).map((row) => row.message);
			expect(await found({ thread_id: String(root.post_id) })).toEqual(['It was the cable.', 'Looking at it.']);
			expect(await found({ has: 'url' })).toEqual(['Floor plan: <https://nas.example.com/plan|new rack>']);
			expect(await found({ has: 'pin' })).toEqual([]);
			expect(await found({ keyword: 'CABLE' })).toEqual(['It was the cable.']);
			expect(await found({ keyword: 'backup.log' })).toEqual(['The log of the run']);
			expect(await found({ thread_id: '0', channel_ids: [root.channel_id] })).toEqual([
				'The log of the run',
				root.message,
			]);
		});
	});
});

describe('files', () => {
	test('are sent with a caption, and an image gives a thumbnail', async () => {
		await withNas({}, async ({ dsm }) => {
			const sent = await dsm.do(file.send, { channel_id: 1, file: source('photo.png', 'pixels'), message: 'the rack' });
			expect([sent.message, sent.file_name]).toEqual(['the rack', 'photo.png']);
			const small = await dsm.do(file.downloadThumbnail, { post_id: sent.post_id });
			expect([small.name, await textOf(small)]).toEqual(['photo.png', 'pixels']);
		});
	});
});

describe('reactions, hashtags and threads', () => {
	test('the names of stickers are listed, whichever shape the answer has', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect((await dsm.do(reaction.list, {})).map(({ sticker_name }) => sticker_name)).toContain('heart');
			simulator.use({ 'SYNO.Chat.Sticker.list': () => ({ data: { categories: [{ items: [{ name: 'cat' }] }] } }) });
			expect(await dsm.do(reaction.list, {})).toEqual([{ sticker_name: 'cat' }]);
		});
	});

	test('hashtags are listed, put on a message and taken off', async () => {
		await withNas({}, async (scene) => {
			const { channel_id, posts } = stage(scene).chat.channel('ops');
			const { post_id } = posts[0]!;
			const tags = async () => (await scene.dsm.do(hashtag.list, { channel_id })).map((row) => row.hashtag);
			await scene.dsm.do(hashtag.add, { post_id, hashtag: '#disk' });
			expect(await tags()).toEqual(['backup', 'disk']);
			await scene.dsm.do(hashtag.remove, { post_id, hashtag: 'disk' });
			expect(await tags()).toEqual(['backup']);
		});
	});

	test('a thread is followed, read and left alone', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const root = chat.channel('ops').posts.find(({ comment_count }) => comment_count > 0)!;
			const thread_id = String(root.post_id);
			await scene.dsm.do(thread.subscribe, { thread_id });
			expect([...root.followedBy]).toEqual([chat.user('alice').user_id]);
			await scene.dsm.do(thread.markRead, { thread_id });
			await scene.dsm.do(thread.unsubscribe, { thread_id });
			expect([...root.followedBy]).toEqual([]);
		});
	});
});

describe('channels', () => {
	test('are renamed and get another purpose', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const ops = chat.channel('ops');
			const { channel_id } = ops;
			await scene.dsm.do(channel.update, { channel_id, name: 'servers' });
			await scene.dsm.do(channel.update, { channel_id, purpose: 'Racks' });
			expect([ops.name, ops.purpose]).toEqual(['servers', 'Racks']);
			const error = await failure(scene.dsm.do(channel.update, { channel_id }));
			expect(error.message).toBe('"Name" is missing.');
		});
	});

	test('are hidden, starred and unstarred', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const [ops, me] = [chat.channel('ops'), chat.user('alice').user_id];
			const { channel_id } = ops;
			await scene.dsm.do(channel.hide, { channel_id });
			await scene.dsm.do(channel.star, { channel_id });
			expect([[...ops.hiddenBy], [...ops.starredBy]]).toEqual([[me], [me]]);
			await scene.dsm.do(channel.unstar, { channel_id });
			expect([...ops.starredBy]).toEqual([]);
		});
	});

	test('are found by name; an exact match goes before parts', async () => {
		await withNas({}, async (scene) => {
			stage(scene).chat.openChannel('alice', { name: 'ops-archive', type: 'private' });
			const found = async (name: string) => (await scene.dsm.do(channel.find, { name })).map(({ label }) => label);
			expect(await found('#OPS')).toEqual(['ops']);
			expect(await found('op')).toEqual(['ops', 'ops-archive']);
			expect(await found('bob')).toEqual(['Bob']);
			expect(await found('design')).toEqual(['design']);
		});
	});

	test('in the archive are listed', async () => {
		await withNas({}, async (scene) => {
			const { channel_id } = stage(scene).chat.channel('ops');
			await scene.dsm.do(channel.archive, { channel_id });
			expect((await scene.dsm.do(channel.listArchived, {})).map((row) => row.name)).toEqual(['ops']);
		});
	});

	test('keep the other preferences when one is changed', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.channel(1).preferences.set(chat.user('alice').user_id, { notify: 'all', sound: true });
			const given = { channel_id: 1, name: 'notify', value: 'mention' };
			expect(await scene.dsm.do(channel.setPreference, given)).toEqual({ notify: 'mention', sound: true });
			expect(await scene.dsm.do(channel.getPreferences, { channel_id: 1 })).toEqual({ notify: 'mention', sound: true });
		});
	});

	test('lose members also where the NAS takes one at a time', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { channel_id } = chat.openChannel('alice', { name: 'plans', type: 'private' }, ['bob', 'carol']);
			const user_ids = ['bob', 'carol'].map((name) => chat.user(name).user_id);
			scene.simulator.use({
				'SYNO.Chat.Channel.Named.kick': (request) => {
					if (request.params.user_ids) return { error: 120 };
					request.params.user_ids = [request.params.user_id];
					return undefined;
				},
			});
			await scene.dsm.do(channel.removeMembers, { channel_id, user_ids });
			expect([...chat.channel(channel_id).members]).toEqual([chat.user('alice').user_id]);
		});
	});
});

describe('conversations', () => {
	test('are opened with one or several, listed by their members, and become channels', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const [bob, carol] = ['bob', 'carol'].map((name) => chat.user(name).user_id) as [number, number];
			const direct = await scene.dsm.do(conversation.open, { user_ids: [bob, bob] });
			expect(direct.channel_id).toBe(String(chat.direct('alice', 'bob').channel_id));
			const group = await scene.dsm.do(conversation.open, { user_ids: [bob, carol] });
			const labels = async () => (await scene.dsm.do(conversation.list, {})).map(({ label }) => label);
			expect(await labels()).toEqual(['Bob', 'Bob, Carol']);
			await scene.dsm.do(conversation.convert, { channel_id: group.channel_id, name: 'team' });
			expect([await labels(), chat.channel('team').type]).toEqual([['Bob'], 'private']);
		});
	});
});

describe('users', () => {
	test('are found by name, nickname or e-mail; an exact match goes before parts', async () => {
		await withNas({}, async (scene) => {
			const { nas } = scene.simulator;
			nas.addUser({ name: 'bobby', password: 'x', apps: nas.user('bob').apps });
			const found = async (name: string) => (await scene.dsm.do(user.find, { name })).map((row) => row.username);
			expect(await found('@BOB')).toEqual(['bob']);
			expect(await found('bob')).toEqual(['bob']);
			expect(await found('bobb')).toEqual(['bobby']);
			expect(await found('alice@example.com')).toEqual(['alice']);
			expect(await found('ol')).toEqual(['carol']);
			expect(await found('disabled')).toEqual([]);
		});
	});

	test('have a picture', async () => {
		await withNas({}, async (scene) => {
			const answer = await scene.dsm.do(user.downloadAvatar, { user_id: stage(scene).chat.user('bob').user_id });
			expect([answer.type, (await textOf(answer)).slice(1, 4)]).toEqual(['image/png', 'PNG']);
		});
	});

	test('set and clear their status, and change their nickname', async () => {
		await withNas({}, async (scene) => {
			const me = stage(scene).chat.user('alice');
			await scene.dsm.do(user.setStatus, { status: 'On holiday' });
			expect(me.status).toBe('On holiday');
			await scene.dsm.do(user.clearStatus, {});
			await scene.dsm.do(user.setNickname, { nickname: 'Al' });
			expect([me.status, me.nickname]).toEqual(['', 'Al']);
		});
	});
});

describe('polls and settings', () => {
	test('a vote is withdrawn, a choice added, and the poll deleted', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { vote, post_id } = chat.askAs('alice', 'General', 'Lunch?', ['Pizza'], { add_option: true });
			await scene.dsm.do(poll.vote, { post_id, choice_ids: ['1'] });
			await scene.dsm.do(poll.addChoice, { post_id, text: 'Pasta' });
			await scene.dsm.do(poll.removeVote, { post_id });
			expect((await scene.dsm.do(poll.listChoices, { post_id })).map(({ text, count }) => [text, count])).toEqual([
				['Pizza', 0],
				['Pasta', 0],
			]);
			await scene.dsm.do(poll.delete, { post_id });
			expect(vote?.state).toBe('delete');
		});
	});

	test('the rules of this Chat are given, and its apps', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.settings.allow_edit_message_time_within_min = 15;
			expect(await scene.dsm.do(setting.get, {})).toEqual({
				allow_edit_message: true,
				allow_edit_message_time_within_min: 15,
			});
			expect(await scene.dsm.do(setting.getApps, {})).toEqual({});
		});
	});
});

import { describe, expect, test } from '@jest/globals';
import { withNas } from '../../support/nas';
import { Follower, following, iso, stage } from './follow';

describe('new messages', () => {
	test('nothing new: no event, and one request per poll', async () => {
		await following({}, async (follower, { requests }) => {
			expect(await follower.poll()).toEqual([]);
			const before = requests.length;
			expect(await follower.poll()).toEqual([]);
			expect(requests.slice(before).map(({ api, method }) => `${api} ${method}`)).toEqual([
				'SYNO.Entry.Request request',
			]);
		});
	});

	test('what was there before the start is history', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			chat.postAs('bob', 'General', 'before');
			clock.advance(5000);
			const follower = await new Follower(scene.dsm).start();
			clock.advance(5000);
			chat.postAs('bob', 'General', 'after');
			expect(await follower.texts()).toEqual(['after']);
			expect(await follower.texts()).toEqual([]);
		});
	});

	test('names are remembered: further posts of known people cost no list of users', async () => {
		await following({}, async (follower, { chat, requests }) => {
			chat.postAs('bob', 'General', 'first');
			expect(await follower.texts()).toEqual(['first']);
			const before = requests.length;
			chat.postAs('bob', 'General', 'second');
			expect(await follower.texts()).toEqual(['second']);
			expect(requests.slice(before).filter(({ api }) => api === 'SYNO.Chat.User')).toEqual([]);
		});
	});

	test('and are asked for anew where a text mentions somebody who is new', async () => {
		await following({}, async (follower, { chat, scene }) => {
			chat.postAs('bob', 'General', 'first');
			expect(await follower.texts()).toEqual(['first']);
			const { nas } = scene.simulator;
			nas.addUser({ name: 'erin', password: 'erin-1', apps: nas.user('bob').apps });
			chat.syncUsers();
			const { user_id } = chat.user('erin');
			chat.postAs('bob', 'General', `welcome @u:${user_id}`);
			expect((await follower.poll()).map(({ text }) => text)).toEqual(['welcome @erin']);
		});
	});

	test('an event says who wrote what where, with mentions by name', async () => {
		await following({}, async (follower, { chat }) => {
			const alice = chat.user('alice').user_id;
			const post = chat.postAs('bob', 'ops', `@u:${alice} the disk is full`);
			const [event] = await follower.poll();
			expect(event).toMatchObject({
				post_id: String(post.post_id),
				channel_id: String(post.channel_id),
				channel_name: 'ops',
				channel_type: 'private',
				creator_id: String(chat.user('bob').user_id),
				creator_name: 'Bob',
				message: `@u:${alice} the disk is full`,
				text: '@alice the disk is full',
				create_at: iso(post.create_at),
				thread_id: '0',
				is_reply: false,
			});
		});
	});

	test('several at once in several channels come in the order of their time', async () => {
		await following({}, async (follower, { chat, clock }) => {
			for (const [who, where, text] of [
				['bob', 'ops', 'one'],
				['carol', 'General', 'two'],
				['bob', 'General', 'three'],
				['bob', 'ops', 'four'],
			] as const) {
				clock.advance(1000);
				chat.postAs(who, where, text);
			}
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['one', 'two', 'three', 'four']);
		});
	});

	test('more than one page since the last poll comes whole, though the server caps its pages', async () => {
		await following({}, async (follower, { chat, clock }) => {
			chat.switches.order = 'descending';
			const texts = Array.from({ length: 130 }, (_, n) => `message ${n}`);
			for (const text of texts) {
				chat.postAs('bob', 'General', text);
				clock.advance(10);
			}
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(texts);
			expect(await follower.texts()).toEqual([]);
		});
	});

	test('a message that arrives while pages are read comes in this poll or in the next', async () => {
		await following({}, async (follower, { chat, clock, scene }) => {
			for (let n = 0; n < 60; n++) chat.postAs('bob', 'General', `message ${n}`);
			let arrived = false;
			scene.simulator.use({
				'SYNO.Chat.Post.list': () => {
					if (!arrived) chat.postAs('carol', 'General', 'meanwhile');
					arrived = true;
					return undefined;
				},
			});
			clock.advance(10_000);
			const texts = [...(await follower.texts()), ...(await follower.texts())];
			expect(texts).toHaveLength(61);
			expect(texts.at(-1)).toBe('meanwhile');
		});
	});

	test('a message in the very millisecond of the last one read is not lost', async () => {
		await following({}, async (follower, { chat }) => {
			chat.postAs('bob', 'General', 'first');
			expect(await follower.texts()).toEqual(['first']);
			chat.postAs('bob', 'General', 'same millisecond');
			expect(await follower.texts()).toEqual(['same millisecond']);
		});
	});

	test('an edit makes no second event, and a message deleted before the poll none at all', async () => {
		await following({}, async (follower, { chat, clock }) => {
			const first = chat.postAs('bob', 'General', 'first');
			const second = chat.postAs('bob', 'General', 'second');
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['first', 'second']);
			chat.editAs('bob', first.post_id, 'first, edited');
			chat.deleteAs('bob', second.post_id);
			chat.postAs('carol', 'General', 'third');
			chat.deleteAs('carol', chat.postAs('carol', 'General', 'gone').post_id);
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['third']);
		});
	});

	test('the anchor may have been deleted and be refused: reading goes on below it', async () => {
		await following({}, async (follower, { chat, clock }) => {
			chat.switches.deletedAnchor = 'missing';
			const anchors = ['a', 'b', 'c'].map((text) => chat.postAs('bob', 'General', text).post_id);
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['a', 'b', 'c']);
			for (const post_id of anchors) chat.deleteAs('bob', post_id);
			chat.postAs('bob', 'General', 'd');
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['d']);
		});
	});

	test('tombstones that the server shows make no event and move the cursor', async () => {
		await following({}, async (follower, { chat, clock }) => {
			chat.switches.tombstones = true;
			chat.deleteAs('bob', chat.postAs('bob', 'General', 'gone').post_id);
			clock.advance(10_000);
			expect(await follower.texts()).toEqual([]);
			chat.postAs('bob', 'General', 'next');
			expect(await follower.texts()).toEqual(['next']);
		});
	});

	test('the empty post that an upload leaves behind makes no event', async () => {
		await following({}, async (follower, { chat }) => {
			chat.switches.fileLeavesEmptyPost = true;
			chat.postAs('bob', 'General', '', { file: { name: 'a.txt', content: 'a' } });
			const events = await follower.poll();
			expect(events.map(({ type, file_name }) => [type, file_name])).toEqual([['file', 'a.txt']]);
		});
	});

	test('a clock of the NAS that is set back hides nothing', async () => {
		await following({}, async (follower, { chat, clock }) => {
			chat.postAs('bob', 'General', 'before');
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['before']);
			clock.advance(-3_600_000);
			const root = chat.postAs('bob', 'General', 'after');
			chat.postAs('carol', 'General', 'reply', { thread_id: root.post_id });
			expect(await follower.texts()).toEqual(['after', 'reply']);
		});
	});
});

describe('replies', () => {
	test('come with the id of their thread, also in threads older than the trigger', async () => {
		await following({}, async (follower, { chat, clock }) => {
			const root = chat.channel('ops').posts.find(({ comment_count }) => comment_count > 0)!;
			chat.postAs('bob', 'ops', 'in an old thread', { thread_id: root.post_id });
			clock.advance(10_000);
			const events = await follower.poll();
			expect(events.map(({ text, thread_id, is_reply }) => [text, thread_id, is_reply])).toEqual([
				['in an old thread', String(root.post_id), true],
			]);
			expect(await follower.texts()).toEqual([]);
		});
	});

	test('start a thread on an old message', async () => {
		await following({}, async (follower, { chat, clock }) => {
			const root = chat.channel('General').posts[0]!;
			chat.postAs('bob', 'General', 'first reply', { thread_id: root.post_id });
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['first reply']);
			chat.postAs('carol', 'General', 'second reply', { thread_id: root.post_id });
			expect(await follower.texts()).toEqual(['second reply']);
		});
	});

	test('in many threads and of more than one page come whole', async () => {
		await following({}, async (follower, { chat, clock }) => {
			const roots = Array.from({ length: 60 }, (_, n) => chat.postAs('bob', 'General', `root ${n}`).post_id);
			clock.advance(10_000);
			expect(await follower.texts()).toHaveLength(60);
			for (const root of roots) chat.postAs('carol', 'General', `reply to ${root}`, { thread_id: root });
			for (let n = 0; n < 120; n++) chat.postAs('carol', 'General', `more ${n}`, { thread_id: roots[3]! });
			clock.advance(10_000);
			expect(await follower.texts()).toHaveLength(180);
			expect(await follower.texts()).toEqual([]);
		});
	});

	test('are found among the recent messages where the search is refused', async () => {
		await following({}, async (follower, { chat, clock, scene }) => {
			scene.simulator.use({ 'SYNO.Chat.Post.search': () => ({ error: 103 }) });
			const root = chat.channel('General').posts[0]!;
			chat.postAs('bob', 'General', 'found', { thread_id: root.post_id });
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['found']);
			expect(await follower.texts()).toEqual([]);
		});
	});

	test('are left out on demand', async () => {
		await following({ include_replies: false }, async (follower, { chat }) => {
			const root = chat.postAs('bob', 'General', 'root');
			chat.postAs('bob', 'General', 'reply', { thread_id: root.post_id });
			expect(await follower.texts()).toEqual(['root']);
		});
	});
});

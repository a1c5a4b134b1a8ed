import { describe, expect, test } from '@jest/globals';
import { failure, withNas, type Scene } from '../../support/nas';
import { Follower, stage, type Given } from './follow';

/** A follower of alice's messages that has just started, a minute before anything happens. */
async function following(given: Given, run: (follower: Follower, scene: ReturnType<typeof stage> & { scene: Scene }) => Promise<void>) {
	await withNas({}, async (scene) => {
		const place = stage(scene);
		const follower = await new Follower(scene.dsm, given).start();
		place.clock.advance(60_000);
		await run(follower, { ...place, scene });
	});
}

describe('new messages', () => {
	test('nothing new: no event, and one request per poll', async () => {
		await following({}, async (follower, { requests }) => {
			expect(await follower.poll()).toEqual([]);
			const before = requests.length;
			expect(await follower.poll()).toEqual([]);
			expect(requests.slice(before).map(({ api, method }) => `${api} ${method}`)).toEqual(['SYNO.Entry.Request request']);
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

	test('an event says who wrote what where, with mentions by name', async () => {
		await following({}, async (follower, { chat }) => {
			const alice = chat.user('alice').user_id;
			const post = chat.postAs('bob', 'ops', `@u:${alice} the disk is full`);
			const [event] = await follower.poll();
			expect(event).toMatchObject({
				post_id: String(post.post_id),
				channel_id: post.channel_id,
				channel_name: 'ops',
				channel_type: 'private',
				creator_id: chat.user('bob').user_id,
				creator_name: 'Bob',
				message: `@u:${alice} the disk is full`,
				text: '@alice the disk is full',
				create_at: post.create_at,
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
			expect(events.map(({ type, file_props }) => [type, (file_props as { name: string }).name])).toEqual([['file', 'a.txt']]);
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
		await following({ includeReplies: false }, async (follower, { chat }) => {
			const root = chat.postAs('bob', 'General', 'root');
			chat.postAs('bob', 'General', 'reply', { thread_id: root.post_id });
			expect(await follower.texts()).toEqual(['root']);
		});
	});
});

describe('channels that come and go', () => {
	test('the first message of a conversation that somebody opens is an event', async () => {
		await following({}, async (follower, { chat }) => {
			chat.postAs('carol', chat.direct('carol', 'alice'), 'Hello, we have not met');
			const events = await follower.poll();
			expect(events.map(({ text, channel_name, channel_type }) => [text, channel_name, channel_type])).toEqual([
				['Hello, we have not met', 'Carol', 'anonymous'],
			]);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('the history of a channel joined later is not told', async () => {
		await following({}, async (follower, { chat, clock }) => {
			chat.switches.minSpacingMs = 0;
			await follower.poll();
			clock.advance(5000);
			chat.joinAs('alice', 'design');
			expect(await follower.texts()).toEqual([]);
			chat.postAs('carol', 'design', 'welcome');
			expect(await follower.texts()).toEqual(['welcome']);
		});
	});

	test('an empty channel gives its first message', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			chat.openChannel('bob', { name: 'empty', type: 'private' }, ['alice']);
			const follower = await new Follower(scene.dsm).start();
			clock.advance(60_000);
			expect(await follower.texts()).toEqual([]);
			chat.postAs('bob', 'empty', 'the first');
			expect(await follower.texts()).toEqual(['the first']);
		});
	});

	test('one unreadable channel does not hold up the others, and comes when it can be read again', async () => {
		await following({}, async (follower, { chat, clock, scene }) => {
			const ops = chat.channel('ops').channel_id;
			let broken = true;
			scene.simulator.use({
				'SYNO.Chat.Post.list': ({ params }) => (broken && params.channel_id === ops ? { error: 105, errors: 'no permission' } : undefined),
			});
			chat.postAs('bob', 'ops', 'unreadable for now');
			chat.postAs('bob', 'General', 'readable');
			clock.advance(10_000);
			expect(await follower.texts()).toEqual(['readable']);
			broken = false;
			expect(await follower.texts()).toEqual(['unreadable for now']);
		});
	});

	test('an encrypted channel tells that something was written, not what', async () => {
		await following({}, async (follower, { chat }) => {
			const channel = chat.createChannel({
				name: 'secret',
				type: 'private',
				creator_id: chat.user('bob').user_id,
				members: [chat.user('bob').user_id, chat.user('alice').user_id],
				encrypted: true,
			});
			chat.postAs('bob', channel, 'q83vEjRWeJA=');
			const [event] = await follower.poll();
			expect([event?.channel_name, event?.message, event?.text]).toEqual(['secret', '', '']);
		});
	});
});

describe('filters', () => {
	test('own messages and notices are left out unless asked for', async () => {
		await following({}, async (follower, { chat }) => {
			chat.postAs('alice', 'General', 'mine');
			chat.joinAs('carol', 'ops');
			expect(await follower.texts()).toEqual([]);
		});
		await following({ includeOwn: true, includeSystem: true }, async (follower, { chat, clock }) => {
			chat.postAs('alice', 'General', 'mine');
			clock.advance(1000);
			chat.joinAs('carol', 'ops');
			expect(await follower.texts()).toEqual(['mine', '@carol joined the channel']);
		});
	});

	test('only the chosen channels are watched', async () => {
		await following({ channels: [1] }, async (follower, { chat }) => {
			chat.postAs('bob', 'ops', 'elsewhere');
			chat.postAs('bob', 'General', 'here');
			expect(await follower.texts()).toEqual(['here']);
		});
	});

	test('channels of bots are watched only when chosen', async () => {
		await following({}, async (follower, { chat }) => {
			const bots = [...chat.channels.values()].find(({ type }) => type === 'synobot')!;
			chat.append(bots, { creator_id: chat.synobot, message: 'a notice' });
			expect(await follower.texts()).toEqual([]);
		});
	});

	test('only direct messages', async () => {
		await following({ scope: 'direct' }, async (follower, { chat }) => {
			chat.postAs('bob', 'General', 'to all');
			chat.postAs('bob', chat.direct('alice', 'bob'), 'to you');
			expect(await follower.texts()).toEqual(['to you']);
		});
	});

	test('only mentions, by name or of the whole channel', async () => {
		await following({ scope: 'mentions' }, async (follower, { chat, clock }) => {
			const { user_id } = chat.user('alice');
			for (const text of [`@u:${user_id} look`, '@here lunch', '@channel news', `@u:${user_id}0 somebody else`, 'no mention']) {
				chat.postAs('bob', 'General', text);
				clock.advance(1000);
			}
			expect(await follower.texts()).toEqual(['@alice look', '@here lunch', '@channel news']);
		});
	});

	test('only those with a keyword, in any case', async () => {
		await following({ keyword: 'DEPLOY' }, async (follower, { chat }) => {
			chat.postAs('bob', 'General', 'Deploy prod');
			chat.postAs('bob', 'General', 'roll back');
			expect(await follower.texts()).toEqual(['Deploy prod']);
		});
	});

	test('only files', async () => {
		await following({ filesOnly: true }, async (follower, { chat }) => {
			chat.postAs('bob', 'General', 'text');
			chat.postAs('bob', 'General', 'the report', { file: { name: 'report.txt', content: 'x' } });
			expect(await follower.texts()).toEqual(['the report']);
		});
	});

	test('a chosen channel that the account has not joined is refused at the start', async () => {
		await withNas({}, async (scene) => {
			const { channel_id } = stage(scene).chat.channel('design');
			const error = await failure(new Follower(scene.dsm, { channels: [channel_id] }).start());
			expect(error.message).toBe('The account is a member of none of the chosen channels.');
		});
	});
});

describe('keeping the place', () => {
	test('a crash before the cursor was stored repeats the same events', async () => {
		await following({}, async (follower, { chat, clock }) => {
			const root = chat.postAs('bob', 'General', 'one');
			chat.postAs('bob', 'General', 'two', { thread_id: root.post_id });
			clock.advance(10_000);
			const first = await follower.poll({ commit: false });
			expect(await follower.poll()).toEqual(first);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('a restart goes on from the stored cursor, with what came meanwhile', async () => {
		await following({}, async (follower, { chat, clock, scene }) => {
			chat.postAs('bob', 'General', 'while off');
			clock.advance(3_600_000);
			const lease = scene.acquire({ session: 'Chat' });
			const again = new Follower(lease.dsm);
			again.cursor = follower.cursor;
			expect(await again.texts()).toEqual(['while off']);
			await lease.release();
		});
	});

	test.each([106, 107, 119])('a session lost with code %i in mid-poll costs nothing', async (code) => {
		await following({}, async (follower, { chat, clock, scene }) => {
			for (let n = 0; n < 60; n++) chat.postAs('bob', 'General', `message ${n}`);
			clock.advance(10_000);
			let lost = false;
			scene.simulator.use({
				'SYNO.Chat.Post.list': () => {
					if (!lost) scene.simulator.nas.faults.loseSessions(code);
					lost = true;
					return undefined;
				},
			});
			expect(await follower.texts()).toHaveLength(60);
			expect(await follower.texts()).toEqual([]);
		});
	});

	test('when the budget ends first, the rest comes with the next poll', async () => {
		await following({}, async (follower, { chat, clock }) => {
			const texts = Array.from({ length: 130 }, (_, n) => `message ${n}`);
			for (const text of texts) chat.postAs('bob', 'General', text);
			clock.advance(10_000);
			const found: string[] = [];
			for (let poll = 0; poll < 6; poll++) {
				const events = await follower.poll({ budget: { left: () => false } });
				found.push(...events.map(({ text }) => text));
				expect(follower.more).toBe(poll < 3);
				if (!follower.more) break;
			}
			expect(found).toEqual(texts);
		});
	});

	test('a hundred triggers that poll together cost one request', async () => {
		await following({}, async (follower, { requests, scene }) => {
			await follower.poll();
			const followers = Array.from({ length: 100 }, () => new Follower(scene.dsm));
			for (const other of followers) other.cursor = follower.cursor;
			const before = requests.length;
			await Promise.all(followers.map(async (other) => await other.poll()));
			expect(requests.length - before).toBe(1);
		});
	});

	test('a sample shows the newest messages and moves nothing', async () => {
		await following({}, async (follower, { chat, clock }) => {
			for (let n = 0; n < 12; n++) {
				chat.postAs('bob', 'General', `message ${n}`);
				clock.advance(1000);
			}
			const sample = await follower.sample();
			expect(sample.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, n) => `message ${11 - n}`));
			expect(await follower.poll()).toHaveLength(12);
		});
	});
});

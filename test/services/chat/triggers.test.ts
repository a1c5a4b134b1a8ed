import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { messageEvent } from '../../../src/services/chat/lib/events';
import { DsmInputError } from '../../../src/core/errors';
import { Follower, following } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { textOf } from './files';
import { stage } from './follow';

const { triggers } = service;
const textsOf = (events: unknown[]) => events.map((event) => messageEvent.parse(event).text);

describe('direct messages', () => {
	test('of conversations with several people come on demand', async () => {
		const texts = async (groups: boolean) => {
			let found: string[] = [];
			await following(triggers.directMessageReceived, { groups }, async (follower, scene) => {
				const { chat } = stage(scene);
				chat.postAs('bob', chat.direct('alice', 'bob', 'carol'), 'to both');
				chat.postAs('bob', 'General', 'to all');
				found = (await follower.drain()).map(({ text }) => text);
			});
			return found;
		};
		expect([await texts(false), await texts(true)]).toEqual([[], ['to both']]);
	});
});

describe('a post of the same moment as the last one before the start', () => {
	test('is told, also where the clock of the host goes ahead and no answer has said so yet', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			scene.hostClock.ahead = 10_000;
			chat.postAs('bob', 'General', 'before the start');
			const follower = await new Follower(triggers.messageReceived, scene.dsm, {}).start();
			chat.postAs('bob', 'General', 'after it');
			clock.advance(5000);
			expect(textsOf(await follower.drain())).toEqual(['after it']);
		});
	});
});

describe('mentions', () => {
	test('of the whole channel count unless they are left out', async () => {
		await following(triggers.accountMentioned, { broadcasts: false }, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			chat.postAs('bob', 'General', '@here lunch');
			clock.advance(1000);
			chat.postAs('bob', 'General', `@u:${chat.user('alice').user_id} lunch`);
			expect((await follower.drain()).map(({ text }) => text)).toEqual(['@alice lunch']);
		});
	});
});

describe('keywords', () => {
	test('may be a regular expression, which sees names in place of IDs', async () => {
		await following(
			triggers.keywordFound,
			{ mode: 'pattern', keyword: '^@ALICE .*\\b(prod|staging)$' },
			async (follower, scene) => {
				const { chat, clock } = stage(scene);
				const { user_id } = chat.user('alice');
				for (const text of [`@u:${user_id} deploy prod`, `@u:${user_id} deploy test`, 'deploy prod']) {
					chat.postAs('bob', 'General', text);
					clock.advance(1000);
				}
				expect((await follower.drain()).map(({ text }) => text)).toEqual(['@alice deploy prod']);
			},
		);
	});

	test('that are no regular expression are refused, naming the parameter', () => {
		const { error } = triggers.keywordFound.params.safeParse({ mode: 'pattern', keyword: '(' });
		expect(error?.issues.map(({ path, message }) => [path, message])).toEqual([
			[['keyword'], expect.stringMatching(/^is no regular expression: /)],
		]);
		expect(triggers.keywordFound.params.safeParse({ keyword: '(' }).success).toBe(true);
	});

	test('that would take for ever are stopped, say why, and keep their place', async () => {
		await following(triggers.keywordFound, { mode: 'pattern', keyword: '^(a+)+$' }, async (follower, scene) => {
			stage(scene).chat.postAs('bob', 'General', `${'a'.repeat(60)}!`);
			const { cursor } = follower;
			const error = await failure(follower.poll());
			expect([error instanceof DsmInputError, error.message]).toEqual([
				true,
				'The regular expression takes too long: at most 1000 milliseconds (budget "matching").',
			]);
			expect(follower.cursor).toBe(cursor);
		});
	});

	test('do not look into encrypted channels', async () => {
		await following(triggers.keywordFound, { keyword: 'q' }, async (follower, scene) => {
			const { chat } = stage(scene);
			const members = ['alice', 'bob'].map((name) => chat.user(name).user_id);
			const channel = chat.createChannel({
				name: 'vault',
				type: 'private',
				creator_id: members[1]!,
				members,
				encrypted: true,
			});
			chat.postAs('bob', channel, 'q83vEjRWeJA=');
			expect(await follower.drain()).toEqual([]);
		});
	});
});

describe('files', () => {
	test('come with the event on demand, byte for byte', async () => {
		await following(triggers.fileReceived, { download: true }, async (follower, scene) => {
			const { chat } = stage(scene);
			chat.postAs('bob', 'General', 'the log', { file: { name: 'run.log', content: 'exit 0\n' } });
			const [event] = await follower.drain();
			const given = triggers.fileReceived.params.parse({ download: true });
			const file = await triggers.fileReceived.file!(event!, given, scene.dsm);
			expect([file?.name, file && (await textOf(file))]).toEqual(['run.log', 'exit 0\n']);
			chat.deleteAs('bob', Number(event!.post_id));
			expect(await triggers.fileReceived.file!(event!, given, scene.dsm)).toBeUndefined();
			expect(
				await triggers.fileReceived.file!(event!, triggers.fileReceived.params.parse({}), scene.dsm),
			).toBeUndefined();
		});
	});

	test('that cannot be fetched for another reason fail the poll', async () => {
		await following(triggers.fileReceived, { download: true }, async (follower, scene) => {
			const { chat } = stage(scene);
			chat.postAs('bob', 'General', '', { file: { name: 'run.log', content: 'x' } });
			const [event] = await follower.drain();
			scene.simulator.use({ 'SYNO.Chat.Post.File.get': () => ({ error: 105 }) });
			const given = triggers.fileReceived.params.parse({ download: true });
			expect((await failure(triggers.fileReceived.file!(event!, given, scene.dsm))).dsmCode).toBe(105);
		});
	});
});

describe('replies', () => {
	test('of one thread only', async () => {
		const roots: number[] = [];
		await following(triggers.replyReceived, {}, async (all, scene) => {
			const { chat, clock } = stage(scene);
			for (const where of ['General', 'ops']) roots.push(chat.channel(where).posts[0]!.post_id);
			const given = triggers.replyReceived.params.parse({ thread_id: roots[1] });
			const cursor = await triggers.replyReceived.start(given, scene.dsm);
			clock.advance(1000);
			chat.postAs('bob', 'General', 'other', { thread_id: roots[0]! });
			chat.postAs('bob', 'ops', 'mine', { thread_id: roots[1]! });
			const { events } = await triggers.replyReceived.poll(
				given,
				triggers.replyReceived.cursor.parse(cursor),
				scene.dsm,
				{
					left: () => true,
				},
			);
			expect(textsOf(events)).toEqual(['mine']);
			expect((await all.drain()).map(({ text }) => text).sort()).toEqual(['mine', 'other']);
		});
	});
});

describe('edited messages', () => {
	test('are told each time, and not for pins, replies and reactions that move their time', async () => {
		await following(triggers.messageEdited, {}, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			chat.switches.updateAtMovesAnyway = true;
			const post = chat.postAs('bob', 'General', 'one');
			await follower.poll();
			clock.advance(1000);
			chat.postAs('carol', 'General', 'reply', { thread_id: post.post_id });
			chat.pin(post.post_id);
			chat.touch(post);
			expect(await follower.drain()).toEqual([]);
			for (const text of ['two', 'three']) {
				clock.advance(1000);
				chat.editAs('bob', post.post_id, text);
				expect((await follower.drain()).map((event) => event.text)).toEqual([text]);
			}
		});
	});

	test('that are older than what is remembered are told, too', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const old = chat.postAs('bob', 'General', 'very old');
			for (let n = 0; n < 400; n++) {
				clock.advance(10);
				chat.postAs('bob', 'General', `later ${n}`);
			}
			const given = triggers.messageEdited.params.parse({});
			const cursor = triggers.messageEdited.cursor.parse(await triggers.messageEdited.start(given, scene.dsm));
			expect(Object.keys(cursor.seen)).toHaveLength(300);
			clock.advance(1000);
			chat.editAs('bob', old.post_id, 'very old, mended');
			const { events } = await triggers.messageEdited.poll(given, cursor, scene.dsm, { left: () => true });
			expect(textsOf(events)).toEqual(['very old, mended']);
		});
	});

	test('behind hundreds of other edits and new messages are told', async () => {
		await following(triggers.messageEdited, {}, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			const post = chat.postAs('bob', 'General', 'old');
			const others = Array.from({ length: 450 }, (_, n) => chat.postAs('bob', 'ops', `other ${n}`));
			await follower.poll();
			clock.advance(1000);
			chat.editAs('bob', post.post_id, 'mended');
			for (const other of others) {
				clock.advance(10);
				chat.editAs('bob', other.post_id, `${other.message}, mended`);
			}
			for (let n = 0; n < 150; n++) {
				clock.advance(10);
				chat.postAs('bob', 'ops', `new ${n}`);
			}
			const texts = (await follower.drain()).map(({ text }) => text);
			expect([texts.length, texts[0], new Set(texts).size]).toEqual([451, 'mended', 451]);
		});
	});

	test('of the account itself are told on demand', async () => {
		await following(triggers.messageEdited, { include_own: true }, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			const post = chat.postAs('alice', 'General', 'one');
			clock.advance(1000);
			chat.editAs('alice', post.post_id, 'two');
			expect((await follower.drain()).map(({ text }) => text)).toEqual(['two']);
		});
	});
});

describe('pinned messages', () => {
	test('of a channel joined later are history, and one that is pinned again is told again', async () => {
		await following(triggers.messagePinned, {}, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			await follower.poll();
			const old = chat.postAs('carol', 'design', 'rules of design');
			chat.pin(old.post_id);
			clock.advance(5000);
			await follower.poll();
			clock.advance(5000);
			chat.joinAs('alice', 'design');
			expect(await follower.drain()).toEqual([]);
			clock.advance(5000);
			old.last_pin_at = 0;
			await follower.poll();
			chat.pin(old.post_id);
			expect((await follower.drain()).map(({ text }) => text)).toEqual(['rules of design']);
		});
	});
});

describe('deleted messages', () => {
	test('are not told of a channel that the account has left, nor when the search leaves one out', async () => {
		await following(triggers.messageDeleted, {}, async (follower, scene) => {
			const { chat } = stage(scene);
			chat.leaveAs('alice', 'random');
			scene.simulator.use({ 'SYNO.Chat.Post.search': () => ({ data: { search_results: [], total: 0 } }) });
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('are told also when more messages came since than a page holds', async () => {
		await following(triggers.messageDeleted, {}, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			const { post_id } = chat.channel('random').posts[0]!;
			chat.deleteAs('carol', post_id);
			for (let n = 0; n < 250; n++) {
				clock.advance(10);
				chat.postAs('bob', 'General', `later ${n}`);
			}
			expect((await follower.drain()).map((event) => event.post_id)).toEqual([String(post_id)]);
		});
	});

	test('are told of a window that may be widened, with who wrote them', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const old = chat.postAs('bob', 'General', 'long ago');
			for (let n = 0; n < 150; n++) {
				clock.advance(10);
				chat.postAs('bob', 'General', `later ${n}`);
			}
			clock.advance(1000);
			const told = async (window: number) => {
				const given = triggers.messageDeleted.params.parse({ window });
				const cursor = triggers.messageDeleted.cursor.parse(await triggers.messageDeleted.start(given, scene.dsm));
				return async () =>
					(await triggers.messageDeleted.poll(given, cursor, scene.dsm, { left: () => true })).events
						.map((event) => triggers.messageDeleted.event.parse(event))
						.map(({ post_id, creator_name }) => [post_id, creator_name]);
			};
			const [narrow, wide] = [await told(100), await told(300)];
			chat.deleteAs('bob', old.post_id);
			expect([await narrow(), await wide()]).toEqual([[], [[String(old.post_id), 'Bob']]]);
		});
	});
});

describe('polls', () => {
	test('that end by the clock bring their result, and deleted ones nothing', async () => {
		await following(triggers.pollClosed, {}, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			const lunch = chat.askAs('bob', 'General', 'Lunch?', ['Pizza', 'Salad'], { expire_at: clock.now() + 60_000 });
			lunch.vote!.choices[0]!.voters.add(chat.user('carol').user_id);
			const gone = chat.askAs('bob', 'General', 'Gone?', ['a']);
			expect(await follower.drain()).toEqual([]);
			chat.deleteAs('bob', gone.post_id);
			clock.advance(60_000);
			const [event, ...others] = await follower.drain();
			expect([event!.text, event!.choices?.map(({ text, count }) => [text, count]), others]).toEqual([
				'Lunch?',
				[
					['Pizza', 1],
					['Salad', 0],
				],
				[],
			]);
		});
	});
});

import { describe, expect, test } from '@jest/globals';
import { failure, withNas } from '../../support/nas';
import { Follower, following, stage } from './follow';

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
				'SYNO.Chat.Post.list': ({ params }) =>
					broken && params.channel_id === ops ? { error: 105, errors: 'no permission' } : undefined,
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
		await following({ include_own: true, include_system: true }, async (follower, { chat, clock }) => {
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
			for (const text of [
				`@u:${user_id} look`,
				'@here lunch',
				'@channel news',
				`@u:${user_id}0 somebody else`,
				'no mention',
			]) {
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
		await following({ files_only: true }, async (follower, { chat }) => {
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

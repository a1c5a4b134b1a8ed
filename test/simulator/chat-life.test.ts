import { describe, expect, jest, test } from '@jest/globals';
import { startLife } from '../../src/simulator/life';
import { chatBench, post, routing } from './chat-client';

describe('session rules on Chat calls', () => {
	test('the SynoToken counts in the header or the query, not in the body', async () => {
		const { simulator, login } = await chatBench();
		const { sid, token } = await login('alice');
		const entry = `${simulator.url}/webapi/entry.cgi`;
		const form = { ...routing('Channel.list', 5), _sid: sid };
		expect((await post(entry, { ...form, SynoToken: token })).error?.code).toBe(119);
		expect((await post(`${entry}?SynoToken=${token}`, form)).success).toBe(true);
	});

	test('a method outside the version table gives 103, and one that never existed too', async () => {
		const { login } = await chatBench();
		const alice = await login('alice');
		expect((await alice('Post.thread_list', 4, { channel_id: 1 })).error).toEqual({ code: 103 });
		expect((await alice('Webhook.Incoming.delete', 1)).error).toEqual({ code: 103 });
		expect((await alice('Post.get', 8)).error).toEqual({ code: 103 });
	});

	test('Sticker.list needs no session', async () => {
		const { simulator } = await chatBench();
		expect((await post(`${simulator.url}/webapi/entry.cgi`, routing('Sticker.list', 2))).success).toBe(true);
	});
});

describe('life of the demo', () => {
	test('bob and carol write in turn: text, a mention of alice, files and a thread reply, until stopped', async () => {
		const { simulator, chat } = await chatBench();
		const before = new Set([...chat.channels.values()].flatMap((channel) => channel.posts));
		jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
		try {
			const life = startLife(simulator, { everyMs: 4000 });
			jest.advanceTimersByTime(8 * 4000);
			life.stop();
			jest.advanceTimersByTime(40_000);
		} finally {
			jest.useRealTimers();
		}
		const added = [...chat.channels.values()].flatMap((channel) => channel.posts).filter((entry) => !before.has(entry));
		const alice = chat.user('alice').user_id;
		expect(added).toHaveLength(8);
		expect(added.filter(({ message }) => message.includes(`@u:${alice}`))).toHaveLength(1);
		expect(added.flatMap(({ file }) => file?.name ?? [])).toEqual(['run-1.txt', 'visitors-1.csv']);
		expect(added.filter((entry) => entry.thread_id !== 0 && entry.thread_id !== entry.post_id)).toHaveLength(1);
		expect(added.some(({ creator_id }) => creator_id === alice)).toBe(false);
	});
});

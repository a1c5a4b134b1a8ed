import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { withIds, withNames } from '../../../src/services/chat/lib/mentions';
import { peopleOf } from '../../../src/services/chat/lib/people';
import { withNas } from '../../support/nas';
import { stage } from './follow';

const people = peopleOf([
	{ user_id: '2', username: 'alice', nickname: 'Alice' },
	{ user_id: '3', username: 'bob', nickname: 'Bob' },
	{ user_id: '4', username: 'bob.two', nickname: 'Bob' },
	{ user_id: '5', username: 'carol', nickname: 'Carol Of Sales' },
	{ user_id: '6', username: 'gone', nickname: 'Gone', is_disabled: true },
]);

describe('mentions on their way in', () => {
	test.each([
		['@alice look', '@u:2 look'],
		['Hello @ALICE!', 'Hello @u:2!'],
		['@bob.two, not @bob.', '@u:4, not @u:3.'],
		['@Carol of Sales please', '@u:5 please'],
		['(@alice) *@bob*', '(@u:2) *@u:3*'],
		['@nobody and @gone stay', '@nobody and @gone stay'],
		['mail alice@bob is no mention', 'mail alice@bob is no mention'],
		['@alicex and @bobby', '@alicex and @bobby'],
		['@here @channel @u:2', '@here @channel @u:2'],
		['<https://nas.example.com/@alice|@alice>', '<https://nas.example.com/@alice|@alice>'],
		['https://nas.example.com/@alice', 'https://nas.example.com/@alice'],
	])('%j is stored as %j', (text, stored) => {
		expect(withIds(text, people)).toBe(stored);
	});
});

describe('mentions on their way out', () => {
	test('become login names; unknown users stay', () => {
		expect(withNames('@u:2 and @u:99', people)).toBe('@alice and @u:99');
	});
});

describe('operations', () => {
	const { message } = service.resources;

	test('translate both ways, and leave the text alone on demand', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const bob = chat.user('bob').user_id;
			const send = async (mentions: boolean) => {
				clock.advance(1000);
				return await scene.dsm.do(message.operations.send, { channel_id: 1, message: 'Ask @Bob', mentions });
			};
			const [on, off] = [await send(true), await send(false)];
			expect([on.message, off.message]).toEqual([`Ask @u:${bob}`, 'Ask @Bob']);
			const get = async (names: boolean) => await scene.dsm.do(message.operations.get, { post_id: on.post_id, names });
			expect([(await get(true)).text, (await get(true)).message, (await get(false)).text]).toEqual([
				'Ask @bob',
				`Ask @u:${bob}`,
				undefined,
			]);
			const found = await scene.dsm.do(message.operations.search, { keyword: '@bob' });
			expect(found.map(({ text }) => text)).toEqual(['Ask @bob']);
		});
	});

	test('ask for the users once in five minutes, and once more for one who is new', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock, requests } = stage(scene);
			const lists = () => requests.filter(({ api, method }) => api === 'SYNO.Chat.User' && method === 'list').length;
			const { post_id } = chat.postAs('bob', 'General', `@u:${chat.user('carol').user_id}`);
			for (let n = 0; n < 3; n++) await scene.dsm.do(message.operations.get, { post_id });
			expect(lists()).toBe(1);
			clock.advance(120_000);
			const user = scene.simulator.nas.addUser({
				name: 'erin',
				password: 'x',
				apps: new Set(['SYNO.SDS.Chat.Application']),
			});
			const other = chat.postAs('bob', 'General', `@u:${chat.user(user.name).user_id}`);
			expect((await scene.dsm.do(message.operations.get, { post_id: other.post_id })).text).toBe('@erin');
			expect(lists()).toBe(2);
			clock.advance(300_000);
			await scene.dsm.do(message.operations.get, { post_id });
			expect(lists()).toBe(3);
		});
	});

	test('go on without names where the users cannot be listed', async () => {
		await withNas({}, async (scene) => {
			scene.simulator.use({ 'SYNO.Chat.User.list': () => ({ error: 105 }) });
			const sent = await scene.dsm.do(message.operations.send, { channel_id: 1, message: 'Ask @bob' });
			expect(sent.message).toBe('Ask @bob');
		});
	});
});

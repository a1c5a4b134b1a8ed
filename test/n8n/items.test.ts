import { describe, expect, test } from '@jest/globals';
import { itemsOf, jsonOf, runNode, synology } from './engine';
import { callsSince, withNas } from './support';

const post = (parameters: Record<string, unknown>, more = {}) =>
	synology('synologyChat', { resource: 'message', operation: 'send', ...parameters } as never, more);

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

describe('items', () => {
	test('each item makes one post, in the order of the items, and is paired with its own', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const channel = chat.channel('ops');
			const node = post({ channel_id: byId(channel.channel_id), message: '={{ $json.text }}', simplify: false });
			const { status, outputs } = await runNode(
				node,
				itemsOf({ text: 'one' }, { text: 'two' }, { text: 'three' }),
				credentials,
			);
			expect(status).toBe('success');
			expect(jsonOf(outputs[0]).map(({ message }) => message)).toEqual(['one', 'two', 'three']);
			expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(channel.posts.slice(-3).map(({ message }) => message)).toEqual(['one', 'two', 'three']);
		});
	});

	test('rows of a list become one item each, paired with the item that asked for them', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const node = synology('synologyChat', {
				resource: 'message',
				operation: 'list',
				channel_id: byId('={{ $json.channel }}'),
				returnAll: true,
			} as never);
			const input = itemsOf(
				{ channel: chat.channel('General').channel_id },
				{ channel: chat.channel('random').channel_id },
			);
			const { outputs } = await runNode(node, input, credentials);
			const items = outputs[0] ?? [];
			expect(items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toHaveLength(3);
			expect(
				items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === 1).map(({ json }) => json.message),
			).toEqual(['Cake in the kitchen']);
		});
	});

	test('the limit cuts a list, and Return All does not', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const channel = chat.channel('random');
			for (let number = 1; number <= 130; number++) chat.postAs('carol', channel, `cake ${number}`);
			const list = (more: object) =>
				synology('synologyChat', {
					resource: 'message',
					operation: 'list',
					channel_id: byId(channel.channel_id),
					...more,
				} as never);
			const limited = await runNode(list({ limit: 3 }), itemsOf({}), credentials);
			expect(jsonOf(limited.outputs[0]).map(({ message }) => message)).toEqual(['cake 130', 'cake 129', 'cake 128']);
			expect((await runNode(list({}), itemsOf({}), credentials)).outputs[0]).toHaveLength(50);
			expect((await runNode(list({ returnAll: true }), itemsOf({}), credentials)).outputs[0]).toHaveLength(131);
		});
	});

	test('deleting answers that it is deleted', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const own = chat.postAs('alice', 'ops', 'oops');
			const node = synology('synologyChat', { resource: 'message', operation: 'delete', post_id: String(own.post_id) });
			const { outputs } = await runNode(node, itemsOf({}), credentials);
			expect(jsonOf(outputs[0])).toEqual([{ deleted: true }]);
			expect(chat.post(own.post_id)).toBeUndefined();
		});
	});

	test('a write that has nothing to say answers that it succeeded', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const own = chat.postAs('alice', 'ops', 'note');
			const node = synology('synologyChat', { resource: 'message', operation: 'pin', post_id: String(own.post_id) });
			expect(jsonOf((await runNode(node, itemsOf({}), credentials)).outputs[0])).toEqual([{ success: true }]);
		});
	});

	test('simplified items keep at most ten fields, raw ones all', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const parameters = {
				resource: 'message',
				operation: 'list',
				channel_id: byId(chat.channel('General').channel_id),
				limit: 1,
			};
			const simple = await runNode(
				synology('synologyChat', { ...parameters, simplify: true } as never),
				itemsOf({}),
				credentials,
			);
			const raw = await runNode(
				synology('synologyChat', { ...parameters, simplify: false } as never),
				itemsOf({}),
				credentials,
			);
			const [short, long] = [jsonOf(simple.outputs[0])[0] ?? {}, jsonOf(raw.outputs[0])[0] ?? {}];
			expect(Object.keys(short).length).toBeLessThanOrEqual(10);
			expect(short).toMatchObject({ message: 'Floor plan: <https://nas.example.com/plan|new rack>' });
			expect(Object.keys(long).length).toBeGreaterThan(10);
		});
	});

	test('a cold message takes four requests, as encrypted channels must be known, and a warm one takes one', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const node = post({ channel_id: byId(chat.channel('ops').channel_id), message: 'hello' });
			await runNode(node, itemsOf({}), credentials);
			expect(callsSince(simulator)).toEqual([
				'SYNO.API.Info query',
				'SYNO.API.Auth login',
				'SYNO.Chat.Channel list',
				'SYNO.Chat.Post create',
			]);
			await runNode(node, itemsOf({}), credentials);
			expect(callsSince(simulator, 4)).toEqual(['SYNO.Chat.Post create']);
		});
	});

	test('1,000 items that read make one login, ask twenty at a time, and keep their order', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const channel = chat.channel('General');
			const ids = channel.posts.map(({ post_id }) => String(post_id));
			const input = itemsOf(...Array.from({ length: 1000 }, (_, index) => ({ id: ids[index % ids.length] })));
			const node = synology('synologyChat', { resource: 'message', operation: 'get', post_id: '={{ $json.id }}' });
			const { outputs } = await runNode(node, input, credentials);
			expect(jsonOf(outputs[0]).map(({ post_id }) => post_id)).toEqual(input.map(({ json }) => json.id));
			expect(simulator.logins).toBe(1);
			// Fifty for the items, and one for the names in a message that mentions somebody.
			const apis = simulator.requests.map(({ api }) => api);
			expect(apis).toEqual(['SYNO.API.Info', 'SYNO.API.Auth', ...Array<string>(51).fill('SYNO.Entry.Request')]);
		});
	});
});

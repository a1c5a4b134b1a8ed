import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../src/services/chat';
import { chatStories } from '../support/chat-stories';
import { itemsOf, jsonOf, runNode, synology } from './engine';
import { Poller } from './poller';
import { withNas } from './support';
import { SharedClock } from '../support/sharedClock';

describe('the Chat trigger', () => {
	test('has a story for every event', () => {
		expect(Object.keys(chatStories).sort()).toEqual(Object.keys(service.triggers).sort());
	});

	test.each(Object.entries(chatStories))('tells %s once', async (event, { given = {}, before, happen, seen }) => {
		const clock = new SharedClock(Date.now());
		await withNas({ clock }, async ({ chat, credentials }) => {
			before?.(chat, clock);
			clock.advance(10_000);
			const poller = new Poller(credentials, { parameters: { event, ...given } as never });
			expect(await poller.tick()).toBeUndefined();
			clock.advance(10_000);
			happen(chat, clock);
			clock.advance(10_000);
			const items = await poller.tick();
			expect(items).toMatchObject([seen]);
			clock.advance(10_000);
			expect(await poller.tick()).toBeUndefined();
		});
	});
});

describe('the Chat node', () => {
	const node = (operation: string, parameters: object) =>
		synology('synologyChat', { operation, ...parameters } as never);
	const listed = (value: number) => ({ __rl: true, mode: 'id', value: String(value) });

	test('sends a file from an item and gives it back', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const data = { data: Buffer.from('line 1\n').toString('base64'), mimeType: 'text/plain', fileName: 'a.txt' };
			const send = node('send', { resource: 'file', channel_id: listed(1), file: 'data', message: 'the list' });
			const { outputs } = await runNode(send, [{ json: {}, binary: { data } }], credentials);
			const { post_id } = jsonOf(outputs[0])[0]!;
			expect(chat.channel(1).posts.at(-1)).toMatchObject({ message: 'the list', file: { name: 'a.txt', size: 7 } });
			const get = node('download', { resource: 'file', post_id });
			const answer = await runNode(get, itemsOf({}), credentials);
			expect(answer.outputs[0]?.[0]?.binary?.data).toMatchObject({ fileName: 'a.txt', mimeType: 'text/plain' });
		});
	});

	test('gives one item per row of a list', async () => {
		await withNas({}, async ({ credentials }) => {
			const find = node('find', { resource: 'user', name: 'o' });
			const { outputs } = await runNode(find, itemsOf({}), credentials);
			expect(jsonOf(outputs[0]).map(({ username }) => username)).toEqual(expect.arrayContaining(['bob', 'carol']));
		});
	});

	test('says that a channel is encrypted, which parameter names it, and what to do', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const ops = chat.channel('ops');
			ops.encrypted = true;
			const send = node('send', { resource: 'message', channel_id: listed(ops.channel_id), message: 'x' });
			const { status, error } = await runNode(send, itemsOf({}), credentials);
			expect([status, error?.message, error?.description]).toEqual([
				'error',
				'The channel "ops" is encrypted: only the Chat apps can write to it.',
				expect.stringContaining('Use a channel without encryption.'),
			]);
		});
	});
});

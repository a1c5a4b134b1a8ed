import { describe, expect, test } from '@jest/globals';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialTestFunctions, INode, INodeCredentialTestResult } from 'n8n-workflow';
import { newBot } from '../../src/simulator/services/chat/admin';
import { additionalData, itemsOf, jsonOf, lines, runNode, synology, typeOf, type Credentials } from './engine';
import { withNas, type Scene } from './support';

/** A bot of alice, with credentials for the NAS and for the bot. */
async function withBot(run: (scene: Scene & { bot: ReturnType<typeof newBot> }) => Promise<void>): Promise<void> {
	await withNas({}, async (scene) => {
		const bot = newBot(scene.chat, scene.chat.user('alice').user_id, 'chatbot', 'Helper');
		const credentials: Credentials = { ...scene.credentials, bot: { url: scene.simulator.url, token: bot.token } };
		await run({ ...scene, credentials, bot });
	});
}

const node = (parameters: INode['parameters'], more: Partial<INode> = {}): INode =>
	synology('synologyChat', parameters, { credentials: { synologyChatBotApi: { id: '2', name: 'bot' } }, ...more });

const send = (more: INode['parameters'] = {}): INode['parameters'] => ({
	resource: 'bot',
	operation: 'send',
	user_ids: '={{ [$json.user] }}',
	text: '={{ $json.text }}',
	...more,
});

describe('operations with a token', () => {
	test('ask for the credential of the bot, and the others for that of the NAS', () => {
		const { credentials } = typeOf('synologyChat').description;
		expect(credentials?.map(({ name, displayOptions }) => [name, displayOptions])).toEqual([
			['synologyNasApi', { hide: { resource: ['bot', 'webhook'] } }],
			['synologyChatBotApi', { show: { resource: ['bot', 'webhook'] } }],
		]);
	});

	test('send items in order, one row for each user, without a login', async () => {
		await withBot(async ({ chat, simulator, credentials, bot }) => {
			const [bob, carol] = [chat.user('bob').user_id, chat.user('carol').user_id];
			const items = itemsOf({ user: bob, text: 'one' }, { user: carol, text: 'two' });
			const buttons = { rows: [{ text: 'Go', style: 'green' }] };
			const { outputs, status } = await runNode(node(send({ buttons })), items, credentials);
			expect(status).toBe('success');
			expect(jsonOf(outputs[0])).toMatchObject([
				{ user_id: String(bob), sent: true },
				{ user_id: String(carol), sent: true },
			]);
			const talk = chat.conversation([bob, bot.user_id], bot.user_id, 'chatbot');
			expect(talk.posts).toMatchObject([{ message: 'one', attachments: [{ actions: [{ text: 'Go', value: 'Go' }] }] }]);
			expect(simulator.logins).toBe(0);
		});
	});

	test('read lists of the bot with Return All and Limit', async () => {
		await withBot(async ({ credentials }) => {
			const parameters = { resource: 'bot', operation: 'listUsers', returnAll: false, limit: 2, simplify: true };
			const { outputs } = await runNode(node(parameters), itemsOf({}), credentials);
			expect(jsonOf(outputs[0])).toHaveLength(2);
			expect(jsonOf(outputs[0])[0]).toMatchObject({ username: 'alice' });
		});
	});

	test('give a file of the bot as binary data', async () => {
		await withBot(async ({ chat, credentials, bot }) => {
			const talk = chat.conversation([chat.user('bob').user_id, bot.user_id], bot.user_id, 'chatbot');
			const post = chat.postAs('bob', talk, 'log', { file: { name: 'a.log', content: 'line', mime: 'text/plain' } });
			const parameters = {
				resource: 'bot',
				operation: 'downloadFile',
				post_id: `${post.post_id}`,
				outputField: 'data',
			};
			const { outputs } = await runNode(node(parameters), itemsOf({}), credentials);
			expect(outputs[0]?.[0]?.binary?.['data']).toMatchObject({ fileName: 'a.log', mimeType: 'text/plain' });
		});
	});

	test('refuse a wrong token without telling it', async () => {
		await withBot(async ({ simulator, credentials }) => {
			const wrong = { ...credentials, bot: { url: simulator.url, token: 'w'.repeat(64) } };
			const { error, status } = await runNode(node(send()), itemsOf({ user: 3, text: 'x' }), wrong);
			expect(status).toBe('error');
			expect(error).toMatchObject({ message: expect.stringContaining('wrong token') });
			expect(JSON.stringify([error, lines])).not.toContain('w'.repeat(64));
		});
	});
});

describe('the test of the credential', () => {
	async function tried(data: Record<string, string>): Promise<INodeCredentialTestResult> {
		const context = new CredentialTestContext(additionalData({})) as unknown as ICredentialTestFunctions;
		const { testSynologyChatBot } = typeOf('synologyChat').methods!.credentialTest!;
		return await testSynologyChatBot!.call(context, { id: '2', name: 'bot', type: 'synologyChatBotApi', data });
	}

	test('tells a bot from a webhook and posts nothing', async () => {
		await withBot(async ({ chat, simulator: { url }, bot }) => {
			const hook = newBot(chat, chat.user('alice').user_id, 'incoming', 'Build');
			Object.assign(hook, { channel_id: 1, is_disabled: false });
			const count = () => [...chat.channels.values()].reduce((sum, { posts }) => sum + posts.length, 0);
			const before = count();
			expect(await tried({ url, token: `"${bot.token}"` })).toEqual({
				status: 'OK',
				message: 'Chat accepts the token: it is that of a bot.',
			});
			expect(
				await tried({ url: `${url}/webapi/entry.cgi?method=incoming&token=%22${hook.token}%22`, token: '' }),
			).toEqual({
				status: 'OK',
				message: 'Chat accepts the token: it is that of an incoming webhook.',
			});
			expect(count()).toBe(before);
		});
	});

	test('says what is wrong with a token, and which tokens cannot be tested', async () => {
		await withBot(async ({ simulator: { url }, bot }) => {
			bot.is_disabled = true;
			const { status, message } = await tried({ url, token: bot.token });
			expect([status, message]).toEqual(['Error', expect.stringContaining('cannot be tested')]);
			expect(message).not.toContain(bot.token);
			expect(await tried({ url, token: '' })).toMatchObject({
				status: 'Error',
				message: expect.stringContaining('"Token"'),
			});
			expect(await tried({ url: 'http://127.0.0.1:9', token: 'x' })).toMatchObject({ status: 'Error' });
		});
	});
});

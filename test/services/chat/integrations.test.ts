import { describe, expect, test } from '@jest/globals';
import { findOperation } from '../../../src/services';
import { chat as service } from '../../../src/services/chat';
import { failure, withNas, type Scene } from '../../support/nas';
import { stage } from './follow';

const {
	incomingWebhook: { operations: incomingWebhook },
	outgoingWebhook: { operations: outgoingWebhook },
	slashCommand: { operations: slashCommand },
	chatbot: { operations: chatbot },
	webhook: { operations: webhook },
	bot: { operations: bot },
} = service.resources;

const URL = 'http://127.0.0.1:9/hook';

/** A handle that carries a token instead of a session. */
const bearing = ({ pool, simulator }: Scene, token: string) => pool.acquire({ url: simulator.url, token }).dsm;

describe('an incoming webhook', () => {
	test('works as soon as it is created, with all its steps done', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { user_id, token } = await scene.dsm.do(incomingWebhook.create, { nickname: 'Build', channel_id: 1 });
			expect(await bearing(scene, String(token)).do(webhook.send, { text: 'Build 17 ok' })).toEqual({});
			expect(chat.channel('General').posts.at(-1)).toMatchObject({
				message: 'Build 17 ok',
				creator_id: Number(user_id),
			});
			expect(await scene.dsm.do(incomingWebhook.list, {})).toMatchObject([
				{ user_id, nickname: 'Build', label: 'Build', channel_id: '1', is_disabled: false },
			]);
			expect(await scene.dsm.do(incomingWebhook.get, { user_id })).toMatchObject({ user_id, token });
		});
	});

	test('moves to another channel, pauses, gets a new token and goes', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const { user_id, token } = await scene.dsm.do(incomingWebhook.create, { nickname: 'Build', channel_id: 1 });
			const send = async (secret: unknown) => {
				clock.advance(1000);
				return await bearing(scene, String(secret)).do(webhook.send, { text: 'hello' });
			};
			expect(await scene.dsm.do(incomingWebhook.update, { user_id, channel_id: 2, nickname: 'CI' })).toEqual({});
			await send(token);
			expect(chat.channel('ops').posts.at(-1)).toMatchObject({ message: 'hello', creator_id: Number(user_id) });
			expect(chat.bots.get(Number(user_id))?.nickname).toBe('CI');

			await scene.dsm.do(incomingWebhook.disable, { user_id });
			expect(await failure(send(token))).toMatchObject({ code: 'api', dsmCode: 404 });
			await scene.dsm.do(incomingWebhook.enable, { user_id });
			await send(token);

			const renewed = await scene.dsm.do(incomingWebhook.renewToken, { user_id });
			expect(renewed.token).toMatch(/^\S{64}$/);
			expect(renewed.token).not.toBe(token);
			expect(await failure(send(token))).toMatchObject({ dsmCode: 404 });
			await send(renewed.token);

			expect(await scene.dsm.do(incomingWebhook.delete, { user_id })).toEqual({});
			expect(chat.bots.has(Number(user_id))).toBe(false);
		});
	});

	test('that cannot be finished is taken away again', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const before = chat.bots.size;
			const error = await failure(scene.dsm.do(incomingWebhook.create, { nickname: 'Build', channel_id: 999 }));
			expect(error).toMatchObject({ code: 'api', dsmCode: 403 });
			expect(chat.bots.size).toBe(before);
		});
	});

	test('is refused to an account without the right, in words', async () => {
		await withNas({}, async (scene) => {
			stage(scene).chat.switches.integrations = false;
			const error = await failure(scene.dsm.do(incomingWebhook.create, { nickname: 'Build', channel_id: 1 }));
			expect(error).toMatchObject({ code: 'permission', dsmCode: 105 });
		});
	});
});

describe('an outgoing webhook', () => {
	test('needs a channel or a word before anything is sent', async () => {
		await withNas({}, async (scene) => {
			const before = scene.simulator.requests.length;
			const error = await failure(scene.dsm.do(outgoingWebhook.create, { nickname: 'Deploy', url: URL }));
			expect(error).toMatchObject({ code: 'input', details: { path: ['trigger_word'] } });
			expect(scene.simulator.requests.length).toBe(before);
		});
	});

	test('listens everywhere for its word, and changes', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { user_id } = await scene.dsm.do(outgoingWebhook.create, {
				nickname: 'Deploy',
				url: URL,
				trigger_word: 'deploy',
			});
			expect(chat.bots.get(Number(user_id))).toMatchObject({
				kind: 'outgoing',
				url: URL,
				trigger_word: 'deploy',
				channel_id: 0,
				nickname: 'Deploy',
				is_disabled: false,
			});
			await scene.dsm.do(outgoingWebhook.update, { user_id, channel_id: 2 });
			expect(chat.bots.get(Number(user_id))).toMatchObject({
				channel_id: 2,
				trigger_word: 'deploy',
				nickname: 'Deploy',
			});
			expect(await scene.dsm.do(outgoingWebhook.list, {})).toMatchObject([{ user_id, url: URL, channel_id: '2' }]);
		});
	});
});

describe('a slash command', () => {
	test('is made with its slash, listed and found', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { user_id, token } = await scene.dsm.do(slashCommand.create, {
				nickname: 'Deployer',
				command: 'deploy',
				url: URL,
			});
			expect(chat.bots.get(Number(user_id))).toMatchObject({ kind: 'slash', command: '/deploy', url: URL });
			expect(await scene.dsm.do(slashCommand.list, {})).toMatchObject([{ user_id, label: 'Deployer' }]);
			expect(await scene.dsm.do(slashCommand.get, { user_id })).toMatchObject({ token });
			await scene.dsm.do(slashCommand.update, { user_id, command: '/ship' });
			expect(chat.bots.get(Number(user_id))?.command).toBe('/ship');
			const error = await failure(scene.dsm.do(slashCommand.update, { user_id, command: '/two words' }));
			expect(error).toMatchObject({ code: 'input', details: { path: ['command'] } });
		});
	});
});

describe('a chatbot', () => {
	test('is made with its settings, and at most five are', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { user_id } = await scene.dsm.do(chatbot.create, {
				nickname: 'Helper',
				url: URL,
				purpose: 'Helps',
				welcome_note: 'Hello',
				hide_from_user: true,
			});
			expect(chat.bots.get(Number(user_id))).toMatchObject({
				kind: 'chatbot',
				url: URL,
				purpose: 'Helps',
				hide_from_user: true,
			});
			expect(await scene.dsm.do(chatbot.list, {})).toMatchObject([{ user_id, nickname: 'Helper', url: URL }]);
			await scene.dsm.do(chatbot.update, { user_id, welcome_note: 'Good day' });
			expect(chat.bots.get(Number(user_id))).toMatchObject({ welcome_note: 'Good day', purpose: 'Helps' });
			for (const nickname of ['B', 'C', 'D', 'E']) await scene.dsm.do(chatbot.create, { nickname });
			expect(await failure(scene.dsm.do(chatbot.create, { nickname: 'F' }))).toMatchObject({ dsmCode: 105 });
		});
	});
});

describe('what all kinds share', () => {
	// chat.outgoingWebhook.get and the others: every kind is a bot user, so each call is the same with another ID.
	const ids = [
		...['chat.outgoingWebhook.get', 'chat.outgoingWebhook.enable', 'chat.outgoingWebhook.disable'],
		...['chat.outgoingWebhook.renewToken', 'chat.outgoingWebhook.delete'],
		...['chat.slashCommand.enable', 'chat.slashCommand.disable', 'chat.slashCommand.renewToken'],
		...['chat.slashCommand.delete'],
		...['chat.chatbot.get', 'chat.chatbot.enable', 'chat.chatbot.disable', 'chat.chatbot.renewToken'],
		...['chat.chatbot.delete'],
	];

	test.each(ids)('%s works on an own one and is refused for an unknown one', async (id) => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const create = findOperation(id.replace(/\.\w+$/, '.create'));
			const made = (await scene.dsm.do(create, {
				nickname: 'One',
				...(create !== chatbot.create && { url: URL }),
				...(create === slashCommand.create
					? { command: '/one' }
					: create !== chatbot.create && { trigger_word: 'one' }),
			})) as { user_id: string; token: string };
			const answer = (await scene.dsm.do(findOperation(id), { user_id: made.user_id })) as { token?: string };
			const bot_ = chat.bots.get(Number(made.user_id));
			const seen = { there: bot_ !== undefined, disabled: bot_?.is_disabled ?? false, token: answer.token };
			expect(seen).toEqual({
				there: !id.endsWith('.delete'),
				disabled: id.endsWith('.disable'),
				token: /\.(get|renewToken)$/.test(id) ? bot_?.token : undefined,
			});
			expect(await failure(scene.dsm.do(findOperation(id), { user_id: 4711 }))).toMatchObject({
				dsmCode: expect.any(Number),
			});
		});
	});

	test('no token gets into a log or an error', async () => {
		await withNas({}, async (scene) => {
			const { user_id, token } = await scene.dsm.do(chatbot.create, { nickname: 'Helper' });
			const dsm = bearing(scene, String(token));
			await dsm.do(bot.listUsers, {});
			await scene.dsm.do(chatbot.disable, { user_id });
			const error = await failure(dsm.do(bot.send, { user_ids: [3], text: `my token is ${token}` }));
			expect(error).toMatchObject({ code: 'api', dsmCode: 404 });
			const told = [...scene.lines, error.message, JSON.stringify(error), scene.pool.redact(`it is ${token}`)].join(
				'\n',
			);
			expect(told).toContain('it is [redacted]');
			expect(told).not.toContain(token);
		});
	});
});

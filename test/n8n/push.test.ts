import { describe, expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import { removeNow } from '../../src/n8n/push';
import { newBot } from '../../src/simulator/services/chat/admin';
import { lines, listenToLog, makeWorkflow, synology } from './engine';
import { Hooks, withHooks } from './hooks';
import { forge } from '../support/forgedCalls';
import { iso } from '../support/iso';
import { withNas, type Scene } from './support';

const trigger = (parameters: INode['parameters'], name = 'Trigger'): INode =>
	synology(
		'synologyChatBotTrigger',
		{ registration: 'automatic', responseMode: 'onReceived', responseText: '', nickname: 'Helper', ...parameters },
		{ name, webhookId: `hook-${name}`, credentials: both },
	);

const both = {
	synologyNasApi: { id: '1', name: 'nas' },
	synologyChatBotApi: { id: '2', name: 'bot' },
};

/** A published trigger of its own. */
async function published(
	parameters: INode['parameters'],
	run: (scene: Scene & { hooks: Hooks; bots: () => ReturnType<typeof newBot>[] }) => Promise<void>,
): Promise<void> {
	await withNas({}, async (scene) => {
		const node = trigger(parameters);
		await withHooks(new Hooks(makeWorkflow([node]), node, scene.credentials), async (hooks) => {
			await hooks.publish();
			await run({ ...scene, hooks, bots: () => [...scene.chat.bots.values()] });
			await removeNow();
		});
	});
}

const call = async (url: string, form: Record<string, string>): Promise<number> =>
	(await fetch(url, { method: 'POST', body: new URLSearchParams(form) })).status;

describe('each event starts the workflow', () => {
	test('a message to an outgoing webhook', async () => {
		await published(
			{
				event: 'webhookMessageReceived',
				trigger_word: 'deploy',
				options: { channel_id: { __rl: true, mode: 'id', value: '2' } },
			},
			async ({ hooks, chat }) => {
				chat.postAs('bob', 'ops', 'nothing for you');
				const post = chat.postAs('bob', 'ops', 'deploy prod & <test>');
				await chat.settled();
				expect(hooks.events).toEqual([
					{
						kind: 'message',
						text: 'deploy prod & <test>',
						trigger_word: 'deploy',
						argument: 'prod & <test>',
						user_id: String(chat.user('bob').user_id),
						username: 'bob',
						post_id: String(post.post_id),
						channel_id: '2',
						channel_name: 'ops',
						timestamp: iso(post.create_at),
					},
				]);
			},
		);
	});

	test('a slash command, whose answer only the caller sees', async () => {
		await published(
			{ event: 'slashCommandReceived', command: '/deploy', responseText: 'On it' },
			async ({ hooks, chat }) => {
				expect(await chat.commandAs('carol', '/deploy prod')).toBe('On it');
				expect(hooks.events).toMatchObject([
					{ kind: 'command', text: '/deploy prod', argument: 'prod', username: 'carol' },
				]);
			},
		);
	});

	test('a message to a bot and a pressed button', async () => {
		await published({ event: 'botMessageReceived' }, async ({ hooks, chat, bots }) => {
			const bot = bots()[0]!;
			const talk = chat.conversation([chat.user('bob').user_id, bot.user_id], bot.user_id, 'chatbot');
			const post = chat.postAs('bob', talk, 'hello');
			await chat.settled();
			expect(hooks.events).toMatchObject([{ kind: 'message', text: 'hello', post_id: String(post.post_id) }]);
		});
	});

	test('a button only, where only buttons are asked for', async () => {
		await published({ event: 'buttonPressed', responseText: 'Thank you' }, async ({ hooks, chat, bots }) => {
			const bot = bots()[0]!;
			const talk = chat.conversation([chat.user('bob').user_id, bot.user_id], bot.user_id, 'chatbot');
			const post = chat.append(talk, {
				creator_id: bot.user_id,
				message: 'Deploy?',
				attachments: [{ callback_id: 'dep-17', actions: [{ type: 'button', name: 'go', value: 'yes', text: 'Go' }] }],
			});
			chat.postAs('bob', talk, 'words are not for this node');
			await chat.settled();
			await chat.pressAs('bob', post.post_id, 'go');
			expect(hooks.events).toEqual([
				{
					kind: 'press',
					text: 'Go',
					name: 'go',
					value: 'yes',
					callback_id: 'dep-17',
					post_id: String(post.post_id),
					user_id: String(chat.user('bob').user_id),
					username: 'bob',
				},
			]);
			expect(chat.post(post.post_id)?.message).toBe('Thank you');
		});
	});
});

describe('the registration', () => {
	test('is made when the workflow is published, with no token left in n8n', async () => {
		await published({ event: 'botMessageReceived', options: { purpose: 'Helps' } }, async ({ hooks, bots }) => {
			expect(bots()).toMatchObject([{ kind: 'chatbot', nickname: 'Helper', purpose: 'Helps', url: hooks.url }]);
			expect(JSON.stringify(hooks.workflow.staticData)).not.toContain(bots()[0]!.token);
		});
	});

	test('stays when the workflow is only published anew or n8n starts again, and goes when it is unpublished', async () => {
		await published({ event: 'botMessageReceived' }, async ({ hooks, bots, chat }) => {
			const { user_id, token } = bots()[0]!;
			await hooks.unpublish();
			await hooks.publish();
			await removeNow();
			expect(bots()).toMatchObject([{ user_id, token }]);
			// A start after a crash: nothing is stored, the bot is found by its address.
			for (const key of Object.keys(hooks.workflow.staticData)) delete hooks.workflow.staticData[key];
			await hooks.publish();
			expect(bots()).toMatchObject([{ user_id, token }]);
			const talk = chat.conversation([chat.user('bob').user_id, user_id], user_id, 'chatbot');
			chat.postAs('bob', talk, 'still there?');
			await chat.settled();
			expect(hooks.events).toMatchObject([{ text: 'still there?' }]);
			await hooks.unpublish();
			expect(bots()).toHaveLength(1);
			await removeNow();
			expect(bots()).toEqual([]);
		});
	});

	test('is repaired when the bot was removed or disabled in Chat', async () => {
		await published({ event: 'botMessageReceived' }, async ({ hooks, bots, chat }) => {
			chat.bots.delete(bots()[0]!.user_id);
			await hooks.publish();
			expect(bots()).toMatchObject([{ nickname: 'Helper', url: hooks.url }]);
			bots()[0]!.is_disabled = true;
			await hooks.publish();
			expect(bots()).toMatchObject([{ is_disabled: false }]);
		});
	});

	test('is another one where the event asks for it, and the same where it does not', async () => {
		await published({ event: 'botMessageReceived' }, async ({ hooks, bots }) => {
			const { user_id } = bots()[0]!;
			const change = async (parameters: INode['parameters']) => {
				await hooks.unpublish();
				Object.assign(hooks.node.parameters, parameters);
				await hooks.publish();
				await removeNow();
			};
			await change({ event: 'buttonPressed' });
			expect(bots()).toMatchObject([{ user_id, kind: 'chatbot' }]);
			await change({ event: 'slashCommandReceived', command: '/deploy' });
			expect(bots()).toMatchObject([{ kind: 'slash', command: '/deploy' }]);
			expect(bots()).toHaveLength(1);
		});
	});

	test('follows changed parameters', async () => {
		await published({ event: 'botMessageReceived' }, async ({ hooks, bots }) => {
			const { user_id } = bots()[0]!;
			hooks.node.parameters['nickname'] = 'Deployer';
			await hooks.publish();
			expect(bots()).toMatchObject([{ user_id, nickname: 'Deployer' }]);
		});
	});

	test('of an account without the right fails in words that name the way out', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			chat.switches.integrations = false;
			const node = trigger({ event: 'botMessageReceived' });
			await withHooks(new Hooks(makeWorkflow([node]), node, credentials), async (hooks) => {
				await expect(hooks.publish()).rejects.toMatchObject({ description: expect.stringContaining('"By Hand"') });
			});
		});
	});

	test('by hand touches nothing on the NAS and takes the token from the credential', async () => {
		await withNas({}, async ({ chat, credentials, simulator }) => {
			const bot = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
			const node = trigger({ event: 'botMessageReceived', registration: 'manual' });
			const secrets = { ...credentials, bot: { url: simulator.url, token: `"${bot.token}"` } };
			await withHooks(new Hooks(makeWorkflow([node]), node, secrets), async (hooks) => {
				await hooks.publish();
				bot.url = hooks.url;
				const talk = chat.conversation([chat.user('bob').user_id, bot.user_id], bot.user_id, 'chatbot');
				chat.postAs('bob', talk, 'by hand');
				await chat.settled();
				await hooks.unpublish();
				expect(hooks.events).toMatchObject([{ text: 'by hand' }]);
				expect(simulator.requests).toEqual([]);
			});
		});
	});
});

describe('a call that is not of Chat', () => {
	test('is refused with 403 without the token, and told in the log once', async () => {
		await published({ event: 'botMessageReceived' }, async ({ hooks, bots }) => {
			lines.length = 0;
			listenToLog();
			const form = { text: 'rm -rf', user_id: '1', post_id: '1', timestamp: '1' };
			for (const token of ['', 'x'.repeat(64), `${bots()[0]!.token}x`, '"'])
				expect(await call(hooks.url, { ...form, token })).toBe(403);
			expect(await call(hooks.url, form)).toBe(403);
			expect(hooks.events).toEqual([]);
			expect(lines.filter((line) => line.includes('wrong token'))).toHaveLength(1);
			expect(lines.join()).not.toContain(bots()[0]!.token);
		});
	});

	test('keeps nobody out: of 2,000 one is told, and true calls between them arrive', async () => {
		await published({ event: 'botMessageReceived' }, async ({ hooks, bots }) => {
			lines.length = 0;
			listenToLog();
			const { token } = bots()[0]!;
			const answers: number[] = [];
			const between = async (n: number) =>
				void answers.push(
					await call(hooks.url, { token, text: `true ${n}`, user_id: '3', post_id: String(n), timestamp: '1' }),
				);
			expect(await forge(hooks.url, 2000, { between })).toEqual({ 403: 2000 });
			expect(answers).toEqual(Array.from({ length: 20 }, () => 200));
			expect(hooks.events).toHaveLength(20);
			// n8n itself has five lines for each of the true ones.
			expect(lines.filter((line) => !/^(Workflow|Start|Running)/.test(line))).toHaveLength(1);
		});
	});

	test('is refused with 409 when it was made before', async () => {
		await published({ event: 'botMessageReceived' }, async ({ hooks, bots }) => {
			const { token } = bots()[0]!;
			const form = { token, text: 'pay', user_id: '3', post_id: '77', timestamp: '1791336400000' };
			expect([await call(hooks.url, form), await call(hooks.url, form)]).toEqual([200, 409]);
			expect(await call(hooks.url, { ...form, timestamp: '1791336400001' })).toBe(200);
			expect(hooks.events.map(({ text }) => text)).toEqual(['pay', 'pay']);
			const press = JSON.stringify({ token, post_id: '9', callback_id: 'c', actions: [{ name: 'go' }], user: {} });
			expect([await call(hooks.url, { payload: press }), await call(hooks.url, { payload: press })]).toEqual([
				200, 409,
			]);
		});
	});

	test('of a node that is not registered is refused', async () => {
		await withNas({}, async ({ credentials }) => {
			const node = trigger({ event: 'botMessageReceived' }, 'Never published');
			await withHooks(new Hooks(makeWorkflow([node]), node, credentials), async (hooks) => {
				expect(await call(hooks.url, { token: '', text: 'x' })).toBe(403);
				expect(await call(hooks.url, { token: 'x', text: 'x' })).toBe(403);
			});
		});
	});
});

test('JSON bodies and calls by GET are understood', async () => {
	await published({ event: 'slashCommandReceived', command: 'deploy' }, async ({ hooks, bots }) => {
		const { token } = bots()[0]!;
		const json = { token, user_id: 3, username: 'bob', text: '/deploy json' };
		const headers = { 'content-type': 'application/json' };
		expect((await fetch(hooks.url, { method: 'POST', headers, body: JSON.stringify(json) })).status).toBe(200);
		const query = new URLSearchParams({ token, user_id: '3', username: 'bob', text: '/deploy get' });
		expect((await fetch(`${hooks.url}?${query.toString()}`)).status).toBe(200);
		expect(hooks.events.map(({ argument }) => argument)).toEqual(['json', 'get']);
	});
});

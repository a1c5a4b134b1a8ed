import { describe, expect, test } from '@jest/globals';
import { removeNow } from '../../src/n8n/push';
import { newBot } from '../../src/simulator/services/chat/admin';
import { makeWorkflow } from './engine';
import { nodeOf, read } from './examples';
import { Hooks, withHooks } from './hooks';
import { withNas } from './support';

describe('the example', () => {
	test('"two-way bot" asks with buttons, and answers the pressed one', async () => {
		await withNas({}, async ({ chat, credentials, simulator }) => {
			const bot = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Deployer');
			const secrets = { ...credentials, bot: { url: simulator.url, token: bot.token } };
			const { nodes, connections } = read('chat-two-way-bot.json');
			const workflow = makeWorkflow(nodes, connections);
			const trigger = nodeOf({ nodes, connections }, 'On a message or a button');
			await withHooks(new Hooks(workflow, trigger, secrets), async (hooks) => {
				await hooks.publish();
				bot.url = hooks.url;
				const talk = chat.conversation([chat.user('bob').user_id, bot.user_id], bot.user_id, 'chatbot');
				chat.postAs('bob', talk, 'prod');
				await hooks.idle(1);
				const [, question] = talk.posts;
				expect(question).toMatchObject({
					message: 'Shall I deploy prod?',
					attachments: [{ callback_id: 'deploy', actions: [{ text: 'Go' }, { text: 'Stop' }] }],
				});
				await chat.pressAs('bob', question!.post_id, 'yes');
				await hooks.idle(2);
				expect(talk.posts.at(-1)?.message).toBe('You chose Go.');
				expect(hooks.events.map(({ kind }) => kind)).toEqual(['message', 'press']);

				// Whoever knows the address but not the token makes the bot say nothing.
				const forged = await fetch(hooks.url, {
					method: 'POST',
					body: new URLSearchParams({ token: 'x', text: 'prod' }),
				});
				expect([forged.status, talk.posts.length]).toEqual([403, 3]);
			});
		});
	});

	test('"slash command" registers /announce, posts the text, and answers the caller alone', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const { nodes, connections } = read('chat-slash-command.json');
			const workflow = makeWorkflow(nodes, connections);
			const trigger = nodeOf({ nodes, connections }, 'On /announce');
			await withHooks(new Hooks(workflow, trigger, credentials), async (hooks) => {
				await hooks.publish();
				expect(await chat.commandAs('carol', '/announce cake in the kitchen')).toBe('Posted.');
				await hooks.idle(1);
				expect(chat.channel('General').posts.at(-1)?.message).toBe('carol announces: cake in the kitchen');
				await hooks.unpublish();
				await removeNow();
				expect(chat.bots.size).toBe(0);
			});
		});
	});
});

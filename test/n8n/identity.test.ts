import { describe, expect, test } from '@jest/globals';
import { identity } from '../../src/services/identity';
import { newBot } from '../../src/simulator/services/chat/admin';
import { identityOf } from '../../src/simulator/services/identity/state';
import { identityStories } from '../support/identity-stories';
import { itemsOf, jsonOf, launch, makeWorkflow, outcomeOf, runNode, synology } from './engine';
import { nodeOf, read } from './examples';
import { Hooks, withHooks } from './hooks';
import { Poller } from './poller';
import { withNas } from './support';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const node = (resource: string, operation: string, parameters: object = {}) =>
	synology('synologyIdentity', { resource, operation, simplify: false, ...parameters } as never, { name: 'Identity' });

describe('the Identity node', () => {
	test('creates a user, lets it join a group that was picked, and deletes it', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const { nas } = simulator;
			const create = node('user', 'create', { name: 'dora', password: 'Welcome-2027' });
			const { outputs } = await runNode(create, itemsOf({}), credentials);
			expect(jsonOf(outputs[0])).toEqual([{ name: 'dora', uid: String(nas.user('dora').uid) }]);
			const join = node('group', 'addMembers', { group_name: byId('http'), user_names: ['dora'] });
			expect(jsonOf((await runNode(join, itemsOf({}), credentials)).outputs[0])).toEqual([{ success: true }]);
			expect(nas.user('dora').groups).toEqual(['users', 'http']);
			const remove = node('user', 'delete', { user_name: byId('dora') });
			expect(jsonOf((await runNode(remove, itemsOf({}), credentials)).outputs[0])).toMatchObject([{ deleted: true }]);
			expect(nas.users.has('dora')).toBe(false);
		});
	});

	test('lists users with only the fields that a person would pick', async () => {
		await withNas({}, async ({ credentials }) => {
			const list = node('user', 'list', { returnAll: true, simplify: true });
			const rows = jsonOf((await runNode(list, itemsOf({}), credentials)).outputs[0]);
			expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['alice', 'bob']));
			expect(Object.keys(rows[0]!).length).toBeLessThanOrEqual(10);
		});
	});

	test('tells an ordinary user what is missing, and changes the own profile', async () => {
		await withNas({ account: 'user' }, async ({ simulator, credentials }) => {
			const { error } = await runNode(node('user', 'list', { returnAll: true }), itemsOf({}), credentials);
			expect(error?.message).toContain('it takes an administrator');
			const update = node('own', 'update', { email: 'robert@example.com' });
			expect((await runNode(update, itemsOf({}), credentials)).error).toBeUndefined();
			expect(simulator.nas.user('bob').email).toBe('robert@example.com');
		});
	});
});

describe('the Identity trigger', () => {
	test('has a story for each event', () => {
		expect(identityStories.map(({ event }) => event)).toEqual(Object.keys(identity.triggers));
	});

	test.each(identityStories.map((story) => [story.event, story] as const))(
		'tells %s once',
		async (event, story) => {
			await withNas({}, async ({ simulator, credentials }) => {
				const state = identityOf(simulator.nas);
				story.before?.(state);
				const parameters = { event, ...story.params };
				const poller = new Poller(credentials, { type: 'synologyIdentityTrigger', parameters });
				expect(await poller.tick()).toBeUndefined();
				story.happen(state);
				if (story.twice) expect(await poller.tick()).toBeUndefined();
				expect(await poller.tick()).toMatchObject([story.tells]);
				expect(await poller.tick()).toBeUndefined();
			});
		},
		30_000,
	);
});

describe('the example', () => {
	test('"unknown sign-in" asks with a button, which blocks the address', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const { nas } = simulator;
			const bot = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Guard');
			const secrets = { ...credentials, bot: { url: simulator.url, token: bot.token } };
			const example = read('identity-unknown-sign-in.json');
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { parameters, name } = nodeOf(example, 'On a sign-in from a new place');
			const poller = new Poller(secrets, { type: 'synologyIdentityTrigger', parameters, name });
			await poller.tick();
			identityOf(nas).signIn('bob', '198.51.100.7', 'Firefox');
			const items = ((await poller.tick()) ?? []).map((json) => ({ json }));
			const { run } = await launch(workflow, nodeOf(example, name), items, secrets);
			expect(outcomeOf(await run, 'Ask the administrator').status).toBe('success');
			const talk = chat.conversation([chat.user('alice').user_id, bot.user_id], bot.user_id, 'chatbot');
			const question = talk.posts.at(-1)!;
			expect(question.message).toBe('bob has signed in from 198.51.100.7, which was not seen before.');
			await withHooks(new Hooks(workflow, nodeOf(example, 'On a pressed button'), secrets), async (hooks) => {
				await hooks.publish();
				bot.url = hooks.url;
				await chat.pressAs('alice', question.post_id, '198.51.100.7');
				await hooks.idle(1);
			});
			expect(nas.autoBlock.blocks('198.51.100.7')).toBe(true);
			expect(talk.posts.at(-1)!.message).toBe('198.51.100.7 is blocked.');
		});
	}, 30_000);

	test('"new colleague" creates user and folder, joins the group and says welcome', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			identityOf(simulator.nas).addGroup('marketing');
			const example = read('identity-new-colleague.json');
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, nodeOf(example, 'When clicking'), [{ json: {} }], credentials);
			expect(outcomeOf(await run, 'Welcome').status).toBe('success');
			expect(simulator.nas.user('dora')).toMatchObject({
				email: 'dora@example.com',
				groups: ['users', 'marketing'],
			});
			expect(chat.channel('General').posts.at(-1)!.message).toBe(
				'Welcome, dora! Your folder is /home/colleagues/dora.',
			);
		});
	});
});

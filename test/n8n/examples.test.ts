import { describe, expect, test } from '@jest/globals';
import { jsonOf, launch, makeWorkflow, outcomeOf } from './engine';
import { examples, nodeOf, read } from './examples';
import { Poller } from './poller';
import { withNas } from './support';

describe('the example', () => {
	test('"answer mentions" replies in the thread of a message that mentions the account, and to no other', async () => {
		await withNas({}, async ({ chat, credentials }) => {
			const example = read('answer-mentions.json');
			const trigger = nodeOf(example, 'On a mention');
			const poller = new Poller(credentials, { parameters: trigger.parameters, name: trigger.name });
			await poller.tick();
			chat.postAs('carol', 'General', 'Nothing for you');
			const asked = chat.postAs('bob', 'General', `@u:${chat.user('alice').user_id} is the backup done?`);
			const items = ((await poller.tick()) ?? []).map((json) => ({ json }));
			expect(items).toHaveLength(1);
			const { run } = await launch(makeWorkflow(example.nodes, example.connections), trigger, items, credentials);
			expect(outcomeOf(await run, 'Reply in the thread').status).toBe('success');
			expect(chat.channel('General').posts.at(-1)).toMatchObject({
				thread_id: asked.post_id,
				message: `Thank you, Bob. You wrote: @u:${chat.user('alice').user_id} is the backup done?`,
			});
			// The own reply starts nothing: the workflow does not answer itself.
			expect(await poller.tick()).toBeUndefined();
		});
	});

	test('"any API call" gives model and version of the NAS', async () => {
		await withNas({}, async ({ credentials }) => {
			const example = read('any-api-call.json');
			const { run } = await launch(
				makeWorkflow(example.nodes, example.connections),
				nodeOf(example, 'When clicking'),
				[{ json: {} }],
				credentials,
			);
			const { outputs } = outcomeOf(await run, 'Ask for model and version');
			expect(jsonOf(outputs[0])).toMatchObject([{ model: 'DS920+' }]);
		});
	});

	test('names nothing but node types that exist and parameters that their forms have', () => {
		expect(examples).toEqual(expect.arrayContaining(['answer-mentions.json', 'any-api-call.json']));
		for (const { nodes, connections } of examples.map(read)) {
			const workflow = makeWorkflow(nodes, connections);
			for (const node of nodes.filter(({ type }) => type.startsWith('@synoflow/'))) {
				const known = workflow.nodeTypes
					.getByNameAndVersion(node.type, 1)
					.description.properties.map(({ name }) => name);
				expect([...known, 'pollTimes']).toEqual(expect.arrayContaining(Object.keys(node.parameters)));
			}
		}
	});
});

import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { systemOf } from '../../src/simulator/services/system';
import { everyAccountMay, ordinaryStories } from '../support/system-stories';
import { watched } from './examples';
import { action, type NodeRed, received, until } from './runtime';
import { onStage } from './stage';
import { happening, triggerOf } from './systemStory';

let simulator: Simulator;
let red: NodeRed;

const deploy = onStage(
	(stage) => void ({ red, simulator } = stage),
	() => ({ account: 'user' }),
);

const LACKS = 'The account may not do this in DSM: it takes an administrator';
describe('an ordinary account', () => {
	test('reads what every account may, and is told what the rest takes', async () => {
		await deploy(action('system.nas.getDigest', {}));
		red.node('act').receive({});
		await until(() => received('out').length === 1, 'the digest');
		expect(received('out')[0]).toMatchObject({
			payload: { model: 'DS920+', missing: expect.arrayContaining([expect.stringContaining(LACKS)]) },
		});
		await deploy(action('system.disk.list', {}));
		red.node('act').receive({});
		await until(() => received('caught').length === 1, 'the refusal');
		expect(received('caught')).toMatchObject([{ error: { message: expect.stringContaining(LACKS) } }]);
	});

	test.each(ordinaryStories.map((story) => [story.event, story] as const))(
		'is told of %s, or what it lacks',
		async (event, story) => {
			const system = systemOf(simulator.nas);
			story.before?.(system);
			await deploy(triggerOf(story));
			if (!everyAccountMay(event)) {
				await until(() => received('caught').length > 0, 'the refusal');
				expect(received('caught')).toMatchObject([{ error: { message: expect.stringContaining(LACKS) } }]);
				return;
			}
			await watched(red, 'trigger');
			await happening(story, simulator);
			expect(received('out')).toMatchObject([{ topic: `system.${event}`, payload: story.tells }]);
		},
		60_000,
	);
});

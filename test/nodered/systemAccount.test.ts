import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { systemOf } from '../../src/simulator/services/system';
import { everyAccountMay, ordinaryStories } from '../support/system-stories';
import { watched } from './examples';
import { action, type NodeRed, received, trigger, until } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let red: NodeRed;

const deploy = onStage(
	(stage) => void ({ red, simulator } = stage),
	() => ({ account: 'user' }),
);

const LACKS = 'The account may not do this in DSM: it takes an administrator';
const typed = (value: unknown) => ({
	type: typeof value === 'number' ? 'num' : typeof value === 'boolean' ? 'bool' : 'str',
	value: String(value),
});

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
			const params = Object.entries({ ...story.params, ...story.picked }).map(([name, value]) => [name, typed(value)]);
			await deploy(trigger(Object.fromEntries(params), { type: 'synology-system-trigger', trigger: event }));
			if (!everyAccountMay(event)) {
				await until(() => received('caught').length > 0, 'the refusal');
				expect(received('caught')).toMatchObject([{ error: { message: expect.stringContaining(LACKS) } }]);
				return;
			}
			await watched(red, 'trigger');
			if (story.first) {
				const looks = () => simulator.requests.length + simulator.nas.refused;
				const before = looks();
				story.first(system);
				// A look has ended when the next one has begun; one at a NAS that is off takes four attempts.
				await until(() => looks() >= before + 5, 'the looks before');
			}
			story.happen(system);
			await until(() => received('out').length > 0, event);
			expect(received('out')).toMatchObject([{ topic: `system.${event}`, payload: story.tells }]);
		},
		60_000,
	);
});

import { describe, expect, test } from '@jest/globals';
import { system } from '../../src/services/system';
import { systemOf } from '../../src/simulator/services/system';
import { everyAccountMay, ordinaryStories, systemStories } from '../support/system-stories';
import { itemsOf, jsonOf, launch, makeWorkflow, outcomeOf, runNode, synology } from './engine';
import { nodeOf, read } from './examples';
import { Poller } from './poller';
import { withNas } from './support';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const node = (resource: string, operation: string, parameters: object = {}, more = {}) =>
	synology('synologySystem', { resource, operation, simplify: false, ...parameters } as never, {
		name: 'System',
		...more,
	});

describe('the System node', () => {
	test('gives a digest in one item, with what a person reads', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			systemOf(simulator.nas).fill('volume_1', 95);
			const digest = node('nas', 'getDigest', { used_percent: 90, temperature: 55, days: 2 });
			const { outputs, error } = await runNode(digest, itemsOf({}), credentials);
			expect(error).toBeUndefined();
			expect(jsonOf(outputs[0])).toMatchObject([
				{
					state: 'warning',
					warnings: ['Volume volume_1 is 95 % full'],
					markdown: expect.stringContaining('# Something needs'),
				},
			]);
		});
	});

	test('lists drives, one item for each, and only the fields that a person would pick', async () => {
		await withNas({}, async ({ credentials }) => {
			const { outputs } = await runNode(
				node('disk', 'list', { returnAll: true, simplify: true }),
				itemsOf({}),
				credentials,
			);
			const rows = jsonOf(outputs[0]);
			expect(rows.map(({ id }) => id)).toEqual(['sata1', 'sata2']);
			expect(Object.keys(rows[0]!).length).toBeLessThanOrEqual(10);
		});
	});

	test('runs a scheduled task picked from the list', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const { outputs } = await runNode(node('task', 'run', { task_id: byId('13') }), itemsOf({}), credentials);
			expect(jsonOf(outputs[0])).toEqual([{ success: true }]);
			expect(systemOf(simulator.nas).task('Nightly').runs).toHaveLength(1);
		});
	});

	test('does not restart the NAS unless that is confirmed', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const { error } = await runNode(
				node('nas', 'restart', { confirm: false, wait: false }),
				itemsOf({}),
				credentials,
			);
			expect(error?.message).toContain('confirm that the NAS shall go down');
			expect(simulator.nas.isOff).toBe(false);
			await runNode(node('nas', 'restart', { confirm: true, wait: false }), itemsOf({}), credentials);
			expect(simulator.nas.isOff).toBe(true);
		});
	});

	test('tells an ordinary user what is missing', async () => {
		await withNas({ account: 'user' }, async ({ credentials }) => {
			const { error } = await runNode(node('volume', 'list', { returnAll: true }), itemsOf({}), credentials);
			expect(error?.message).toContain('it takes an administrator');
			const { outputs } = await runNode(node('nas', 'get'), itemsOf({}), credentials);
			expect(jsonOf(outputs[0])).toMatchObject([{ model: 'DS920+' }]);
		});
	});
});

describe('the System trigger', () => {
	test('has a story for each event', () => {
		expect(systemStories.map(({ event }) => event)).toEqual(Object.keys(system.triggers));
	});

	test.each(systemStories.map((story) => [story.event, story] as const))(
		'tells %s once',
		async (event, story) => {
			await withNas({}, async ({ simulator, credentials }) => {
				const state = systemOf(simulator.nas);
				story.before?.(state);
				const picked = Object.fromEntries(
					Object.entries(story.picked ?? {}).map(([name, value]) => [name, byId(value)]),
				);
				const poller = new Poller(credentials, {
					type: 'synologySystemTrigger',
					parameters: { event, ...story.params, ...picked },
				});
				expect(await poller.tick()).toBeUndefined();
				if (story.first) {
					story.first(state);
					expect(await poller.tick()).toBeUndefined();
				}
				story.happen(state);
				expect(await poller.tick()).toMatchObject([story.tells]);
				expect(await poller.tick()).toBeUndefined();
			});
		},
		30_000,
	);

	test.each(ordinaryStories.map((story) => [story.event, story] as const))(
		'tells %s to an ordinary account, or what that lacks',
		async (event, story) => {
			await withNas({ account: 'user' }, async ({ simulator, credentials }) => {
				const state = systemOf(simulator.nas);
				story.before?.(state);
				const picked = Object.fromEntries(
					Object.entries(story.picked ?? {}).map(([name, value]) => [name, byId(value)]),
				);
				const parameters = { event, ...story.params, ...picked };
				const poller = new Poller(credentials, { type: 'synologySystemTrigger', parameters });
				if (!everyAccountMay(event)) {
					await expect(poller.tick()).rejects.toThrow(/The account may not do this in DSM: it takes an administrator/);
					return;
				}
				await poller.tick();
				if (story.first) {
					story.first(state);
					await poller.tick();
				}
				story.happen(state);
				expect(await poller.tick()).toMatchObject([story.tells]);
			});
		},
		30_000,
	);

	test('tells why the NAS cannot be reached', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const parameters = { event: 'nasUnreachable', minutes: 0 };
			const poller = new Poller(credentials, { type: 'synologySystemTrigger', parameters });
			await poller.tick();
			simulator.nas.powerOff(600_000);
			const [event] = (await poller.tick())!;
			expect(event).toMatchObject({ reachable: false, cause: expect.stringMatching(/\w+ \w+/), url: simulator.url });
			expect(simulator.logins).toBe(0);
		});
	}, 30_000);
});

describe('the example', () => {
	test('"health digest" posts at seven what a person reads', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			systemOf(simulator.nas).breakDisk('sata2');
			const example = read('system-health-digest.json');
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, nodeOf(example, 'At seven'), [{ json: {} }], credentials);
			expect(outcomeOf(await run, 'Tell the channel').status).toBe('success');
			const message = chat.channel('General').posts.at(-1)!.message;
			expect(message).toContain('# Something is wrong: DS920+');
			expect(message).toContain('- Drive 2 is crashed');
		});
	});

	test('"a drive fails" tells the channel, writes a note and plans the replacement', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const example = read('system-disk-fails.json');
			const trigger = nodeOf(example, 'On a failing drive');
			const { parameters, name } = trigger;
			const poller = new Poller(credentials, { type: 'synologySystemTrigger', parameters, name });
			await poller.tick();
			systemOf(simulator.nas).breakDisk('sata2');
			const items = ((await poller.tick()) ?? []).map((json) => ({ json }));
			expect(items).toHaveLength(1);
			const { run } = await launch(makeWorkflow(example.nodes, example.connections), trigger, items, credentials);
			const ran = await run;
			expect(outcomeOf(ran, 'Tell the channel').status).toBe('success');
			expect(chat.channel('General').posts.at(-1)!.message).toBe('Drive 2 (EXAMPLE-4TB) is crashed; it was normal.');
			expect(jsonOf(outcomeOf(ran, 'Write it down').outputs[0])).toMatchObject([
				{ title: 'Drive 2 of the NAS failed' },
			]);
			expect(jsonOf(outcomeOf(ran, 'Plan the replacement').outputs[0])).toMatchObject([
				{ summary: 'Replace Drive 2 of the NAS' },
			]);
			expect(await poller.tick()).toBeUndefined();
		});
	});

	test('"backup overdue" starts the backup and says so', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const state = systemOf(simulator.nas);
			simulator.nas.install('HyperBackup');
			const example = read('system-backup-overdue.json');
			const trigger = nodeOf(example, 'On an overdue backup');
			const { parameters, name } = trigger;
			const poller = new Poller(credentials, { type: 'synologySystemTrigger', parameters, name });
			await poller.tick();
			state.backup(3).succeeded = state.now - 50 * 3_600_000;
			const items = ((await poller.tick()) ?? []).map((json) => ({ json }));
			const { run } = await launch(makeWorkflow(example.nodes, example.connections), trigger, items, credentials);
			expect(outcomeOf(await run, 'Tell the channel').status).toBe('success');
			expect(state.backup(3).running).toBeDefined();
			expect(chat.channel('General').posts.at(-1)!.message).toBe(
				'Backup Nightly had no success for 50 hours. It was started again.',
			);
		});
	});
});

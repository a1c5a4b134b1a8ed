import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { driveOf, type DriveState } from '../../src/simulator/services/drive';
import { own } from '../support/drive-stories';
import { nodeOf, read } from './examples';
import { jsonOf, launch, lines, listenToLog, makeWorkflow, outcomeOf, synology } from './engine';
import { Poller, type PollerOptions } from './poller';
import { callsSince, withNas, type Scene } from './support';

const type = 'synologyDriveTrigger';
const parameters = {
	event: 'fileCreated',
	additionalEvents: ['fileRenamed', 'fileDeleted'],
	folder: '/mydrive/docs',
};
const pollerOf = ({ credentials }: Scene, more: PollerOptions = {}) =>
	new Poller(credentials, { type, parameters, ...more });
const told = (items: IDataObject[] | undefined) => items?.map(({ event, name }) => `${String(event)} ${String(name)}`);

const put = (drive: DriveState, name: string) => void drive.put('alice', `/docs/${name}`, name);
const rename = (drive: DriveState, name: string, to: string) =>
	drive.renameAs('alice', own(drive, `/docs/${name}`), to);
const remove = (drive: DriveState, name: string) => drive.removeAs('alice', own(drive, `/docs/${name}`));

const onDrive = async (run: (scene: Scene, drive: DriveState) => Promise<void>) =>
	await withNas({}, async (scene) => await run(scene, driveOf(scene.simulator.nas)));

const CREATED_AND_SHARED = { ...parameters, additionalEvents: ['fileShared'] };

describe.each([
	['changed in place', false],
	['durable', true],
])('a trigger on several events, with a cursor that is %s,', (_title, durable) => {
	test('gives each of them once and in order, with its name', async () => {
		await onDrive(async (scene, drive) => {
			const poller = pollerOf(scene, { durable });
			expect(await poller.tick()).toBeUndefined();
			put(drive, 'one.txt');
			put(drive, 'two.txt');
			rename(drive, 'plan.txt', 'final.txt');
			remove(drive, 'letter.docx');
			expect(told(await poller.tick())).toEqual([
				'fileCreated one.txt',
				'fileCreated two.txt',
				'fileRenamed final.txt',
				'fileDeleted letter.docx',
			]);
			expect(await poller.tick()).toBeUndefined();
		});
	});

	test('goes on with each of them after a restart of n8n', async () => {
		await onDrive(async (scene, drive) => {
			const before = pollerOf(scene, { durable });
			await before.tick();
			put(drive, 'seen.txt');
			await before.tick();
			put(drive, 'one.txt');
			remove(drive, 'letter.docx');
			const after = pollerOf(scene, { durable, stored: before.stored(durable) });
			expect(told(await after.tick())).toEqual(['fileCreated one.txt', 'fileDeleted letter.docx']);
			expect(await after.tick()).toBeUndefined();
		});
	});

	test('starts an event that is added at now, says so, and goes on with the one that was there', async () => {
		await onDrive(async (scene, drive) => {
			const single = pollerOf(scene, { durable, parameters: { ...parameters, additionalEvents: [] } });
			await single.tick();
			put(drive, 'one.txt');
			remove(drive, 'letter.docx');
			listenToLog();
			lines.length = 0;
			const more = pollerOf(scene, { durable, stored: single.stored(durable) });
			expect(told(await more.tick())).toEqual(['fileCreated one.txt']);
			expect(lines.filter((line) => line.includes('is new here'))).toEqual([
				expect.stringContaining('"File renamed" is new here: it starts at "now".'),
				expect.stringContaining('"File deleted" is new here: it starts at "now".'),
			]);
			remove(drive, 'one.txt');
			expect(told(await more.tick())).toEqual(['fileDeleted one.txt']);
		});
	});

	test('neither loses nor repeats an event while another one fails', async () => {
		await onDrive(async (scene, drive) => {
			const { simulator } = scene;
			const poller = pollerOf(scene, { durable, parameters: CREATED_AND_SHARED });
			await poller.tick();
			put(drive, 'one.txt');
			drive.shareAs('bob', drive.put('bob', '/shared.txt', 'x'), { type: 'user', name: 'alice' }, 'viewer');
			let isBroken = true;
			simulator.use({ 'SYNO.SynologyDrive.Files.shared_with_me': () => (isBroken ? { error: 1000 } : undefined) });
			listenToLog();
			lines.length = 0;
			expect(told(await poller.tick())).toEqual(['fileCreated one.txt']);
			expect(lines.filter((line) => line.includes('could not be looked for'))).toHaveLength(1);
			expect(await poller.tick()).toBeUndefined();
			put(drive, 'two.txt');
			expect(told(await poller.tick())).toEqual(['fileCreated two.txt']);
			isBroken = false;
			expect(told(await poller.tick())).toEqual(['fileShared shared.txt']);
			expect(await poller.tick()).toBeUndefined();
		});
	});
});

describe('a trigger on several events', () => {
	test('shows n8n the failure of one of them once, when nothing is lost by it', async () => {
		await onDrive(async (scene, drive) => {
			const poller = pollerOf(scene, { parameters: CREATED_AND_SHARED });
			await poller.tick();
			await poller.tick();
			scene.simulator.use({ 'SYNO.SynologyDrive.Files.shared_with_me': () => ({ error: 105 }) });
			await expect(poller.tick()).rejects.toMatchObject({ failure: { cause: 'configuration-invalid' } });
			expect(await poller.tick()).toBeUndefined();
			put(drive, 'one.txt');
			expect(told(await poller.tick())).toEqual(['fileCreated one.txt']);
		});
	});

	test('asks no more than one event where they look at the same', async () => {
		await onDrive(async (scene) => {
			const requestsOf = async (additionalEvents: string[]) => {
				const poller = pollerOf(scene, { parameters: { ...parameters, additionalEvents } });
				await poller.tick();
				await poller.tick();
				const before = scene.simulator.requests.length;
				await poller.tick();
				return callsSince(scene.simulator, before);
			};
			const one = await requestsOf([]);
			expect(one.length).toBeGreaterThan(0);
			expect(await requestsOf(['fileUpdated', 'fileRenamed', 'fileMoved', 'fileDeleted'])).toEqual(one);
		});
	});

	test('gives one event of each for a try, or an example that says so', async () => {
		await onDrive(async ({ credentials }) => {
			const additionalEvents = ['fileUpdated', 'notificationReceived'];
			const node = synology(type, { ...parameters, additionalEvents, simplify: true }, { name: 'Trigger' });
			const { run } = await launch(makeWorkflow([node]), node, [{ json: {} }], credentials, 'manual');
			const items = jsonOf(outcomeOf(await run, 'Trigger').outputs[0]);
			expect(items.map(({ event }) => event)).toEqual(['fileCreated', ...additionalEvents]);
			expect(items[0]).toMatchObject({ name: expect.any(String), file_id: expect.any(String) });
		});
	});

	test('says which event does not go with the chosen one', async () => {
		await onDrive(async (scene) => {
			const poller = pollerOf(scene, { parameters: { ...parameters, additionalEvents: ['fileLabeled'] } });
			await expect(poller.tick()).rejects.toMatchObject({
				message: expect.stringContaining('"File labeled" needs parameters that "File created" does not have'),
				description: expect.stringContaining('a node of its own'),
			});
		});
	});

	test('tells a channel of every change in the example "drive changes to chat"', async () => {
		await onDrive(async ({ credentials, chat }, drive) => {
			const example = read('drive-changes-to-chat.json');
			const trigger = nodeOf(example, 'On a change');
			drive.put('alice', '/inbox/first.txt', 'x');
			const poller = new Poller(credentials, { type, parameters: trigger.parameters, name: trigger.name });
			await poller.tick();
			drive.put('alice', '/inbox/second.txt', 'x');
			drive.removeAs('alice', own(drive, '/inbox/first.txt'));
			const items = ((await poller.tick()) ?? []).map((json) => ({ json }));
			const { run } = await launch(makeWorkflow(example.nodes, example.connections), trigger, items, credentials);
			expect(outcomeOf(await run, 'Tell the channel').status).toBe('success');
			expect(
				chat
					.channel('General')
					.posts.slice(-2)
					.map(({ message }) => message),
			).toEqual(['New in Drive: /mydrive/inbox/second.txt', 'Deleted in Drive: /mydrive/inbox/first.txt']);
		});
	});
});

import { describe, expect, test } from '@jest/globals';
import { BinaryDataService } from 'n8n-core';
import { drive as service_ } from '../../src/services/drive';
import { driveOf } from '../../src/simulator/services/drive';
import { driveStories, own } from '../support/drive-stories';
import { inRows, itemsOf, jsonOf, launch, makeWorkflow, outcomeOf, runNode, service, synology } from './engine';
import { nodeOf, read } from './examples';
import { Poller } from './poller';
import { withNas } from './support';

const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
const node = (resource: string, operation: string, parameters: object, more = {}) =>
	synology('synologyDrive', { resource, operation, simplify: false, ...parameters } as never, {
		name: 'Drive',
		...more,
	});

describe('the Drive node', () => {
	test('sends a file and gets it back', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const binary = {
				data: { data: Buffer.from('hello').toString('base64'), mimeType: 'text/plain', fileName: 'h, 1.txt' },
			};
			const sent = await runNode(
				node('file', 'upload', { folder: byPath('/mydrive/in'), file: 'data', name: '', conflict_action: 'version' }),
				[{ json: {}, binary }],
				credentials,
			);
			expect(jsonOf(sent.outputs[0])).toMatchObject([{ display_path: '/mydrive/in/h, 1.txt', size: 5 }]);
			const got = await runNode(
				node('file', 'download', { path: byPath('/mydrive/in/h, 1.txt'), outputField: 'data' }),
				itemsOf({}),
				credentials,
			);
			const file = got.outputs[0]![0]!.binary!['data']!;
			expect([file.fileName, file.mimeType]).toEqual(['h, 1.txt', 'text/plain']);
			expect((await service(BinaryDataService).getAsBuffer(file)).toString()).toBe('hello');
			expect(own(driveOf(simulator.nas), '/in/h, 1.txt').owner).toBe('alice');
		});
	});

	test('lists a folder given by an address from the browser, one item for each row', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const { permanent_link } = own(driveOf(simulator.nas), '/docs');
			const folder = { __rl: true, mode: 'url', value: `https://nas.example.com/d/f/${permanent_link}` };
			const { outputs } = await runNode(
				node('file', 'list', { folder, kind: 'file', returnAll: true }),
				itemsOf({}),
				credentials,
			);
			expect(jsonOf(outputs[0]).map(({ name }) => name)).toEqual(['budget.osheet', 'letter.docx', 'plan.txt']);
		});
	});

	test('gives a row for what failed beside what went well, and deletes', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const copy = {
				path: byPath('/mydrive/docs/plan.txt'),
				to_folder: byPath('/mydrive/docs'),
				conflict_action: 'stop',
			};
			const options = { others: inRows(byPath('/mydrive/photos/cat.jpg')) };
			const copied = await runNode(node('file', 'copy', { ...copy, options }), itemsOf({}), credentials);
			expect(jsonOf(copied.outputs[0]).map(({ name, done, code }) => [name, done, code])).toEqual([
				['cat.jpg', true, undefined],
				['plan.txt', false, 1022],
			]);
			const gone = await runNode(
				node('file', 'delete', { path: byPath('/mydrive/docs/plan.txt'), permanent: false }),
				itemsOf({}),
				credentials,
			);
			expect(jsonOf(gone.outputs[0])).toEqual([{ deleted: true }]);
			expect(own(driveOf(simulator.nas), '/docs/plan.txt').removed).toBe(true);
		});
	});

	test('says what is wrong with a place, and with one that is not there', async () => {
		await withNas({}, async ({ credentials }) => {
			const bad = await runNode(node('file', 'get', { path: byPath('docs/plan.txt') }), itemsOf({}), credentials);
			expect(bad.error?.message).toContain('"File" does not fit: "docs/plan.txt" is no place in Drive');
			const missing = await runNode(
				node('file', 'get', { path: byPath('/mydrive/none') }, { onError: 'continueRegularOutput' }),
				itemsOf({}),
				credentials,
			);
			expect(jsonOf(missing.outputs[0])[0]).toMatchObject({ error: expect.stringContaining('There is no such file') });
		});
	});
});

describe('the Drive trigger', () => {
	test('has a story for each event', () => {
		expect(driveStories.map(({ event }) => event)).toEqual(Object.keys(service_.triggers));
	});

	test.each(driveStories.map((story) => [story.event, story] as const))('tells %s once', async (event, story) => {
		await withNas({}, async ({ simulator, credentials }) => {
			const drive = driveOf(simulator.nas);
			const { folder, label_id, ...rest } = story.params;
			const parameters = {
				event,
				...rest,
				...(folder !== undefined && { folder: byPath(folder) }),
				...(label_id !== undefined && { label_id: { __rl: true, mode: 'id', value: label_id } }),
			};
			const poller = new Poller(credentials, { type: 'synologyDriveTrigger', parameters });
			expect(await poller.tick()).toBeUndefined();
			if (story.first) {
				story.first(drive);
				expect(await poller.tick()).toBeUndefined();
			}
			const name = story.happen(drive);
			expect((await poller.tick())?.map((row) => row[story.field])).toEqual([name]);
			expect(await poller.tick()).toBeUndefined();
		});
	});

	test('brings the file along', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const parameters = { event: 'fileCreated', folder: byPath('/mydrive/docs'), download: true };
			const poller = new Poller(credentials, { type: 'synologyDriveTrigger', parameters });
			await poller.tick();
			driveOf(simulator.nas).put('alice', '/docs/new.txt', 'the content');
			await poller.tick();
			const data = poller.items[0]!.binary!['data']!;
			expect([data.fileName, (await service(BinaryDataService).getAsBuffer(data)).toString()]).toEqual([
				'new.txt',
				'the content',
			]);
		});
	});
});

describe('the example', () => {
	test('"drive backup" keeps the newest seven dumps', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const { writeFile } = await import('node:fs/promises');
			await writeFile(`${simulator.nas.directory('volume1', 'docs')}/dump.sql.gz`, 'the dump of today');
			const drive = driveOf(simulator.nas);
			for (let n = 1; n <= 8; n++)
				drive.put('alice', `/backup/dump-2026-01-0${n}.sql.gz`, `${n}`, { created_time: 1_767_225_600 + n });
			drive.put('alice', '/backup/readme.txt', 'stays');
			const example = read('drive-backup.json');
			const { run } = await launch(
				makeWorkflow(example.nodes, example.connections),
				nodeOf(example, 'Every night'),
				[{ json: {} }],
				credentials,
			);
			const removed = jsonOf(outcomeOf(await run, 'Keep seven').outputs[0]).map(({ name }) => name);
			expect(removed.sort()).toEqual(['dump-2026-01-01.sql.gz', 'dump-2026-01-02.sql.gz']);
			const left = [...own(drive, '/backup').children.keys()];
			expect([left.length, left.slice(0, 2)]).toEqual([8, ['dump-2026-01-03.sql.gz', 'dump-2026-01-04.sql.gz']]);
			expect(left.at(-1)).toMatch(/^dump-\d{4}-\d\d-\d\d-\d{6}\.sql\.gz$/);
		});
	});

	test('"drive new file to chat" tells a channel of a new file', async () => {
		await withNas({}, async ({ simulator, chat, credentials }) => {
			const example = read('drive-new-file-to-chat.json');
			const trigger = nodeOf(example, 'On a new file');
			const poller = new Poller(credentials, {
				type: 'synologyDriveTrigger',
				parameters: trigger.parameters,
				name: trigger.name,
			});
			await poller.tick();
			driveOf(simulator.nas).put('alice', '/inbox/invoice.pdf', 'an invoice');
			driveOf(simulator.nas).put('alice', '/docs/elsewhere.txt', 'not in the inbox');
			const items = ((await poller.tick()) ?? []).map((json) => ({ json }));
			const { run } = await launch(makeWorkflow(example.nodes, example.connections), trigger, items, credentials);
			expect(outcomeOf(await run, 'Tell the channel').status).toBe('success');
			expect(chat.channel('General').posts.at(-1)?.message).toBe('New in Drive: /mydrive/inbox/invoice.pdf (10 bytes)');
		});
	});
});

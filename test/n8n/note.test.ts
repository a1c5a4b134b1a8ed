import { beforeAll, describe, expect, test } from '@jest/globals';
import { BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';
import { noteOf, type NoteState } from '../../src/simulator/services/note';
import { SharedClock } from '../support/sharedClock';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	inRow,
	itemsOf,
	jsonOf,
	launch,
	makeWorkflow,
	outcomeOf,
	runNode,
	service,
	startNode,
	synology,
} from './engine';
import { nodeOf, read as readExample } from './examples';
import { Poller } from './poller';
import { callsSince, withNas, type Scene } from './support';

const node = (resource: string, operation: string, parameters = {}, more = {}) =>
	synology('synologyNote', { resource, operation, simplify: false, ...parameters }, more);
const station = ({ simulator }: Pick<Scene, 'simulator'>): NoteState => noteOf(simulator.nas);

beforeAll(async () => await service(BinaryDataService).init());

describe('the Note Station node', () => {
	test('writes notes from items, and gives one as Markdown', async () => {
		await withNas({}, async (scene) => {
			const create = node('note', 'create', {
				...{ title: '={{ $json.title }}', content: '={{ $json.text }}', format: 'markdown', tags: 'a, b' },
			});
			const given = itemsOf({ title: 'One', text: '**bold**' }, { title: 'Two', text: '- [x] done' });
			const { outputs } = await runNode(create, given, scene.credentials);
			expect(jsonOf(outputs[0])).toMatchObject([
				{ title: 'One', content: '**bold**', tags: ['a', 'b'] },
				{ title: 'Two', content: '- [x] done' },
			]);
			expect(station(scene).note('One').content).toBe('<div><b>bold</b></div>');
		});
	});

	test('puts a file of an item into a note and gives it back, byte for byte', async () => {
		await withNas({}, async (scene) => {
			const { object_id } = station(scene).note('Tea');
			const bytes = Buffer.from([0, 1, 2, 255, 13, 10]);
			const data = await service(BinaryDataService).store(
				{ type: 'execution', workflowId: 'w', executionId: '1' } as never,
				bytes,
				{ mimeType: 'application/x-test', fileName: 'odd name.bin' } as never,
			);
			const up = node('attachment', 'add', { note_id: object_id, file: 'data' }, { name: 'Up' });
			const down = node(
				'attachment',
				'download',
				{ note_id: object_id, file_id: 'odd name.bin', outputField: 'data' },
				{ name: 'Down' },
			);
			const items: INodeExecutionData[] = [{ json: {}, binary: { data } }];
			const { run } = await launch(
				makeWorkflow([startNode, up, down], inRow(startNode, up, down)),
				startNode,
				items,
				scene.credentials,
			);
			const { outputs, error } = outcomeOf(await run, 'Down');
			expect(error).toBeUndefined();
			const binary = outputs[0]![0]!.binary!.data!;
			expect([binary.fileName, await service(BinaryDataService).getAsBuffer(binary)]).toEqual(['odd name.bin', bytes]);
		});
	});

	test('lists notes one item each, cut to the limit', async () => {
		await withNas({}, async (scene) => {
			const list = node('note', 'list', { returnAll: false, limit: 2 });
			const { outputs } = await runNode(list, itemsOf({}), scene.credentials);
			expect(outputs[0]).toHaveLength(2);
		});
	});

	test('names the field of a mistake before anything is sent, and says what a refusal means', async () => {
		await withNas({}, async ({ simulator, credentials }) => {
			const before = simulator.requests.length;
			const bad = await runNode(
				node('note', 'get', { note_id: 'https://nas.example.com/x', format: 'text' }),
				itemsOf({}),
				credentials,
			);
			expect(bad.error?.message).toContain('is no ID and no link that holds one');
			expect(callsSince(simulator, before).filter((call) => call.includes('NoteStation'))).toEqual([]);
			const none = await runNode(node('backup', 'importPath', { path: '/docs/a.nsx' }), itemsOf({}), credentials);
			expect(none.error?.message).toContain('1002');
			const locked = node('encryption', 'get', {
				...{ note_id: '1026_P2M6S0D9AF4QJ8C1E5G7H3K4LO', password: 'wrong', format: 'text' },
			});
			expect((await runNode(locked, itemsOf({}), credentials)).error?.message).toContain(
				'password of the note is wrong',
			);
		});
	});
});

type Story = [
	event: string,
	parameters: object,
	prepare: (notes: NoteState) => void,
	happen: (notes: NoteState) => void,
	json: object,
];
const nothing = () => undefined;
const write = (notes: NoteState) => void notes.writeAs('alice', 'Work', { title: 'New', content: 'text' });
const stories: Story[] = [
	['noteCreated', {}, nothing, write, { title: 'New', notebook: 'Work' }],
	[
		'noteUpdated',
		{},
		nothing,
		(notes) => notes.editAs('alice', notes.note('Tea'), { content: 'x' }),
		{ title: 'Tea', changes: ['content'] },
	],
	[
		'noteMoved',
		{},
		nothing,
		(notes) => notes.moveAs('alice', notes.note('Tea'), 'Work'),
		{ title: 'Tea', notebook: 'Work' },
	],
	['noteMovedToRecycleBin', {}, nothing, (notes) => notes.trash(notes.note('Tea')), { title: 'Tea' }],
	['noteRestored', {}, nothing, (notes) => notes.restore(notes.note('Old list')), { title: 'Old list' }],
	[
		'noteTagged',
		{ tag: 'x' },
		nothing,
		(notes) => notes.editAs('alice', notes.note('Tea'), { tag: ['kitchen', 'x'] }),
		{ title: 'Tea', tag: 'x' },
	],
	['noteShared', {}, nothing, (notes) => notes.shareAs(notes.note('Tea'), 'bob'), { title: 'Tea' }],
	[
		'attachmentAdded',
		{ download: true },
		nothing,
		(notes) => notes.attachAs('alice', notes.note('Tea'), 'a.txt', 'Hello'),
		{ name: 'a.txt', note_title: 'Tea' },
	],
	['notebookCreated', {}, nothing, (notes) => notes.notebook('alice', 'Plans'), { title: 'Plans' }],
	['notebookUpdated', {}, nothing, (notes) => (notes.notebook('alice', 'Work').title = 'Job'), { title: 'Job' }],
	['todoCreated', {}, nothing, (notes) => notes.todoAs('alice', 'Paint'), { title: 'Paint' }],
	[
		'todoUpdated',
		{},
		nothing,
		(notes) => (notes.todo('Buy disks').comment = 'two'),
		{ title: 'Buy disks', comment: 'two' },
	],
	['todoCompleted', {}, nothing, (notes) => (notes.todo('Buy disks').done = true), { title: 'Buy disks', done: true }],
	[
		'todoReopened',
		{},
		(notes) => (notes.todo('Buy disks').done = true),
		(notes) => (notes.todo('Buy disks').done = false),
		{ title: 'Buy disks', done: false },
	],
	[
		'todoDue',
		{ lead: 0 },
		nothing,
		(notes) => notes.todoAs('alice', 'Now', { due_date: notes.now() }),
		{ title: 'Now' },
	],
	[
		'todoOverdue',
		{ hours: 1 },
		nothing,
		(notes) => notes.todoAs('alice', 'Late', { due_date: notes.now() - 3600 }),
		{ title: 'Late', late: true },
	],
];

describe('the trigger', () => {
	test.each(stories)(
		'%s starts the workflow once, with the file where there is one',
		async (event, parameters, prepare, happen, json) => {
			const clock = new SharedClock(Date.UTC(2027, 0, 4, 8));
			await withNas({ clock }, async (scene) => {
				prepare(station(scene));
				const poller = new Poller(scene.credentials, {
					type: 'synologyNoteTrigger',
					parameters: { event, ...parameters },
				});
				expect(await poller.tick()).toBeUndefined();
				clock.advance(60_000);
				happen(station(scene));
				expect(await poller.tick()).toMatchObject([json]);
				const binary = poller.items[0]?.binary?.data;
				expect(binary && (await service(BinaryDataService).getAsBuffer(binary)).toString()).toBe(
					'download' in parameters ? 'Hello' : undefined,
				);
				expect(await poller.tick()).toBeUndefined();
			});
		},
	);
});

describe('the example', () => {
	test('"meeting notes" writes a note for an event', async () => {
		await withNas({}, async (scene) => {
			const example = readExample('note-meeting-notes.json');
			const file = readFileSync(join(__dirname, '../../examples/n8n/note-meeting-notes.json'), 'utf8');
			const { pinData } = JSON.parse(file) as { pinData: Record<string, INodeExecutionData[]> };
			const { run } = await launch(
				makeWorkflow(example.nodes, example.connections),
				nodeOf(example, 'An event'),
				pinData['An event']!,
				scene.credentials,
			);
			expect(outcomeOf(await run, 'Write the note').status).toBe('success');
			const note = station(scene).note('2027-01-04 Planning of the week');
			expect(note.content).toContain('<b>Who:</b> Alice, Bob');
			expect(note.content.match(/type="image" \/>(\w+)/g)).toEqual(['type="image" />Rack', 'type="image" />Backups']);
			expect(note.tag).toEqual(['meeting']);
		});
	});

	test('"to-do digest" posts one message with what is due', async () => {
		await withNas({}, async (scene) => {
			const now = station(scene).now();
			station(scene).todos.clear();
			station(scene).todoAs('alice', 'Buy disks', { due_date: now + 60 });
			station(scene).todoAs('alice', 'Pay rent', { due_date: now + 120 });
			station(scene).todoAs('alice', 'Some day');
			const example = readExample('note-todo-digest.json');
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, nodeOf(example, 'Every morning'), itemsOf({}), scene.credentials);
			expect(outcomeOf(await run, 'Post them').status).toBe('success');
			expect(scene.chat.channel('General').posts.at(-1)!.message).toBe('Due today:\n- Buy disks\n- Pay rent');
		});
	});

	test('"tag to Chat" posts the public link of a note', async () => {
		await withNas({}, async (scene) => {
			const example = readExample('note-tag-to-chat.json');
			const trigger = nodeOf(example, 'On the tag');
			const { parameters, name } = trigger;
			const poller = new Poller(scene.credentials, { type: 'synologyNoteTrigger', parameters, name });
			await poller.tick();
			station(scene).editAs('alice', station(scene).note('Tea'), { tag: ['kitchen', 'team'] });
			expect(await poller.tick()).toHaveLength(1);
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, trigger, poller.items, scene.credentials);
			expect(outcomeOf(await run, 'Post it').status).toBe('success');
			expect(scene.chat.channel('General').posts.at(-1)!.message).toBe(
				'Note for all: <https://nas.example.com:5001/ns/sharing/tea01|Tea>',
			);
		});
	});
});

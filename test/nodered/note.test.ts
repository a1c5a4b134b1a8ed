import { describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import type { Simulator } from '../../src/simulator';
import { SharedClock } from '../support/sharedClock';
import { chatOf } from '../../src/simulator/services/chat/state';
import { noteOf, type NoteState } from '../../src/simulator/services/note';
import { deployExample, idOf, pressButton, watched } from './examples';
import { action, type NodeRed, received, trigger, until } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let red: NodeRed;
let clock: SharedClock;

const deploy = onStage(
	(stage) => ({ red, simulator } = stage),
	() => ({ clock: (clock = new SharedClock(Date.now())) }),
);

const station = (): NoteState => noteOf(simulator.nas);
const str = (value: string) => ({ type: 'str', value });
const answer = async (message: object) => {
	for (const id of ['out', 'caught']) received(id).length = 0;
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length > 0, 'the answer');
	return received('out')[0];
};

describe('the Note Station node', () => {
	test('writes a note of a message as Markdown', async () => {
		await deploy(
			action('note.note.create', {
				title: str('From a flow'),
				tags: str('a, b'),
				content: { type: 'msg', value: 'content' },
			}),
		);
		const message = await answer({ content: '# Hello\n\n- [ ] world' });
		expect(message?.payload).toMatchObject({
			title: 'From a flow',
			content: '# Hello\n\n- [ ] world',
			tags: ['a', 'b'],
		});
		expect(station().note('From a flow').brief).toBe('Hello\nworld');
	});

	test('puts a Buffer and a stream into a note, and gives a file as Buffer', async () => {
		const { object_id } = station().note('Tea');
		await deploy(action('note.attachment.add', { note_id: str(object_id), file: { type: 'msg', value: 'payload' } }));
		await answer({ payload: Buffer.from('Hello'), filename: 'a.txt' });
		await answer({ payload: Readable.from([Buffer.from('stream')]), size: 6, filename: 'b.txt' });
		expect(Object.values(station().note('Tea').attachment).map(({ name, size }) => [name, size])).toEqual([
			['a.txt', 5],
			['b.txt', 6],
		]);
		await deploy(
			action('note.attachment.download', { note_id: str(object_id), file_id: str('b.txt') }, { file: 'buffer' }),
		);
		expect(await answer({})).toMatchObject({ payload: Buffer.from('stream'), filename: 'b.txt' });
	});

	test('gives a list as an array or row by row, and sends errors to Catch', async () => {
		await deploy(action('note.todo.list', {}, { list: 'array' }));
		expect((await answer({}))?.payload).toMatchObject([
			{ title: 'Call the electrician' },
			{ title: 'Buy disks' },
			{ title: 'Compare prices' },
		]);
		await deploy(action('note.note.append', { content: str('x'), note_id: { type: 'msg', value: 'note_id' } }));
		await answer({ note_id: '1026_P2M6S0D9AF4QJ8C1E5G7H3K4LO' });
		expect(received('caught')[0]?.['error']).toMatchObject({ message: expect.stringContaining('is encrypted') });
	});
});

type Story = {
	event: string;
	params: Parameters<typeof trigger>[0];
	prepare?: (notes: NoteState) => void;
	happen: (notes: NoteState) => void;
	payload: object;
	file?: string;
};
const stories: Story[] = [
	{
		event: 'noteCreated',
		params: {},
		happen: (n) => n.writeAs('alice', 'Work', { title: 'New', content: 'x' }),
		payload: { title: 'New' },
	},
	{
		event: 'noteUpdated',
		params: {},
		happen: (n) => n.editAs('alice', n.note('Tea'), { title: 'T' }),
		payload: { changes: ['title'] },
	},
	{
		event: 'noteMoved',
		params: {},
		happen: (n) => n.moveAs('alice', n.note('Tea'), 'Work'),
		payload: { notebook: 'Work' },
	},
	{ event: 'noteMovedToRecycleBin', params: {}, happen: (n) => n.trash(n.note('Tea')), payload: { title: 'Tea' } },
	{ event: 'noteRestored', params: {}, happen: (n) => n.restore(n.note('Old list')), payload: { title: 'Old list' } },
	{
		event: 'noteTagged',
		params: { tag: str('x') },
		happen: (n) => n.editAs('alice', n.note('Tea'), { tag: ['kitchen', 'x', 'y'] }),
		payload: { tag: 'x' },
	},
	{ event: 'noteShared', params: {}, happen: (n) => n.shareAs(n.note('Tea'), 'bob'), payload: { title: 'Tea' } },
	{
		event: 'attachmentAdded',
		params: { download: { type: 'bool', value: 'true' } },
		happen: (n) => n.attachAs('alice', n.note('Tea'), 'a.txt', 'Hello'),
		payload: { name: 'a.txt' },
		file: 'Hello',
	},
	{ event: 'notebookCreated', params: {}, happen: (n) => n.notebook('alice', 'Plans'), payload: { title: 'Plans' } },
	{
		event: 'notebookUpdated',
		params: {},
		happen: (n) => (n.notebook('alice', 'Work').stack = 'B'),
		payload: { stack: 'B' },
	},
	{ event: 'todoCreated', params: {}, happen: (n) => n.todoAs('alice', 'Paint'), payload: { title: 'Paint' } },
	{ event: 'todoUpdated', params: {}, happen: (n) => (n.todo('Buy disks').star = true), payload: { star: true } },
	{ event: 'todoCompleted', params: {}, happen: (n) => (n.todo('Buy disks').done = true), payload: { done: true } },
	{
		event: 'todoReopened',
		params: {},
		prepare: (n) => (n.todo('Buy disks').done = true),
		happen: (n) => (n.todo('Buy disks').done = false),
		payload: { done: false },
	},
	{
		event: 'todoDue',
		params: {},
		happen: (n) => n.todoAs('alice', 'Now', { due_date: n.now() }),
		payload: { title: 'Now' },
	},
	{
		event: 'todoOverdue',
		params: {},
		happen: (n) => n.todoAs('alice', 'Old', { due_date: n.now() - 86_400 }),
		payload: { late: true },
	},
];

describe('the trigger node', () => {
	test.each(stories)('$event sends one message, with the file where there is one', async (story) => {
		const { event, params, prepare, happen, payload, file } = story;
		prepare?.(station());
		await deploy(trigger(params, { type: 'synology-note-trigger', trigger: event }));
		await watched(red, 'trigger');
		clock.advance(60_000);
		happen(station());
		await until(() => received('out').length > 0, 'the message');
		expect(received('out')).toHaveLength(1);
		expect(received('out')[0]).toMatchObject({ topic: `note.${event}`, payload });
		expect((received('out')[0]?.['file'] as Buffer | undefined)?.toString()).toBe(file);
	});
});

describe('the example', () => {
	const posts = () => chatOf(simulator.nas).channel('General').posts;

	test('note-meeting-notes writes a note for an event', async () => {
		const flow = await deployExample(red, simulator, 'note-meeting-notes.json');
		await pressButton(red, flow, 'Event');
		await until(() => received(idOf(flow, 'Note')).length + received(idOf(flow, 'Error')).length > 0, 'the note');
		const note = station().note('2027-01-04 Planning of the week');
		expect(note.tag).toEqual(['meeting']);
		expect(note.content).toContain('<h2>Agenda</h2><div><input class="syno-notestation-editor-checkbox"');
	});

	test('note-todo-digest posts what is due', async () => {
		station().todos.clear();
		for (const title of ['Buy disks', 'Pay rent']) station().todoAs('alice', title, { due_date: station().now() + 60 });
		const flow = await deployExample(red, simulator, 'note-todo-digest.json');
		await pressButton(red, flow, 'Every morning');
		await until(() => received(idOf(flow, 'Message')).length + received(idOf(flow, 'Error')).length > 0, 'the message');
		expect(posts().at(-1)?.message).toBe('Due today:\n- Buy disks\n- Pay rent');
	});

	test('note-tag-to-chat posts the public link of a note', async () => {
		const flow = await deployExample(red, simulator, 'note-tag-to-chat.json');
		await watched(red, idOf(flow, 'Tagged'));
		station().editAs('alice', station().note('Tea'), { tag: ['team'] });
		await until(() => received(idOf(flow, 'Posted')).length + received(idOf(flow, 'Error')).length > 0, 'the message');
		expect(posts().at(-1)?.message).toBe('Note for all: <https://nas.example.com:5001/ns/sharing/tea01|Tea>');
	});
});

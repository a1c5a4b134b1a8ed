import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import { driveOf, type DriveState } from '../../src/simulator/services/drive';
import { chatOf } from '../../src/simulator/services/chat/state';
import { own } from '../support/drive-stories';
import { deployExample, idOf, watched } from './examples';
import {
	catcher,
	functionGlobalContext,
	makeUserDir,
	nas,
	NodeRed,
	received,
	sink,
	tab,
	trigger,
	until,
	type FlowNode,
} from './runtime';

let simulator: Simulator;
let red: NodeRed;
let userDir: string;

beforeEach(async () => {
	simulator = await startSimulator();
	userDir = makeUserDir();
	red = await new NodeRed(userDir, { functionGlobalContext }).start();
	for (const id of ['out', 'caught']) received(id).length = 0;
});

afterEach(async () => {
	await red.stop();
	red.remove();
	await simulator.close();
});

const node = (changes: object = {}): FlowNode =>
	trigger(
		{ folder: { type: 'pick', value: '/mydrive/docs' } },
		{ type: 'synology-drive-trigger', trigger: 'fileCreated', additional: 'fileRenamed,fileDeleted', ...changes },
	);
const deploy = async (one: FlowNode) => {
	red.statuses.length = 0;
	await red.deploy([tab, nas(simulator), one, catcher, sink('caught'), sink('out')]);
	await until(() => red.statuses.at(-1)?.text === 'watching', 'the first poll');
};
const drive = (): DriveState => driveOf(simulator.nas);
const told = () =>
	received('out').map(({ topic, payload }) => `${String(topic)} ${(payload as { name: string }).name}`);
const put = (name: string) => void drive().put('alice', `/docs/${name}`, name);
const remove = (name: string) => drive().removeAs('alice', own(drive(), `/docs/${name}`));

describe('a trigger node on several events', () => {
	test('sends each of them once and in order, with its name in msg.topic', async () => {
		await deploy(node());
		put('one.txt');
		put('two.txt');
		drive().renameAs('alice', own(drive(), '/docs/plan.txt'), 'final.txt');
		remove('letter.docx');
		await until(() => told().length >= 4, 'the events');
		const topics = (name: string) => told().filter((line) => line.startsWith(`drive.${name} `));
		expect(topics('fileCreated')).toEqual(['drive.fileCreated one.txt', 'drive.fileCreated two.txt']);
		expect(topics('fileRenamed')).toEqual(['drive.fileRenamed final.txt']);
		expect(topics('fileDeleted')).toEqual(['drive.fileDeleted letter.docx']);
		expect(told()).toHaveLength(4);
	});

	test('catches up with each of them after a restart', async () => {
		await deploy(node());
		put('seen.txt');
		await until(() => told().length === 1, 'the first event');
		await red.stop();
		put('one.txt');
		remove('letter.docx');
		red = await new NodeRed(userDir, { functionGlobalContext }).start();
		await until(() => told().length >= 3, 'the missed events');
		expect(told().sort()).toEqual([
			'drive.fileCreated one.txt',
			'drive.fileCreated seen.txt',
			'drive.fileDeleted letter.docx',
		]);
	});

	test('starts an event that is added at "now", and says so', async () => {
		await deploy(node({ additional: '' }));
		remove('letter.docx');
		await deploy(node());
		expect(red.log.filter((line) => line.includes('"File deleted" is new here: it starts at "now".'))).toHaveLength(1);
		remove('plan.txt');
		await until(() => told().length > 0, 'the event');
		expect(told()).toEqual(['drive.fileDeleted plan.txt']);
	});

	test('goes on with the others while one fails, and reports that one once', async () => {
		await deploy(node({ additional: 'fileShared' }));
		let isBroken = true;
		simulator.use({ 'SYNO.SynologyDrive.Files.shared_with_me': () => (isBroken ? { error: 105 } : undefined) });
		await until(() => red.statuses.at(-1)?.text === 'failing events 1', 'the status');
		put('one.txt');
		await until(() => told().length === 1, 'the other event');
		expect(received('caught')).toHaveLength(1);
		expect((received('caught')[0]?.['error'] as { message: string }).message).toContain(
			'"File shared with me" could not be looked for; the other events go on.',
		);
		drive().shareAs('bob', drive().put('bob', '/shared.txt', 'x'), { type: 'user', name: 'alice' }, 'viewer');
		isBroken = false;
		await until(() => told().length === 2, 'the event that failed');
		expect(told()).toEqual(['drive.fileCreated one.txt', 'drive.fileShared shared.txt']);
	});

	test('says which event does not go with the chosen one', async () => {
		await red.deploy([tab, nas(simulator), node({ additional: 'fileLabeled' }), catcher, sink('caught'), sink('out')]);
		await until(() => received('caught').length === 1, 'the report');
		expect(received('caught')[0]?.['error']).toMatchObject({ code: 'input', cause: { path: ['additional'] } });
	});

	test('tells a channel of every change in the example "drive changes to chat"', async () => {
		drive().put('alice', '/inbox/first.txt', 'x');
		red.statuses.length = 0;
		const flow = await deployExample(red, simulator, 'drive-changes-to-chat.json');
		await watched(red, idOf(flow, 'Change'));
		drive().put('alice', '/inbox/second.txt', 'x');
		drive().removeAs('alice', own(drive(), '/inbox/first.txt'));
		await until(() => received(idOf(flow, 'Message')).length === 2, 'the messages');
		const posts = chatOf(simulator.nas).channel('General').posts.slice(-2);
		expect(posts.map(({ message }) => message).sort()).toEqual([
			'drive.fileCreated: /mydrive/inbox/second.txt',
			'drive.fileDeleted: /mydrive/inbox/first.txt',
		]);
	});
});

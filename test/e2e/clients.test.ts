import '../n8n/environment';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeType } from 'n8n-workflow';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSimulator, type Simulator } from '../../src/simulator';
import { contactsOf } from '../../src/simulator/services/contacts/state';
import { filesOf } from '../../src/simulator/services/file';
import { addType, itemsOf, jsonOf, runNode, synology, type Outcome } from '../n8n/engine';
import { node24, run } from './process.cjs';

let nas: Simulator;
let folder: string;

beforeAll(async () => {
	// What a client asks beyond the dossiers is told, not refused.
	nas = await startSimulator({ allowUnknown: true });
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-clients-'));
});

afterAll(async () => {
	await nas.close();
	await rm(folder, { recursive: true, force: true });
});

const unknown = () => nas.warrants.filter(({ warrant }) => warrant === 'unknown');

describe('python3-caldav', () => {
	test('finds the calendars of the simulated NAS, writes an event, finds it and deletes it', async () => {
		const script = path.join(__dirname, 'clients/caldavClient.py');
		const said = await run('/usr/bin/python3', [script, `${nas.url}/caldav/`, nas.account, nas.password]);
		expect(JSON.parse(said)).toEqual({
			calendars: ['My Calendar', 'Inbox', 'Projects', 'Team'],
			found: ['visit@example.com'],
			summary: 'Visit',
			left: 0,
		});
	});
});

describe('vdirsyncer', () => {
	const settings = (): string =>
		[
			['general', { status_path: `${folder}/status/` }],
			['pair contacts', { a: 'here', b: 'nas', collections: [['suppliers', 'suppliers', 'alice-suppliers']] }],
			['storage here', { type: 'filesystem', path: `${folder}/cards/`, fileext: '.vcf' }],
			['storage nas', { type: 'carddav', url: `${nas.url}/carddav/`, username: nas.account, password: nas.password }],
		]
			.map(([title, values]) => [
				`[${title as string}]`,
				...Object.entries(values as object).map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
			])
			.flat()
			.join('\n');

	const sync = async (...args: string[]) =>
		await run('/usr/bin/vdirsyncer', ['-c', path.join(folder, 'config'), ...args], {
			env: { ...process.env, LC_ALL: 'C.UTF-8' },
		});

	test('copies contacts both ways', async () => {
		await writeFile(path.join(folder, 'config'), settings());
		await mkdir(path.join(folder, 'cards/suppliers'), { recursive: true });
		await sync('discover');
		await sync('sync');
		const cards = path.join(folder, 'cards/suppliers');
		const [file = ''] = await readdir(cards);
		const card = await readFile(path.join(cards, file), 'utf8');
		expect(card).toContain('Paper & Co');
		await writeFile(path.join(cards, file), card.replace(/^FN:.*$/m, 'FN:Paper and Pens'));
		await sync('sync');
		const book = [...contactsOf(nas.nas).books.values()].find(({ name }) => name === 'Suppliers');
		const names = [...(book?.cards.values() ?? [])].map(({ data }) => /^FN:(.*)$/m.exec(data)?.[1]?.trim());
		expect(names).toEqual(['Paper and Pens']);
	});
});

describe('syno', () => {
	const ask = async (service: string, method: string, payload: object = {}) => {
		const cli = path.join(__dirname, 'clients/node_modules/syno/bin/syno.js');
		const url = nas.url.replace('//', `//${nas.account}:${nas.password}@`);
		return JSON.parse(await run(node24, [cli, service, method, '-u', url, '--payload', JSON.stringify(payload)])) as {
			[name: string]: IDataObject[];
		};
	};

	test('signs in with version 3, lists, makes folders and reads download tasks', async () => {
		expect((await ask('fs', 'createFolder', { folder_path: '/docs', name: 'by syno' }))['folders']).toEqual([
			{ isdir: true, name: 'by syno', path: '/docs/by syno' },
		]);
		const listed = (await ask('fs', 'list', { folder_path: '/docs' }))['files'];
		expect(listed?.map(({ name }) => name)).toContain('by syno');
		expect((await ask('dl', 'listTasks'))['tasks']?.[0]).toHaveProperty('status');
		expect(await ask('dsm', 'getInfo')).toHaveProperty('version_string', 'DSM 7.3.2-86009 Update 4');
	});
});

describe('n8n-nodes-synology-filestation', () => {
	beforeAll(() => {
		const { SynologyFileStation } = require(
			path.join(
				__dirname,
				'clients/node_modules/n8n-nodes-synology-filestation/dist/nodes/SynologyFileStation/SynologyFileStation.node.js',
			),
		) as { SynologyFileStation: new () => INodeType };
		addType('foreignFileStation', new SynologyFileStation());
	});

	const foreign = async (parameters: IDataObject, items = itemsOf({})): Promise<Outcome> =>
		await runNode(
			synology('foreignFileStation', parameters as never, { credentials: { synologyApi: { id: '2', name: 'other' } } }),
			items,
			{ other: { baseUrl: nas.url, username: nas.account, password: nas.password } },
		);

	test('makes, finds, renames, copies and deletes', async () => {
		filesOf(nas.nas).write('/docs/report.txt', { content: 'five' });
		const rows = async (resource: string, operation: string, more: IDataObject) => {
			const { error, outputs } = await foreign({ resource, operation, ...more });
			expect(error).toBeUndefined();
			return jsonOf(outputs[0]);
		};
		expect(await rows('file', 'exists', { path: '/docs/report.txt' })).toMatchObject([{ exists: true }]);
		expect(await rows('file', 'exists', { path: '/docs/none.txt' })).toMatchObject([{ exists: false }]);
		expect(await rows('file', 'rename', { path: '/docs/report.txt', newName: 'final.txt' })).toMatchObject([
			{ path: '/docs/final.txt' },
		]);
		await rows('file', 'copy', { path: '/docs/final.txt', destinationFolderPath: '/photo' });
		await rows('file', 'delete', { path: '/docs/final.txt' });
		const user = nas.nas.user('alice');
		expect(['/docs/final.txt', '/photo/final.txt'].map((at) => filesOf(nas.nas).find(user, at)?.kind)).toEqual([
			undefined,
			'file',
		]);
	});

	test('names the routing keys of an upload in the body, which DSM 7.4 refuses, and so does the simulator', async () => {
		const binary = { data: { data: Buffer.from('x').toString('base64'), mimeType: 'text/plain', fileName: 'x.txt' } };
		const upload = { resource: 'file', operation: 'upload', folderPath: '/docs', binaryPropertyName: 'data' };
		const { error } = await foreign(upload, [{ json: {}, binary }]);
		expect(`${error?.message} ${error?.description}`).toContain('101');
		nas.nas.switches.routingInParts = true;
		expect((await foreign(upload, [{ json: {}, binary }])).error).toBeUndefined();
	});
});

test('none of them asked anything whose answer is unknown', () => {
	expect(unknown()).toEqual([]);
});

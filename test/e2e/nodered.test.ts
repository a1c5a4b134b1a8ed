import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allServices } from '../../src/services';
import { nodesOf } from '../../src/nodered/editor/model';
import { type Scheme, shoot } from './browser';
import { type NasServer, Person, startNas } from './nas';
import { inEditor, removeFolders } from './nodered-session';
import { until } from './process.cjs';

const PACKAGE = '@synoflow/n8n-nodes-synology';

/** What somebody would get from a colleague: the flow without the connection, which never leaves a Node-RED. */
const flow = [
	{
		id: 'send',
		type: 'inject',
		name: 'Report',
		props: [],
		repeat: '',
		crontab: '',
		once: false,
		onceDelay: 0.1,
		topic: '',
		x: 140,
		y: 80,
		wires: [['chat']],
	},
	{
		id: 'chat',
		type: 'synology-chat',
		version: 2,
		nas: '',
		resource: 'message',
		operation: 'send',
		params: {},
		x: 340,
		y: 80,
		wires: [['sent']],
	},
	{
		id: 'sent',
		type: 'debug',
		name: 'sent',
		active: true,
		tosidebar: true,
		complete: 'payload',
		targetType: 'msg',
		x: 640,
		y: 80,
		wires: [],
	},
	{
		id: 'news',
		type: 'synology-chat-trigger',
		version: 1,
		nas: '',
		trigger: 'messageReceived',
		params: {},
		interval: '2',
		store: '',
		resume: true,
		x: 160,
		y: 160,
		wires: [['event']],
	},
	{
		id: 'event',
		type: 'debug',
		name: 'event',
		active: true,
		tosidebar: true,
		complete: 'payload.message',
		targetType: 'msg',
		x: 640,
		y: 160,
		wires: [],
	},
];

let nas: NasServer;
let bob: Person;
let general: number;

beforeAll(async () => {
	nas = await startNas();
	bob = await new Person(nas.url).login('bob', 'bob-Passw0rd');
	general = await bob.channelId('General');
});

afterAll(async () => {
	await nas?.stop();
	await removeFolders();
});

describe('the packed package in a whole Node-RED', () => {
	test('the package installs without a download and every node set loads', async () => {
		await inEditor('light', 'nodered-palette', async ({ editor, rest, server }) => {
			const sets = await rest.nodeSets(PACKAGE);
			const types = allServices()
				.flatMap(nodesOf)
				.map(({ type }) => type);
			expect(sets.flatMap((set) => set.types).sort()).toEqual(
				[...types, 'synology-nas', 'synology-chat-bot', 'synology-sso', 'synology-connection'].sort(),
			);
			expect(sets.filter(({ err, enabled }) => err !== undefined || !enabled)).toEqual([]);
			expect(server.log()).not.toMatch(/\[(warn|error)\] .*synolog/i);
			for (const type of types) await editor.paletteNode(type).waitFor();
		});
	});

	test.each<Scheme>(['light', 'dark'])(
		'an imported flow gets a connection, a channel from the list, and then sends and receives (%s)',
		async (scheme) => {
			const text = `Backup finished, ${scheme}`;
			await inEditor(scheme, `nodered-${scheme}`, async ({ editor, rest, server, errors }) => {
				await editor.import(flow, 280, 220);
				await editor.edit('Send a message');
				await editor.addConnection();
				await editor.fillConnection({
					name: 'Office NAS',
					url: nas.url,
					account: nas.account,
					password: 'Not-my-passw0rd',
				});
				const refused = await editor.testConnection();
				expect(refused.ok).toBe(false);
				expect(refused.text).toMatch(/^The account does not exist or the password is wrong/);
				await shoot(editor.page, `nodered-connection-refused-${scheme}`);
				await editor.fillConnection({ password: nas.password });
				expect(await editor.testConnection()).toEqual({ ok: true, text: `Logged in to ${nas.url} as ${nas.account}.` });
				await shoot(editor.page, `nodered-connection-${scheme}`);
				await editor.saveConnection();
				await editor.done();
				await editor.edit('Message received');
				await editor.page.locator('#node-input-nas').selectOption({ label: 'Office NAS' });
				await shoot(editor.page, `nodered-trigger-${scheme}`);
				await editor.done();
				// Before the first deploy a list goes by what the form of the connection says.
				await editor.edit('Send a message');
				expect(await editor.listOf('channel_id', 'gen')).toEqual([`General (${general})`]);
				await editor.cancel();
				// Node-RED warns of the channel that is still missing, and of nothing else.
				const warning = await editor.deployIncomplete();
				expect(warning).toContain('Send a message (synology-chat)');
				expect(warning).not.toContain('synology-chat-trigger');
				await editor.edit('Send a message');
				expect(await editor.listOf('channel_id', 'gen')).toEqual([`General (${general})`]);
				await shoot(editor.page, `nodered-list-${scheme}`);
				await editor.pick('General');
				await editor.field('message').locator('textarea').fill(text);
				await shoot(editor.page, `nodered-form-${scheme}`);
				await editor.done();
				await editor.deploy();

				const chat = await rest.deployed(
					'the message',
					({ type, params }) => type === 'synology-chat' && JSON.stringify(params).includes(text),
				);
				const picked = { type: 'pick', value: String(general), label: 'General' };
				expect(chat['params']).toMatchObject({ message: { value: text }, channel_id: picked });
				await editor.inject('Report');
				expect(await editor.debugMessage('sent')).toContain(text.slice(0, 6));
				expect((await bob.posts(general)).filter((post) => post.message === text)).toHaveLength(1);

				await bob.post(general, `Thanks for the ${scheme} report`);
				expect(await editor.debugMessage(`Thanks for the ${scheme} report`)).toContain('event');
				expect(await until('the trigger shows its state', () => editor.status('Message received'))).toMatch(/\S/);
				await editor.scrollToStart();
				await shoot(editor.page, `nodered-flow-${scheme}`);
				const help = await editor.help('Send a message');
				expect(help).toMatch(/Inputs[\s\S]*Outputs[\s\S]*Details/);
				await shoot(editor.page, `nodered-help-${scheme}`);
				expect(errors).toEqual([]);
				expect(server.log()).not.toContain(nas.password);
				expect(JSON.stringify(await rest.flows())).not.toContain(nas.password);
			});
		},
	);

	test('a saved node opens with the operation that was found by searching, which comes first the next time', async () => {
		await inEditor('light', 'nodered-reopen', async ({ editor, errors }) => {
			const { page } = editor;
			const open = async () => {
				await page.locator('.red-ui-flow-node-group.red-ui-flow-node-selected').dblclick();
				await page.locator('.synoflow-entry:visible').waitFor();
			};
			await editor.drag('synology-chat', 300, 200);
			await open();
			expect((await editor.search('list channel'))[0]).toBe('List channels');
			expect(await editor.search('syno.chat.post create')).toContain('Send a message');
			expect((await editor.search('publish'))[0]).toBe('Send a message');
			expect(await editor.search('no such thing')).toEqual([]);
			await shoot(page, 'nodered-chooser-nothing');
			await editor.chooser.fill('list channels');
			await shoot(page, 'nodered-chooser');
			await page.keyboard.press('Enter');
			expect(await editor.chooser.inputValue()).toBe('List channels');
			// Escape closes the list and not the form, and leaves what was chosen.
			await editor.search('send');
			await page.keyboard.press('Escape');
			expect(await editor.chooser.inputValue()).toBe('List channels');
			await page.locator('#node-dialog-ok').click();
			await page.locator('#node-dialog-ok').waitFor({ state: 'detached' });
			await editor.node('Chat · List channels').waitFor();
			await open();
			expect(await page.locator('#node-input-resource').inputValue()).toBe('channel');
			expect(await page.locator('#node-input-operation').inputValue()).toBe('list');
			expect((await editor.search(''))[0]).toBe('List channels');
			expect(errors).toEqual([]);
		});
	});

	test('a pick list that is too long says so, and typing on finds the others', async () => {
		await inEditor('light', 'nodered-long-list', async ({ editor, errors }) => {
			await editor.import(
				[{ ...flow[1], id: 'api', type: 'synology-api', resource: 'call', operation: 'run', wires: [[]] }],
				280,
				220,
			);
			await editor.edit('Run an API call');
			await editor.addConnection();
			await editor.fillConnection({ name: 'Office NAS', url: nas.url, account: nas.account, password: nas.password });
			await editor.saveConnection();
			const [note, ...rows] = await editor.listOf('api', 'SYNO.');
			expect([note, rows.length]).toEqual(['Only the first 200 are listed. Type to find others.', 200]);
			await editor.pick('Only the first');
			expect(await editor.field('api').locator('.red-ui-typedInput-input:visible').inputValue()).toBe('SYNO.');
			const shown = async () => (await editor.listOf('api', 'SYNO.FileStation.Upload')).join();
			await until('the one that fits is listed', async () => (await shown()) === 'SYNO.FileStation.Upload');
			expect(errors).toEqual([]);
		});
	});

	test('an operation is chosen with the keyboard alone, and a screen reader is told which one is meant', async () => {
		await inEditor('light', 'nodered-keyboard', async ({ editor, errors }) => {
			const { page } = editor;
			const { keyboard } = page;
			const chooser = page.getByRole('combobox', { name: 'Operation', exact: true });
			await editor.drag('synology-chat', 300, 200);
			await keyboard.press('Enter');
			await page.locator('.synoflow-entry:visible').waitFor();
			await page.locator('#node-input-name').focus();
			for (let at = 0; at < 12 && !(await chooser.evaluate((one) => one.matches(':focus'))); at++)
				await keyboard.press('Tab');
			expect(await chooser.getAttribute('aria-expanded')).toBe('true');
			await keyboard.type('list channel');
			const told = async () => {
				const id = await chooser.getAttribute('aria-activedescendant');
				return await page.locator(`[role=listbox] #${id}[role=option] > div:first-child`).innerText();
			};
			expect(await told()).toBe('List channels');
			await keyboard.press('ArrowDown');
			expect(await told()).not.toBe('List channels');
			await keyboard.press('ArrowUp');
			await keyboard.press('Enter');
			expect(await chooser.getAttribute('aria-expanded')).toBe('false');
			expect(await chooser.inputValue()).toBe('List channels');
			await page.locator('.synoflow-entry[data-entry="channel.list"]:visible').waitFor();
			expect(errors).toEqual([]);
		});
	});

	test.each([
		['upload', ['synology-drive', 'synology-file']],
		['diskstation', ['synology-chat', 'synology-system']],
		['Nachricht', ['synology-chat']],
	])('the search of the palette finds nodes by "%s"', async (query, types) => {
		await inEditor('light', 'nodered-palette-search', async ({ editor }) => {
			await until('the palette is ready', async () => {
				const words = await editor.paletteNode('synology-chat').getAttribute('data-palette-label');
				return words?.includes('diskstation');
			});
			await editor.page.locator('#red-ui-palette-search input').pressSequentially(query);
			await editor.paletteNode('inject').waitFor({ state: 'hidden' });
			for (const type of types) await editor.paletteNode(type).waitFor();
		});
	});
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allServices } from '../../src/services';
import { RESOURCES, SCRIPT, STYLE } from '../../src/nodered/editor/html';
import type { ServiceForms, ServiceTitles } from '../../src/nodered/browser/data';
import { nodesOf } from '../../src/nodered/editor/model';
import { makeUserDir, NodeRed, PACKAGE } from './runtime';

interface NodeSet {
	id: string;
	module: string;
	types: string[];
	enabled: boolean;
	err?: unknown;
}

const TYPES = [
	'synology-nas',
	'synology-chat-bot',
	'synology-sso',
	'synology-connection',
	...allServices()
		.flatMap(nodesOf)
		.map(({ type }) => type),
];

let red: NodeRed;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir()).start();
});

afterAll(async () => {
	await red.stop();
	red.remove();
});

const own = async (): Promise<NodeSet[]> =>
	((await (await red.get('/nodes')).json()) as NodeSet[]).filter(({ module }) => module === PACKAGE);

const page = async (language: string): Promise<string> =>
	await (await red.get('/nodes', 'text/html', { 'accept-language': language })).text();

describe('Node-RED loads the built package', () => {
	test('with every node set enabled and without an error', async () => {
		const sets = await own();
		expect(sets.filter(({ err, enabled }) => err !== undefined || !enabled)).toEqual([]);
		expect(sets.flatMap(({ types }) => types).sort()).toEqual([...TYPES].sort());
	});

	test('and serves a form for every type', async () => {
		const html = await page('en-US');
		for (const type of TYPES) expect(html).toContain(`data-template-name="${type}"`);
	});

	test.each(['en-US', 'de'])('and serves a stub of the help for every type in %s', async (language) => {
		const html = await page(language);
		for (const type of TYPES) expect(html).toContain(`data-help-name="${type}"`);
		expect(html).toContain('<div data-help="synology-chat"></div>');
		expect(html).not.toContain('dl class="message-properties">\n		<dt class="optional">&lt;parameter');
	});

	test.each([
		['en-US', 'Posts a message to a channel'],
		['de', 'Sendet eine Nachricht an einen Kanal'],
	])('and serves the whole help when it is asked for, in %s', async (language, text) => {
		const help = await red.get(`/${RESOURCES}/help/synology-chat.${language}.html`);
		expect(await help.text()).toContain(text);
		for (const type of allServices()
			.flatMap(nodesOf)
			.map((spec) => spec.type))
			expect((await red.get(`/${RESOURCES}/help/${type}.${language}.html`)).status).toBe(200);
	});

	test.each([
		['en-US', 'Send a message'],
		['de', 'Nachricht senden'],
	])('and serves the titles of all operations when a node is drawn, in %s', async (language, title) => {
		const messages = (await (await red.get(`/nodes/messages?lng=${language}`)).json()) as Record<string, unknown>;
		expect(messages[`${PACKAGE}/synology-chat`]).toMatchObject({
			palette: { label: { synology: 'Synology' } },
			'synology-chat': { title: 'Synology Chat' },
		});
		const titles = (await (await red.get(`/${RESOURCES}/titles/chat.${language}.json`)).json()) as ServiceTitles;
		expect(titles['synology-chat']).toMatchObject({ service: 'Chat', entries: { message: { send: title } } });
	});

	test.each([
		['en-US', 'Channel'],
		['de', 'Kanal'],
	])('and serves the form of an operation when it is asked for, in %s', async (language, title) => {
		const forms = (await (await red.get(`/${RESOURCES}/forms/chat.${language}.json`)).json()) as ServiceForms;
		const [field] = forms['synology-chat']!['message']!['send']!.fields;
		expect(field).toMatchObject({ name: 'channel_id', kind: 'picker', title, required: true, picker: 'list' });
	});

	test('and serves icons and shared code', async () => {
		for (const icon of ['chat.svg', 'api.svg']) {
			const answer = await red.get(`/icons/${PACKAGE}/${icon}`);
			expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
		}
		for (const file of [SCRIPT, STYLE]) expect((await red.get(`/${RESOURCES}/${file}`)).status).toBe(200);
	});
});

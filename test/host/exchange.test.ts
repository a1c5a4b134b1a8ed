import { describe, expect, test } from '@jest/globals';
import { exchanged } from '../../src/host/command/exchange';

const FULL = '@synoflow/n8n-nodes-synology';
const workflow = (name: string) => ({
	name: 'Backup',
	nodes: [
		{ name: 'Chat', type: `${name}.synologyChat`, parameters: { type: 'normal', text: `${FULL}.synologyChat` } },
		{ name: 'Tool', type: `${name}.synologyFileTool`, credentials: { synologyNasApi: { id: '1', name: 'NAS' } } },
		{ name: 'Set', type: 'n8n-nodes-base.set' },
	],
	connections: { Chat: { main: [[{ node: 'Set', type: 'main', index: 0 }]] } },
});

describe('exported workflows', () => {
	test('get the nodes of the other package and keep everything else, and come back as they were', () => {
		const there = exchanged(JSON.stringify(workflow(FULL)), 'strict');
		expect(there.count).toBe(2);
		expect(JSON.parse(there.text)).toEqual(workflow(`${FULL}-strict`));
		const back = exchanged(there.text, 'full');
		expect(back.count).toBe(2);
		expect(JSON.parse(back.text)).toEqual(workflow(FULL));
	});

	test('may be many, and those that are there already stay', () => {
		const all = [workflow(FULL), workflow(`${FULL}-strict`)];
		const { text, count } = exchanged(JSON.stringify(all), 'strict');
		expect(count).toBe(2);
		expect(JSON.parse(text)).toEqual([workflow(`${FULL}-strict`), workflow(`${FULL}-strict`)]);
	});

	test('that are none are refused with the way to get one', () => {
		expect(() => exchanged('<html>', 'full')).toThrow('What was read is no exported workflow: it is not JSON.');
	});
});

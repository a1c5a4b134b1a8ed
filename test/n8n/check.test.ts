import { describe, expect, test } from '@jest/globals';
import { BinaryDataService } from 'n8n-core';
import { readReport } from '../../src/build/learn/read';
import { itemsOf, jsonOf, runNode, service, synology } from './engine';
import { withNas } from './support';

const check = (options: object) =>
	synology('synologyApi', { resource: 'nas', operation: 'checkNas', options } as never);

describe('Check this NAS', () => {
	test('gives an item for each service, and the report as a file of the first', async () => {
		await withNas({ allowUnknown: true, dsm: '7.2.2' }, async ({ simulator, credentials }) => {
			const node = check({ services: ['file', 'chat'] });
			const { outputs, error } = await runNode(node, itemsOf({ mine: 1 }), credentials);
			expect(error).toBeUndefined();
			const [items] = outputs;
			const facts = { dsm: '7.2.2-72806 Update 9', complete: true };
			expect(jsonOf(items)).toEqual([
				{
					...{ service: 'chat', title: 'Chat', works: 0, differs: 0, missing: 38, refused: 0, failed: 0, skipped: 4 },
					reasons: ['38 × needs the package "Synology Chat Server"', '4 × needs the connection of a bot'],
					...facts,
				},
				{
					...{ service: 'file', title: 'File Station', works: 15, differs: 0, missing: 0, refused: 0, failed: 0 },
					...{ skipped: 6, reasons: expect.arrayContaining(['4 × left out: it would keep the NAS busy']) },
					...facts,
				},
			]);
			expect(items!.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
			expect(items!.map(({ binary = {} }) => Object.keys(binary))).toEqual([['report'], []]);
			const { fileName, mimeType, ...data } = items![0]!.binary!['report']!;
			expect([fileName, mimeType]).toEqual(['synology-check.json', 'application/json']);
			const text = String(await service(BinaryDataService).getAsBuffer({ fileName, mimeType, ...data } as never));
			expect(readReport(text)).toMatchObject({ dsm: facts.dsm, administrator: true, complete: true });
			for (const secret of [simulator.password, simulator.account, simulator.url]) expect(text).not.toContain(secret);
		});
	});

	test('ends at the time limit of its form, and says so in each item', async () => {
		await withNas({ allowUnknown: true }, async ({ simulator, credentials }) => {
			simulator.nas.faults.latency(400);
			const { outputs } = await runNode(check({ services: ['system'], time_limit: 1 }), itemsOf({}), credentials);
			const [row] = jsonOf(outputs[0]);
			expect(row).toMatchObject({ service: 'system', complete: false });
			expect(String(row!['reasons'])).toContain('no time was left');
		});
	});

	test('tells an ordinary account which right is missing', async () => {
		await withNas({ allowUnknown: true, account: 'user' }, async ({ credentials }) => {
			const { outputs } = await runNode(check({ services: ['system'] }), itemsOf({}), credentials);
			const [row] = jsonOf(outputs[0]);
			expect(row!['refused']).toBeGreaterThan(20);
			expect(String(row!['reasons'])).toContain('needs an administrator');
		});
	});
});

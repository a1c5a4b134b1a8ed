import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { DsmApiError, DsmConnectionError, DsmPermissionError } from '../../src/core/errors';
import { failure } from '../support/nas';
import { Node, play } from './pollNode';

describe('the file of an event that cannot be read', () => {
	test.each([
		['407', new DsmPermissionError('No permission for the file.', { dsmCode: 407 })],
		['105', new DsmPermissionError('No permission.', { dsmCode: 105 })],
		['401', new DsmApiError('Unknown error of the file.', { dsmCode: 401 })],
		['117', new DsmApiError('Something went wrong.', { dsmCode: 117 })],
		['no code of DSM', new Error('no space left')],
	])('with %s is tried three times, then the event is told without it', async (_, fault) => {
		await play(async (node, source) => {
			source.list.push(3, 4, 5);
			source.faults.set('4', fault);
			for (let attempt = 0; attempt < 2; attempt++) expect(await failure(node.poll())).toBe(fault);
			expect(node.told).toEqual(['3']);
			await node.poll();
			expect(node.told).toEqual(['3', `4: ${fault.message}`, '5']);
			expect(node.lines).toEqual([expect.stringContaining(`told without. ${fault.message}`)]);
		});
	});

	test('is waited for while the NAS cannot be reached or is busy', async () => {
		await play(async (node, source) => {
			source.list.push(3);
			const faults = [
				new DsmConnectionError('Refused.', {}),
				new DsmApiError('Busy.', { dsmCode: 402, retryable: true }),
			];
			for (let attempt = 0; attempt < 8; attempt++) {
				source.faults.set('3', faults[attempt % 2]!);
				await failure(node.poll());
			}
			source.faults.clear();
			await node.poll();
			expect(node.told).toEqual(['3']);
		});
	});

	test('is left out when it cannot be had for long although polls go well', async () => {
		await play(async (node, source) => {
			source.list.push(3, 4);
			source.faults.set('3', new DsmConnectionError('Timed out.', {}));
			for (let attempt = 1; attempt < 20; attempt++) await failure(node.poll());
			expect(node.told).toEqual([]);
			await node.poll();
			expect(node.told).toEqual(['3: Timed out.', '4']);
		});
	});

	test('counts over pollers that are made for each poll', async () => {
		await play(async (node, source, scene) => {
			source.list.push(3);
			source.faults.set('3', new DsmApiError('Unknown.', { dsmCode: 401 }));
			const attempts = new Map<string, number>();
			const told: string[] = [];
			for (let poll = 0; poll < 3; poll++) {
				const one = new Node(scene, source, node.store, { attempts });
				await one.poll().catch(() => undefined);
				told.push(...one.told);
			}
			expect(told).toEqual(['3: Unknown.']);
			expect(attempts.size).toBe(0);
		});
	});

	test('that breaks off on its way counts as one that cannot be read', async () => {
		await play(async (node, source) => {
			source.list.push(3);
			source.file = (id) => ({
				name: id,
				type: 'text/plain',
				stream: new Readable({ read: (): void => void 0 }).destroy(new Error('cut')),
			});
			for (let attempt = 0; attempt < 2; attempt++) await failure(node.poll());
			await node.poll();
			expect(node.told).toEqual(['3: cut']);
		});
	});
});

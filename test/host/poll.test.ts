import { describe, expect, test } from '@jest/globals';
import { DsmApiError } from '../../src/core/errors';
import type { Place } from '../../src/host/poll';
import { failure } from '../support/nas';
import { MemoryPlace } from '../support/place';
import { Node, play } from './pollNode';

describe('a poller', () => {
	test('begins at "now" and tells what comes after that, once and in order', async () => {
		await play(async (node, source) => {
			expect(node.store.saved).toEqual({ v: 2, of: expect.any(String), cursor: { v: 1, at: 2 }, recent: [] });
			source.list.push(3, 4);
			expect([await node.poll(), await node.poll()]).toEqual([
				{ told: 2, more: false },
				{ told: 0, more: false },
			]);
			expect(node.told).toEqual(['3', '4']);
			expect(node.lines).toEqual([]);
		});
	});

	test('says whether more is waiting, and tells no key twice', async () => {
		await play(async (node, source) => {
			source.list.push(3, 4, 3, 5);
			source.page = 3;
			expect(await node.poll()).toEqual({ told: 2, more: true });
			expect(await node.poll()).toEqual({ told: 1, more: false });
			expect(node.told).toEqual(['3', '4', '5']);
		});
	});

	test('says once that what was seen is not believed, over restarts, and again the next time', async () => {
		await play(async (node, source, scene) => {
			source.doubt = 'The list looks wrong.';
			expect(await node.poll()).toEqual({ told: 0, more: false, doubt: 'The list looks wrong.' });
			source.list.push(3);
			await node.poll();
			const other = new Node(scene, source, node.store);
			expect((await other.poll()).doubt).toBe('The list looks wrong.');
			expect([...node.lines, ...other.lines]).toEqual(['The list looks wrong.']);
			source.doubt = undefined;
			await other.poll();
			source.doubt = 'The list looks wrong.';
			await other.poll();
			expect(other.lines).toEqual(['The list looks wrong.']);
		});
	});

	test('saves nothing when nothing changed', async () => {
		await play(async (node) => {
			const { saves } = node.store;
			await node.poll();
			expect(node.store.saves).toBe(saves);
		});
	});

	test('keeps the keys of the newest 500 events', async () => {
		await play(async (node, source) => {
			source.list.push(...Array.from({ length: 510 }, (_, index) => 1000 + index));
			expect(await node.poll()).toEqual({ told: 510, more: false });
			const { recent } = node.store.saved as Place;
			expect([recent.length, recent[0], recent.at(-1)]).toEqual([500, '1010', '1509']);
		});
	});

	test('goes on from the saved place after a restart', async () => {
		await play(async (node, source, scene) => {
			source.list.push(3);
			const again = new Node(scene, source, new MemoryPlace(node.store.saved));
			await again.poll();
			expect(again.told).toEqual(['3']);
		});
	});

	test('repeats nothing while it runs when the place could not be saved, and loses nothing after a restart', async () => {
		await play(async (node, source, scene) => {
			const before = node.store.saved;
			node.store.fault = new Error('disk full');
			source.list.push(3);
			expect(await failure(node.poll())).toMatchObject({ message: 'disk full' });
			source.list.push(4);
			node.store.fault = undefined;
			await node.poll();
			expect(node.told).toEqual(['3', '4']);
			const again = new Node(scene, source, new MemoryPlace(before));
			await again.poll();
			expect(again.told).toEqual(['3', '4']);
		});
	});

	test('goes on after the last event that was told when one could not be, however many there were', async () => {
		await play(async (node, source, scene) => {
			source.list.push(...Array.from({ length: 700 }, (_, index) => 1000 + index));
			node.fault = { id: '1600', error: new Error('full') };
			expect(await failure(node.poll())).toMatchObject({ message: 'full' });
			expect(node.told).toHaveLength(600);
			expect(node.store.saved).toMatchObject({ cursor: { at: 2 } });
			const again = new Node(scene, source, new MemoryPlace(node.store.saved));
			await again.poll();
			expect(again.told[0]).toBe('1600');
			expect(again.told).toHaveLength(100);
			expect((again.store.saved as Place).recent).toHaveLength(500);
		});
	});

	test('tells nothing more once its node is closed, and the rest after the next start', async () => {
		await play(async (node, source, scene) => {
			source.list.push(3, 4);
			const closing: Node = new Node(scene, source, new MemoryPlace(node.store.saved), {
				isClosed: (): boolean => closing.told.length > 0,
			});
			expect(await closing.poll()).toEqual({ told: 1, more: false });
			const again = new Node(scene, source, new MemoryPlace(closing.store.saved));
			await again.poll();
			expect([closing.told, again.told]).toEqual([['3'], ['4']]);
		});
	});

	test('has samples with their files, and moves nothing for them', async () => {
		await play(async (node, source) => {
			source.list.push(3);
			source.faults.set('3', new DsmApiError('It is gone.', { dsmCode: 408 }));
			const before = node.store.saved;
			expect(await node.poller.samples(node.tell)).toBe(2);
			expect(node.told).toEqual(['2', '3: It is gone.']);
			expect(node.store.saved).toEqual(before);
		});
	});
});

import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { service, trigger, type PollAnswer } from '../../src/catalog/operation';
import type { FileAnswer } from '../../src/core/call';
import { DsmApiError, DsmConnectionError, DsmPermissionError } from '../../src/core/errors';
import { formerlyInN8n, formerlyInNodeRed, identityOf } from '../../src/host/identity';
import { Poller, type Place, type Polled, type PollerOptions, type Told } from '../../src/host/poll';
import { z } from '../../src/vendor/zod';
import { plenty } from '../support/follow';
import { failure, withNas, type Scene } from '../support/nas';
import { MemoryPlace } from '../support/place';

const event = z.object({ id: z.coerce.string<string | number>() });
const owner = { url: 'https://nas.example.com:5001', account: 'alice' };
const params = { channel: 'a', keyword: '', download: true };

/** What happens on the NAS, as the test plays it: a list that grows. */
class Source {
	readonly list: number[] = [];
	/** Most events of one poll. */
	page = Infinity;
	polls = 0;
	/** Why what polls see is not believed. */
	doubt: string | undefined;
	/** Thrown by files, by the id of the event. */
	readonly faults = new Map<string, Error>();
	files = 0;

	readonly trigger = trigger({
		title: 'New thing',
		summary: 'Starts when there is a new thing.',
		params: z.object({ channel: z.string(), keyword: z.string(), download: z.boolean() }),
		basis: 'guide',
		uses: [],
		cursor: z.object({ v: z.literal(1), at: z.number() }),
		event,
		key: ({ id }) => id,
		filters: ['keyword', 'download'],
		start: async () => await Promise.resolve({ v: 1 as const, at: this.list.length }),
		poll: async (_params, { at }): Promise<PollAnswer<{ v: 1; at: number }, { id: number }>> => {
			this.polls++;
			const found = this.list.slice(at, at + this.page);
			const next = at + found.length;
			return await Promise.resolve({
				events: found.map((id) => ({ id })),
				cursor: { v: 1, at: next },
				more: next < this.list.length,
				doubt: this.doubt,
			});
		},
		sample: async () => await Promise.resolve(this.list.slice(-2).map((id) => ({ id }))),
		file: async ({ id }) => {
			const fault = this.faults.get(id);
			if (fault) throw fault;
			this.files++;
			return await Promise.resolve(this.file(id));
		},
	});

	constructor() {
		service({
			id: 'test',
			title: 'Test',
			summary: '',
			apis: '',
			errors: {},
			resources: {},
			triggers: { thing: this.trigger },
		});
	}

	file = (id: string): FileAnswer => ({ name: `${id}.txt`, type: 'text/plain', stream: Readable.from([id]) });
}

/** A node of a host: told events by their ids, with what is wrong with their files. */
class Node {
	readonly told: string[] = [];
	readonly lines: string[] = [];
	/** Thrown while this event is told. */
	fault: { id: string; error: Error } | undefined;
	readonly poller: Poller;

	constructor(
		{ dsm }: Scene,
		readonly source: Source,
		readonly store = new MemoryPlace(),
		changes: Partial<PollerOptions> = {},
	) {
		const of = identityOf(source.trigger, owner, params);
		const log = (line: string) => void this.lines.push(line);
		this.poller = new Poller({ trigger: source.trigger, params, dsm, of, store, log, ...changes });
	}

	tell = async ({ event: one, file, fileError }: Told): Promise<void> => {
		const { id } = one as z.output<typeof event>;
		if (this.fault?.id === id) throw this.fault.error;
		const text = file && String(await file.stream.toArray());
		this.told.push([id, ...(text === id ? [] : [fileError ?? 'no file'])].join(': '));
	};

	async poll(): Promise<Polled> {
		return await this.poller.poll(this.tell, plenty);
	}
}

const play = async (run: (node: Node, source: Source, scene: Scene) => Promise<void>): Promise<void> =>
	await withNas({}, async (scene) => {
		const source = new Source();
		source.list.push(1, 2);
		const node = new Node(scene, source);
		await node.poll();
		await run(node, source, scene);
	});

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

describe('a saved place', () => {
	const saved = (place: object) => ({ cursor: { v: 1, at: 1 }, recent: ['1'], ...place });
	const other = async (place: unknown, changes: Partial<PollerOptions> = {}) =>
		await withNas({}, async (scene) => {
			const source = new Source();
			source.list.push(1, 2);
			const node = new Node(scene, source, new MemoryPlace(place), changes);
			await node.poll();
			source.list.push(3);
			await node.poll();
			return { told: node.told, lines: node.lines, saved: node.store.saved as Place };
		});
	const { trigger: declared } = new Source();
	const of = (changes: object = {}, at = owner) => identityOf(declared, at, { ...params, ...changes });

	test('holds when only filters changed', async () => {
		const { told } = await other(saved({ v: 2, of: of({ keyword: 'x', download: false }) }));
		expect(told).toEqual(['2', '3']);
	});

	test.each([
		['https://NAS.example.com:5001/', 'alice'],
		['https://nas.example.com', ' Alice'],
		['nas.example.com:5001', 'alice'],
	])('holds when the connection is only written otherwise: %s, "%s"', async (url, account) => {
		expect((await other(saved({ v: 2, of: of({}, { url, account }) }))).told).toEqual(['2', '3']);
	});

	test.each([
		['another NAS', of({}, { ...owner, url: 'https://other.example.com:5001' }), 'another NAS or account'],
		['another account', of({}, { ...owner, account: 'bob' }), 'another NAS or account'],
		['other parameters', of({ channel: 'b' }), 'watch something else'],
	])('of %s is left: the trigger starts at "now" and says so', async (_, belongs, words) => {
		const { told, lines } = await other(saved({ v: 2, of: belongs }));
		expect(told).toEqual(['3']);
		expect(lines).toEqual([expect.stringContaining(words)]);
	});

	test.each([
		['a text that is none', '{'],
		['a later version', saved({ v: 3, of: of() })],
		['another cursor', saved({ v: 2, of: of(), cursor: { v: 9 } })],
	])('that cannot be read, as %s, is left: the trigger starts at "now" and says so', async (_, place) => {
		const { told, lines } = await other(place);
		expect(told).toEqual(['3']);
		expect(lines).toEqual(['The saved place cannot be read: it starts at "now".']);
	});

	test('of n8n, version 1, is a text under the credential and the form, and is read on', async () => {
		const form = { channel: 'a', list: [7, '8'], keyword: 'x' };
		const formerly = formerlyInN8n('thing', 'c1', form);
		// As version 1 wrote it: sha256(JSON.stringify(["thing","c1",{…}])), 16 digits.
		expect(formerly).toEqual(['84b9a9bee456642a', '3702dbf484f38e5f']);
		for (const hash of formerly) {
			const { told, saved: now } = await other(JSON.stringify(saved({ v: 1, of: hash })), { formerly });
			expect(told).toEqual(['2', '3']);
			expect(now).toEqual({ v: 2, of: of(), cursor: { v: 1, at: 3 }, recent: ['1', '2', '3'] });
		}
	});

	test('of Node-RED, version 1, has no number, and is read on', async () => {
		const formerly = formerlyInNodeRed(declared, owner, params);
		expect(formerly).toEqual(['2b1d623ffc6d0d3ea941fde7fb437808263dbe80723165b1cce0e5c9749782e3']);
		const { told, saved: now } = await other(saved({ of: formerly[0] }), { formerly });
		expect(told).toEqual(['2', '3']);
		expect(now).toMatchObject({ v: 2, of: of() });
	});

	test('of version 1 that belongs to something else is left', async () => {
		const { told, lines } = await other(saved({ of: 'other' }), { formerly: ['mine'] });
		expect(told).toEqual(['3']);
		expect(lines).toHaveLength(1);
	});

	test('shows neither address nor account nor parameters', () => {
		expect(of()).toMatch(/^[0-9a-f]{16}-[0-9a-f]{16}$/);
	});
});

import { Readable } from 'node:stream';
import { service, trigger, type PollAnswer } from '../../src/catalog/operation';
import type { FileAnswer } from '../../src/core/call';
import { identityOf } from '../../src/host/identity';
import { Poller, type Polled, type PollerOptions, type Told } from '../../src/host/poll';
import { z } from '../../src/vendor/zod';
import { plenty } from '../support/follow';
import { withNas, type Scene } from '../support/nas';
import { MemoryPlace } from '../support/place';

export const event = z.object({ id: z.coerce.string<string | number>() });
export const owner = { url: 'https://nas.example.com:5001', account: 'alice' };
export const params = { channel: 'a', keyword: '', download: true };

/** What happens on the NAS, as the test plays it: a list that grows. */
export class Source {
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
export class Node {
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

export const play = async (run: (node: Node, source: Source, scene: Scene) => Promise<void>): Promise<void> =>
	await withNas({}, async (scene) => {
		const source = new Source();
		source.list.push(1, 2);
		const node = new Node(scene, source);
		await node.poll();
		await run(node, source, scene);
	});

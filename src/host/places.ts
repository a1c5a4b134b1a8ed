import { z } from '../vendor/zod';
import type { Place, PlaceStore } from './poll';

/** One value that a host keeps for a node. */
export interface NodeStore {
	/** What was saved last, in whatever form. */
	load: () => Promise<unknown>;
	/** Undefined removes it. */
	save: (value: object | undefined) => Promise<void>;
}

/** What is kept for a node that watches several events: the place of each, by name. A node with one event keeps that place alone. */
const severalForm = z.object({ v: z.literal(3), events: z.record(z.string(), z.unknown()) });

/** Stands for the name of the event in a node that had only one: its place does not say which. */
const SINGLE = '';

interface PlacesOptions {
	store: NodeStore;
	/** Names of the events that are watched, the chosen one first. */
	names: readonly string[];
	/** Told that an event has no place in a node that has others. */
	added: (name: string) => void;
}

/** The places of all events of a node, kept as one value: so they are saved together, and what is no longer watched is forgotten. */
export class Places {
	readonly #options: PlacesOptions;
	#read: Promise<Map<string, unknown>> | undefined;
	#isNew = true;
	#saving: Promise<void> = Promise.resolve();
	/** Whether something was saved since this was made. */
	hasSaved = false;

	constructor(options: PlacesOptions) {
		this.#options = options;
	}

	/** The place of one event; `of`: what belongs to it (host/identity.ts). */
	at(name: string, of: string): PlaceStore {
		return {
			load: async () => {
				const kept = await this.#kept();
				const single = name === this.#options.names[0] ? kept.get(SINGLE) : undefined;
				const place = kept.get(name) ?? [...kept.values()].find((one) => isOf(one, of)) ?? single;
				if (place === undefined && !this.#isNew) this.#options.added(name);
				return place;
			},
			save: async (place) => await this.#save(name, place),
		};
	}

	async #kept(): Promise<Map<string, unknown>> {
		return await (this.#read ??= this.#load());
	}

	async #load(): Promise<Map<string, unknown>> {
		const saved = asObject(await this.#options.store.load());
		if (saved === undefined || saved === null) return new Map();
		this.#isNew = false;
		const several = severalForm.safeParse(saved).data;
		return new Map(several ? Object.entries(several.events) : [[SINGLE, saved]]);
	}

	async #save(name: string, place: Place | undefined): Promise<void> {
		const { store, names } = this.#options;
		const kept = await this.#kept();
		kept.set(name, place);
		this.hasSaved = true;
		// One after the other: a store may take its time, and the last value has all places.
		const turn = this.#saving.then(async () => await store.save(valueOf(names, kept)));
		this.#saving = turn.catch(() => undefined);
		await turn;
	}
}

function valueOf(names: readonly string[], kept: ReadonlyMap<string, unknown>): object | undefined {
	const watched = names.flatMap((name) => (kept.get(name) === undefined ? [] : [[name, kept.get(name)] as const]));
	if (names.length === 1) return watched[0]?.[1] as object | undefined;
	return { v: 3, events: Object.fromEntries(watched) };
}

const isOf = (saved: unknown, of: string): boolean =>
	typeof saved === 'object' && saved !== null && (saved as { of?: unknown }).of === of;

/** n8n keeps a text. What cannot be read stays as it is, for the poller to say so. */
function asObject(saved: unknown): unknown {
	if (typeof saved !== 'string') return saved;
	try {
		return JSON.parse(saved) as unknown;
	} catch {
		return saved;
	}
}

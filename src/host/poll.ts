import { idOf, shaped, type AnyTrigger, type Budget, type PollAnswer } from '../catalog/operation';
import { Meter } from '../core/budget';
import type { FileAnswer } from '../core/call';
import { presentable } from '../core/download';
import type { Dsm } from '../core/dsm';
import { isDsmError } from '../core/errors';
import { z } from '../vendor/zod';
import { sameOwner } from './identity';

/** Keys of the newest events that are kept to tell repeats. */
const RECENT = 500;
/** How often the file of an event is tried before the event is told without it. */
const ATTEMPTS = 3;
/** The same while the NAS cannot be reached or is busy: longer, but not for ever, as each poll before it went well. */
const PASSING_ATTEMPTS = 20;

/** How far a trigger has come, as hosts save it. No secrets. */
export interface Place {
	v: 2;
	/** What it belongs to (host/identity.ts). */
	of: string;
	cursor: unknown;
	/** Keys of the newest events that were told, oldest first. */
	recent: string[];
	/** What was seen was not believed, and the user has been told so. */
	doubted?: true | undefined;
}

/** Where the place of one trigger node is kept. */
export interface PlaceStore {
	/** What was saved last, in whatever form. */
	load: () => Promise<unknown>;
	/** Undefined removes it. */
	save: (place: Place | undefined) => Promise<void>;
}

/** Version 1 was a text in n8n, and had no number in Node-RED; `of` was made by other rules. */
const savedForm = z.object({
	v: z.union([z.literal(1), z.literal(2)]).default(1),
	of: z.string(),
	cursor: z.unknown(),
	recent: z.array(z.string()),
	doubted: z.literal(true).optional(),
});

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

const readSaved = (saved: unknown) => savedForm.safeParse(typeof saved === 'string' ? parsed(saved) : saved).data;

/** An event on its way to the flow. */
export interface Told {
	event: unknown;
	/** What belongs to it, when the trigger gives files. */
	file?: FileAnswer;
	/** Why its file is missing. */
	fileError?: string;
}

export type Tell = (told: Told) => Promise<void> | void;

export interface PollerOptions {
	trigger: AnyTrigger;
	/** As the trigger takes them. */
	params: object;
	dsm: Dsm;
	/** What the place belongs to (host/identity.ts). */
	of: string;
	/** The same by the rules of version 1. */
	formerly?: readonly string[];
	store: PlaceStore;
	/** Told what a user should know, in a sentence. */
	log: (text: string) => void;
	/** Failed attempts at files, by the key of the event; for hosts that make a poller for each poll. */
	attempts?: Map<string, number>;
	/** Whether the node is being closed: nothing is told any more then. */
	isClosed?: () => boolean;
}

/** What a poll did. */
export interface Polled {
	/** Events that were told. */
	told: number;
	/** The budget ended before the backlog did: poll again soon. */
	more: boolean;
	/** Why what was seen is not believed yet. */
	doubt?: string | undefined;
}

/**
 * Polls one trigger. Each event is told once and in order; the place is saved after the events were told, so that a crash in between
 * repeats events but loses none.
 */
export class Poller {
	readonly #options: PollerOptions;
	readonly #dsm: Dsm;
	readonly #attempts: Map<string, number>;
	#place: Place | undefined;

	constructor(options: PollerOptions) {
		this.#options = options;
		// What many triggers ask at the same moment is asked once (core/batch.ts).
		this.#dsm = options.dsm.with({ operation: idOf(options.trigger), readOnly: true, share: true });
		this.#attempts = options.attempts ?? new Map<string, number>();
	}

	/** The handle for one look, whose calls are counted anew. */
	#counted(): Dsm {
		return this.#dsm.with({ work: new Meter('calls', { operation: idOf(this.#options.trigger) }) });
	}

	async #secretly<T>(work: () => Promise<T>): Promise<T> {
		const { trigger, params } = this.#options;
		return await this.#dsm.secretly(trigger.params as z.ZodType, params, idOf(trigger), work);
	}

	/** Begins at "now", whatever was saved. */
	async start(): Promise<void> {
		await this.#secretly(async () => await this.#start());
	}

	async #start(): Promise<void> {
		const { trigger, params, of, store } = this.#options;
		const cursor: unknown = await trigger.start(params, this.#counted());
		this.#place = { v: 2, of, cursor, recent: [] };
		await store.save(this.#place);
	}

	/** One poll from the saved place. Where there is none that belongs here, the trigger begins at "now" and tells nothing. */
	async poll(tell: Tell, budget: Budget): Promise<Polled> {
		return await this.#secretly(async () => await this.#poll(tell, budget));
	}

	async #poll(tell: Tell, budget: Budget): Promise<Polled> {
		const { trigger, params, store } = this.#options;
		this.#place ??= this.#fitting(await store.load());
		if (!this.#place) {
			await this.#start();
			return { told: 0, more: false };
		}
		const place = this.#place;
		const cursor: unknown = trigger.cursor.parse(place.cursor);
		const answer: PollAnswer<unknown, unknown> = await trigger.poll(params, cursor, this.#counted(), budget);
		const keys: string[] = [];
		try {
			if (!(await this.#tellNew(answer.events, new Set(place.recent), keys, tell)))
				return await this.#hold(place, keys, { told: keys.length, more: false });
		} catch (error) {
			await this.#hold(place, keys, undefined);
			throw error;
		}
		const { doubt } = answer;
		if (doubt !== undefined && !place.doubted) this.#options.log(doubt);
		await this.#move({ ...place, doubted: doubt === undefined ? undefined : true }, answer.cursor, keys);
		return { told: keys.length, more: answer.more === true, doubt };
	}

	/** Newest events, at most so many, for an editor; what was told and saved is not touched. */
	async samples(tell: Tell, most = Infinity): Promise<number> {
		return await this.#secretly(async () => await this.#samples(tell, most));
	}

	async #samples(tell: Tell, most: number): Promise<number> {
		const { trigger, params } = this.#options;
		const found: unknown[] = await trigger.sample(params, this.#counted());
		const events = found.slice(0, most);
		for (const event of events.map((one) => shaped(trigger, one)))
			await this.#tell(event, tell, async (error) => await Promise.resolve(textOf(error)));
		return events.length;
	}

	/** The saved place, if it belongs here and can be read. */
	#fitting(saved: unknown): Place | undefined {
		const { trigger, of, formerly = [], log } = this.#options;
		if (saved === undefined || saved === null) return undefined;
		const place = readSaved(saved);
		if (place?.v === 2 && place.of !== of) {
			log(
				sameOwner(place.of, of)
					? 'Its parameters watch something else than before: it starts at "now".'
					: 'Its connection leads to another NAS or account than before: it starts at "now".',
			);
			return undefined;
		}
		if (place?.v === 1 && !formerly.includes(place.of)) {
			log('Its connection or its parameters are others than before: it starts at "now".');
			return undefined;
		}
		if (place && trigger.cursor.safeParse(place.cursor).success) return { ...place, v: 2, of };
		log('The saved place cannot be read: it starts at "now".');
		return undefined;
	}

	/** Tells what was not told before; `keys` holds what was told, also when this ends early. False: the node is being closed. */
	async #tellNew(events: unknown[], known: Set<string>, keys: string[], tell: Tell): Promise<boolean> {
		const { trigger } = this.#options;
		for (const event of events.map((one) => shaped(trigger, one))) {
			const key = trigger.key(event);
			if (known.has(key)) continue;
			const isTold = await this.#tell(event, tell, async (error) => await this.#failed(key, error));
			if (!isTold) return false;
			this.#attempts.delete(key);
			this.#attempts.delete(`passing ${key}`);
			known.add(key);
			keys.push(key);
		}
		return !this.#isClosed();
	}

	/** Tells one event with its file; `failed` says why the file is left out, or throws. False: the node is being closed. */
	async #tell(event: unknown, tell: Tell, failed: (error: unknown) => Promise<string>): Promise<boolean> {
		const { trigger, params } = this.#options;
		let fileError: string | undefined;
		try {
			const file = await trigger.file?.(event, params, this.#dsm);
			if (this.#isClosed()) {
				file?.stream.destroy();
				return false;
			}
			if (file) {
				await tell({ event, file: presentable(file) });
				return true;
			}
		} catch (error) {
			if (this.#isClosed()) return false;
			fileError = await failed(error);
		}
		await tell({ event, ...(fileError !== undefined && { fileError }) });
		return true;
	}

	/** Throws as long as the file may still come; then says why it does not: an event must not wait for ever for its file. */
	async #failed(key: string, error: unknown): Promise<string> {
		const [kind, most] = isPassing(error) ? [`passing ${key}`, PASSING_ATTEMPTS] : [key, ATTEMPTS];
		const attempts = (this.#attempts.get(kind) ?? 0) + 1;
		this.#attempts.set(kind, attempts);
		if (attempts < most) throw error;
		const text = textOf(error);
		this.#options.log(`The file of an event could not be read in ${most} attempts; it is told without. ${text}`);
		return await Promise.resolve(text);
	}

	#isClosed(): boolean {
		return this.#options.isClosed?.() === true;
	}

	/** The poll will be repeated; what it told will not. */
	async #hold<T>(place: Place, keys: readonly string[], result: T): Promise<T> {
		if (keys.length === 0) return result;
		// All of them, however many: the cursor still stands before the first.
		this.#place = { ...place, recent: [...place.recent, ...keys] };
		try {
			await this.#options.store.save(this.#place);
		} catch (error) {
			this.#options.log(`The place could not be saved: ${textOf(error)}`);
		}
		return result;
	}

	/** Saved only when something changed: a store on disk would otherwise be written at every poll. */
	async #move(place: Place, cursor: unknown, keys: readonly string[]): Promise<void> {
		const recent = [...place.recent, ...keys];
		this.#place = { ...place, recent };
		if (keys.length === 0 && JSON.stringify(place.cursor) === JSON.stringify(cursor)) return;
		const next: Place = { ...place, cursor, recent: recent.slice(-RECENT) };
		await this.#options.store.save(next);
		this.#place = next;
	}
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const PASSING = new Set(['connection', 'login', 'session', 'aborted']);

/** What says nothing of the file: the NAS cannot be reached, or is busy. */
const isPassing = (error: unknown): boolean =>
	isDsmError(error) &&
	(PASSING.has(error.code) || (error.code === 'api' && error.retryable) || (error.details.httpStatus ?? 0) >= 500);

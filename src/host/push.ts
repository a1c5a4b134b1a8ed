import { createHash } from 'node:crypto';
import { idOf, registeredAs, type AnyPush, type Service } from '../catalog/operation';
import type { Dsm } from '../core/dsm';
import { fingerprintOf, readFields, ReplayGuard, type Fields } from '../core/receive';
import { z } from '../vendor/zod';

/** What a push trigger node has registered on the NAS. Of the token no more is kept than what tells it from others. */
export interface Registered {
	v: 2;
	/** Name of the event: `slashCommand`. */
	event: string;
	url: string;
	/** Event, address and parameters, as a hash. */
	of: string;
	fingerprint: string;
}

/** Where that is kept. */
export interface RegistrationStore {
	/** What was saved last, in whatever form. */
	load: () => Promise<unknown>;
	save: (registered: Registered | undefined) => Promise<void>;
}

/** Version 1 held `of` and `fingerprint` in n8n, `event` and `url` in Node-RED. */
const savedForm = z.object({ event: z.string(), url: z.string(), of: z.string(), fingerprint: z.string() }).partial();

/** What was saved, as far as it can be read. */
export const readRegistered = (saved: unknown): z.output<typeof savedForm> => savedForm.safeParse(saved).data ?? {};

export interface RegistrationOptions {
	service: Service;
	/** Name of the event in the service. */
	event: string;
	push: AnyPush;
	/** As the event takes them. */
	params: object;
	/** Address that the NAS calls. */
	url: string;
	store: RegistrationStore;
}

/** What one node has registered: made, looked after, moved to another address, and taken away. */
export class Registration {
	readonly #options: RegistrationOptions;
	readonly #of: string;

	constructor(options: RegistrationOptions) {
		const { push, url, params } = options;
		this.#options = options;
		this.#of = createHash('sha256')
			.update(JSON.stringify([idOf(push), url, params]))
			.digest('hex')
			.slice(0, 16);
	}

	/** Whether the NAS has it as it was declared last. */
	async isCurrent(dsm: Dsm): Promise<boolean> {
		const { push, url, store } = this.#options;
		if (readRegistered(await store.load()).of !== this.#of) return false;
		return await this.#secretly(dsm, async () => await push.isThere(url, dsm));
	}

	/** Registers the address or brings it up to date, instead of another one of this node. Gives what tells its token. */
	async ensure(dsm: Dsm): Promise<string> {
		const { event, push, url, params, store } = this.#options;
		await this.#leaveOther(dsm);
		const { token } = await this.#secretly(dsm, async () => await push.ensure(params, url, dsm));
		const fingerprint = fingerprintOf(token);
		await store.save({ v: 2, event, url, of: this.#of, fingerprint });
		return fingerprint;
	}

	async remove(dsm: Dsm): Promise<void> {
		const { push, url, store } = this.#options;
		await this.#secretly(dsm, async () => await push.remove(url, dsm));
		await store.save(undefined);
	}

	/** Secrets among the parameters appear in no error and no log of the work. */
	async #secretly<T>(dsm: Dsm, work: () => Promise<T>): Promise<T> {
		const { push, params } = this.#options;
		return await dsm.secretly(push.params as z.ZodType, params, idOf(push), work);
	}

	/** What was registered under another address, or for another event, before the node was changed. */
	async #leaveOther(dsm: Dsm): Promise<void> {
		const { service, push, url, store } = this.#options;
		const before = readRegistered(await store.load());
		const old = before.event === undefined ? undefined : service.pushes?.[before.event];
		if (!old || before.url === undefined || registeredAs(old, before.url) === registeredAs(push, url)) return;
		await old.remove(before.url, dsm);
		await store.save(undefined);
	}
}

/** Whether a rising number is worth a line or a status: 1 to 9, 10, 20 and so on. However many there are, few are told. */
export const isRound = (count: number): boolean => /^[1-9]0*$/.test(String(count));

/** What became of a call: an event, something that goes no further, or a refusal. */
export type Received =
	| { status: 200; event?: unknown }
	/** `fault`: of the first refusal of its kind; whoever makes such calls can make many. */
	| { status: 403 | 409; fault?: string };

/** Takes the calls of the NAS to one node: checks the token, refuses replays, reads the event. */
export class Receiver {
	readonly #guard = new ReplayGuard();

	/** Calls that failed before it was known whether they are genuine. */
	failed = 0;

	/** Calls that were refused. */
	get refused(): number {
		return this.#guard.forged + this.#guard.replayed;
	}

	receive(push: AnyPush, params: object, fingerprint: string, query: Fields, body: unknown): Received {
		const fields = readFields(query, body);
		// Before anything else is looked at: nobody without the token gets further.
		if (!this.#guard.isGenuine(fields, fingerprint)) return refusal(403, this.#guard.forged);
		const event = push.read(fields, params);
		const mark = event === undefined ? undefined : push.mark(event);
		if (mark && this.#guard.isReplay(mark)) return refusal(409, this.#guard.replayed);
		return { status: 200, ...(event !== undefined && { event }) };
	}
}

const refusal = (status: 403 | 409, count: number): Received => ({
	status,
	...(count === 1 && { fault: FAULTS[status] }),
});

const FAULTS = { 403: 'with a wrong token', 409: 'that was made before' };

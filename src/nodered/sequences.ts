import { DsmInputError } from '../core/errors';
import { clock, type LoopClock } from './loop';
import type { Message } from './red';

/** Milliseconds that a sequence may wait for its next part. */
const PATIENCE = 60_000;

/** `msg.parts` of a chunk of a Buffer, as the core's "read file" and "split" nodes write it. */
interface Part {
	id: string;
	index: number;
	count?: number;
	/** What stood between this chunk and the next. */
	ch: Uint8Array;
	/** That of a sequence around this one. */
	parts?: unknown;
}

interface Sequence {
	chunks: Map<number, Uint8Array>;
	bytes: number;
	count?: number;
	/** What its messages carry: that which ends a sequence may lack the rest, such as the name. */
	message: Message;
	/** Ends the wait for the next part. */
	cancel: () => void;
	/** It failed: what still comes of it is dropped. */
	isLost?: true;
}

export interface SequencesOptions {
	/** Most bytes of all sequences together. */
	maxBytes: number;
	/** Told of a sequence that did not become whole, with its last message. */
	lost: (error: DsmInputError, message: Message) => void;
	later?: LoopClock['later'];
}

const bytesOf = (ch: unknown): Uint8Array =>
	ch instanceof Uint8Array ? ch : Buffer.from(typeof ch === 'string' ? ch : '');

/** The part that a message is; undefined where it is none of a Buffer. Throws DsmInputError for a place that there cannot be. */
function partOf(message: Message): Part | undefined {
	const { id, type, index, count, ch, parts } = (message['parts'] ?? {}) as Record<string, unknown>;
	if (type !== 'buffer' || (typeof id !== 'string' && typeof id !== 'number')) return undefined;
	const hasCount = count !== undefined;
	const isPlace = Number.isInteger(index) && (index as number) >= 0;
	const isCount = !hasCount || (Number.isInteger(count) && (count as number) >= 0);
	if (!isPlace) throw unfit(`msg.parts.index is to be a whole number from 0, but it is ${String(index)}.`);
	if (!isCount) throw unfit(`msg.parts.count is to be a whole number from 0, but it is ${String(count)}.`);
	return {
		id: String(id),
		index: index as number,
		...(hasCount && { count: count as number }),
		ch: bytesOf(ch),
		...(parts !== undefined && { parts }),
	};
}

const unfit = (text: string): DsmInputError =>
	new DsmInputError(text, { path: ['parts'], hint: 'Leave msg.parts as the node that made the chunks set it.' });

const nameOf = ({ filename }: Message): string => (typeof filename === 'string' ? `"${filename}"` : 'The file');

/**
 * Files that come in chunks, one message for each, with `msg.parts`. Those of a file are put together in their order, whichever order they
 * come in; it is whole when there are as many as `msg.parts.count` says, or when a message has `msg.complete`.
 */
export class Sequences {
	readonly #options: SequencesOptions;
	readonly #open = new Map<string, Sequence>();

	constructor(options: SequencesOptions) {
		this.#options = options;
	}

	/**
	 * Takes a message with what it carries as the file. Gives the message to work on: itself where it is no part, the last one with the whole
	 * file where it is, undefined while parts are missing. Throws DsmInputError for a part that does not fit; the sequence is lost then.
	 */
	add(message: Message, value: unknown): { message: Message; file?: Buffer } | undefined {
		const part = partOf(message);
		const isChunk = value instanceof Uint8Array;
		const known = part && this.#open.get(part.id);
		// The core's "read file" ends some sequences with a message that has no content.
		if (!part || (!isChunk && !(known && value === undefined))) return { message };
		const sequence: Sequence = known ?? { chunks: new Map(), bytes: 0, message, cancel: () => {} };
		this.#open.set(part.id, sequence);
		sequence.message = { ...sequence.message, ...message };
		this.#await(part.id, sequence);
		if (sequence.isLost) return undefined;
		if (part.count !== undefined) sequence.count = part.count;
		if (isChunk) this.#take(sequence, part, value);
		const isComplete = Object.hasOwn(message, 'complete');
		if (isComplete) sequence.count = Math.max(-1, ...sequence.chunks.keys()) + 1;
		if (sequence.count === undefined || (!isComplete && sequence.chunks.size < sequence.count)) return undefined;
		return { message: this.#end(part, sequence), file: joined(sequence, part) };
	}

	/** Parts that wait for others. */
	get waiting(): number {
		return [...this.#open.values()].reduce((sum, { chunks }) => sum + chunks.size, 0);
	}

	close(): void {
		for (const { cancel } of this.#open.values()) cancel();
		this.#open.clear();
	}

	/** What comes too late, or not at all, is not waited for without an end. */
	#await(id: string, sequence: Sequence): void {
		const { later = clock.later, lost } = this.#options;
		sequence.cancel();
		sequence.cancel = later(PATIENCE, () => {
			this.#open.delete(id);
			if (!sequence.isLost) lost(incomplete(sequence), sequence.message);
		});
	}

	#take(sequence: Sequence, { index, ch }: Part, bytes: Uint8Array): void {
		const before = sequence.chunks.get(index)?.length ?? 0;
		const chunk = Buffer.concat([bytes, ch]);
		sequence.chunks.set(index, chunk);
		sequence.bytes += chunk.length - before;
		const all = [...this.#open.values()].reduce((sum, { bytes: some }) => sum + some, 0);
		if (all <= this.#options.maxBytes) return;
		this.#lose(sequence);
		throw new DsmInputError(
			`${nameOf(sequence.message)} is larger than the ${Math.round(this.#options.maxBytes / 1_048_576)} MB that chunks may have together.`,
			{ path: ['file'], hint: 'Raise the limit in the node, or send the file as a stream with its size.' },
		);
	}

	#lose(sequence: Sequence): void {
		sequence.isLost = true;
		sequence.chunks.clear();
		sequence.bytes = 0;
	}

	/** The sequence is over; one around it goes on. */
	#end({ id, parts }: Part, { cancel, message }: Sequence): Message {
		cancel();
		this.#open.delete(id);
		const { parts: _own, complete: _complete, ...rest } = message;
		return { ...rest, ...(parts !== undefined && { parts }) };
	}
}

function joined(sequence: Sequence, { ch }: Part): Buffer {
	const { chunks, count = 0 } = sequence;
	const all = Array.from({ length: count }, (_, index) => chunks.get(index));
	if (all.some((chunk) => chunk === undefined)) throw incomplete(sequence);
	const whole = Buffer.concat(all as Uint8Array[]);
	// What stands between the chunks stands not after the last one.
	return whole.subarray(0, whole.length - (count > 0 ? ch.length : 0));
}

function incomplete({ chunks, count, message }: Sequence): DsmInputError {
	const missing = Array.from({ length: count ?? 0 }, (_, index) => index).find((index) => !chunks.has(index));
	const text =
		count === undefined
			? `${nameOf(message)} came in ${chunks.size} chunks, and none said that it is the last.`
			: `${nameOf(message)} came incomplete: ${chunks.size} of ${count} chunks, without the one of index ${missing}.`;
	return new DsmInputError(text, {
		path: ['parts'],
		hint: `Parts are waited for ${PATIENCE / 1000} seconds; the last one has msg.parts.count, or msg.complete.`,
	});
}

import type { Readable } from 'node:stream';
import { DsmInputError } from '../core/errors';
import { clock, type LoopClock } from './loop';
import { toNodeError } from './report';

/** Streams that somebody reads or has read. */
const taken = new WeakSet<object>();
/** Streams of this package. */
const guarded = new WeakSet<object>();

/** Milliseconds that a stream of somebody else may be silent. A copy of a stream, as Node-RED makes for a second wire, is so for ever. */
const LONGEST_SILENCE = 60_000;

const takenError = (name: string): DsmInputError =>
	new DsmInputError(`"${name || 'file'}" is a stream that another node has taken, and a stream can be read once.`, {
		path: ['file'],
		hint: 'Wire the node that gives it to one node only, or let it give a Buffer or chunks.',
	});

const noText = (name: string): DsmInputError =>
	new DsmInputError(`"${name || 'file'}" is a stream, which this node cannot take.`, {
		path: ['file'],
		hint: 'Wire it to a node that uploads, or let the node before give a Buffer or chunks.',
	});

/**
 * A received file as a stream that travels in a message: it is read once, by one node. Copies of the message share it, since a copy of a
 * stream gives nothing. Whoever comes second gets an error, and so does what would make a text of it, as core nodes do with objects.
 */
export function forOneReader(stream: Readable, name: string): Readable {
	const { on, pipe, [Symbol.asyncIterator]: iterate } = stream;
	// One reader may begin in several ways at once: a listener that counts, and a pipe.
	let isFresh = true;
	// Node.js listens in the name of who iterates, later.
	let isIterated = false;
	let isAwaited = false;
	const use = (): void => {
		const isOver = !isFresh || isIterated || stream.readableEnded;
		if (taken.has(stream) && isOver) throw toNodeError(takenError(name));
		if (taken.has(stream)) return;
		taken.add(stream);
		setImmediate(() => (isFresh = false));
	};
	const listen = (event: string, listener: unknown): Readable => {
		if (event === 'data' || (event === 'readable' && !isAwaited)) use();
		if (event === 'readable') isAwaited = false;
		return Reflect.apply(on, stream, [event, listener]);
	};
	const refuse = (): never => {
		throw toNodeError(noText(name));
	};
	const own: Record<string | symbol, unknown> = {
		on: listen,
		addListener: listen,
		pipe: (...given: Parameters<Readable['pipe']>) => {
			use();
			return pipe.apply(stream, given);
		},
		[Symbol.asyncIterator]: () => {
			use();
			isIterated = isAwaited = true;
			return iterate.call(stream);
		},
		toJSON: refuse,
		[Symbol.toPrimitive]: refuse,
		// Node-RED's way to copy a message leaves what is none of the usual objects as it is.
		[Symbol.toStringTag]: 'Stream',
	};
	// What goes through its properties, as a Split node does, meets the refusal first.
	for (const key of Object.keys(stream)) Object.defineProperty(stream, key, { enumerable: false });
	for (const key of Reflect.ownKeys(own)) Object.defineProperty(stream, key, { value: own[key], configurable: true });
	Object.defineProperty(stream, 'content', { get: refuse, enumerable: true });
	guarded.add(stream);
	return stream;
}

/** Throws DsmInputError where somebody reads the stream, or has read it. */
export function checkUnread(stream: object, name: string): void {
	if (taken.has(stream)) throw takenError(name);
}

/** Takes a stream for reading. Throws DsmInputError where it is taken, or, while it is read, where it stays silent. */
export function taking(
	stream: AsyncIterable<Uint8Array>,
	name: string,
	later: LoopClock['later'] = clock.later,
): AsyncIterable<Uint8Array> {
	checkUnread(stream, name);
	// What this package gives takes itself, and has time limits of its own.
	if (guarded.has(stream)) return stream;
	taken.add(stream);
	return heard(stream, name, later);
}

/** The bytes of a stream, until it is silent for too long. `destroy` as that of a stream. */
const heard = (stream: AsyncIterable<Uint8Array>, name: string, later: LoopClock['later']) => ({
	destroy: () => void (stream as Partial<Readable>).destroy?.(),
	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		const bytes = stream[Symbol.asyncIterator]();
		try {
			for (;;) {
				const next = await before(bytes.next(), name, later);
				if (next.done) return;
				yield next.value;
			}
		} finally {
			// A stream that is silent does not answer to this either.
			void bytes.return?.()?.catch(() => undefined);
		}
	},
});

/** What comes, or the error of a stream from which nothing comes. */
async function before<T>(next: Promise<T>, name: string, later: LoopClock['later']): Promise<T> {
	let cancel = (): void => {};
	const silence = new Promise<never>((_, reject) => {
		cancel = later(LONGEST_SILENCE, () => reject(silent(name)));
	});
	try {
		return await Promise.race([next, silence]);
	} finally {
		cancel();
	}
}

const silent = (name: string): DsmInputError =>
	new DsmInputError(`The stream "${name}" gave nothing for ${LONGEST_SILENCE / 1000} seconds.`, {
		path: ['file'],
		hint: 'A message with a stream must go to one node only: Node-RED copies it for a second wire, and the copy gives nothing.',
	});

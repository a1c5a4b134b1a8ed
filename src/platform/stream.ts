import type { ByteStream } from './types';

/** Bytes that are read ahead of who takes them. */
const AHEAD = 256 * 1024;

/** The class `Readable` of Node.js, which not every platform may import. */
export type StreamClass = new (options: {
	highWaterMark: number;
	read: (this: ByteStream) => void;
	destroy: (this: ByteStream, error: Error | null, done: (error?: Error | null) => void) => void;
}) => ByteStream;

/**
 * A stream over bytes. When it is given up, `onDestroy` is called at once, even while the next bytes are awaited; what gives them is ended
 * after that.
 */
export function streamOver(
	Stream: StreamClass,
	bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
	onDestroy?: () => void,
): ByteStream {
	const source = iteratorOf(bytes);
	let isOver = false;
	const stream = new Stream({
		highWaterMark: AHEAD,
		read() {
			Promise.resolve(source.next()).then(
				({ done, value }) => {
					isOver ||= done === true;
					this.push(done ? null : value);
				},
				(error: Error) => {
					isOver = true;
					this.destroy(error);
				},
			);
		},
		destroy(error, done) {
			if (!isOver) {
				onDestroy?.();
				void end(source);
			}
			done(error);
		},
	});
	return stream.on('error', () => undefined);
}

type Source = Iterator<Uint8Array> | AsyncIterator<Uint8Array>;

const iteratorOf = (bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Source =>
	Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();

async function end(source: Source): Promise<void> {
	try {
		await source.return?.();
	} catch {
		// Nobody is there any more to whom it could be told.
	}
}

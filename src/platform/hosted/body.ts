import type { ByteStream } from '../types';
import { coded, plain } from './faults';
import { streamOf } from './stream';
import { later } from './time';

/** How long an answer may take, in milliseconds. */
export interface Patience {
	/** Each silence in it. */
	silence: number;
	/** All of it. */
	whole?: number;
}

/** The request whose answer is read. */
export interface Running {
	/** Ends it; n8n does so at once, while a stream of its own that is destroyed waits for the next bytes. */
	abort: (reason: Error) => void;
	/** Aborted by what `abort` was told, or by whoever gave the request up. */
	signal: AbortSignal;
	/** Is told that the answer is over, however it ended. */
	over: () => void;
}

/** The body of an answer, which ends when it is given up, when it falls silent, or when it comes in drops. */
export function guarded(body: ByteStream, { abort, signal, over }: Running, { silence, whole }: Patience): ByteStream {
	const slow = (): void => abort(coded('UND_ERR_BODY_TIMEOUT'));
	const end = whole === undefined ? (): void => undefined : later(whole, slow);
	const wait = watch(silence, slow);
	body.on('error', () => undefined);
	body.once('close', over);
	async function* bytes(): AsyncGenerator<Uint8Array> {
		try {
			const chunks = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
			for (;;) {
				const { done, value } = await wait(chunks.next());
				if (done) return;
				yield value;
			}
		} catch (error) {
			throw signal.aborted ? (signal.reason as Error) : plain(error);
		} finally {
			end();
			over();
		}
	}
	return streamOf(bytes(), () => {
		end();
		abort(coded('UND_ERR_SOCKET', 'given up'));
	});
}

/** Watches what is waited for: one timer for many waits, since each chunk of a file is one. */
function watch(limit: number, tooLong: () => void): <T>(given: Promise<T>) => Promise<T> {
	let since: number | undefined;
	let isSet = false;
	const look = (): void => {
		isSet = false;
		if (since === undefined) return;
		const left = since + limit - Date.now();
		if (left <= 0) tooLong();
		else set(left);
	};
	const set = (milliseconds: number): void => {
		isSet = true;
		later(milliseconds, look);
	};
	return async (given) => {
		since = Date.now();
		if (!isSet) set(limit);
		try {
			return await given;
		} finally {
			since = undefined;
		}
	};
}

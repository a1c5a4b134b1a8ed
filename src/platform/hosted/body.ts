import type { ByteStream } from '../types';
import { coded, plain } from './faults';
import { learn, streamOf } from './stream';
import { later } from './time';
import { watch } from './watch';

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
	const slow = (): void => quit(coded('UND_ERR_BODY_TIMEOUT'));
	const quit = (reason: Error): void => {
		abort(reason);
		body.destroy(reason);
	};
	const end = whole === undefined ? (): void => undefined : later(whole, slow);
	const { touch, rest } = watch(silence, slow);
	body.on('error', () => undefined);
	body.once('close', over);
	async function* bytes(): AsyncGenerator<Uint8Array> {
		try {
			touch();
			for await (const chunk of body as AsyncIterable<Uint8Array>) {
				rest();
				yield chunk;
				touch();
			}
		} catch (error) {
			throw signal.aborted ? (signal.reason as Error) : plain(error);
		} finally {
			rest();
			end();
			over();
		}
	}
	return streamOf(bytes(), () => {
		end();
		quit(coded('UND_ERR_SOCKET', 'given up'));
	});
}

/** A body that is sent: tells of each of its chunks, and of what it fails by, which n8n would wrap into an error of its own. */
export function told(body: ByteStream, touch: () => void, failed: (error: unknown) => void): ByteStream {
	learn(body);
	async function* bytes(): AsyncGenerator<Uint8Array> {
		try {
			for await (const chunk of body as AsyncIterable<Uint8Array>) {
				touch();
				yield chunk;
			}
		} catch (error) {
			failed(error);
			throw error;
		}
	}
	return streamOf(bytes(), () => body.destroy());
}

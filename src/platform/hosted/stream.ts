import { streamOver, type StreamClass } from '../stream';
import type { ByteStream, Platform } from '../types';

let streams: StreamClass | undefined;

/** Remembers the class of Node's streams, which may not be imported: the one that a stream of n8n descends from. */
export function learn(stream: ByteStream): void {
	for (let one = prototypeOf(stream); !streams && one; one = prototypeOf(one))
		if (Object.hasOwn(one.constructor, 'from') && !('write' in one)) streams = one.constructor as StreamClass;
}

const prototypeOf = (one: object): object | null => Object.getPrototypeOf(one) as object | null;

/** A stream over bytes. Before anything is sent, the NAS has always answered something: a sign-in, or the list of its APIs. */
export const streamOf: Platform['streamOf'] = (bytes, onDestroy) => {
	if (!streams) throw new Error('No answer has come yet, so that there is no stream to send bytes with.');
	return streamOver(streams, bytes, onDestroy);
};

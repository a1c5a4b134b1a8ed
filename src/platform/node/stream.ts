import { Readable } from 'node:stream';
import { streamOver } from '../stream';
import type { Platform } from '../types';

/** A stream over bytes. */
export const streamOf: Platform['streamOf'] = (bytes, onDestroy) => streamOver(Readable, bytes, onDestroy);

import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const [deflate, inflate] = [promisify(deflateRaw), promisify(inflateRaw)];

/** Compressed without a header (RFC 1951). */
export const deflated = async (text: string): Promise<Uint8Array> => await deflate(text);

/** And back. */
export const inflated = async (bytes: Uint8Array): Promise<string> => (await inflate(bytes)).toString('utf8');

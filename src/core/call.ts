import type { Readable } from 'node:stream';

/** One method of one DSM API. `version` is the version the declaration was written against. */
export interface Call {
	api: `SYNO.${string}`;
	method: string;
	version: number;
	/** Name after the CGI in the address, where its extension says what the answer shall be (drive.md 8). */
	as?: string;
}

/** A file on its way to the NAS. `open` is called again when the request has to be repeated after a lost session. */
export interface FileSource {
	/** Name the file gets on the NAS. */
	name: string;
	/** MIME type; `application/octet-stream` when absent. */
	type?: string;
	/** Bytes. DSM refuses uploads without a `Content-Length` (core.md 10.5). */
	size: number;
	open: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** A file on its way from the NAS. The stream must be read or destroyed. */
export interface FileAnswer {
	name: string;
	type: string;
	/** Bytes, when the server said so. */
	size?: number;
	stream: Readable;
}

const BARE = Symbol('bare');
const QUOTED = Symbol('quoted');

/** A text that goes on the wire as it is, although its API takes JSON (the exceptions of core.md 3.2). */
export interface Bare {
	[BARE]: string;
}

/** A value that goes on the wire as JSON, although it is a part of a multipart body (core.md 10.7). */
export interface Quoted {
	[QUOTED]: unknown;
}

export const bare = (text: string): Bare => ({ [BARE]: text });
export const quoted = (value: unknown): Quoted => ({ [QUOTED]: value });

const has = <K extends symbol>(value: unknown, key: K): value is Record<K, unknown> =>
	typeof value === 'object' && value !== null && key in value;

export const isBare = (value: unknown): value is Bare => has(value, BARE);
export const isQuoted = (value: unknown): value is Quoted => has(value, QUOTED);
export const bareText = (value: Bare): string => value[BARE];
export const quotedValue = (value: Quoted): unknown => value[QUOTED];

/** Whether a parameter is a file to be streamed. Streams have an `open` too, so name and size count as well. */
export function isFileSource(value: unknown): value is FileSource {
	if (typeof value !== 'object' || value === null) return false;
	const { name, size, open } = value as Partial<FileSource>;
	return typeof open === 'function' && typeof name === 'string' && typeof size === 'number';
}

import type { Readable } from 'node:stream';

/** Bytes on their way. Hosts give and take streams of Node.js, so it is one everywhere; only `streamOf` makes one. */
export type ByteStream = Readable;

export interface HttpRequest {
	/** GET, POST, or what CardDAV and CalDAV add. */
	method: string;
	url: string;
	headers: Record<string, string>;
	body?: string | ByteStream;
	signal?: AbortSignal;
	/** Milliseconds until the beginning of the answer, and for each silence in it. */
	timeout: number;
	/** A file may come: longer silences, and no limit for the whole. */
	isFile?: true;
}

export interface HttpResponse {
	status: number;
	/** Names in small letters. */
	headers: Record<string, string | string[] | undefined>;
	/** Decoded, where something in between compressed it; then without the headers that spoke of the compressed bytes. */
	body: ByteStream;
}

/** What is needed of a WebSocket. */
export interface Socket {
	send: (text: string) => void;
	close: () => void;
	addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
	addEventListener(type: 'close' | 'error', listener: () => void): void;
}

/**
 * One NAS's door to HTTP. Never follows redirects, keeps no cookies. What fails below HTTP is thrown as it is: an Error with a `code` of
 * Node.js or undici, or one of `PlatformFault`; so are the faults of a body.
 */
export interface Transport {
	send: (request: HttpRequest) => Promise<HttpResponse>;
	/** Opens a WebSocket the same way; it outlives `close`. Throws where the platform has none. */
	socket: (url: string, headers: Record<string, string>) => Socket;
	close: () => Promise<void>;
}

/** Faults that have no code of their own anywhere. */
export type PlatformFault = Error &
	(
		| { code: 'PIN_DIFFERS'; fingerprint: string }
		| { code: 'PIN_WITHOUT_TLS' }
		| { code: 'PROXY_REFUSES'; httpStatus: number }
	);

/** How a certificate is judged. */
export interface TlsSettings {
	tls: 'verify' | 'ca' | 'pin' | 'ignore';
	/** PEM, for `ca`. */
	ca: string;
	/** SHA-256, 64 capital hexadecimal digits, for `pin`. */
	fingerprint: string;
}

/** Proxy addresses from the environment, as `HTTP_PROXY` and its kin hold them. */
export interface Proxy {
	http?: string;
	https?: string;
	none?: string;
}

/** Work for a thread: a function by the file and name that export it, and its arguments. All of it is plain data. */
export interface Work {
	file: string;
	name: string;
	given: readonly unknown[];
}

/** What a platform can do beyond what every one does. Forms and read-mes say it from here. */
export interface Capabilities {
	/** WebSockets, for hints of the NAS that something is new. */
	realtime: boolean;
	/** A proxy that the environment names. */
	proxy: boolean;
	/** Threads, and a time limit for work on texts: without them such work holds up the program. */
	threads: boolean;
	/** Packets of UDP, as Wake on LAN sends. */
	datagram: boolean;
}

/** Everything that the client takes from the program it runs in. Nothing else of Node.js is used outside of a platform, but `node:crypto`. */
export interface Platform {
	capabilities: Capabilities;
	/** HTTP(S) with the TLS choice of one connection and of no other. */
	createTransport: (settings: TlsSettings, proxy?: Proxy) => Transport;
	/**
	 * The SHA-256 fingerprint of the certificate that an https origin shows, as browsers write it; undefined when it cannot be seen.
	 * Nothing is sent. What it says proves nothing: it serves a person who can compare it.
	 */
	shownFingerprint: (origin: string) => Promise<string | undefined>;
	/** Waits; rejects with an error of any kind once the signal is aborted. */
	sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
	/** Runs something later without keeping the program alive for it, if the platform can. Gives the way to call it off. */
	later: (milliseconds: number, run: () => void) => () => void;
	/** Lets others come to their turn: what arrived meanwhile, and timers. */
	turn: () => Promise<void>;
	/**
	 * A stream over bytes, read as they are taken. Given up before its end, it calls `onDestroy` at once, even while the next bytes
	 * are awaited. It harms nobody when it breaks before somebody listens.
	 */
	streamOf: (bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, onDestroy?: () => void) => ByteStream;
	/** Compressed (RFC 1951, without a header), and back. */
	deflated: (text: string) => Promise<Uint8Array>;
	inflated: (bytes: Uint8Array) => Promise<string>;
	/** Runs work, and stops it after so many milliseconds: undefined. Without threads it runs to its end. */
	withinTime: <T>(milliseconds: number, work: () => T) => { value: T } | undefined;
	/**
	 * Has work done in a thread; undefined: it took more milliseconds, or more memory than a thread has. Rejects with the error of
	 * the work, which keeps its message and, if they are plain data, `code` and `details`. Not to be called without threads.
	 */
	inThread: (work: Work, milliseconds: number) => Promise<{ value: unknown } | undefined>;
	/** Sends packets of UDP one after the other, to one machine or all of a network. Rejects where the platform cannot. */
	broadcast: (packets: readonly Uint8Array[], to: { address: string; port: number }) => Promise<void>;
	/** Variables of the environment; none where they may not be read. */
	environment: () => Record<string, string | undefined>;
	/** A text that the build wrote below `dist`; undefined where sources run, for which nothing is written. */
	writtenText: (file: string) => string | undefined;
	/** Takes what a host lends for HTTP, of the latest call that reached it. Nothing where the platform has its own. */
	useHost: (helpers: object) => void;
}

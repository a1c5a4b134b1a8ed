import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { CutPoint } from './faults';
import type { Nas, Session, User } from './nas';
import type { Warrant } from './warrants';

/** A file part of a multipart body. Its bytes lie in a temporary file, so that large uploads stay out of memory. */
export interface UploadedFile {
	/** Name of the form field. */
	field: string;
	/** `filename` as sent, decoded as UTF-8. */
	name: string;
	type: string;
	size: number;
	/** Path of the temporary file. A behaviour that keeps the file moves it into the NAS's own folder. */
	path: string;
}

/** What the HTTP request said beside the parameters. */
export interface HttpFacts {
	/** Path without the query. */
	path: string;
	/** CGI under `/webapi/` that was asked, e.g. `entry.cgi`. */
	cgi: string;
	query: Record<string, string>;
	cookies: Record<string, string>;
	headers: IncomingHttpHeaders;
	/** Session id from the cookie, the query or an urlencoded body. */
	sid?: string;
	/** CSRF token from the header or the query; a body is not looked at (core.md 3.4). */
	token?: string;
	secure: boolean;
	bodyKind: BodyKind;
	/** Names of multipart text parts that had a Content-Type header (core.md 10.3). */
	typedParts: string[];
	/** A body that is one JSON object, whatever its content type says; undefined for any other body. */
	jsonBody?: Record<string, unknown>;
	/** The weakest of what the answers in it rest on. */
	warrant?: Warrant;
}

export type BodyKind = 'none' | 'urlencoded' | 'multipart' | 'other';

/** One API call as the simulator understood it: already past steps 1 to 5 of core.md 1.3. */
export interface ApiRequest {
	api: string;
	method: string;
	version: number;
	/** Values after the tolerant parsing of core.md 17: JSON first, else the raw text. */
	params: Record<string, unknown>;
	/** The same values as they came, before any parsing. */
	raw: Record<string, string>;
	files: UploadedFile[];
	/** Absent for calls that need no session. */
	session?: Session;
	user?: User;
	/** Address of the caller. */
	ip: string;
	/** True when the call is an entry of a SYNO.Entry.Request. */
	batched: boolean;
	nas: Nas;
	http: HttpFacts;
}

/**
 * An envelope (`data` absent: `{"success":true}`), an API error, a file, or an HTML page (missing files of `mode=open`).
 * A file with `inline` is sent without `Content-Disposition: attachment`, one with `ranges: false` always as a whole. `cut`: the answer breaks off there (batches whose
 * entry was cut).
 */
export type ApiReply =
	| { data?: unknown; headers?: Record<string, string | string[]>; cut?: CutPoint }
	| { error: number; errors?: unknown }
	| { file: Readable | Buffer; name: string; type: string; size?: number; inline?: boolean; ranges?: false }
	| { html: string; status: number; headers?: Record<string, string> };

/** Answers a call, or returns undefined to leave it to the next behaviour. */
export type Behaviour = (request: ApiRequest) => ApiReply | undefined | Promise<ApiReply | undefined>;

/** Behaviours by `API.method`, e.g. `'SYNO.Chat.Post.create'`. */
export type BehaviourTable = Record<string, Behaviour>;

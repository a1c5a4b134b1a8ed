import type { IncomingMessage } from 'node:http';
import type { HttpFacts, UploadedFile } from './behaviour';
import { parseValue } from './json';
import { boundaryOf, readMultipart } from './multipart';

/** A request to a CGI, with query and body merged. */
export interface WireRequest {
	http: HttpFacts;
	/** Routing keys; absent ones are undefined. */
	api?: string;
	method?: string;
	version?: string;
	/** Parameters without routing keys, sid and token, as they came. */
	raw: Record<string, string>;
	files: UploadedFile[];
	/** The API that an upload names in a part of its body, where it does not count. */
	misrouted?: string;
	/** Set when the body itself is refused. */
	refusal?: number;
}

/** Never parameters of a call. */
const RESERVED = new Set(['api', 'method', 'version', '_sid', 'SynoToken']);

/**
 * Path and query of a request target. Runs of slashes count as one and an absolute target loses its origin, both as in nginx.
 */
export function splitTarget(target: string): { path: string; query: URLSearchParams } {
	const local = target.replace(/^https?:\/\/[^/?#]*/i, '');
	const at = local.indexOf('?');
	const path = (at < 0 ? local : local.slice(0, at)).replace(/\/{2,}/g, '/') || '/';
	return { path, query: new URLSearchParams(at < 0 ? '' : local.slice(at)) };
}

/** Splits `/alias/webapi/entry.cgi/SYNO.X` into alias and CGI; undefined for other paths. */
export function cgiOf(path: string): { alias?: string; cgi: string } | undefined {
	const match = /^(?:\/([\w-]+))?\/webapi\/((?:[\w-]+\/)?[\w-]+\.cgi)(?:\/[^/]*){0,2}$/.exec(path);
	if (!match) return undefined;
	return { cgi: match[2] as string, ...(match[1] !== undefined && { alias: match[1] }) };
}

/** Reads a request completely. Files are written to `folder`, which is asked for where there are some. */
export async function readRequest(
	request: IncomingMessage,
	cgi: string,
	folder: () => string,
	{ secure, routingInParts }: { secure: boolean; routingInParts: boolean },
): Promise<WireRequest> {
	const { path, query } = splitTarget(request.url ?? '/');
	const http: HttpFacts = {
		path,
		cgi,
		query: Object.fromEntries(query),
		cookies: readCookies(request.headers.cookie),
		headers: request.headers,
		secure,
		bodyKind: 'none',
		typedParts: [],
	};
	const body = await readBody(request, http, folder);
	// The body wins over the query (core.md 3.1).
	const merged = { ...http.query, ...body.fields };
	// Parts of an upload name nothing but its parameters (core.md 10.1).
	const inQuery = http.bodyKind === 'multipart' && !routingInParts;
	const routing = inQuery ? http.query : merged;
	addSession(http, body.fields);
	return {
		http,
		raw: Object.fromEntries(Object.entries(merged).filter(([key]) => !RESERVED.has(key))),
		files: body.files,
		...(routing.api !== undefined && { api: routing.api }),
		...(routing.method !== undefined && { method: routing.method }),
		...(routing.version !== undefined && { version: routing.version }),
		...(inQuery && body.fields.api !== undefined && { misrouted: body.fields.api }),
		...(body.refusal !== undefined && { refusal: body.refusal }),
	};
}

interface Body {
	fields: Record<string, string>;
	files: UploadedFile[];
	refusal?: number;
}

async function readBody(request: IncomingMessage, http: HttpFacts, folder: () => string): Promise<Body> {
	if (request.method === 'GET' || request.method === 'HEAD') {
		request.resume();
		return { fields: {}, files: [] };
	}
	const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
	if (/^multipart\/form-data/i.test(type)) return await readParts(request, http, type, folder);
	const bytes = await readAll(request);
	// Empty even though the keys are in the query: 101, but not for PUT and DELETE (core.md 3.1).
	if (bytes.length === 0)
		return { fields: {}, files: [], ...(!/^(PUT|DELETE)$/.test(request.method ?? '') && { refusal: 101 }) };
	const text = bytes.toString('utf8');
	const jsonBody = jsonObject(text);
	if (jsonBody) http.jsonBody = jsonBody;
	const isForm = !jsonBody && /^application\/x-www-form-urlencoded/i.test(type);
	http.bodyKind = isForm ? 'urlencoded' : 'other';
	return { fields: isForm ? Object.fromEntries(new URLSearchParams(text)) : {}, files: [] };
}

/** curl sends a JSON body with the content type of a form unless told otherwise, so the text itself decides. */
function jsonObject(text: string): Record<string, unknown> | undefined {
	if (!text.trimStart().startsWith('{')) return undefined;
	const value = parseValue(text);
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

async function readParts(request: IncomingMessage, http: HttpFacts, type: string, folder: () => string): Promise<Body> {
	http.bodyKind = 'multipart';
	const boundary = boundaryOf(type);
	const empty = request.headers['content-length'] === '0';
	if (boundary === undefined || empty) {
		await readAll(request);
		return { fields: {}, files: [], refusal: 101 };
	}
	try {
		const { fields, files, typedParts } = await readMultipart(request, boundary, folder());
		http.typedParts = typedParts;
		return { fields, files };
	} catch (error) {
		if (request.destroyed && !request.complete) throw error;
		return { fields: {}, files: [], refusal: 101 };
	}
}

/** The cookie comes first: a stale one beside a fresh `_sid` breaks the request (core.md 3.4). Multipart parts do not count. */
function addSession(http: HttpFacts, fields: Record<string, string>): void {
	const inBody = http.bodyKind === 'urlencoded' ? fields._sid : undefined;
	const sid = http.cookies.id || inBody || http.query._sid;
	if (sid) http.sid = sid;
	const header = http.headers['x-syno-token'];
	const token = (typeof header === 'string' && header) || http.query.SynoToken;
	if (token) http.token = token;
}

/** Cookies by name. */
export function readCookies(header: string | undefined): Record<string, string> {
	const pairs = (header ?? '').split(';').map((pair) => pair.trim().split(/=(.*)/s));
	return Object.fromEntries(
		pairs.filter(([name, value]) => name && value !== undefined).map(([name, value]) => [name, value]),
	);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

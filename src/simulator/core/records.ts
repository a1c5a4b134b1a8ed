import type { IncomingMessage } from 'node:http';
import type { BodyKind } from './behaviour';
import { parseValue } from './json';
import { splitTarget, type WireRequest } from './wire';

/** One HTTP request as it came. `params` are the merged parameters, parsed leniently. */
export interface RequestRecord {
	httpMethod: string;
	path: string;
	query: Record<string, string>;
	api: string;
	method: string;
	version: number;
	params: Record<string, unknown>;
	headers: Record<string, string>;
	bodyKind: BodyKind;
	sessionSid?: string;
	/** Body of a DAV request. */
	body?: string;
	/** Milliseconds of the NAS's clock. */
	at: number;
	/** API error code; 0 = success. Absent when no envelope was sent. */
	answerCode?: number;
}

/** A request that no CGI read. */
export function bareRecord(request: IncomingMessage, at: number): RequestRecord {
	const { path, query: asked } = splitTarget(request.url ?? '/');
	const query = Object.fromEntries(asked);
	const { api = '', method = '', version } = query;
	const headers = headersOf(request);
	return {
		httpMethod: request.method ?? 'GET',
		path,
		query,
		api,
		method,
		version: Number(version),
		params: {},
		headers,
		bodyKind: 'none',
		at,
	};
}

function headersOf(request: IncomingMessage): Record<string, string> {
	return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

export function toRecord(
	{ http, api, method, version, raw }: WireRequest,
	request: IncomingMessage,
	at: number,
): RequestRecord {
	return {
		httpMethod: request.method ?? 'GET',
		path: http.path,
		query: http.query,
		api: api ?? '',
		method: method ?? '',
		version: Number(version ?? Number.NaN),
		params: Object.fromEntries(Object.entries(raw).map(([key, text]) => [key, parseValue(text)])),
		headers: headersOf(request),
		bodyKind: http.bodyKind,
		...(http.sid !== undefined && { sessionSid: http.sid }),
		at,
	};
}

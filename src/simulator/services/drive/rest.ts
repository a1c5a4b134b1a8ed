import type { ApiReply } from '../../core/behaviour';
import type { IncomingCall } from '../../core/dispatch';
import type { RestApi, RestCall } from '../../core/service';
import type { WireRequest } from '../../core/wire';
import { FLAGS, MORE_ROUTES, NUMBERS, ROUTES, type Route } from './routes';

const PREFIX = /^\/api\/SynologyDrive\/default\/v([12])(\/.*)$/;

/** The call behind a path; undefined for other paths. */
function callOf(verb: string, path: string): RestCall | undefined {
	const [, version, rest = ''] = PREFIX.exec(path) ?? [];
	if (version === undefined) return undefined;
	if (verb === 'POST' && (rest === '/login' || rest === '/logout'))
		return { api: 'SYNO.API.Auth', method: rest.slice(1), version: 6, inPath: {}, bodiless: false };
	for (const route of version === '2' ? [...ROUTES, ...MORE_ROUTES] : ROUTES) {
		const inPath = route[0] === verb ? match(route, rest) : undefined;
		if (inPath) return found(route, inPath);
	}
	return undefined;
}

const found = ([verb, path, api, method, version]: Route, inPath: Record<string, string>): RestCall => ({
	api: `SYNO.SynologyDrive.${api}`,
	method,
	version,
	inPath,
	bodiless: verb === 'DELETE' || path === '/files/request-access',
});

function match([, pattern]: Route, path: string): Record<string, string> | undefined {
	const [wanted, given] = [pattern.split('/'), path.split('/')];
	if (wanted.length !== given.length) return undefined;
	const inPath: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		const value = decodeURIComponent(given[index] ?? '');
		if (part.startsWith('{')) inPath[part.slice(1, -1)] = value;
		else if (part !== value) return undefined;
	}
	return inPath;
}

/** The call as dispatch takes it. Bodies are JSON; what stands in the query is text but for counts and switches. */
function incoming(rest: RestCall, { http, raw, files }: WireRequest, ip: string): IncomingCall {
	const body = http.jsonBody ?? {};
	const query = Object.entries(http.query).map(([name, value]) => [name, typed(name, value)]);
	const values: Record<string, unknown> = { ...Object.fromEntries(query), ...rest.inPath, ...body };
	if (http.sid === undefined && typeof body._sid === 'string') http.sid = body._sid;
	const texts = Object.entries(body).map(([name, value]) => [
		name,
		typeof value === 'string' ? value : JSON.stringify(value),
	]);
	const { api, method, version } = rest;
	return {
		api,
		method,
		version,
		raw: { ...raw, ...rest.inPath, ...Object.fromEntries(texts) },
		...(http.bodyKind !== 'multipart' && { values }),
		files,
		ip,
		batched: false,
		http,
	};
}

function typed(name: string, value: string): unknown {
	if (NUMBERS.includes(name) && /^\d+$/.test(value)) return Number(value);
	return FLAGS.includes(name) && /^(true|false)$/.test(value) ? value === 'true' : value;
}

/** It answers a login with no more than these two. */
function reply({ api, method }: RestCall, answer: ApiReply): ApiReply {
	if (api !== 'SYNO.API.Auth' || method !== 'login' || !('data' in answer)) return answer;
	const { sid, did } = answer.data as { sid: string; did: string };
	return { data: { did, sid } };
}

/** The REST paths of Drive, which came with DSM 7.2 (drive.md 1.2). */
export const driveRest: RestApi = {
	callOf: ({ capabilities }, verb, path) => (capabilities.dsm === '7.1' ? undefined : callOf(verb, path)),
	incoming,
	reply,
};

import type { ApiReply } from './behaviour';
import type { IncomingCall } from './dispatch';
import type { RestApi, RestCall } from './service';
import type { WireRequest } from './wire';

/** A path below the prefix of a package and the call that it stands for. */
export type Route = readonly [verb: string, path: string, api: string, method: string, version: number];

/** The REST paths of one package (core.md 1.1). */
export interface RestTable {
	/** Name of the package in the paths: `SynologyDrive`. */
	name: string;
	/** An API of the package: while it is not served, the paths are unknown. */
	api: string;
	/** Routes by version of the paths. */
	routes: Readonly<Record<string, readonly Route[]>>;
	/** A value of the query as the call takes it. */
	typed: (name: string, text: string) => unknown;
	/** Whether the call takes no body. */
	bodiless: (route: Route) => boolean;
	/** Whether a body may say whose session it is, beside the logout. */
	sidInBody: boolean;
}

/** The paths of a package, which came with an update of DSM 7.2.2, as calls: `/api/<Package>/default/v1/…`. */
export function restApi(table: RestTable): RestApi {
	return {
		callOf: (nas, verb, path) =>
			nas.isSince('7.2.2') && nas.api(table.api) !== undefined ? callOf(table, verb, path) : undefined,
		incoming: (rest, wire, ip) => incoming(table, rest, wire, ip),
		reply,
	};
}

function callOf({ name, routes, bodiless }: RestTable, verb: string, path: string): RestCall | undefined {
	const [, named, version = '', rest = ''] = /^\/api\/(\w+)\/default\/v(\d)(\/.*)$/.exec(path) ?? [];
	const known = named === name ? routes[version] : undefined;
	if (!known) return undefined;
	if (verb === 'POST' && (rest === '/login' || rest === '/logout'))
		return { api: 'SYNO.API.Auth', method: rest.slice(1), version: 6, inPath: {}, bodiless: false };
	for (const route of known) {
		const inPath = route[0] === verb ? match(route, rest) : undefined;
		const [, , api, method, at] = route;
		if (inPath) return { api, method, version: at, inPath, bodiless: bodiless(route) };
	}
	return undefined;
}

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

/** The call as dispatch takes it. Bodies are JSON. */
function incoming(table: RestTable, rest: RestCall, { http, raw, files }: WireRequest, ip: string): IncomingCall {
	const body = http.jsonBody ?? {};
	const query = Object.entries(http.query).map(([name, value]) => [name, table.typed(name, value)]);
	const values: Record<string, unknown> = { ...Object.fromEntries(query), ...rest.inPath, ...body };
	const fromBody = table.sidInBody || rest.method === 'logout';
	if (fromBody && http.sid === undefined && typeof body._sid === 'string') http.sid = body._sid;
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

/** A login is answered with no more than these two. */
function reply({ api, method }: RestCall, answer: ApiReply): ApiReply {
	if (api !== 'SYNO.API.Auth' || method !== 'login' || !('data' in answer)) return answer;
	const { sid, did } = answer.data as { sid: string; did: string };
	return { data: { did, sid } };
}

import { unlink } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { services } from '../services';
import type { ApiReply } from './behaviour';
import { isDavPath, serveDav } from './dav/serveDav';
import { dispatch, type Kernel, type Outcome } from './dispatch';
import { remember } from './history';
import { nginxPage, TITLES, writeHtml, writeReply } from './http';
import type { Nas } from './nas';
import { pingpong } from './pingpong';
import { channelOf, openPacket } from './realtime/engine';
import { bareRecord, toRecord, type RequestRecord } from './records';
import type { Page, RestApi, RestCall, Visitor } from './service';
import { CODE_PATH, desktop } from './signInPage';
import { WARRANT_HEADER } from './warrants';
import { cgiOf, readCookies, readRequest, splitTarget, type WireRequest } from './wire';

/** Kernel plus the record of every request. */
export interface ServerState extends Kernel {
	requests: RequestRecord[];
	/** Login attempts so far. */
	logins: number;
	secure: boolean;
}

/** Longest request target nginx takes: above it a GET answers 414 (core.md 3.1). */
const LONGEST_TARGET = 8100;

const PINGPONG = '/webman/pingpong.cgi';

/** Path prefixes of application portals that nothing is simulated of (core.md 1.1). */
const OTHER_ALIASES = ['photo'];
const isAlias = (name: string): boolean => OTHER_ALIASES.includes(name) || services.some(({ alias }) => alias === name);

let pages: Page[] | undefined;

/** What a service serves at this path beside the CGI. */
function pageAt(path: string): ((visitor: Omit<Visitor, 'parts'>) => ApiReply) | undefined {
	for (const { path: pattern, answer } of (pages ??= services.flatMap((service) => service.pages ?? []))) {
		const parts = pattern.exec(path);
		if (parts) return (visitor) => answer({ ...visitor, parts });
	}
	return undefined;
}

const siteAt = (nas: Nas, path: string) => services.find((service) => service.site?.serves(nas, path))?.site;

/** Who answers a request: a proxy or nginx, DAV, a page of a service, or a CGI; the desktop's channel before all. */
export async function handle(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { nas } = state;
	// The clock of the NAS, not of this machine: clients read it here (core.md 5.2).
	response.setHeader('Date', new Date(nas.lies.date(nas.clock.now())).toUTCString());
	// Whoever asked may have given up meanwhile: the wait keeps no program alive.
	if (nas.faults.delay > 0) await new Promise((resolve) => setTimeout(resolve, nas.faults.delay).unref());
	const { path } = splitTarget(request.url ?? '/');
	if (channelOf(path) === 'desktop') return poll(state, request, response);
	const refusal = refusalOf(state, request, path);
	if (refusal) {
		noted(state, request).resume();
		return refuse(response, refusal);
	}
	if (isDavPath(nas, path)) return await dav(state, request, response);
	if (isSignInPath(path)) return signIn(nas, noted(state, request), response);
	const page = pageAt(path);
	if (page) return await site(state, request, response, page);
	const rest = restOf(nas, request, path);
	const cgi = rest ? 'entry.cgi' : siteAt(nas, path) ? path : cgiOf(path)?.cgi;
	if (cgi === undefined) return pingpong(nas, noted(state, request), response);
	await call(state, request, response, cgi, rest);
}

/** The request, put on record. */
function noted(state: ServerState, request: IncomingMessage): IncomingMessage {
	remember(state.requests, bareRecord(request, state.nas.clock.now()), state.history);
	return request;
}

async function dav(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const record = bareRecord(request, state.nas.clock.now());
	remember(state.requests, record, state.history);
	record.body = await serveDav(state.nas, request, response);
}

async function call(
	state: ServerState,
	request: IncomingMessage,
	response: ServerResponse,
	cgi: string,
	rest: RestFound | undefined,
): Promise<void> {
	const { routingInParts } = state.nas.switches;
	const wire = await readRequest(request, cgi, () => state.nas.directory('incoming'), {
		secure: state.secure,
		routingInParts,
	});
	if (rest) {
		const { api, method, version } = rest.call;
		Object.assign(wire, { api, method, version: String(version) });
	}
	const record = toRecord(wire, request, state.nas.clock.now());
	remember(state.requests, record, state.history);
	if (isLogin(record)) state.logins += 1;
	const ip = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	const form = siteAt(state.nas, cgi);
	if (form) return await writeReply(response, form.answer(state.nas, wire, ip));
	const { reply, cut } = rest ? await answerRest(state, wire, rest, ip) : await answer(state, wire, ip);
	if (!('html' in reply) && cut !== 'nothing') record.answerCode = 'error' in reply ? reply.error : 0;
	response.setHeader(WARRANT_HEADER, wire.http.warrant ?? 'served');
	await writeReply(response, reply, cut, request.headers.range);
	await Promise.all(wire.files.map((file) => unlink(file.path).catch(() => undefined)));
}

/** What a package serves beside the CGI. */
async function site(
	state: ServerState,
	request: IncomingMessage,
	response: ServerResponse,
	page: (visitor: Omit<Visitor, 'parts'>) => ApiReply,
): Promise<void> {
	noted(state, request).resume();
	const { query } = splitTarget(request.url ?? '/');
	const sid = readCookies(request.headers.cookie).id;
	await writeReply(response, page({ nas: state.nas, query, sid }), undefined, request.headers.range);
}

/** First request of the desktop channel by polling: it names the WebSocket, which alone is served (core.md 14). */
function poll(state: ServerState, request: IncomingMessage, response: ServerResponse): void {
	request.resume();
	response.writeHead(200, { Server: 'nginx', 'Content-Type': 'text/plain; charset=UTF-8' });
	response.end(openPacket(state, ['websocket']));
}

/** The desktop, and where its sign-in page asks for a code. */
const isSignInPath = (path: string): boolean => path === '/' || path === CODE_PATH;

/** DSM's own sign-in page (identity.md 13.10). */
function signIn(nas: Nas, request: IncomingMessage, response: ServerResponse): Promise<void> | void {
	request.resume();
	const { path, query } = splitTarget(request.url ?? '/');
	const ip = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	const found = nas.sessions.resume(readCookies(request.headers.cookie).id, ip);
	const session = typeof found === 'number' ? undefined : found;
	if (path === '/') return writeHtml(response, 200, desktop(nas, query, session));
	const data = session && nas.signInPage.grant(session.user, query, request.headers.host ?? '');
	return writeReply(response, session ? { data } : { error: 119 });
}

interface HttpRefusal {
	status: number;
	headers?: Record<string, string>;
	page?: string;
}

/** What a proxy or nginx answers itself; undefined when the request reaches DSM. */
function refusalOf({ nas }: ServerState, request: IncomingMessage, path: string): HttpRefusal | undefined {
	const { faults } = nas;
	const target = request.url ?? '/';
	if (faults.redirectTo !== undefined) return { status: 301, headers: { Location: faults.redirectTo + target } };
	const effect = faults.takeHttp();
	if (effect?.kind === 'badGateway') return { status: 502 };
	if (effect?.kind === 'html') return { status: effect.status, page: LOGIN_PAGE };
	if (target.length > LONGEST_TARGET) return { status: 414 };
	const cgi = cgiOf(path);
	const known =
		path === PINGPONG ||
		restOf(nas, request, path) ||
		isDavPath(nas, path) ||
		isSignInPath(path) ||
		pageAt(path) !== undefined ||
		siteAt(nas, path) !== undefined ||
		(cgi && (cgi.alias === undefined || isAlias(cgi.alias)));
	return known ? undefined : { status: 404 };
}

function refuse(response: ServerResponse, { status, headers, page }: HttpRefusal): void {
	writeHtml(response, status, page ?? nginxPage(TITLES[status] ?? ''), headers);
}

/** The call that a verb and a path stand for, and the service that says so. */
interface RestFound {
	rest: RestApi;
	call: RestCall;
}

function restOf(nas: Nas, { method = 'GET' }: IncomingMessage, path: string): RestFound | undefined {
	for (const { rest } of services) {
		const call = rest?.callOf(nas, method, path);
		if (rest && call) return { rest, call };
	}
	return undefined;
}

async function answerRest(
	state: ServerState,
	wire: WireRequest,
	{ rest, call }: RestFound,
	ip: string,
): Promise<Outcome> {
	if (wire.refusal !== undefined && !call.bodiless) return { reply: { error: wire.refusal } };
	const outcome = await dispatch(state, rest.incoming(call, wire, ip));
	return { ...outcome, reply: rest.reply(call, outcome.reply) };
}

/** Routing keys (101), then what the upload itself gets wrong, then the call. */
async function answer(state: ServerState, wire: WireRequest, ip: string): Promise<Outcome> {
	const { api, method, version, refusal, raw, files, http } = wire;
	if (refusal !== undefined) return { reply: { error: refusal } };
	if (!api || !method || !version) return { reply: unrouted(wire) };
	const number = /^\d+$/.test(version) ? Number(version) : Number.NaN;
	const named = spelled(state.nas, api, method);
	return await dispatch(state, { api, method: named, version: number, raw, files, ip, batched: false, http });
}

/** The name of a method as it stands in the list of its API, where its package does not look at the case. */
function spelled(nas: Nas, api: string, method: string): string {
	if (!services.some(({ caseless }) => caseless !== undefined && api.startsWith(caseless))) return method;
	const names = [...(nas.api(api)?.methods?.values() ?? [])].flatMap((some) => [...some]);
	return names.find((name) => name.toLowerCase() === method.toLowerCase()) ?? method;
}

/** 101, unless the package that the parts of the body name has an answer of its own. */
const unrouted = ({ misrouted = '' }: WireRequest): ApiReply =>
	services.find((one) => one.package?.apis.some((start) => misrouted.startsWith(start)))?.misrouted ?? { error: 101 };

const LOGIN_PAGE =
	'<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Please sign in to continue</form></body></html>';

function isLogin({ api, method }: RequestRecord): boolean {
	return api === 'SYNO.API.Auth' && method.toLowerCase() === 'login';
}

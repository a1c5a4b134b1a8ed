import { methodsAt, type Api } from './apis';
import { CIPHER_KEY, decrypt } from './encryption';
import type { ApiReply, ApiRequest, BehaviourTable, HttpFacts, UploadedFile } from './behaviour';
import type { CutPoint } from './faults';
import { remember } from './history';
import { parseValue } from './json';
import type { Nas, Session } from './nas';
import { nearest } from './nearest';
import { type Answered, unserved, warrant, type WarrantedCall } from './warrants';

/** A call to an API, method or version that the NAS does not have. */
export interface UnexpectedCall {
	api: string;
	method: string;
	version: number;
	/** The nearest known name. */
	nearest: string;
}

export interface CallName {
	api: string;
	method: string;
	version: number;
}

/** What dispatching needs of the running simulator. */
export interface Kernel {
	nas: Nas;
	/** Asked in order; the first answer counts. */
	tables: BehaviourTable[];
	unexpected: UnexpectedCall[];
	/** What each answer rests on. */
	warrants: WarrantedCall[];
	/** Told of each call whose answer nobody knows. */
	onUnknown?: ((call: CallName) => void) | undefined;
	/** Most items of each record. */
	history: number;
}

/** A call before validation. `values` are real JSON values (batch entries); else `raw` is parsed by the API's format. */
export interface IncomingCall extends CallName {
	raw: Record<string, string>;
	values?: Record<string, unknown>;
	files: UploadedFile[];
	ip: string;
	batched: boolean;
	http: HttpFacts;
}

export interface Outcome {
	reply: ApiReply;
	cut?: CutPoint;
	session?: Session;
}

/** Old names of entry.cgi that still answer (core.md 1.1). */
const ALIAS_CGI: Record<string, string> = {
	'query.cgi': 'SYNO.API.Info',
	'auth.cgi': 'SYNO.API.Auth',
	'encryption.cgi': 'SYNO.API.Encryption',
};

/** The upload layer of all APIs takes base names only (core.md 10.6). */
const UNSAFE_NAME: ApiReply = { error: 108, errors: { upload_err: -8 } };

const READS = /^(get|list|query|info|status|search|read|check|download|count|thumbnail|logout)/i;

/** Validates a call in DSM's order (core.md 1.3) and lets the behaviours answer it. */
export async function dispatch(kernel: Kernel, incoming: IncomingCall): Promise<Outcome> {
	const call = opened(kernel.nas, incoming);
	// What DSM says of an encrypted parameter that it cannot read is not known: not the code of a wrong password.
	const { warrant: rests = 'served', ...outcome } = call ? await validated(kernel, call) : { reply: { error: 100 } };
	warrant(kernel, incoming, rests);
	return outcome;
}

/** The call with its encrypted parameters (core.md 7.1) in the clear; undefined when they cannot be read. */
function opened(nas: Nas, call: IncomingCall): IncomingCall | undefined {
	const { [CIPHER_KEY]: sealed, ...raw } = call.raw;
	if (sealed === undefined) return call;
	const inside = decrypt(nas, sealed);
	if (!inside) return undefined;
	const values = Object.entries(inside).map(([name, text]): [string, unknown] => [name, parseValue(text)]);
	return {
		...call,
		raw: { ...raw, ...inside },
		...(call.values && { values: { ...call.values, ...Object.fromEntries(values) } }),
	};
}

async function validated(kernel: Kernel, call: IncomingCall): Promise<Outcome & Partial<Answered>> {
	const found = find(kernel.nas, call);
	if (typeof found === 'number') {
		const { api, method, version } = call;
		const unknown = { api, method, version, nearest: nearest(kernel.nas, found, api, method, version) };
		remember(kernel.unexpected, unknown, kernel.history);
		return { reply: { error: found } };
	}
	const session = authorise(kernel.nas, found, call);
	if (typeof session === 'number') return { reply: { error: session } };
	if (call.files.some(({ name }) => /[\\/]/.test(name))) return { reply: UNSAFE_NAME };
	const outcome = await answer(kernel, found, call, session);
	return { ...outcome, ...(session && { session }) };
}

/** Steps 1 to 3: 102, 104, 103. */
function find(nas: Nas, { api: name, method, version, http }: IncomingCall): Api | number {
	const api = nas.api(name);
	if (!api || !(api.path === http.cgi || ALIAS_CGI[http.cgi] === name)) return 102;
	if (!Number.isInteger(version) || version < api.minVersion || version > api.maxVersion) return 104;
	const methods = methodsAt(api, version);
	return !methods || methods.has(method) || wasCalled(api, method, version) ? api : 103;
}

/** A device answered this method at its highest version with another code than 103: stronger than an older method table. */
function wasCalled(api: Api, method: string, version: number): boolean {
	return version === api.maxVersion && Object.hasOwn(api.recorded, method);
}

/** Steps 4 to 6: the session (absent when none is needed), or a code. */
function authorise(nas: Nas, api: Api, { method, http, ip }: IncomingCall): Session | undefined | number {
	const session = nas.sessions.resume(http.sid, ip);
	if (api.authLevel === 0) return typeof session === 'number' ? undefined : session;
	if (api.authLevel === 2) return optionalSession(nas, session, method, http);
	if (typeof session === 'number') return api.path === 'entry.cgi' ? session : oldCgiCode(nas, http);
	if (lacksToken(nas, session, method, http)) return nas.switches.missingTokenCode;
	const { user } = session;
	if (!user.administrator && !user.delegated.has(api.name) && isAdminMethod(api, method)) return 105;
	if (api.app !== undefined && !nas.allows(user, api.app)) return nas.switches.missingPrivilegeCode;
	if (nas.switches.v6ReducedRights && session.version < 7 && changesSettings(api, method)) return 402;
	return session;
}

/** Old CGIs have one answer for every session problem (core.md 1.3), or another for a session that is over. */
const oldCgiCode = ({ switches }: Nas, { sid }: HttpFacts): number =>
	sid === undefined ? 105 : switches.oldCgiExpiredCode;

/** Level 2: no session is as good as one, but one that has a token needs it on every request (core.md 3.4). */
function optionalSession(
	nas: Nas,
	session: Session | number,
	method: string,
	http: HttpFacts,
): Session | undefined | number {
	if (typeof session === 'number') return undefined;
	return lacksToken(nas, session, method, http) ? nas.switches.missingTokenCode : session;
}

/** By the descriptor, unless an ordinary account was seen to get past step 6 on a device. */
function isAdminMethod({ adminOnly, adminMethods, recorded }: Api, method: string): boolean {
	if (!adminOnly && !adminMethods.has(method)) return false;
	return !Object.hasOwn(recorded, method) || recorded[method] === 105;
}

/** Accounts and groups, and whatever else of the Control Panel only administrators may change (releases.md 4.1). */
const changesSettings = (api: Api, method: string): boolean =>
	/^SYNO\.Core\.(User|Group)(\.|$)/.test(api.name)
		? !READS.test(method)
		: api.name.startsWith('SYNO.Core.') && isAdminMethod(api, method) && !READS.test(method);

/** Step 5: a session that has a token needs it on every request. */
function lacksToken({ switches }: Nas, { token }: Session, method: string, http: HttpFacts): boolean {
	// The login of the REST paths gives none (core.md 1.1).
	if (token === undefined) return switches.requireToken && !READS.test(method) && !http.path.startsWith('/api/');
	return http.token !== token;
}

async function answer(
	kernel: Kernel,
	api: Api,
	call: IncomingCall,
	session: Session | undefined,
): Promise<Outcome & Partial<Answered>> {
	const fault = kernel.nas.faults.takeCall(call.api, call.method);
	if (fault?.kind === 'cut' && fault.after === 'nothing') return { reply: {}, cut: 'nothing' };
	if (fault?.kind === 'error') return { reply: { error: fault.code, errors: fault.errors } };
	const request = toRequest(kernel.nas, api, call, session);
	const truth = await behave(kernel, api, request).catch(serverException);
	const answered = {
		...truth,
		reply: kernel.nas.lies.about(call, request.params, kernel.nas.learned.about(call, truth.reply)),
	};
	if (fault?.kind === 'emptyData') return { reply: { data: {} } };
	const { reply } = answered;
	if (fault?.kind === 'data') return { reply: 'error' in reply ? reply : { data: fault.data } };
	const cut = fault?.after ?? ('cut' in reply ? reply.cut : undefined);
	return cut ? { ...answered, cut } : answered;
}

/** A fault of the simulator itself: 100, as DSM says of an exception in the server (core.md 8.1), and a warning. */
function serverException(error: unknown): Answered {
	process.emitWarning(error instanceof Error ? error : String(error));
	return { reply: { error: 100 }, warrant: 'served' };
}

async function behave(kernel: Kernel, api: Api, request: ApiRequest): Promise<Answered> {
	for (const table of kernel.tables) {
		const reply = await table[`${api.name}.${request.method}`]?.(request);
		if (reply) return { reply, warrant: 'served' };
	}
	return unserved(api, request);
}

function toRequest(nas: Nas, api: Api, call: IncomingCall, session: Session | undefined): ApiRequest {
	const { api: name, method, version, raw, files, ip, batched, http } = call;
	return {
		api: name,
		method,
		version,
		params: call.values ?? readParams(api, raw),
		raw,
		files,
		ip,
		batched,
		nas,
		http,
		...(session && { session, user: session.user }),
	};
}

/** JSON first, else the raw text; an empty bare value counts as absent (core.md 3.2). APIs without the format take text only. */
function readParams(api: Api, raw: Record<string, string>): Record<string, unknown> {
	if (api.requestFormat !== 'JSON') return raw;
	const present = Object.entries(raw).filter(([, text]) => text !== '');
	return Object.fromEntries(present.map(([key, text]) => [key, parseValue(text)]));
}

import { isFileSource, type Call, type FileSource } from './call';
import type { ApiInfo, CallOptions } from './dsm';
import { DsmInputError } from './errors';
import type { Post } from './http';
import { multipart } from './multipart';
import type { Session } from './session';
import { encodeForm, encodeValue, percent } from './wire';

/** How a request proves its session: by cookie and header, or by query where a multipart handler refuses that (core.md 3.4). */
export type Proof = 'header' | 'query';

export interface Ready {
	/** With the version to use. */
	call: Call;
	info: ApiInfo;
	session: Session;
	params: Record<string, unknown>;
	proof: Proof;
	/** Part of a file that is wanted: `bytes=1000-`. */
	range?: string | undefined;
	/** The answer may be a file. */
	isFile?: true | undefined;
}

/** The routing keys: a parameter of such a name would call something else than what was asked for. */
const ROUTING = ['api', 'version', 'method'];

/** Refuses parameters that would change which call is made. Throws DsmInputError. */
export function checkNames(call: Call, params: Record<string, unknown>): void {
	const name = ROUTING.find((key) => params[key] !== undefined);
	if (name === undefined) return;
	throw new DsmInputError(`"${name}" cannot be a parameter of ${call.api} ${call.method}: it names the call itself.`, {
		call,
		path: [name],
		hint: 'Set API, method and version in their own fields.',
	});
}

/** A token goes in quotes, as the Chat UI shows it; in the body, where no log of a proxy finds it (chat.md 8, core.md 3.1). */
const proofOf = ({ sid, botToken }: Session): Record<string, string> =>
	botToken === undefined ? { _sid: sid } : { token: JSON.stringify(botToken) };

/** The request of a page that is no Web API: bare values, and the session as cookie (audiostation.md 1). */
function composeSite({ call, session, params, isFile }: Ready, site: string, signal: AbortSignal | undefined): Post {
	const fields = Object.entries(params).map(([name, value]) => [name, encodeValue(value, undefined)]);
	const token = session.synoToken === undefined ? undefined : { 'x-syno-token': session.synoToken };
	return {
		site,
		path: '',
		headers: { ...token, cookie: `id=${session.sid}` },
		body: encodeForm({ action: call.method, ...Object.fromEntries(fields) }),
		signal,
		isFile,
	};
}

/** The parameters as fields of a form; undefined: one of them is a file. */
function fieldsOf({ call, info, session, params }: Ready): Record<string, string | undefined> | undefined {
	const fields: Record<string, string | undefined> = {
		api: call.api,
		version: String(call.version),
		method: call.method,
	};
	for (const name of Object.keys(params)) {
		const value = params[name];
		if (isFileSource(value)) return undefined;
		fields[name] = encodeValue(value, info.requestFormat);
	}
	return Object.assign(fields, proofOf(session));
}

/** The HTTP request of a call: the composer of core.md 3.4. */
export function compose(ready: Ready, { onProgress, signal }: CallOptions): Post {
	const { call, info, session, params, isFile } = ready;
	if (call.site !== undefined) return composeSite(ready, call.site, signal);
	const fields = fieldsOf(ready);
	if (fields) {
		const path = call.as === undefined ? info.path : `${info.path}/${percent(call.as)}`;
		const headers: Record<string, string> = {};
		if (session.synoToken !== undefined) headers['x-syno-token'] = session.synoToken;
		if (ready.range) headers.range = ready.range;
		return { path, headers, body: encodeForm(fields), signal, isFile };
	}
	const files = Object.entries(params).filter((entry): entry is [string, FileSource] => isFileSource(entry[1]));
	const texts = Object.fromEntries(Object.entries(params).filter(([, value]) => !isFileSource(value)));
	const { contentType, length, open } = multipart(texts, Object.fromEntries(files), onProgress);
	const byQuery = ready.proof === 'query';
	const token = session.synoToken === undefined ? undefined : { 'x-syno-token': session.synoToken };
	return {
		path: info.path,
		query: {
			api: call.api,
			version: String(call.version),
			method: call.method,
			...(byQuery && { _sid: session.sid, ...(session.synoToken && { SynoToken: session.synoToken }) }),
		},
		headers: {
			'content-type': contentType,
			'content-length': String(length),
			...(!byQuery && { ...token, cookie: `id=${session.sid}` }),
		},
		body: open(),
		signal,
		isFile,
	};
}

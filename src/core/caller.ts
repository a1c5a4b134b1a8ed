import { Readable } from 'node:stream';
import { isFileSource, type Call, type FileAnswer, type FileSource } from './call';
import type { Discovery } from './discovery';
import type { ApiInfo, CallOptions } from './dsm';
import { DsmAbortError, DsmSessionError, isDsmError, redactError, type DsmError } from './errors';
import { apiError, SESSION_CODES, unavailable, type Knowledge } from './faults';
import type { Host } from './host';
import type { NasHttp } from './http';
import { multipart } from './multipart';
import type { Redactor } from './redact';
import { withRetries } from './retry';
import type { Session, SessionHolder } from './session';
import type { HttpResponse } from './transport';
import { encodeForm, encodeValue, readEnvelope, readFileAnswer } from './wire';

interface Request<T extends object> {
	call: Call;
	params: Params;
	options: CallOptions;
	read: (response: HttpResponse) => Promise<T>;
}

export interface CallerContext {
	http: NasHttp;
	host: Host;
	discovery: Discovery;
	sessions: SessionHolder;
	knowledge: Knowledge;
	/** What foreign texts in errors go through. */
	redactor: Pick<Redactor, 'text' | 'value'>;
}

type Failure = { success: false; error: { code: number; errors?: unknown } };
type Params = Record<string, unknown>;
/** How a request proves its session: by cookie and header, or by query where a multipart handler refuses that (core.md 3.4). */
type Proof = 'header' | 'query';

/** Bytes from which on an upload is worth a test of the session. */
const LARGE_UPLOAD = 16 << 20;

/** Makes one API call: version, encoding, session renewal, refreshed API list, retries, errors. */
export class Caller {
	readonly #context: CallerContext;

	constructor(context: CallerContext) {
		this.#context = context;
	}

	/** `data` of the envelope; `read` may look into an envelope before it counts as an answer. */
	async call(call: Call, params: Params, options: CallOptions, read = readEnvelope): Promise<unknown> {
		const envelope = await this.#perform({ call, params, options, read });
		return envelope.data;
	}

	/** A file in place of an envelope. */
	async file(call: Call, params: Params, options: CallOptions): Promise<FileAnswer> {
		const answer = await this.#perform({ call, params, options, read: readFileAnswer });
		if ('stream' in answer) return answer;
		// Success without a file: the answer itself is what there is to keep.
		const text = JSON.stringify(answer);
		return { name: '', type: 'application/json', size: Buffer.byteLength(text), stream: Readable.from([Buffer.from(text)]) };
	}

	/** The API and the version to use: the declared one, or the server's highest if that is lower. */
	async resolve(call: Call, options: CallOptions): Promise<{ call: Call; info: ApiInfo }> {
		const info = await this.#context.discovery.get(call.api);
		const details = { call, ...(options.operation !== undefined && { operation: options.operation }) };
		if (!info) throw unavailable(call, { ...details, dsmCode: 102 }, this.#context.knowledge);
		if (call.version < info.minVersion) throw unavailable(call, { ...details, dsmCode: 104 }, this.#context.knowledge);
		return { call: { ...call, version: Math.min(call.version, info.maxVersion) }, info };
	}

	async #perform<T extends object>(request: Request<T>): Promise<Exclude<T, Failure>> {
		try {
			return await withRetries(this.#context.host, request.options, async () => await this.#withSession(request));
		} catch (error) {
			redactError(error, this.#context.redactor);
			throw error;
		}
	}

	/** The error of an answer inside an answer (an entry of a batch). */
	errorOf(call: Call, { code, errors }: { code: number; errors?: unknown }, options: CallOptions): DsmError {
		const error = apiError(call, code, errors, options.operation, this.#context.knowledge);
		redactError(error, this.#context.redactor);
		return error;
	}

	/** One call, repeated at most once each for a lost session, a refused upload form and an outdated API list. */
	async #withSession<T extends object>(request: Request<T>): Promise<Exclude<T, Failure>> {
		const { call, params, options } = request;
		const { discovery, sessions, knowledge } = this.#context;
		const upload = Object.values(params).some(isFileSource);
		let renewed = false;
		let refreshed = false;
		let proof: Proof = 'header';
		for (;;) {
			options.signal?.throwIfAborted();
			const { call: resolved, info } = await this.resolve(call, options);
			const session = await this.#sessionFor(params);
			const answer = await this.#guarded(options, async () =>
				await request.read(await this.#post(resolved, info, session, params, options, proof)),
			);
			if (!isFailure(answer)) return answer as Exclude<T, Failure>;
			const { code, errors } = answer.error;
			const error = apiError(resolved, code, errors, options.operation, knowledge);
			if (!renewed && (SESSION_CODES.has(code) || (await this.#oldCgiLostSession(code, info, session)))) {
				renewed = true;
				this.#stopAtDuel(code, session, error);
				await sessions.renew(session);
			} else if (upload && proof === 'header' && (code === 119 || (code === 105 && call.api.startsWith('SYNO.NoteStation.')))) {
				proof = 'query';
			} else if (!refreshed && code >= 102 && code <= 104 && (await discovery.refresh(call.api))) {
				refreshed = true;
			} else {
				throw error;
			}
		}
	}

	/** Before a large upload the session is tested: DSM would read the whole body before it refuses it (core.md 10.9). */
	async #sessionFor(params: Params): Promise<Session> {
		const { sessions } = this.#context;
		const session = await sessions.get();
		const size = Object.values(params).reduce<number>((sum, value) => sum + (isFileSource(value) ? value.size : 0), 0);
		if (size < LARGE_UPLOAD || (await this.holds(session))) return session;
		return await sessions.renew(session);
	}

	/** A write whose answer was lost may have been done: it is reported so, and not repeated. */
	async #guarded<T>(options: CallOptions, send: () => Promise<T>): Promise<T> {
		try {
			return await send();
		} catch (error) {
			if (options.signal?.aborted) throw new DsmAbortError(undefined, { cause: error });
			if (isDsmError(error) && error.details.outcomeUnknown && !options.readOnly) throw unknownOutcome(error, options);
			throw error;
		}
	}

	#stopAtDuel(code: number, session: Session, error: DsmError): void {
		if (code !== 107 || !this.#context.sessions.displacedTwice(session)) return;
		throw new DsmSessionError('Another program keeps logging in with the same account and ends this session.', {
			...error.details,
			hint: 'Give this connection a DSM account of its own.',
		});
	}

	/** Old CGIs answer 105 where others say 119; one cheap call on entry.cgi tells which it is (core.md 4.6). */
	async #oldCgiLostSession(code: number, info: ApiInfo, session: Session): Promise<boolean> {
		return code === 105 && info.path !== 'entry.cgi' && !(await this.holds(session));
	}

	/** Whether the NAS still knows a session. Needs no right. */
	async holds(session: Session): Promise<boolean> {
		const info = await this.#context.discovery.get('SYNO.Core.Desktop.Timeout');
		if (!info) return true;
		const call: Call = { api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 };
		const answer = await readEnvelope(await this.#post(call, info, session, {}, {}, 'header'));
		return answer.success || !SESSION_CODES.has(answer.error.code);
	}

	async #post(call: Call, info: ApiInfo, session: Session, params: Params, options: CallOptions, proof: Proof) {
		const files = Object.entries(params).filter((entry): entry is [string, FileSource] => isFileSource(entry[1]));
		const routing = { api: call.api, version: String(call.version), method: call.method };
		const { http, host } = this.#context;
		host.log.debug(`${call.api} ${call.method} version ${call.version}`);
		const token = session.synoToken === undefined ? undefined : { 'x-syno-token': session.synoToken };
		if (files.length === 0) {
			const fields = Object.entries(params).map(([name, value]) => [name, encodeValue(value, info.requestFormat)]);
			const body = encodeForm({ ...routing, ...Object.fromEntries(fields), _sid: session.sid });
			return await http.post({ path: info.path, headers: { ...token }, body, signal: options.signal });
		}
		const texts = Object.fromEntries(Object.entries(params).filter(([, value]) => !isFileSource(value)));
		const { contentType, length, open } = multipart(texts, Object.fromEntries(files), options.onProgress);
		const inQuery = proof === 'query' ? { _sid: session.sid, ...(session.synoToken && { SynoToken: session.synoToken }) } : {};
		return await http.post({
			path: info.path,
			query: { ...routing, ...inQuery },
			headers: {
				'content-type': contentType,
				'content-length': String(length),
				...(proof === 'header' && { ...token, cookie: `id=${session.sid}` }),
			},
			body: open(),
			signal: options.signal,
		});
	}
}

const isFailure = (answer: object): answer is Failure => 'success' in answer && answer.success === false;

function unknownOutcome(error: DsmError, options: CallOptions): DsmError {
	const Kind = error.constructor as new (message: string, details: DsmError['details']) => DsmError;
	return new Kind(`${error.message} It is unknown whether the NAS carried the request out.`, {
		...error.details,
		cause: error,
		retryable: false,
		...(options.operation !== undefined && { operation: options.operation }),
		hint: `Look at the NAS before you repeat it. ${error.hint ?? ''}`.trim(),
	});
}

import { streamOf, type HttpResponse } from '../platform';
import { raced, stopIfAborted } from './abort';
import { isFileSource, PROBE, usedVersion, type Call, type FileAnswer } from './call';
import { checkNames, compose, type Proof } from './compose';
import { CONFIRM_CODES, Confirmation } from './confirm';
import type { Discovery } from './discovery';
import { readFileAnswer } from './download';
import type { ApiInfo, CallOptions } from './dsm';
import { readEnvelope, readFlat, type Fault } from './envelope';
import {
	DsmAbortError,
	DsmProtocolError,
	DsmSessionError,
	isDsmError,
	redactError,
	withDetails,
	type DsmError,
} from './errors';
import { isTooFast, type RateLimiter } from './rateLimiter';
import { apiError, SESSION_CODES, unavailable, type Knowledge } from './faults';
import type { Host } from './host';
import type { NasHttp } from './http';
import type { Redactor } from './redact';
import { guarded, withRetries } from './retry';
import { marksOf, readPart, resumer } from './resume';
import type { Session, SessionHolder } from './session';

interface Request<T extends object> {
	call: Call;
	params: Params;
	options: CallOptions;
	read: (response: HttpResponse) => Promise<T>;
	range?: string;
	/** The answer may be a file: it may take its time. */
	isFile?: true;
}

export interface CallerContext {
	http: NasHttp;
	host: Host;
	discovery: Discovery;
	sessions: SessionHolder;
	knowledge: Knowledge;
	/** What foreign texts in errors go through. */
	redactor: Redactor;
	/** The line of the calls that need a distance to each other. */
	limiter: RateLimiter;
	/** Password of the account, for calls that want it confirmed; empty: the connection holds none. */
	password: string;
}

type Failure = { success: false; error: Fault };
type Params = Record<string, unknown>;

/** What has been tried to save one call; each remedy is tried once. */
interface Tried {
	renewed?: Session;
	refreshed?: true;
	confirmed?: true;
	proof: Proof;
}

/** Bytes from which on an upload is worth a test of the session. */
const LARGE_UPLOAD = 16 << 20;

/** Makes one API call: version, encoding, session renewal, refreshed API list, retries, errors. */
export class Caller {
	readonly #context: CallerContext;
	/** Calls that answered 119 to a fresh session too: for them it is no sign of a lost one (core.md 4.6). */
	readonly #always119 = new Set<string>();
	/** APIs that take the session of an upload by query only. */
	readonly #byQuery = new Set<string>();
	/** A login that asked for a token brought none. */
	#tokenless = false;
	readonly #confirmation: Confirmation;

	constructor(context: CallerContext) {
		this.#context = context;
		this.#confirmation = new Confirmation(context, this.call.bind(this));
	}

	/** `data` of the envelope; `read` may look into an envelope before it counts as an answer. */
	async call(call: Call, params: Params, options: CallOptions, read = reader(call)): Promise<unknown> {
		const envelope = await this.#perform({ call, params, options, read });
		return envelope.data;
	}

	/** A file in place of an envelope. */
	async file(call: Call, params: Params, options: CallOptions): Promise<FileAnswer> {
		const details = { call, ...(options.operation !== undefined && { operation: options.operation }) };
		const { host, http } = this.#context;
		const asker = { details, signal: options.signal, size: options.size, isMade: call.generated };
		const start = host.now();
		const read = async (response: HttpResponse) => {
			const since = http.now() - (host.now() - start);
			const marks = options.readOnly ? marksOf(response, since, options) : undefined;
			const rest = (from: number) => ({
				range: `bytes=${from}-`,
				read: async (part: HttpResponse) => await readPart(part, marks!, from, asker),
			});
			const again = async (from: number) => await this.#perform({ call, params, options, isFile: true, ...rest(from) });
			return await readFileAnswer(response, { ...asker, ...(marks && { proceed: resumer(marks, again, options) }) });
		};
		const answer = await this.#perform({ call, params, options, read, isFile: true });
		if ('stream' in answer) return answer;
		if (!options.orAnswer)
			throw new DsmProtocolError(`The answer of ${call.api} ${call.method} is a success without a file.`, {
				...details,
				hint: 'There may be nothing to download, or DSM is starting or updating; try again.',
			});
		const text = JSON.stringify(answer);
		return {
			name: '',
			type: 'application/json',
			size: Buffer.byteLength(text),
			stream: streamOf([Buffer.from(text)]),
		};
	}

	/** The API and the version to use: the declared one, the one for older releases, or the server's highest if that is lower. */
	async resolve(call: Call, options: CallOptions): Promise<{ call: Call; info: ApiInfo }> {
		const info = await this.#context.discovery.get(call.api);
		const details = { call, ...(options.operation !== undefined && { operation: options.operation }) };
		if (!info) throw unavailable(call, { ...details, dsmCode: 102 }, this.#context.knowledge);
		if (call.version < info.minVersion) throw unavailable(call, { ...details, dsmCode: 104 }, this.#context.knowledge);
		return { call: { ...call, version: usedVersion(call, info) }, info };
	}

	/** The error of an answer inside an answer (an entry of a batch). */
	errorOf(call: Call, fault: Fault, options: CallOptions): DsmError {
		const error = apiError(call, fault, options.operation, this.#context.knowledge);
		redactError(error, this.#context.redactor);
		return error;
	}

	/** Announces APIs that will be asked for at once. */
	want(calls: readonly Call[]): void {
		this.#context.discovery.want(calls.map(({ api }) => api));
	}

	isAlways119({ api, method }: Call): boolean {
		return this.#always119.has(`${api} ${method}`);
	}

	noteAlways119({ api, method }: Call): void {
		this.#always119.add(`${api} ${method}`);
	}

	/** Whether the NAS still knows a session. Needs no right. */
	async holds(session: Session): Promise<boolean> {
		const info = await this.#context.discovery.get(PROBE.api);
		if (!info) return true;
		const post = compose({ call: PROBE, info, session, params: {}, proof: 'header' }, {});
		const answer = await this.#context.http.envelope(post);
		return answer.success || !SESSION_CODES.has(answer.error.code);
	}

	async #perform<T extends object>(request: Request<T>): Promise<Exclude<T, Failure>> {
		const { call, params, options } = request;
		const { host, http, limiter, knowledge } = this.#context;
		const run = async () => await this.#untilSettled(request);
		try {
			checkNames(call, params);
			const spacing = knowledge.spacingOf?.(call);
			if (spacing === undefined) return await withRetries(host, options, http.timeout, run);
			const send = async () => await withRetries(host, options, http.timeout, run, isTooFast);
			return await limiter.turn(spacing, options.signal, send);
		} catch (error) {
			if (!isDsmError(error))
				throw options.signal?.aborted ? new DsmAbortError(undefined, { cause: error, call }) : error;
			// Errors of a login or of the network do not know for whom they came.
			const nameless = error.operation === undefined && options.operation !== undefined;
			const told = nameless ? withDetails(error, { operation: options.operation!, call: error.call ?? call }) : error;
			redactError(told, this.#context.redactor);
			throw told;
		}
	}

	/** One call, repeated at most once each for a lost session, a refused upload form, an outdated API list and a password to confirm. */
	async #untilSettled<T extends object>(request: Request<T>): Promise<Exclude<T, Failure>> {
		const { call, options, range, isFile } = request;
		const { host, http, knowledge } = this.#context;
		const tried: Tried = { proof: this.#byQuery.has(call.api) ? 'query' : 'header' };
		for (;;) {
			stopIfAborted(options.signal);
			const params = call.confirmed ? { ...request.params, ...this.#confirmation.params } : request.params;
			const { call: resolved, info } = await this.#before(options, this.resolve(call, options));
			const session = await this.#before(options, this.#sessionFor(params));
			const ready = { call: resolved, info, session, params, proof: tried.proof, range, isFile };
			host.log.debug(`${resolved.api} ${resolved.method} version ${resolved.version}`);
			const answer = await guarded(options, async () => {
				options.onRequest?.(true);
				const response = await http.post(compose(ready, options));
				const read = await request.read(response);
				if ('success' in read && read.success === true) http.hear(response);
				return read;
			});
			if (!isFailure(answer)) {
				this.#noteToken(answer);
				return answer as Exclude<T, Failure>;
			}
			const error = apiError(resolved, answer.error, options.operation, knowledge);
			if (!(await this.#before(options, this.#remedied(ready, error, tried, options)))) throw error;
		}
	}

	/** Tokens of bots and webhooks are told to who asked; no log may repeat them (chat.md 17.8). */
	#noteToken(answer: object): void {
		const token = ((answer as { data?: unknown }).data as { token?: unknown } | null | undefined)?.token;
		if (typeof token === 'string') this.#context.redactor.addTold(token);
	}

	/** What comes before the request itself: others may wait for it too, and when it fails, nothing has been done. */
	async #before<T>(options: CallOptions, work: Promise<T>): Promise<T> {
		try {
			return await raced(work, options.signal);
		} catch (error) {
			throw isDsmError(error) && error.details.outcomeUnknown ? withDetails(error, { outcomeUnknown: false }) : error;
		}
	}

	/** Whether something was done that makes another attempt worth it. */
	async #remedied(
		ready: Parameters<typeof compose>[0],
		error: DsmError,
		tried: Tried,
		options: CallOptions,
	): Promise<boolean> {
		const { call, info, session, params } = ready;
		const { discovery, sessions } = this.#context;
		const code = error.dsmCode ?? 0;
		if (
			tried.proof === 'header' &&
			Object.values(params).some(isFileSource) &&
			refusesCookie(code, call) &&
			(await this.holds(session))
		) {
			tried.proof = 'query';
			this.#byQuery.add(call.api);
			return true;
		}
		if (call.confirmed && !tried.confirmed && CONFIRM_CODES.has(code)) {
			tried.confirmed = true;
			await this.#confirmation.renew(call, options);
			return true;
		}
		if (tried.renewed && code === 119) {
			this.noteAlways119(call);
			sessions.retire(tried.renewed);
		} else if (!tried.renewed && (await this.#isLost(code, call, info, session))) {
			tried.renewed = session;
			this.#stopAtDuel(code, session, error);
			const fresh = await sessions.renew(session);
			this.#tokenless ||= fresh.synoToken === undefined;
			return true;
		}
		if (tried.refreshed || code < 102 || code > 104) return false;
		tried.refreshed = true;
		return await discovery.refresh(call.api);
	}

	async #isLost(code: number, call: Call, info: ApiInfo, session: Session): Promise<boolean> {
		if (SESSION_CODES.has(code)) return code !== 119 || !this.isAlways119(call) || !(await this.holds(session));
		// Old CGIs answer 105 where others say 119; one cheap call on entry.cgi tells which it is (core.md 4.6).
		if (code === 105 && info.path !== 'entry.cgi') return !(await this.holds(session));
		// A stored session may lack its token, and that may look like a missing right or method (core.md 3.4).
		return (
			(code === 105 || code === 103) && session.synoToken === undefined && session.version >= 6 && !this.#tokenless
		);
	}

	/** Before a large upload the session is tested: DSM would read the whole body before it refuses it (core.md 10.9). */
	async #sessionFor(params: Params): Promise<Session> {
		const { sessions } = this.#context;
		const session = await sessions.get();
		const size = Object.values(params).reduce<number>((sum, value) => sum + (isFileSource(value) ? value.size : 0), 0);
		if (size < LARGE_UPLOAD || (await this.holds(session))) return session;
		return await sessions.renew(session);
	}

	#stopAtDuel(code: number, session: Session, error: DsmError): void {
		if (code !== 107 || !this.#context.sessions.displacedTwice(session)) return;
		throw new DsmSessionError('Another program keeps logging in with the same account and ends this session.', {
			...error.details,
			hint: 'Give this connection a DSM account of its own.',
		});
	}
}

const reader = ({ site }: Call) => (site === undefined ? readEnvelope : readFlat);

const isFailure = (answer: object): answer is Failure => 'success' in answer && answer.success === false;

/** Codes with which a handler of uploads says that it does not take the session by cookie and header (core.md 3.4). */
const refusesCookie = (code: number, { api }: Call): boolean =>
	code === 119 || (code === 105 && api.startsWith('SYNO.NoteStation.'));

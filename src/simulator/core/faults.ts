/** Which calls a fault hits. Without `api`: any call but `SYNO.API.*` (discovery and login stay usable). */
export interface CallFilter {
	api?: string;
	method?: string;
	/** How many calls it hits; default 1. */
	times?: number;
	/** How many calls pass before; default 0. */
	skip?: number;
}

/** What a matching call meets. */
export type CallEffect =
	| { kind: 'error'; code: number; errors?: unknown }
	| { kind: 'emptyData' }
	| { kind: 'data'; data: unknown }
	| { kind: 'cut'; after: CutPoint };

/** Where the connection breaks. At `nothing` the call was not carried out; in every other case it was, and only the answer is lost. */
export type CutPoint = 'nothing' | 'request' | 'headers' | 'half';

/** What a request meets before DSM sees it. */
export type HttpEffect = { kind: 'html'; status: number } | { kind: 'badGateway' };

/** A status in place of the answer, an answer that stops in the middle, a list of one entry, or a connection that breaks. */
export type DavFault = number | 'cut' | 'short' | 'lost' | 'broken';

interface Rule {
	filter: CallFilter;
	left: number;
	skip: number;
	effect: CallEffect;
}

/** One-line faults. All are used up after the stated number of calls, except `latency` and `redirectToHttps`. */
export class Faults {
	/** Milliseconds before each answer. */
	delay = 0;
	/** Origin that every request is redirected to (301), as "redirect HTTP to HTTPS" does. */
	redirectTo: string | undefined;
	private rules: Rule[] = [];
	private http: HttpEffect[] = [];
	private davs: { fault: DavFault; method: string | undefined; left: number }[] = [];

	constructor(private readonly markSessions: (code: number) => void) {}

	/** The next matching call answers `code`. */
	next(options: CallFilter & { code?: number; errors?: unknown }): void {
		const { code = 100, errors, ...filter } = options;
		this.add(filter, { kind: 'error', code, ...(errors !== undefined && { errors }) });
	}

	/** The next matching call answers success with `data: {}`, as metrics do just after boot (core.md 8.5). */
	emptyData(filter: CallFilter = {}): void {
		this.add(filter, { kind: 'emptyData' });
	}

	/** The next matching call is carried out; a success has this in place of its data, or none. */
	malformed(data: unknown, filter: CallFilter = {}): void {
		this.add(filter, { kind: 'data', data });
	}

	/** The connection breaks: before the call is carried out, or after it: before the answer, after its headers, or in mid-body. An entry of a batch takes the whole batch with it, after all its entries. */
	cut(options: CallFilter & { after?: CutPoint } = {}): void {
		const { after = 'request', ...filter } = options;
		this.add(filter, { kind: 'cut', after });
	}

	/** Existing sessions answer `code` from now on: 106, 107, 119 or 150. */
	loseSessions(code = 119): void {
		this.markSessions(code);
	}

	latency(ms: number): void {
		this.delay = ms;
	}

	/** The next requests get a proxy's login page. */
	html(status = 200, times = 1): void {
		this.addHttp({ kind: 'html', status }, times);
	}

	/** The next `times` requests get nginx's 502 page. */
	badGateway(times = 1): void {
		this.addHttp({ kind: 'badGateway' }, times);
	}

	/** The next `times` DAV requests, of one method if named, answer this status. */
	dav(status: number, { method, times = 1 }: { method?: string; times?: number } = {}): void {
		this.davs.push({ fault: status, method, left: times });
	}

	/** The next `times` lists over DAV are well-formed and hold one entry only (core.md 20). */
	shortDav({ method, times = 1 }: { method?: string; times?: number } = {}): void {
		this.davs.push({ fault: 'short', method, left: times });
	}

	/** The next `times` DAV answers stop in the middle, with valid framing (core.md 20). */
	cutDav({ method, times = 1 }: { method?: string; times?: number } = {}): void {
		this.davs.push({ fault: 'cut', method, left: times });
	}

	/** The next `times` DAV requests are carried out, and the connection breaks before the answer. */
	loseDav({ method, times = 1 }: { method?: string; times?: number } = {}): void {
		this.davs.push({ fault: 'lost', method, left: times });
	}

	/** The connection breaks in the middle of the next `times` answers of the WebDAV server. */
	breakDav({ method, times = 1 }: { method?: string; times?: number } = {}): void {
		this.davs.push({ fault: 'broken', method, left: times });
	}

	/** Every request gets 301 to this origin; `undefined` ends it. */
	redirectToHttps(origin: string | undefined): void {
		this.redirectTo = origin;
	}

	clear(): void {
		this.rules = [];
		this.http = [];
		this.davs = [];
		this.delay = 0;
		this.redirectTo = undefined;
	}

	takeHttp(): HttpEffect | undefined {
		return this.http.shift();
	}

	takeDav(method: string): DavFault | undefined {
		const rule = this.davs.find((one) => one.left > 0 && (one.method ?? method) === method);
		if (rule) rule.left -= 1;
		return rule?.fault;
	}

	takeCall(api: string, method: string): CallEffect | undefined {
		const rule = this.rules.find((candidate) => candidate.left > 0 && matches(candidate.filter, api, method));
		if (!rule || rule.skip-- > 0) return undefined;
		rule.left -= 1;
		return rule.effect;
	}

	private add(filter: CallFilter, effect: CallEffect): void {
		this.rules.push({ filter, left: filter.times ?? 1, skip: filter.skip ?? 0, effect });
	}

	private addHttp(effect: HttpEffect, times: number): void {
		for (let i = 0; i < times; i += 1) this.http.push(effect);
	}
}

function matches({ api, method }: CallFilter, calledApi: string, calledMethod: string): boolean {
	if (api === undefined && calledApi.startsWith('SYNO.API.')) return false;
	return (api ?? calledApi) === calledApi && (method ?? calledMethod) === calledMethod;
}

import { callsOf, idOf, type AnyOperation } from '../../../catalog/operation';
import type { Call, FileAnswer } from '../../../core/call';
import { Meter } from '../../../core/budget';
import type { ApiInfo, Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import type { z } from '../../../vendor/zod';
import { candidates, type Run, type Values } from './candidates';
import type { Observer } from './observer';
import { keyOf, type OperationReport, type Outcome } from './report';
import { notForCheck, sourcesOf, titleOf, valueIn, wants, type Source } from './values';
import { missing, NO_CONNECTION, whyOf } from './why';

/** Most milliseconds between two operations: a NAS rests as long as it worked, since it has other work, too. */
const PAUSE = 100;
/** Milliseconds that one operation may take. */
const PATIENCE = 20_000;
/** Rows that are looked at of a list. */
const ROWS = 30;
/** Most sets of values that one operation is tried with. */
const TRIES = 6;
/** So many failures of the connection in a row end the check. */
const DEAD = 3;

/** After these another value may do better. */
const IN_VAIN: ReadonlySet<Outcome> = new Set(['failed', 'skipped']);

export interface Tried {
	operations: OperationReport[];
	complete: boolean;
}

/** What is known of the NAS and of the account before. */
export interface Known {
	apis: Readonly<Record<string, ApiInfo>>;
	administrator: boolean | null;
}

interface Attempt {
	report: OperationReport;
	run?: Run;
}

/** Runs operations that read one after the other, with values that lists bring, as long as there is time. */
export class Round {
	readonly #dsm: Dsm;
	readonly #operations: readonly AnyOperation[];
	readonly #observer: Observer;
	readonly #apis: Readonly<Record<string, ApiInfo>>;
	readonly #administrator: boolean | null;
	readonly #until: number;
	readonly #found = new Map<string, Run[]>();
	/** What others take from the rows of an operation. */
	readonly #takers = new Map<string, Source[]>();
	readonly #reports = new Map<string, OperationReport>();
	#dead = 0;
	/** Milliseconds that the last operation took. */
	#worked = 0;

	constructor(
		dsm: Dsm,
		operations: readonly AnyOperation[],
		observer: Observer,
		{ apis, milliseconds, administrator }: Known & { milliseconds: number },
	) {
		this.#apis = apis;
		this.#administrator = administrator;
		this.#dsm = dsm;
		this.#operations = operations;
		this.#observer = observer;
		this.#until = performance.now() + milliseconds;
		for (const source of operations.flatMap(sourcesOf))
			this.#takers.set(source.from, [...(this.#takers.get(source.from) ?? []), source]);
	}

	async run(): Promise<Tried> {
		let open: AnyOperation[] = [];
		for (const operation of this.#operations) {
			const why = notForCheck(operation);
			if (why === undefined) open.push(operation);
			else this.#reports.set(idOf(operation), skipped(operation, why));
		}
		for (let before = Infinity; open.length < before && this.#goesOn;) {
			before = open.length;
			open = await this.#pass(open);
		}
		const complete = this.#goesOn;
		for (const operation of open) {
			this.#reports.set(idOf(operation), complete ? this.#lacking(operation) : skipped(operation, 'no time was left'));
		}
		return { operations: this.#operations.map((one) => this.#reports.get(idOf(one))!), complete };
	}

	get #goesOn(): boolean {
		return performance.now() < this.#until && this.#dead < DEAD;
	}

	/** Without what lists bring, it is not asked for; what is not there for it is known from the APIs. */
	#lacking(operation: AnyOperation): OperationReport {
		const absent = callsOf(operation).find(({ api }) => !Object.hasOwn(this.#apis, api));
		if (absent)
			return { id: idOf(operation), outcome: 'missing', call: keyOf(absent), why: missing(operation, absent) };
		const found = candidates(operation, this.#found);
		// With values for everything it would have been tried.
		const { lacks, isYours } = 'lacks' in found ? found : { lacks: '', isYours: false };
		const nothing = `nothing on this NAS for "${lacks && titleOf(operation, lacks)}"`;
		return skipped(operation, isYours ? wants(operation, lacks) : nothing);
	}

	/** Tries what can be tried by now; gives what is left. */
	async #pass(open: readonly AnyOperation[]): Promise<AnyOperation[]> {
		const left: AnyOperation[] = [];
		for (const operation of open) {
			if (this.#goesOn && 'sets' in candidates(operation, this.#found)) await this.#try(operation);
			else left.push(operation);
		}
		return left;
	}

	/** With one set of values after the other, until it works and brings what others take from it. */
	async #try(operation: AnyOperation): Promise<void> {
		const id = idOf(operation);
		const tried = new Set<string>();
		for (let count = 0; count < TRIES && this.#goesOn; count++) {
			const params = this.#next(operation, tried);
			if (params === undefined) return;
			await this.#dsm.sleep(Math.min(PAUSE, this.#worked));
			const start = performance.now();
			const { report, run } = await this.#attempt(operation, params);
			this.#worked = performance.now() - start;
			const before = this.#reports.get(id);
			if (before === undefined || IN_VAIN.has(before.outcome) || report.outcome === 'differs')
				this.#reports.set(id, report);
			this.#found.set(id, [...(this.#found.get(id) ?? []), ...(run ? [run] : [])]);
			// The servers of DAV have ports of their own.
			if (!('ask' in operation)) this.#dead = report.why === NO_CONNECTION ? this.#dead + 1 : 0;
			if (report.outcome === 'missing' || report.outcome === 'refused') return;
			if (!IN_VAIN.has(report.outcome) && this.#brings(id)) return;
		}
	}

	/** The next set of values: an operation may bring some for itself. */
	#next(operation: AnyOperation, tried: Set<string>): Values | undefined {
		const found = candidates(operation, this.#found);
		const next = 'sets' in found ? found.sets.find((set) => !tried.has(JSON.stringify(set))) : undefined;
		if (next) tried.add(JSON.stringify(next));
		return next;
	}

	/** Whether there is something for everybody who takes from it. */
	#brings(id: string): boolean {
		const rows = (this.#found.get(id) ?? []).flatMap((run) => run.rows);
		return (this.#takers.get(id) ?? []).every((source) => rows.some((row) => valueIn(row, source) !== undefined));
	}

	async #attempt(operation: AnyOperation, params: Values): Promise<Attempt> {
		const id = idOf(operation);
		const calls = new Set<Call>();
		const start = performance.now();
		const dsm = this.#dsm.with({
			work: new Meter('calls', { operation: id }),
			signal: AbortSignal.timeout(PATIENCE),
			readOnly: true,
			onAnswer: (call, data) => {
				calls.add(call);
				this.#observer.hear(call, data);
			},
		});
		const told = (more: Pick<OperationReport, 'outcome'> & Partial<OperationReport>): OperationReport => ({
			id,
			...more,
			...(calls.size > 0 && { calls: [...calls].map(keyOf) }),
			milliseconds: Math.round(performance.now() - start),
		});
		try {
			const rows = await rowsOf(dsm, operation, params);
			const odd = [...calls].find((call) => this.#observer.differs(call));
			const says = odd
				? { outcome: 'differs' as const, why: `${odd.api} ${odd.method} answers in another form` }
				: undefined;
			const report = told({ outcome: 'works', ...says, ...(isList(operation) && { rows: rows.length }) });
			return { report, run: { params, rows } };
		} catch (error) {
			if (!isDsmError(error) && !(error instanceof TypeError)) throw error;
			return {
				report: told(whyOf(error, operation, { calls: callsOf(operation), administrator: this.#administrator })),
			};
		}
	}
}

const skipped = (operation: AnyOperation, why: string): OperationReport => ({
	id: idOf(operation),
	outcome: 'skipped',
	why,
});

/** Rows of a list, the first ones; a single result is one. Of a file as much as its beginning is read. */
async function rowsOf(dsm: Dsm, operation: AnyOperation, params: Values): Promise<Values[]> {
	if (operation.returns === 'file') {
		const { stream } = (await dsm.do(operation, params as never)) as FileAnswer;
		await stream[Symbol.asyncIterator]().next();
		stream.destroy();
		return [];
	}
	if (!isList(operation)) return [(await dsm.do(operation, params as never)) as Values];
	const rows: Values[] = [];
	for await (const row of dsm.each(operation, params, { limit: ROWS })) rows.push(row as Values);
	return rows;
}

const isList = ({ result }: AnyOperation): boolean => (result as z.ZodType).def.type === 'array';

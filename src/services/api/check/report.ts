import type { Basis } from '../../../core/call';
import type { Shape } from './shape';

/** What became of an operation. */
export const OUTCOMES = ['works', 'differs', 'missing', 'refused', 'failed', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** An answer that is not as its call declares it. */
export interface Difference {
	/** `lacks`: without it the answer cannot be read; `odd`: an optional field holds something else. */
	what: 'lacks' | 'odd';
	/** Where, by the names of the declaration; `#` stands for a row, `*` for a name that is not told. */
	at: string;
	/** Kind of what stood there. */
	is: string;
}

export interface CallReport {
	api: string;
	method: string;
	/** As declared, and as it was asked. */
	version: number;
	used: number;
	basis: Basis | '';
	source: string;
	/** How often it was answered. */
	answers: number;
	shape: Shape;
	differences: Difference[];
}

export interface OperationReport {
	id: string;
	outcome: Outcome;
	/** Why, in words of this program. */
	why?: string;
	/** Code of DSM. */
	code?: number;
	/** The call that failed. */
	call?: string;
	/** Calls that were answered. */
	calls?: string[];
	/** Rows of a list. */
	rows?: number;
	milliseconds?: number;
}

/** What a check writes: no value of the user is in it. */
export type Report = {
	report: 'synology-check';
	format: 1;
	/** Version of DSM, `7.2.2-72806 Update 3`; empty where it was not told. */
	dsm: string;
	administrator: boolean | null;
	/** APIs by name: lowest and highest version, path, and form of their values. */
	apis: Record<string, [number, number, string, string?]>;
	operations: OperationReport[];
	calls: Record<string, CallReport>;
	milliseconds: number;
	/** False: the time was over before everything was tried. */
	complete: boolean;
};

export const keyOf = ({ api, method, version }: { api: string; method: string; version: number }): string =>
	`${api} ${method} ${version}`;

/** What a service gave, for a person. */
export interface ServiceSummary {
	title: string;
	works: number;
	/** Why not more works. */
	reasons: string[];
	differs: number;
	missing: number;
	refused: number;
	failed: number;
	skipped: number;
	service: string;
}

/** Counts of each service, in the order of the catalogue. */
export function summaryOf(
	services: readonly { id: string; title: string }[],
	operations: readonly OperationReport[],
): ServiceSummary[] {
	return services.flatMap(({ id, title }) => {
		const own = operations.filter((one) => one.id.startsWith(`${id}.`));
		if (own.length === 0) return [];
		const count = (outcome: Outcome): number => own.filter((one) => one.outcome === outcome).length;
		const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)]));
		const { works, ...others } = counts as Record<Outcome, number>;
		return [{ title, works, reasons: reasonsOf(own), ...others, service: id }];
	});
}

/** Each reason once, the most frequent first. */
function reasonsOf(operations: readonly OperationReport[]): string[] {
	const times = new Map<string, number>();
	for (const { why } of operations) if (why !== undefined) times.set(why, (times.get(why) ?? 0) + 1);
	return [...times].sort(([, one], [, other]) => other - one).map(([why, count]) => `${count} × ${why}`);
}

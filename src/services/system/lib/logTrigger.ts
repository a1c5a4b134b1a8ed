import type { Dsm } from '../../../core/dsm';
import { trigger, type Trigger } from '../../../catalog/operation';
import { digest } from '../../../catalog/sources';
import type { z } from '../../../vendor/zod';
import { listLog, type LogRow } from '../wire/logs';
import { logRows } from './logPages';
import { atNow, newRows, tailCursor, tailSample, type LogTail } from './logTail';

export type Identified = LogRow & { event_id: string };

const fingerprintOf = ({ time, level, original_logtype, who, descr }: LogRow): string =>
	digest([time, level, original_logtype, who, descr]);

/** The system or the connection log. */
export const tailOf = (dsm: Dsm, logtype: 'system' | 'connection'): LogTail<LogRow> => ({
	rows: () => logRows(dsm.with({ share: true }), listLog, { logtype }),
	fingerprintOf,
});

interface LogTrigger<P extends z.ZodObject, E extends z.ZodType> {
	title: string;
	summary: string;
	params: P;
	filters: readonly (keyof z.output<P> & string)[];
	/** Which log. */
	kind: (params: z.output<P>) => 'system' | 'connection';
	keep: (row: LogRow, params: z.output<P>, dsm: Dsm) => boolean;
	event: E;
	/** Makes events of rows, where they say more than the row. */
	dress?: (rows: Identified[], dsm: Dsm) => Promise<unknown[]>;
	uses?: Trigger['uses'];
}

/** A trigger on lines of a log of DSM. */
export const logTrigger = <P extends z.ZodObject, E extends z.ZodType>(declared: LogTrigger<P, E>) => {
	const { kind, keep, dress, uses = [], ...rest } = declared;
	const dressed = async (rows: Identified[], dsm: Dsm) =>
		(dress && rows.length > 0 ? await dress(rows, dsm.with({ share: true })) : rows) as z.input<E>[];
	return trigger({
		...rest,
		cursor: tailCursor,
		key: (one) => (one as Identified).event_id,
		uses: [listLog, ...uses],
		start: async (given, dsm) => await atNow(tailOf(dsm, kind(given))),
		async poll(given, known, dsm) {
			const { rows, cursor } = await newRows(tailOf(dsm, kind(given)), known);
			const found = rows.filter((row) => keep(row, given, dsm));
			return { events: await dressed(found, dsm), cursor };
		},
		sample: async (given, dsm) =>
			await dressed(await tailSample(tailOf(dsm, kind(given)), (row) => keep(row, given, dsm)), dsm),
	});
};

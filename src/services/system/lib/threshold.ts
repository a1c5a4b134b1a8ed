import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import type { Right } from '../../../core/right';
import { refuseTwins } from '../../../catalog/absence';
import { trigger } from '../../../catalog/operation';
import type { Row } from '../../../catalog/row';
import { digest } from '../../../catalog/sources';
import { keeping } from './keeping';
import { z } from '../../../vendor/zod';

/** One thing that is measured. */
export interface Measured<R> {
	id: string;
	value: number;
	row: R;
}

interface ThresholdTrigger<P extends z.ZodRawShape, R, S extends z.ZodRawShape> {
	title: string;
	summary: string;
	right?: Right;
	uses: readonly Call[];
	/** What else is asked of the user. */
	params?: P;
	/** "Percent", "Degrees Celsius". */
	unit: string;
	limit: number;
	/** How far below the limit the value has to be before it counts as back. */
	hysteresis: number;
	/** Minutes above the limit before it is told. */
	minutes: number;
	/** What is measured now; what is not known is left out and stays as it was. */
	look: (dsm: Dsm, params: Limits & z.output<z.ZodObject<P>>) => Promise<Measured<R>[]>;
	event: Row<S>;
}

const cursor = z.object({
	v: z.literal(1),
	/** Polls that told something. */
	seq: z.number().int(),
	/** By id: since when it is above the limit (milliseconds, null: it is not), and whether that was told. */
	items: z.record(z.string(), z.object({ since: z.number().nullable(), told: z.boolean() })),
});
type Cursor = z.output<typeof cursor>;
export interface Limits {
	threshold: number;
	hysteresis: number;
	minutes: number;
	recovered: boolean;
}

const SAMPLES = 10;

const limits = (unit: string, limit: number, hysteresis: number, minutes: number) => ({
	threshold: z.coerce
		.number<number | string>()
		.min(0)
		.default(limit)
		.meta({ title: 'Threshold', description: `${unit} from which it is told` }),
	minutes: z.coerce
		.number<number | string>()
		.min(0)
		.max(1440)
		.default(minutes)
		.meta({ title: 'Minutes', description: 'How long it must stay there before it is told; 0: at once' }),
	hysteresis: z.coerce.number<number | string>().min(0).default(hysteresis).meta({
		title: 'Hysteresis',
		description: 'How far it must fall below the limit to count as back, so that one that wavers is told once',
		advanced: true,
	}),
	recovered: z
		.boolean()
		.default(false)
		.meta({ title: 'Also When Back', description: 'Whether to tell, too, when the value is back within the limit' }),
});

/** A trigger on a value that rises above a limit for a time, and falls below it again. A value that wavers is told once. */
export function thresholdTrigger<R, S extends z.ZodRawShape, P extends z.ZodRawShape = Record<never, never>>(
	kind: ThresholdTrigger<P, R, S>,
) {
	const { title, summary, uses, unit, limit, hysteresis, minutes, look, event } = kind;
	const params = z.object({ ...limits(unit, limit, hysteresis, minutes), ...(kind.params ?? ({} as P)) });
	type Given = Limits & z.output<z.ZodObject<P>>;
	const measure = async (given: Given, dsm: Dsm) => {
		const all = await look(dsm.with({ share: true }), given);
		refuseTwins(all, ({ id }) => id);
		return all;
	};
	const tell = (
		{ id, value, row }: Measured<R>,
		state: string,
		{ threshold }: Limits,
		since: number,
		event_id: string,
	) => ({
		...row,
		event_id,
		subject_id: id,
		state,
		value,
		threshold,
		since: new Date(since).toISOString(),
	});

	return trigger({
		title,
		summary,
		...(kind.right && { right: kind.right }),
		params,
		filters: ['recovered'],
		uses,
		cursor,
		event: keeping(
			event.with({
				event_id: z.string(),
				subject_id: z.string(),
				/** `exceeded` or `recovered`. */
				state: z.string(),
				value: z.number(),
				threshold: z.number(),
				since: z.string().meta({ format: 'date-time' }),
			}),
			['state', 'value', 'threshold', 'since'],
		),
		key: (one) => (one as unknown as { event_id: string }).event_id,
		/** What is above the limit at the start was so before. */
		async start(given, dsm) {
			const now = dsm.now();
			const all = await measure(given as unknown as Given, dsm);
			const items = all.map(({ id, value }) => {
				const told = value >= (given as unknown as Given).threshold;
				return [id, { since: told ? now : null, told }] as const;
			});
			return { v: 1 as const, seq: 0, items: Object.fromEntries(items) };
		},
		async poll(all, known, dsm) {
			const given = all as unknown as Given;
			const now = dsm.now();
			const items: Cursor['items'] = { ...known.items };
			const events: ReturnType<typeof tell>[] = [];
			for (const one of await measure(given, dsm)) {
				const was = Object.hasOwn(known.items, one.id) ? known.items[one.id]! : { since: null, told: false };
				const { next, state } = stepOf(was, one.value, given, now);
				items[one.id] = next;
				if (state === undefined || (state === 'recovered' && !given.recovered)) continue;
				events.push(tell(one, state, given, was.since ?? now, `${known.seq + 1}-${digest([one.id, state])}`));
			}
			const seq = JSON.stringify(items) === JSON.stringify(known.items) ? known.seq : known.seq + 1;
			return { events: events as never[], cursor: { v: 1 as const, seq, items } };
		},
		async sample(all, dsm) {
			const given = all as unknown as Given;
			const found = (await measure(given, dsm)).slice(0, SAMPLES);
			return found.map((one) => tell(one, 'exceeded', given, dsm.now(), `sample-${digest(one.id)}`)) as never[];
		},
	});
}

type Item = Cursor['items'][string];

/** What one look makes of what is known. Between the limit and where it counts as back, what was told stays told. */
function stepOf(was: Item, value: number, given: Limits, now: number): { next: Item; state?: string } {
	if (value >= given.threshold) {
		const since = was.since ?? now;
		const isDue = !was.told && now - since >= given.minutes * 60_000;
		return { next: { since, told: was.told || isDue }, ...(isDue && { state: 'exceeded' }) };
	}
	if (!was.told) return { next: { since: null, told: false } };
	if (value > given.threshold - given.hysteresis) return { next: was };
	return { next: { since: null, told: false }, state: 'recovered' };
}

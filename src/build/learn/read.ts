import { z } from '../../vendor/zod';
import type { Report } from '../../services/api/check/report';
import type { Shape } from '../../services/api/check/shape';

const name = z.string().regex(/^[A-Za-z0-9_]{1,80}$/);
const api = z.string().regex(/^SYNO\.[A-Za-z0-9_.]{1,80}$/);
const version = z.number().int().min(1).max(99);

const shape: z.ZodType<Shape> = z.lazy(() =>
	z.strictObject({
		is: z.string().regex(/^[a-z0-9 |-]{0,200}$/),
		times: z.number().int().optional(),
		keys: z.record(z.string().regex(/^(\*|[A-Za-z0-9_]{1,40})$/), shape).optional(),
		items: shape.optional(),
	}),
) as z.ZodType<Shape>;

/** Reports come from others, and what is learned goes into sources: nothing is taken that a check does not write. */
const report = z.object({
	report: z.literal('synology-check'),
	format: z.literal(1),
	dsm: z.string().regex(/^\d{1,2}(\.\d{1,2}){1,2}-\d{4,6}( Update \d{1,2})?$/),
	administrator: z.boolean().nullable(),
	apis: z.record(api, z.array(z.union([z.number(), z.string().regex(/^[A-Za-z0-9_./]{0,80}$/)])).max(4)),
	operations: z.array(
		z.object({
			id: z.string().regex(/^[a-z]+\.[A-Za-z]+\.[A-Za-z]+$/),
			outcome: z.enum(['works', 'differs', 'missing', 'refused', 'failed', 'skipped']),
			why: z.string().max(200).optional(),
			code: z.number().int().optional(),
			call: z.string().max(200).optional(),
			calls: z.array(z.string().max(200)).optional(),
			rows: z.number().int().optional(),
			milliseconds: z.number().optional(),
		}),
	),
	milliseconds: z.number(),
	complete: z.boolean(),
	calls: z.record(
		z.string(),
		z.object({
			...{ api, method: name, version, used: version },
			basis: z.enum(['guide', 'capture', 'clients', 'inferred', '']),
			source: z.string().max(200),
			answers: z.number().int(),
			shape,
			differences: z.array(
				z.object({
					what: z.enum(['lacks', 'odd']),
					at: z.string().regex(/^[\w.#*]{0,200}$/),
					is: name.or(z.literal('')),
				}),
			),
		}),
	),
});

/** The report in a text. Throws, by what is wrong, for what is none. */
export function readReport(text: string): Report {
	const parsed = report.safeParse(JSON.parse(text));
	if (parsed.success) return parsed.data as Report;
	const [issue] = parsed.error.issues;
	throw new Error(`That is no report of a check: ${issue?.path.join('.')}: ${issue?.message}`);
}

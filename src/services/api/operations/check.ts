import { services } from '../..';
import { procedure } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { checkNas as check } from '../check';
import { getFileStation, getSystem } from '../wire';

/** What a person looks at comes first. */
const summary = z.object({
	title: z.string(),
	works: z.number(),
	/** Why not more works. */
	reasons: z.array(z.string()),
	/** Answered, but not as is known. */
	differs: z.number(),
	/** A package or a newer release is missing. */
	missing: z.number(),
	/** The account lacks a right. */
	refused: z.number(),
	failed: z.number(),
	/** The NAS holds nothing to try it with. */
	skipped: z.number(),
	service: z.string(),
});

/** Code: which calls are made depends on what the NAS holds. It reads only, but is not for pickers or batches. */
export const checkNas = procedure({
	title: 'Check this NAS',
	summary:
		'Tries everything that only reads, and says what works on this NAS. The report holds no names, texts or other values of yours.',
	uses: [getSystem, getFileStation],
	params: z.object({
		services: z
			.array(z.enum(services.map(({ id }) => id)))
			.default([])
			.meta({
				title: 'Services',
				description: 'Only these services; none: all',
				labels: Object.fromEntries(services.map(({ id, title }) => [id, title])),
				advanced: true,
			}),
		time_limit: z.number().int().min(1).max(3600).default(300).meta({
			title: 'Time Limit',
			description: 'Seconds after which nothing more is tried',
			unit: 'seconds',
			advanced: true,
		}),
	}),
	result: z.object({
		dsm: z.string(),
		complete: z.boolean(),
		services: z.array(summary).meta({ each: true }),
		/** For the maintainers, to be sent as it is. */
		report: z.looseObject({}).meta({ fileName: 'synology-check.json' }),
	}),
	run: async ({ services: only, time_limit }, dsm) => await check(dsm, only, time_limit * 1000),
});

import { z } from '../../vendor/zod';

export const api = z
	.string()
	.trim()
	.regex(/^SYNO\.[A-Za-z0-9_.]+$/, 'is not the name of an API, e.g. SYNO.FileStation.Info')
	.transform((name) => name as `SYNO.${string}`)
	.meta({
		title: 'API',
		description: 'Name of the API',
		placeholder: 'e.g. SYNO.FileStation.Info',
		widget: 'picker',
		choices: { from: 'api.nas.listApis', value: 'name', label: 'name', search: 'filter' },
	});

export const method = z.string().trim().min(1).meta({
	title: 'Method',
	description: 'Method of the API',
	placeholder: 'e.g. get',
});

export const version = z.coerce.number<number | string>().int().positive().optional().meta({
	title: 'Version',
	description:
		'Version of the API; without one the highest of the NAS. Methods may be missing in the highest version, so give the one your call was written for.',
});

/** A JSON object, as text or as it is. */
export const params = z
	.union([z.record(z.string(), z.unknown()), z.string()])
	.default({})
	.transform((value, context) =>
		asObject(value, () => context.addIssue({ code: 'custom', message: 'is not a JSON object, e.g. {"limit": 10}' })),
	)
	.meta({
		title: 'Parameters',
		description: 'Parameters of the call as a JSON object',
		placeholder: 'e.g. {"limit": 10}',
		widget: 'json',
		secrets: 'byName',
	});

export const encoding = z
	.enum(['automatic', 'json', 'plain'])
	.default('automatic')
	.meta({
		title: 'Encoding',
		description: 'How the values go on the wire; automatic is what the NAS asks for',
		labels: { automatic: 'Automatic', json: 'JSON (Texts in Quotes)', plain: 'Plain' },
		advanced: true,
	});

function asObject(value: string | Record<string, unknown>, refuse: () => void): Record<string, unknown> {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return {};
	try {
		const parsed: unknown = JSON.parse(value);
		if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
			return parsed as Record<string, unknown>;
	} catch {
		// The same answer as for JSON that is no object.
	}
	refuse();
	return z.NEVER;
}

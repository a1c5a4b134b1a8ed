import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** Id of the application privilege: neither that of the API nor that of the package. */
export const APP_ID = 'SYNO.WebDav';

export const rule = row({
	app_id: field.text(),
	entity_type: field.text(),
	entity_name: field.text(),
	allow_ip: z.array(z.string()).default([]),
	deny_ip: z.array(z.string()).default([]),
});
export type Rule = z.output<typeof rule>;

const careful = { basis: 'clients', source: 'webdav.md 7' } as const;
const RULE = 'SYNO.Core.AppPriv.Rule';
export const getRules = call(RULE, 'get', 1, {
	answer: z.object({ rules: z.array(rule) }),
	...careful,
	readOnly: true,
});
/** The method is known, its parameters are not (identity.md 5). */
export const listRules = call(RULE, 'list', 1, {
	list: 'rules',
	of: rule,
	basis: 'inferred',
	source: 'webdav.md 7',
	readOnly: true,
});
export const setRules = repeatable(call(RULE, 'set', 1, careful));
export const deleteRules = repeatable(call(RULE, 'delete', 1, careful), { done: [] });
/** The key is spelt `privilelge`. */
export const previewApplications = call('SYNO.Core.AppPriv.App', 'preview', 2, {
	answer: z.object({ applications: z.array(z.looseObject({ app_id: z.string(), privilelge: z.string() })) }),
	...careful,
	readOnly: true,
});

/** Kilobytes each second; `_2` and the 168 digits of the plan are for a schedule. */
export const bandwidth = row(
	{
		name: field.text(),
		owner_type: field.text(),
		protocol: field.text(),
		policy: field.text(),
		upload_limit_1: field.number(),
		download_limit_1: field.number(),
		upload_limit_2: field.number().optional(),
		download_limit_2: field.number().optional(),
		schedule_plan: field.text().optional(),
	},
	{ simple: ['name', 'owner_type', 'protocol', 'policy', 'upload_limit_1', 'download_limit_1'] },
);
export type Bandwidth = z.output<typeof bandwidth>;

const limiting = { basis: 'clients', source: 'webdav.md 8' } as const;
const BANDWIDTH = 'SYNO.Core.BandwidthControl';
/** Only in version 2; `set` only in version 1. */
export const getBandwidths = call(BANDWIDTH, 'get', 2, {
	answer: z.object({ bandwidths: z.array(bandwidth) }),
	...limiting,
	readOnly: true,
});
export const setBandwidths = repeatable(
	call(BANDWIDTH, 'set', 1, {
		answer: z.object({ results: z.array(z.boolean()) }),
		...limiting,
	}),
);
/** No source shows a row of it. */
export const listActiveLimits = call(`${BANDWIDTH}.Status`, 'list', 1, {
	list: 'status',
	of: z.looseObject({}),
	basis: 'inferred',
	source: 'webdav.md 8',
	readOnly: true,
});

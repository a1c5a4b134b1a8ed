import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { certificateMoment, localMoment } from '../lib/moments';

/** An issuer or subject comes as an object or as text. */
export const certificate = row(
	{
		id: field.id(),
		desc: field.text().optional(),
		is_default: field.flag().optional(),
		is_broken: field.flag().optional(),
		renewable: field.flag().optional(),
		subject_common_name: field.text().optional(),
		issuer_common_name: field.text().optional(),
		valid_from: certificateMoment().optional(),
		valid_till: certificateMoment(),
		services: z.array(z.looseObject({ display_name: z.string().optional() })).default([]),
	},
	{
		prefix: ['subject', 'issuer'],
		simple: ['id', 'desc', 'is_default', 'is_broken', 'subject_common_name', 'valid_from', 'valid_till'],
	},
);
export type Certificate = z.output<typeof certificate>;
export const listCertificates = call('SYNO.Core.Certificate.CRT', 'list', 1, {
	list: 'certificates',
	of: certificate,
	basis: 'capture',
	source: 'system.md 4',
	readOnly: true,
});

const scanItem = z.looseObject({ failSeverity: z.string().optional(), progress: z.number().optional() });
export const getScan = call('SYNO.Core.SecurityScan.Status', 'system_get', 1, {
	answer: row(
		{
			sys_status: field.text(),
			sys_progress: field.number().optional(),
			last_scan_time: field.secondsOrNever().optional(),
			items: z.record(z.string(), scanItem).optional(),
		},
		{ rename: { sysStatus: 'sys_status', sysProgress: 'sys_progress', lastScanTime: 'last_scan_time' } },
	),
	basis: 'capture',
	source: 'system.md 7.3',
	readOnly: true,
});
export const startScan = call('SYNO.Core.SecurityScan.Operation', 'start', 1, {
	basis: 'capture',
	source: 'system.md 7.3',
});

export const listLoginActivity = call('SYNO.SecurityAdvisor.LoginActivity', 'list', 1, {
	list: 'items',
	of: row({
		create_time: localMoment(),
		severity: field.text().optional(),
		str_id: field.text().optional(),
		user: field.text().optional(),
		str_args: z.looseObject({}).optional(),
	}),
	basis: 'capture',
	source: 'system.md 7.3',
	readOnly: true,
});

export const homeMode = row(
	{
		on: field.flag(),
		notify_on: field.flag().optional(),
		mode_schedule_on: field.flag().optional(),
		onetime_enable_on: field.flag().optional(),
		onetime_disable_on: field.flag().optional(),
	},
	{ simple: ['on', 'notify_on', 'mode_schedule_on', 'onetime_enable_on', 'onetime_disable_on'] },
);
export const getHomeMode = call('SYNO.SurveillanceStation.HomeMode', 'GetInfo', 1, {
	answer: homeMode,
	basis: 'capture',
	source: 'system.md 10',
	readOnly: true,
});
export const switchHomeMode = repeatable(
	call('SYNO.SurveillanceStation.HomeMode', 'Switch', 1, {
		basis: 'capture',
		source: 'system.md 10',
	}),
);
export const startIndexing = call('SYNO.Core.MediaIndexing', 'reindex', 1, {
	basis: 'inferred',
	source: 'system.md 11',
});

import { call, repeatable } from '../../catalog/wire';
import { field, row } from '../../catalog/row';
import { z } from '../../vendor/zod';

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** One API of the NAS; the answer holds them by name. */
export const apiRow = row(
	{
		name: field.text(),
		/** Below `/webapi/`. */
		path: field.text(),
		min_version: field.number(),
		max_version: field.number(),
		/** How values go on the wire: `JSON`, or `plain` where the NAS says nothing. */
		request_format: field.text(),
	},
	{ rename: { minVersion: 'min_version', maxVersion: 'max_version', requestFormat: 'request_format' } },
);

export const queryApis = call('SYNO.API.Info', 'query', 1, {
	answer: z.preprocess(
		(data) =>
			isObject(data)
				? Object.entries(data).map(([name, one]) => ({ name, requestFormat: 'plain', ...(isObject(one) && one) }))
				: data,
		z.array(apiRow),
	),
	readOnly: true,
	basis: 'guide',
	source: 'core.md 2',
});

export const batch = call('SYNO.Entry.Request', 'request', 1, { basis: 'capture', source: 'core.md 9' });

/** The account, as it stands in its profile or, on old systems without one, in File Station. */
const account = row(
	{
		uid: field.id().optional(),
		user_name: field.text().optional(),
		nick_name: field.text().optional(),
		email: field.text().optional(),
		is_manager: field.flag().optional(),
	},
	{
		rename: {
			userName: 'user_name',
			nickName: 'nick_name',
			preferredLanguage: 'preferred_language',
			preferredColor: 'preferred_color',
			timezoneUI: 'timezone_ui',
		},
	},
);
export const getProfile = call('SYNO.Personal.Profile', 'get', 1, {
	answer: account,
	readOnly: true,
	basis: 'capture',
	source: 'core.md 13.1',
});
export const getFileStation = call('SYNO.FileStation.Info', 'get', 2, {
	answer: account,
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.1',
});

export const getSystem = call('SYNO.DSM.Info', 'getinfo', 2, {
	answer: row(
		{
			model: field.text(),
			version_string: field.text(),
			version: field.text().optional(),
			serial: field.text().optional(),
			/** Memory in megabytes. */
			ram_mb: field.number().optional(),
			/** Degrees Celsius; some models have none. */
			temperature: field.number().optional(),
			temperature_warn: field.flag().optional(),
			/** As the NAS writes it, without a zone. */
			time: field.text().optional(),
			/** Seconds. */
			uptime: field.number().optional(),
			codepage: field.text().optional(),
		},
		{ rename: { ram: 'ram_mb' } },
	),
	readOnly: true,
	basis: 'capture',
	source: 'system.md 1',
});

export const getExternalAddress = call('SYNO.Core.Desktop.Initdata', 'get', 1, {
	answer: row({ external_ip: field.text().optional(), ddns_hostname: field.text().optional() }),
	readOnly: true,
	basis: 'capture',
	source: 'core.md 13.1',
});
export const getPrivileges = call('SYNO.Core.Desktop.Initdata', 'get', 1, {
	answer: z.object({ AppPrivilege: z.record(z.string(), field.flag()).optional() }),
	readOnly: true,
	basis: 'capture',
	source: 'core.md 13.1',
});

export const listSignInMethods = call('SYNO.API.Auth.Type', 'get', 1, {
	list: '',
	of: row({ type: field.text() }),
	readOnly: true,
	basis: 'clients',
	source: 'core.md 5.1',
});

/** That these methods want parameters is known, their names and their answers are not. */
export const listTrustedDevices = call('SYNO.Core.TrustDevice', 'get', 1, {
	readOnly: true,
	basis: 'inferred',
	source: 'identity.md 6.3',
});
export const revokeTrustedDevice = repeatable(
	call('SYNO.Core.TrustDevice', 'delete', 1, {
		basis: 'inferred',
		source: 'identity.md 6.3',
	}),
	{ done: [] },
);

/** A cheap read that any user of a service may make: those that a live probe saw succeed for an ordinary account. */
const probe = (api: Parameters<typeof call>[0], method: string, version: number) =>
	call(api, method, version, { readOnly: true, basis: 'capture', source: 'core.md 18' });
export const probes = {
	file: probe('SYNO.FileStation.Info', 'get', 2),
	chat: probe('SYNO.Chat.User', 'get', 3),
	drive: probe('SYNO.SynologyDrive.Info', 'get', 2),
	note: probe('SYNO.NoteStation.Info', 'get', 3),
	calendar: probe('SYNO.Cal.Timezone', 'list', 5),
	contacts: probe('SYNO.Contacts.Info', 'get', 1),
	audio: probe('SYNO.AudioStation.Info', 'getinfo', 4),
	download: probe('SYNO.DownloadStation.Info', 'getinfo', 1),
};

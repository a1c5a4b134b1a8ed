import type { Api } from '../../core/apis';
import type { Nas } from '../../core/nas';
import { webdavOf } from './state';

const api = (name: string, methods: string[]): Api => ({
	name,
	path: 'entry.cgi',
	minVersion: 1,
	maxVersion: 1,
	requestFormat: 'JSON',
	authLevel: 1,
	adminOnly: false,
	adminMethods: new Set(),
	methods: new Map([[1, new Set(methods)]]),
	recorded: {},
});

const OLD = 'SYNO.Core.FileServ.WebDAV';

/** What DSM 5 and SRM have in place of the package (webdav.md 1). */
export const DSM5_APIS: ReadonlyMap<string, Api> = new Map(
	[api(OLD, ['get', 'set']), api(`${OLD}.CalDAV`, []), api(`${OLD}.CalDAV.Calendar`, [])].map((one) => [one.name, one]),
);

/** The NAS is one of DSM 5: WebDAV is part of it, and only two of its settings are certain. */
export function asDsm5(nas: Nas): void {
	nas.packages.delete('WebDAVServer');
	for (const [name, one] of DSM5_APIS) nas.apis.set(name, one);
	const { values } = webdavOf(nas);
	for (const key of Object.keys(values)) if (key !== 'enable_http' && key !== 'enable_https') delete values[key];
}

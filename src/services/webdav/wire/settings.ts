import { call } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** Keys differ between releases, and no source shows those of the package: what the NAS reports is kept as it comes. */
const reported = z.record(z.string(), z.unknown());
const modelled = { basis: 'inferred', source: 'webdav.md 2' } as const;

export const PACKAGE_API = 'SYNO.WebDAV.Common';
export const getSettings = call(PACKAGE_API, 'get', 1, { answer: reported, ...modelled, readOnly: true });
export const setSettings = call(PACKAGE_API, 'set', 1, modelled);

/** DSM 5 and SRM have WebDAV without a package. */
export const BUILT_IN_API = 'SYNO.Core.FileServ.WebDAV';
const builtIn = { basis: 'inferred', source: 'webdav.md 1' } as const;
export const getBuiltIn = call(BUILT_IN_API, 'get', 1, { answer: reported, ...builtIn, readOnly: true });
export const setBuiltIn = call(BUILT_IN_API, 'set', 1, builtIn);

/** The old CalDAV of the package: nothing is known of it but its name (webdav.md 3). */
export const CALDAV_APIS = ['SYNO.WebDAV.CalDAV', 'SYNO.WebDAV.CalDAV.Calendar'];

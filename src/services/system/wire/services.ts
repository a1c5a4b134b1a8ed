import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** Settings as they come: they are sent back as a whole, with one flag changed. */
const settings = z.looseObject({});
export type Settings = z.output<typeof settings>;
const source = { source: 'system.md 4' } as const;
/** The names of the flags are inferred. */
const switched = <A extends `SYNO.${string}`>(api: A, version: number, flag: string) => ({
	get: call(api, 'get', version, { answer: settings, basis: 'inferred', ...source, readOnly: true }),
	set: repeatable(call(api, 'set', version, { basis: 'inferred', ...source })),
	flag,
});

/** What DSM offers beside the web, by the name that Control Panel gives it. */
export const switchedServices = {
	ssh: switched('SYNO.Core.Terminal', 3, 'enable_ssh'),
	telnet: switched('SYNO.Core.Terminal', 3, 'enable_telnet'),
	smb: switched('SYNO.Core.FileServ.SMB', 3, 'enable_samba'),
	nfs: switched('SYNO.Core.FileServ.NFS', 3, 'enable_nfs'),
	ftp: switched('SYNO.Core.FileServ.FTP', 3, 'enable_ftp'),
	ftps: switched('SYNO.Core.FileServ.FTP', 3, 'enable_ftps'),
	sftp: switched('SYNO.Core.FileServ.FTP.SFTP', 1, 'enable'),
};
export type ServiceName = keyof typeof switchedServices;
export const SERVICE_NAMES = Object.keys(switchedServices) as ServiceName[];

import type { BehaviourTable } from '../../core/behaviour';
import { replace } from '../identity/call';
import { admin, anyone } from './call';
import type { SystemState } from './state';

type Name = keyof SystemState['services'];

/** Services that DSM offers beside the web (system.md 4): settings are read and written as a whole. */
const both = (api: string, name: Name): BehaviourTable => ({
	[`${api}.get`]: admin(({ system }) => ({ data: { ...system.services[name] } })),
	[`${api}.set`]: admin(({ system, params }) => replace(system.services[name], params)),
});

export const serviceBehaviours: BehaviourTable = {
	...both('SYNO.Core.Terminal', 'terminal'),
	...both('SYNO.Core.FileServ.SMB', 'smb'),
	...both('SYNO.Core.FileServ.NFS', 'nfs'),
	// Every account may read it (system.md 0.4).
	'SYNO.Core.FileServ.NFS.get': anyone(({ system }) => ({ data: { ...system.services.nfs } })),
	...both('SYNO.Core.FileServ.FTP', 'ftp'),
	...both('SYNO.Core.FileServ.FTP.SFTP', 'sftp'),
};

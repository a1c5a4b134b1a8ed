import type { SimulatedService } from '../../core/service';

/** WebDAV Server, by its dossier. */
export const webdav: SimulatedService = {
	id: 'webdav',
	application: { id: 'SYNO.SDS.WebDAVServer.Application', sessionName: 'WebDAVServer' },
	alias: 'webdav',
	// What its calls do, by "API.method".
	behaviours: {},
	seed() {},
	scenes: [],
};

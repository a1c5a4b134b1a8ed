import type { SimulatedService } from '../../core/service';
import { webdavBehaviours } from './index';
import { webdavScenes } from './life';
import { webdavOf } from './state';

/** WebDAV Server: its settings, who may use it, and the server itself, by webdav.md. */
export const webdav: SimulatedService = {
	id: 'webdav',
	package: { id: 'WebDAVServer', name: 'WebDAV Server', version: '2.4.8-0100', apis: ['SYNO.WebDAV.'] },
	behaviours: webdavBehaviours,
	seed(nas) {
		if (nas.users.has('noapps')) webdavOf(nas).setRule({ entity_type: 'user', entity_name: 'noapps' }, false);
	},
	scenes: webdavScenes,
	close: async (nas) => await webdavOf(nas).server.close(),
};

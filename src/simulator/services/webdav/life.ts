import type { Scene } from '../../core/life';
import { webdavOf } from './state';

/** Somebody connects and reads a file; later the connection ends. */
export const webdavScenes: Scene[] = [
	(nas, round) => {
		const state = webdavOf(nas);
		const pid = state.connect('bob', `198.51.100.${10 + (round % 20)}`);
		state.transfer('bob', 'read', `/docs/report-${round % 5}.pdf`);
		for (const { pid: old } of nas.connections.filter((one) => one.type === 'WebDAV' && one.pid !== pid))
			state.disconnect(old);
	},
];

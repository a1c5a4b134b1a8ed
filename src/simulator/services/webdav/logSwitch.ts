import type { BehaviourTable } from '../../core/behaviour';
import { admin, flag } from '../system/call';
import { webdavOf } from './state';

/** Which protocols write a transfer log (webdav.md 5): all six go back. */
export const logSwitchBehaviours: BehaviourTable = {
	'SYNO.Core.SyslogClient.FileTransfer.get': admin(({ request: { nas } }) => ({ data: { ...webdavOf(nas).logging } })),
	'SYNO.Core.SyslogClient.FileTransfer.set': admin(({ params, request: { nas } }) => {
		const { logging } = webdavOf(nas);
		const wanted = Object.keys(logging).map((protocol) => [protocol, flag(params, protocol)] as const);
		Object.assign(logging, Object.fromEntries(wanted));
		return {};
	}),
};

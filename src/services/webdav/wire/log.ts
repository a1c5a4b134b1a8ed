import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';

const captured = { basis: 'capture', source: 'webdav.md 5' } as const;

/** Which protocols write a transfer log. All six go back. */
export const logging = row({
	webdav: field.flag(),
	filestation: field.flag().optional(),
	cifs: field.flag().optional(),
	ftp: field.flag().optional(),
	tftp: field.flag().optional(),
	afp: field.flag().optional(),
});
export const getLogging = call('SYNO.Core.SyslogClient.FileTransfer', 'get', 1, {
	answer: logging,
	...captured,
	readOnly: true,
});
export const setLogging = repeatable(call('SYNO.Core.SyslogClient.FileTransfer', 'set', 1, captured));

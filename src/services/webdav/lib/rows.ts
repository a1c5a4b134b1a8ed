import type { z } from '../../../vendor/zod';
import type { connection, TransferRow } from '../../system/wire/logs';

export type Connection = z.output<typeof connection>;

const isDav = (text = ''): boolean => /dav/i.test(text);

/** Whether a connection is one of WebDAV: the exact word of `type` and `protocol` was never captured (webdav.md 4). */
export const isWebdav = ({ type, protocol }: Connection): boolean => isDav(type) || isDav(protocol);

/** Whether a transfer came over WebDAV: the word of the type is in the language of the system, the original one is not. */
export const isByWebdav = ({ original_logtype: original, logtype }: TransferRow): boolean =>
	isDav(original) || (original === undefined && isDav(logtype));

/** All transfers are asked for in one call, since the type of WebDAV alone was never captured (webdav.md 5). */
export const TRANSFERS = { logtype: 'ftp,filestation,webdav,cifs,tftp,afp' };

/** The newest first. */
export const BY_TIME = { sort_by: 'time', sort_direction: 'DESC' };

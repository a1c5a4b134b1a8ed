import { service } from '../../catalog/operation';
import { errors } from './errors';
import { info } from './operations/info';

export const webdav = service({
	id: 'webdav',
	title: 'WebDAV Server',
	summary: 'What WebDAV Server runs on.',
	package: 'WebDAV Server',
	privilege: 'WebDAV Server',
	apis: 'SYNO.WebDAVServer.',
	errors,
	resources: { info },
	triggers: {},
});

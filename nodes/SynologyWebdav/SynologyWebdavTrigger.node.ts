import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyWebdavTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('webdav'),
		displayName: 'Synology WebDAV Server Trigger',
		name: 'synologyWebdavTrigger',
		icon: { light: 'file:../../icons/webdav.svg', dark: 'file:../../icons/webdav.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('webdav');

	poll = poll('webdav');
}

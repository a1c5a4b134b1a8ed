import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologyWebdav implements INodeType {
	description: INodeTypeDescription = {
		...describe('webdav'),
		displayName: 'Synology WebDAV Server',
		name: 'synologyWebdav',
		icon: { light: 'file:../../icons/webdav.svg', dark: 'file:../../icons/webdav.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('webdav');

	execute = run('webdav');
}

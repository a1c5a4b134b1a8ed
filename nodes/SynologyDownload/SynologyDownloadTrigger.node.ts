import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyDownloadTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('download'),
		displayName: 'Synology Download Station Trigger',
		name: 'synologyDownloadTrigger',
		icon: { light: 'file:../../icons/download.svg', dark: 'file:../../icons/download.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('download');

	poll = poll('download');
}

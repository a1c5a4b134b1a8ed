import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyFileTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('file'),
		displayName: 'Synology File Station Trigger',
		name: 'synologyFileTrigger',
		icon: { light: 'file:../../icons/file.svg', dark: 'file:../../icons/file.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('file');

	poll = poll('file');
}

import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologySystemTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('system'),
		displayName: 'Synology System Trigger',
		name: 'synologySystemTrigger',
		icon: { light: 'file:../../icons/system.svg', dark: 'file:../../icons/system.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('system');

	poll = poll('system');
}

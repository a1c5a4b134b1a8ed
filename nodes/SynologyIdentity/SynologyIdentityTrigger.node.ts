import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyIdentityTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('identity'),
		displayName: 'Synology Identity Trigger',
		name: 'synologyIdentityTrigger',
		icon: { light: 'file:../../icons/identity.svg', dark: 'file:../../icons/identity.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('identity');

	poll = poll('identity');
}

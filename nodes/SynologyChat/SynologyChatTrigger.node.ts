import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyChatTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('chat'),
		displayName: 'Synology Chat Trigger',
		name: 'synologyChatTrigger',
		icon: { light: 'file:../../icons/chat.svg', dark: 'file:../../icons/chat.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('chat');

	poll = poll('chat');
}

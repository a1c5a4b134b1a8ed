import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describePush, methods, receive, registration } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyChatBotTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describePush('chat'),
		displayName: 'Synology Chat Bot Trigger',
		name: 'synologyChatBotTrigger',
		icon: { light: 'file:../../icons/chat.svg', dark: 'file:../../icons/chat.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [
			{
				name: 'synologyNasApi',
				required: true,
				testedBy: 'testSynologyNas',
				displayOptions: { show: { registration: ['automatic'] } },
			},
			{
				name: 'synologyChatBotApi',
				required: true,
				testedBy: 'testSynologyChatBot',
				displayOptions: { show: { registration: ['manual'] } },
			},
		],
	};

	methods = methods('chat');

	webhookMethods = registration('chat');

	webhook = receive('chat');
}

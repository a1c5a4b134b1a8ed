import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { answer, describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologyChat implements INodeType {
	description: INodeTypeDescription = {
		...describe('chat'),
		displayName: 'Synology Chat',
		name: 'synologyChat',
		icon: { light: 'file:../../icons/chat.svg', dark: 'file:../../icons/chat.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [
			{
				name: 'synologyNasApi',
				required: true,
				testedBy: 'testSynologyNas',
				displayOptions: { hide: { resource: ['bot', 'webhook'] } },
			},
			{
				name: 'synologyChatBotApi',
				required: true,
				testedBy: 'testSynologyChatBot',
				displayOptions: { show: { resource: ['bot', 'webhook'] } },
			},
		],
	};

	methods = methods('chat');

	execute = run('chat');

	webhook = answer;
}

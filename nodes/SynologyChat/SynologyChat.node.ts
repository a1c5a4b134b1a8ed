import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';

export class SynologyChat implements INodeType {
	description: INodeTypeDescription = {
		...describe('chat'),
		displayName: 'Synology Chat',
		name: 'synologyChat',
		icon: { light: 'file:../../icons/chat.svg', dark: 'file:../../icons/chat.dark.svg' },
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
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
}

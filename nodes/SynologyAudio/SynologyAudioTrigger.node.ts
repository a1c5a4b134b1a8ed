import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyAudioTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('audio'),
		displayName: 'Synology Audio Station Trigger',
		name: 'synologyAudioTrigger',
		icon: { light: 'file:../../icons/audio.svg', dark: 'file:../../icons/audio.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('audio');

	poll = poll('audio');
}

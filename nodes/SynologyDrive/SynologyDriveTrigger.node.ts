import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyDriveTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('drive'),
		displayName: 'Synology Drive Trigger',
		name: 'synologyDriveTrigger',
		icon: { light: 'file:../../icons/drive.svg', dark: 'file:../../icons/drive.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('drive');

	poll = poll('drive');
}

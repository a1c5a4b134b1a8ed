import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyNoteTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('note'),
		displayName: 'Synology Note Station Trigger',
		name: 'synologyNoteTrigger',
		icon: { light: 'file:../../icons/note.svg', dark: 'file:../../icons/note.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('note');

	poll = poll('note');
}

import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyContactsTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('contacts'),
		displayName: 'Synology Contacts Trigger',
		name: 'synologyContactsTrigger',
		icon: { light: 'file:../../icons/contacts.svg', dark: 'file:../../icons/contacts.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('contacts');

	poll = poll('contacts');
}

import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describeTrigger, methods, poll } from '../../src/n8n/head';
import { triggerSubtitle } from '../../src/n8n/subtitle';

export class SynologyCalendarTrigger implements INodeType {
	description: INodeTypeDescription = {
		...describeTrigger('calendar'),
		displayName: 'Synology Calendar Trigger',
		name: 'synologyCalendarTrigger',
		icon: { light: 'file:../../icons/calendar.svg', dark: 'file:../../icons/calendar.dark.svg' },
		subtitle: triggerSubtitle,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('calendar');

	poll = poll('calendar');
}

import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologySystem implements INodeType {
	description: INodeTypeDescription = {
		...describe('system'),
		displayName: 'Synology System',
		name: 'synologySystem',
		icon: { light: 'file:../../icons/system.svg', dark: 'file:../../icons/system.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('system');

	execute = run('system');
}

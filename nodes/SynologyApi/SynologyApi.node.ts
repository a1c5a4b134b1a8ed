import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologyApi implements INodeType {
	description: INodeTypeDescription = {
		...describe('api'),
		displayName: 'Synology API',
		name: 'synologyApi',
		icon: { light: 'file:../../icons/api.svg', dark: 'file:../../icons/api.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('api');

	execute = run('api');
}

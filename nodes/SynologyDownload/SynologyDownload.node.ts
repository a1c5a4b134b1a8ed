import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologyDownload implements INodeType {
	description: INodeTypeDescription = {
		...describe('download'),
		displayName: 'Synology Download Station',
		name: 'synologyDownload',
		icon: { light: 'file:../../icons/download.svg', dark: 'file:../../icons/download.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('download');

	execute = run('download');
}

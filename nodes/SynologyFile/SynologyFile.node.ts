import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologyFile implements INodeType {
	description: INodeTypeDescription = {
		...describe('file'),
		displayName: 'Synology File Station',
		name: 'synologyFile',
		icon: { light: 'file:../../icons/file.svg', dark: 'file:../../icons/file.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('file');

	execute = run('file');
}

import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologyDrive implements INodeType {
	description: INodeTypeDescription = {
		...describe('drive'),
		displayName: 'Synology Drive',
		name: 'synologyDrive',
		icon: { light: 'file:../../icons/drive.svg', dark: 'file:../../icons/drive.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('drive');

	execute = run('drive');
}

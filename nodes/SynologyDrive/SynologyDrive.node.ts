import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';

export class SynologyDrive implements INodeType {
	description: INodeTypeDescription = {
		...describe('drive'),
		displayName: 'Synology Drive',
		name: 'synologyDrive',
		icon: { light: 'file:../../icons/drive.svg', dark: 'file:../../icons/drive.dark.svg' },
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('drive');

	execute = run('drive');
}

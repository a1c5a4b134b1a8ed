import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';

export class SynologyIdentity implements INodeType {
	description: INodeTypeDescription = {
		...describe('identity'),
		displayName: 'Synology Identity',
		name: 'synologyIdentity',
		icon: { light: 'file:../../icons/identity.svg', dark: 'file:../../icons/identity.dark.svg' },
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('identity');

	execute = run('identity');
}

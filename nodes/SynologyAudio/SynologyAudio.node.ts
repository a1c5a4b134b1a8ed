import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologyAudio implements INodeType {
	description: INodeTypeDescription = {
		...describe('audio'),
		displayName: 'Synology Audio Station',
		name: 'synologyAudio',
		icon: { light: 'file:../../icons/audio.svg', dark: 'file:../../icons/audio.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('audio');

	execute = run('audio');
}

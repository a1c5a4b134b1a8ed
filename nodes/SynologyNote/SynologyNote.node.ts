import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class SynologyNote implements INodeType {
	description: INodeTypeDescription = {
		...describe('note'),
		displayName: 'Synology Note Station',
		name: 'synologyNote',
		icon: { light: 'file:../../icons/note.svg', dark: 'file:../../icons/note.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('note');

	execute = run('note');
}

import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { connectionProperties } from '../src/n8n/head';

export class SynologyNasApi implements ICredentialType {
	name = 'synologyNasApi';

	displayName = 'Synology NAS API';

	icon = { light: 'file:../icons/nas.svg', dark: 'file:../icons/nas.dark.svg' } as const;

	documentationUrl = 'https://github.com/synoflow/n8n-nodes-synology#connection';

	properties: INodeProperties[] = connectionProperties();
}

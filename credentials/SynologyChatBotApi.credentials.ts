import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { botProperties } from '../src/n8n/head';

export class SynologyChatBotApi implements ICredentialType {
	name = 'synologyChatBotApi';

	displayName = 'Synology Chat Bot API';

	icon = { light: 'file:../icons/chat.svg', dark: 'file:../icons/chat.dark.svg' } as const;

	documentationUrl = 'https://github.com/synoflow/n8n-nodes-synology#connection';

	properties: INodeProperties[] = botProperties();
}

import { z } from '../../../vendor/zod';
import { channel_id } from '../fields';

/** Parameters of integrations, as operations and triggers that register themselves take them. */
export const nickname = z.string().trim().min(1).meta({
	title: 'Name',
	description: 'Name under which it appears in Chat',
	placeholder: 'e.g. Build',
});

export const url = z.url({ protocol: /^https?$/ }).meta({
	title: 'URL',
	description: 'Address that Chat calls, as the NAS reaches it',
	placeholder: 'e.g. https://flows.example.com/hook/chat',
});

export const trigger_word = z.string().min(1).optional().meta({
	title: 'Trigger Word',
	description: 'Only messages that begin with this word, case-sensitive; needed when no channel is chosen',
	placeholder: 'e.g. deploy',
});

/** With the slash, as a person types it. */
export const command = z
	.string()
	.trim()
	.regex(/^\/?[^\s/]+$/, 'is not one word')
	.transform((text) => (text.startsWith('/') ? text : `/${text}`))
	.meta({ title: 'Command', description: 'What a person types in front', placeholder: 'e.g. /deploy' });

export const purpose = z.string().optional().meta({
	title: 'Purpose',
	description: 'What the bot is for, shown in Chat',
	advanced: true,
});

export const welcome_note = z.string().optional().meta({
	title: 'Welcome Note',
	description: 'What the bot says when a conversation with it begins',
	advanced: true,
});

export const anyChannel = channel_id
	.optional()
	.meta({ ...channel_id.meta(), description: 'Channel to listen in; all channels when left out' });

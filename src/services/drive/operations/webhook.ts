import { textId } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { given } from '../fields';
import * as wire from '../wire/administration';

/** The ids look like numbers and must stay text on the wire (drive.md 9.4). */
const app_id = z.string().min(1).default('synoflow').meta({
	title: 'App ID',
	description: 'Name under which the webhooks are registered; needed to find them again',
});
const webhook_id = textId().meta({ title: 'Webhook ID', description: 'Webhook by its ID', placeholder: 'e.g. 3' });
const url = z.url({ protocol: /^https?$/ }).meta({
	title: 'URL',
	description: 'Address that gets a POST with a list of events',
	placeholder: 'e.g. https://n8n.example.com/webhook/drive',
});
const token = z
	.string()
	.optional()
	.meta({ title: 'Token', description: 'Secret that is sent along; never shown again', widget: 'secret' });
const extensions = z.array(z.string()).default([]).meta({
	title: 'Extensions',
	description: 'Only files with these extensions',
	placeholder: 'e.g. pdf',
	advanced: true,
});
const request = ({ extensions: filter_file_ext, ...rest }: { extensions: string[] }) =>
	given({ type: 'url', ...rest, ...(filter_file_ext.length > 0 && { options: { filter_file_ext } }) });

export const list = operation({
	title: 'List webhooks',
	summary: 'Lists the webhooks of an app ID (administrators).',
	right: 'administrator',
	call: wire.listWebhooks,
	params: z.object({ app_id }),
});

export const get = operation({
	title: 'Get a webhook',
	summary: 'Gives one webhook (administrators).',
	right: 'administrator',
	call: wire.getWebhook,
	params: z.object({ webhook_id, app_id }),
});

export const create = operation({
	title: 'Create a webhook',
	summary: 'Has Drive tell an address about created, changed, renamed, moved and removed files (administrators).',
	right: 'administrator',
	call: wire.createWebhook,
	params: z.object({ url, app_id, token, extensions }),
	request,
});

export const update = operation({
	title: 'Update a webhook',
	summary: 'Changes address or token of a webhook (administrators).',
	right: 'administrator',
	call: wire.updateWebhook,
	params: z.object({ webhook_id, app_id, url: url.optional(), token, extensions }),
	request,
});

const remove = operation({
	title: 'Delete a webhook',
	summary: 'Deletes a webhook (administrators).',
	right: 'administrator',
	call: wire.deleteWebhook,
	params: z.object({ webhook_id, app_id }),
	lost: {
		gone: wire.listWebhooks,
		request: (params) => ({ app_id: params.app_id }),
		is: (row, params) => row.webhook_id === params.webhook_id,
	},
	destructive: true,
	deletes: true,
});

export const webhooks = resource('Webhook', { list, get, create, update, delete: remove });

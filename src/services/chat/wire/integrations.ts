import type { Basis, Call } from '../../../core/call';
import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import type { z } from '../../../vendor/zod';

/** A webhook, slash command or chatbot (chat.md 7): each is a bot user, whose `user_id` names it everywhere. */
export const integration = row(
	{
		user_id: field.id(),
		nickname: field.text().optional(),
		bot_type: field.text().optional(),
		type: field.text().optional(),
		app_id: field.id().optional(),
		/** `0`: any channel. */
		channel_id: field.id().optional(),
		creator_id: field.id().optional(),
		create_at: field.milliseconds().optional(),
		deleted: field.flag().optional(),
		is_disabled: field.flag().optional(),
		url: field.text().optional(),
		trigger_word: field.text().optional(),
		command: field.text().optional(),
		purpose: field.text().optional(),
		welcome_note: field.text().optional(),
		hide_from_user: field.flag().optional(),
		/** Given where one integration is asked for or made. Blacked out in logs and errors. */
		token: field.secret().optional(),
	},
	{
		lift: ['chatbot_props'],
		simple: [
			'user_id',
			'label',
			'nickname',
			'token',
			'channel_id',
			'is_disabled',
			'url',
			'trigger_word',
			'command',
			'purpose',
		],
	},
);
export type Integration = z.output<typeof integration>;

/** Calls of one kind of integration; `list` is the key of its list, `*` where it was not captured. */
const callsOf = (api: Call['api'], list: string, basis: Basis) => {
	const known = { basis, source: 'chat.md 7' } as const;
	return {
		list: call(api, 'list', 1, { list, of: integration, readOnly: true, ...known }),
		get: call(api, 'get', 1, { answer: integration, readOnly: true, ...known }),
		create: call(api, 'create', 1, { answer: integration, ...known }),
		set: repeatable(call(api, 'set', 1, known)),
	};
};
export type IntegrationCalls = ReturnType<typeof callsOf>;

export const incoming = callsOf('SYNO.Chat.Webhook.Incoming', 'webhook_incomings', 'capture');
export const outgoing = callsOf('SYNO.Chat.Webhook.Outgoing', 'webhook_outgoings', 'capture');
export const slash = callsOf('SYNO.Chat.Webhook.Slash', '*', 'inferred');
export const chatbot = callsOf('SYNO.Chat.Chatbot', 'chatbots', 'capture');

const onBot = (method: string, basis: Basis = 'capture') =>
	call('SYNO.Chat.Bot', method, 1, { basis, source: 'chat.md 7' });

export const setBot = repeatable(onBot('set'));
export const enableBot = repeatable(onBot('enable'));
export const disableBot = repeatable(onBot('disable'));
export const deleteBot = repeatable(onBot('delete'), { done: [] });
/** What it answers was not captured. */
export const renewToken = onBot('regen_token', 'inferred');

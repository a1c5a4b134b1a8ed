import type { Call } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { z } from '../../vendor/zod';

/** The four kinds of bot users that Chat knows (chat.md 7). */
export interface Kind {
	/** "incoming webhook" */
	noun: string;
	api: `SYNO.Chat.${string}`;
	/** Id of the resource: `incomingWebhook`. */
	resource: string;
	/** Key of the list in the answer; absent where it was not captured: then the one list that the answer holds. */
	items?: string;
}

const webhook = (name: string, noun: string, items?: string): Kind => ({
	noun,
	api: `SYNO.Chat.Webhook.${name}`,
	resource: name === 'Slash' ? 'slashCommand' : `${name.toLowerCase()}Webhook`,
	...(items !== undefined && { items }),
});

export const incoming = webhook('Incoming', 'incoming webhook', 'webhook_incomings');
export const outgoing = webhook('Outgoing', 'outgoing webhook', 'webhook_outgoings');
export const slash = webhook('Slash', 'slash command');
export const chatbot: Kind = { noun: 'chatbot', api: 'SYNO.Chat.Chatbot', resource: 'chatbot', items: 'chatbots' };

export const callOf = ({ api }: Kind, method: string): Call => ({ api, method, version: 1 });
export const botCall = (method: string): Call => ({ api: 'SYNO.Chat.Bot', method, version: 1 });

/** Calls that make an integration usable. */
export const makingCalls = (kind: Kind): Call[] => [
	callOf(kind, 'create'),
	callOf(kind, 'set'),
	botCall('set'),
	botCall('enable'),
	botCall('delete'),
];

/** Calls of a trigger that registers itself. */
export const registeringCalls = (kind: Kind): Call[] => [
	...makingCalls(kind),
	callOf(kind, 'list'),
	callOf(kind, 'get'),
];

/** A row of a list (chat.md 7). The token is given by `create` and `get` only. `label` is made here. */
export const integration = z.looseObject({
	user_id: z.coerce.number(),
	nickname: z.string().optional(),
	channel_id: z.coerce.number().optional(),
	url: z.string().optional(),
	is_disabled: z.boolean().optional(),
	label: z.string().optional(),
});

/** The token is a secret: it is shown to who asked, and blacked out in logs and errors. */
export const withToken = z.looseObject({ user_id: z.coerce.number(), token: z.string().optional() });

export interface Row {
	user_id: number | string;
	nickname?: string;
	url?: string;
	command?: string;
	trigger_word?: string;
	deleted?: boolean;
	is_disabled?: boolean;
	token?: string;
}

export const rowsOf = ({ items }: Kind, data: unknown): Row[] => {
	const answer = (data ?? {}) as Record<string, unknown>;
	const found = items === undefined ? Object.values(answer).find(Array.isArray) : answer[items];
	return ((found ?? []) as Row[]).filter(({ deleted }) => !deleted);
};

export const shown = (row: Row) => ({
	...row,
	label: row.nickname || row.command || row.trigger_word || `${row.user_id}`,
});

type Settings = Record<string, unknown>;

/** Name last: without a nickname and before `enable` a token is dead, so nothing half made can be used (chat.md 7). */
export async function configure(
	kind: Kind,
	user_id: number,
	nickname: string | undefined,
	settings: Settings,
	dsm: Dsm,
): Promise<void> {
	if (Object.values(settings).some((value) => value !== undefined))
		await dsm.call(callOf(kind, 'set'), { user_id, ...settings });
	if (nickname !== undefined) await dsm.call(botCall('set'), { user_id, nickname });
}

/** All steps to a usable integration. What was made is taken away again when a later step fails. */
export async function make(
	kind: Kind,
	nickname: string,
	settings: Settings,
	dsm: Dsm,
): Promise<{ user_id: number; token: string }> {
	// Only a chatbot is born with its name.
	const made = await dsm.call(callOf(kind, 'create'), kind === chatbot ? { nickname } : {});
	const user_id = Number(made.user_id);
	try {
		await configure(kind, user_id, nickname, settings, dsm);
		await dsm.call(botCall('enable'), { user_id });
	} catch (error) {
		await dsm.call(botCall('delete'), { user_id, real_delete: true }).catch(() => undefined);
		throw error;
	}
	return { ...made, user_id };
}

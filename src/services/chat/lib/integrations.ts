import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import {
	chatbot as chatbotCalls,
	deleteBot,
	enableBot,
	incoming as incomingCalls,
	outgoing as outgoingCalls,
	setBot,
	slash as slashCalls,
	type Integration,
	type IntegrationCalls,
} from '../wire/integrations';

/** The four kinds of bot users that Chat knows (chat.md 7). */
export interface Kind {
	/** "incoming webhook" */
	noun: string;
	/** Id of the resource: `incomingWebhook`. */
	resource: string;
	calls: IntegrationCalls;
}

export const incoming: Kind = { noun: 'incoming webhook', resource: 'incomingWebhook', calls: incomingCalls };
export const outgoing: Kind = { noun: 'outgoing webhook', resource: 'outgoingWebhook', calls: outgoingCalls };
export const slash: Kind = { noun: 'slash command', resource: 'slashCommand', calls: slashCalls };
export const chatbot: Kind = { noun: 'chatbot', resource: 'chatbot', calls: chatbotCalls };

/** Calls that make an integration usable. */
export const makingCalls = ({ calls }: Kind): Call[] => [calls.create, calls.set, setBot, enableBot, deleteBot];

/** Calls of a trigger that registers itself. */
export const registeringCalls = (kind: Kind): Call[] => [...makingCalls(kind), kind.calls.list, kind.calls.get];

/** What a person calls it. */
export const labelOf = ({ nickname, command, trigger_word, user_id }: Integration): string =>
	nickname || command || trigger_word || user_id;

type Settings = Record<string, unknown>;

/** Name last: without a nickname and before it is enabled a token is dead, so nothing half made can be used (chat.md 7). */
export async function configure(
	{ calls }: Kind,
	user_id: number,
	nickname: string | undefined,
	settings: Settings,
	dsm: Dsm,
): Promise<void> {
	if (Object.values(settings).some((value) => value !== undefined)) await dsm.call(calls.set, { user_id, ...settings });
	if (nickname !== undefined) await dsm.call(setBot, { user_id, nickname });
}

/** All steps to a usable integration. What was made is taken away again when a later step fails. */
export async function make(kind: Kind, nickname: string, settings: Settings, dsm: Dsm): Promise<Integration> {
	// Only a chatbot is born with its name.
	const made = await dsm.call(kind.calls.create, kind === chatbot ? { nickname } : {});
	const user_id = Number(made.user_id);
	try {
		await configure(kind, user_id, nickname, settings, dsm);
		await dsm.call(enableBot, { user_id });
	} catch (error) {
		await dsm.call(deleteBot, { user_id, real_delete: true }).catch(() => undefined);
		throw error;
	}
	return made;
}

import { id } from '../../../catalog/fields';
import { nothing, operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channel_id } from '../fields';
import { anyChannel, command, nickname, purpose, trigger_word, url, welcome_note } from '../lib/integrationFields';
import {
	chatbot,
	configure,
	incoming,
	labelOf,
	make,
	makingCalls,
	outgoing,
	slash,
	type Kind,
} from '../lib/integrations';
import { deleteBot, disableBot, enableBot, integration, renewToken, setBot } from '../wire/integrations';

/** What the operations of one kind need to know. Settings have no defaults: an update leaves out what stays. */
interface Administered<S extends z.ZodRawShape> {
	kind: Kind;
	settings: S;
	/** "posts what it is sent to one channel" */
	does: string;
	/** Settings of a new one that were left out. */
	initial?: Record<string, unknown>;
	/** What is wrong with the settings of a new one. */
	fault?: (given: Record<string, unknown>) => { message: string; path: string[] } | undefined;
}

/** Listing, making and changing the integrations of one kind: all of them are bot users, named by their `user_id` (chat.md 7). */
function administration<S extends z.ZodRawShape>(about: Administered<S>) {
	const { kind, settings, does, initial = {}, fault = () => undefined } = about;
	const { noun, resource: own, calls } = kind;
	const one = `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
	const user_id = id().meta({
		title: noun.charAt(0).toUpperCase() + noun.slice(1),
		description: `Which ${noun} of the account`,
		widget: 'picker',
		choices: { from: `chat.${own}.list`, value: 'user_id', label: 'label', names: ['nickname'] },
	});
	const changed = { user_id, nickname: nickname.optional(), ...z.object(settings).partial().shape };
	const params = z.object({ nickname, ...settings }).superRefine((given, context) => {
		const found = fault(given);
		if (found) context.addIssue({ code: 'custom', ...found });
	});

	return {
		list: operation({
			title: `List ${noun}s`,
			summary: `Lists the ${noun}s of the account, without their tokens.`,
			call: calls.list,
			params: z.object({}),
			keep: ({ deleted }) => !deleted,
			response: (row) => ({ ...row, label: labelOf(row) }),
			result: z.array(integration.with({ label: z.string() })),
		}),
		get: operation({
			title: `Get ${one}`,
			summary: `Gives one ${noun} with its token, which is a secret.`,
			call: calls.get,
			params: z.object({ user_id }),
		}),
		create: procedure({
			title: `Create ${one}`,
			summary: `Creates ${one}, which ${does}, names and enables it, and gives its token, which is a secret.`,
			uses: makingCalls(kind),
			params,
			result: integration,
			run: async (given, dsm) => {
				const { nickname: name, ...rest } = given as { nickname: string };
				return await make(kind, name, { ...initial, ...rest }, dsm);
			},
		}),
		update: procedure({
			title: `Update ${one}`,
			summary: `Changes the name or the settings of ${one}; what is left out stays as it is.`,
			uses: [calls.set, setBot],
			params: z.object(changed),
			result: nothing,
			run: async (given, dsm) => {
				const { user_id: bot, nickname: name, ...rest } = given as { user_id: number; nickname?: string };
				await configure(kind, bot, name, rest, dsm);
				return {};
			},
		}),
		enable: operation({
			title: `Enable ${one}`,
			summary: `Makes the token of ${one} work again.`,
			call: enableBot,
			params: z.object({ user_id }),
		}),
		disable: operation({
			title: `Disable ${one}`,
			summary: `Pauses ${one}: its token is refused until it is enabled again.`,
			call: disableBot,
			params: z.object({ user_id }),
		}),
		/** What the renewal answers was not captured: the new token is read. */
		renewToken: operation({
			title: `Renew the token of ${one}`,
			summary: `Gives ${one} a new token, which is a secret; the old one stops working at once.`,
			call: renewToken,
			params: z.object({ user_id }),
			then: { call: calls.get, request: (given) => ({ user_id: given.user_id }) },
			result: integration,
			destructive: true,
		}),
		delete: operation({
			title: `Delete ${one}`,
			summary: `Deletes ${one} for good; its messages stay and can no longer be deleted by the API.`,
			call: deleteBot,
			params: z.object({ user_id }),
			request: (given) => ({ user_id: given.user_id, real_delete: true }),
			destructive: true,
			deletes: true,
		}),
	};
}

export const incomingWebhooks = resource(
	'Incoming Webhook Administration',
	administration({
		kind: incoming,
		settings: { channel_id },
		does: 'posts to one channel what it is sent',
	}),
);

export const outgoingWebhooks = resource(
	'Outgoing Webhook Administration',
	administration({
		kind: outgoing,
		settings: { url, channel_id: anyChannel, trigger_word },
		does: 'tells an address of messages that people write',
		// Channel 0 is any channel (chat.md 7).
		initial: { channel_id: 0 },
		fault: (given) =>
			given['channel_id'] === undefined && given['trigger_word'] === undefined
				? { message: 'is needed when no channel is chosen', path: ['trigger_word'] }
				: undefined,
	}),
);

export const slashCommands = resource(
	'Slash Command Administration',
	administration({
		kind: slash,
		settings: { command, url },
		does: 'tells an address when a person types the command',
	}),
);

export const chatbots = resource(
	'Chatbot Administration',
	administration({
		kind: chatbot,
		settings: {
			url: url.optional().meta({
				...url.meta(),
				description: 'Address that Chat calls when a person writes to the bot or presses a button',
			}),
			purpose,
			welcome_note,
			hide_from_user: z.boolean().optional().meta({
				title: 'Hide From Users',
				description: 'Whether the bot is left out of the list of bots',
				advanced: true,
			}),
		},
		does: 'people can write to',
	}),
);

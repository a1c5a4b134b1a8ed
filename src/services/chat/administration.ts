import { id } from '../../catalog/fields';
import { operation, procedure, resource, type Basis } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { channel_id, nothing, toNothing } from './fields';
import {
	botCall,
	callOf,
	chatbot,
	configure,
	incoming,
	integration,
	make,
	makingCalls,
	outgoing,
	rowsOf,
	shown,
	slash,
	withToken,
	type Kind,
} from './integration';

const nickname = z.string().trim().min(1).meta({
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

/** With the stroke, as a person types it. */
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

const anyChannel = channel_id
	.optional()
	.meta({ ...channel_id.meta(), description: 'Channel to listen in; all channels when left out' });

/** What the operations of one kind need to know. Settings have no defaults: an update leaves out what stays. */
interface Administered<S extends z.ZodRawShape> {
	kind: Kind;
	settings: S;
	basis: Basis;
	/** "posts what it is sent to one channel" */
	does: string;
	/** Settings of a new one that were left out. */
	initial?: Record<string, unknown>;
	/** What is wrong with the settings of a new one. */
	fault?: (given: Record<string, unknown>) => { message: string; path: string[] } | undefined;
}

/** Listing, making and changing the integrations of one kind: all of them are bot users, named by their `user_id` (chat.md 7). */
function administration<S extends z.ZodRawShape>(about: Administered<S>) {
	const { kind, settings, basis, does, initial = {}, fault = () => undefined } = about;
	const { noun, resource: own } = kind;
	const one = `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
	const user_id = id().meta({
		title: noun.charAt(0).toUpperCase() + noun.slice(1),
		description: `Which ${noun} of the account`,
		widget: 'picker',
		choices: { from: `chat.${own}.list`, value: 'user_id', label: 'label' },
	});
	const changed = { user_id, nickname: nickname.optional(), ...z.object(settings).partial().shape };
	const params = z.object({ nickname, ...settings }).superRefine((given, context) => {
		const found = fault(given);
		if (found) context.addIssue({ code: 'custom', ...found });
	});

	return {
		list: procedure({
			title: `List ${noun}s`,
			summary: `Lists the ${noun}s of the account; their tokens are not among it.`,
			uses: [callOf(kind, 'list')],
			params: z.object({}),
			result: z.array(integration),
			readOnly: true,
			basis,
			run: async (_given, dsm) => rowsOf(kind, await dsm.call(callOf(kind, 'list'))).map(shown),
		}),
		get: operation({
			title: `Get ${one}`,
			summary: `Gives one ${noun} with its token, which is a secret.`,
			call: callOf(kind, 'get'),
			params: z.object({ user_id }),
			result: withToken,
			readOnly: true,
			basis,
		}),
		create: procedure({
			title: `Create ${one}`,
			summary: `Makes ${one}, which ${does}, names and enables it, and gives its token, which is a secret.`,
			uses: makingCalls(kind),
			params,
			result: withToken,
			basis,
			run: async (given, dsm) => {
				const { nickname: name, ...rest } = given as { nickname: string };
				return await make(kind, name, { ...initial, ...rest }, dsm);
			},
		}),
		update: procedure({
			title: `Update ${one}`,
			summary: `Changes the name or the settings of ${one}; what is left out stays as it is.`,
			uses: [callOf(kind, 'set'), botCall('set')],
			params: z.object(changed),
			result: nothing,
			basis,
			run: async (given, dsm) => {
				const { user_id: bot, nickname: name, ...rest } = given as { user_id: number; nickname?: string };
				await configure(kind, bot, name, rest, dsm);
				return {};
			},
		}),
		enable: operation({
			title: `Enable ${one}`,
			summary: `Makes the token of ${one} work again.`,
			call: botCall('enable'),
			params: z.object({ user_id }),
			response: toNothing,
			result: nothing,
			basis,
		}),
		disable: operation({
			title: `Disable ${one}`,
			summary: `Pauses ${one}: its token is refused until it is enabled again.`,
			call: botCall('disable'),
			params: z.object({ user_id }),
			response: toNothing,
			result: nothing,
			basis,
		}),
		renewToken: procedure({
			title: `Renew the token of ${one}`,
			summary: `Gives ${one} a new token, which is a secret; the old one is dead at once.`,
			uses: [botCall('regen_token'), callOf(kind, 'get')],
			params: z.object({ user_id }),
			result: withToken,
			basis: 'inferred',
			// What the renewal answers was not captured: the new token is read.
			run: async ({ user_id: bot }, dsm) => {
				await dsm.call(botCall('regen_token'), { user_id: bot });
				return await dsm.call(callOf(kind, 'get'), { user_id: bot });
			},
		}),
		delete: operation({
			title: `Delete ${one}`,
			summary: `Deletes ${one} for good; its messages stay and can no longer be deleted by the API.`,
			call: botCall('delete'),
			params: z.object({ user_id }),
			request: (given) => ({ user_id: given.user_id, real_delete: true }),
			response: toNothing,
			result: nothing,
			destructive: true,
			basis,
		}),
	};
}

export const incomingWebhooks = resource(
	'Incoming Webhook Administration',
	administration({
		kind: incoming,
		settings: { channel_id },
		does: 'posts to one channel what it is sent',
		basis: 'capture',
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
		basis: 'capture',
	}),
);

export const slashCommands = resource(
	'Slash Command Administration',
	administration({
		kind: slash,
		settings: { command, url },
		does: 'tells an address when a person types the command',
		basis: 'inferred',
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
		basis: 'capture',
	}),
);

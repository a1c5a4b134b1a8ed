import { moment } from '../../catalog/fields';
import type { Call } from '../../core/call';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { asNumber, channel_id, nothing, post_id, toNothing } from './fields';
import { mentions, toStored } from './mentions';
import { post } from './post';
import { refuseEncrypted, sendCalls } from './send';

const flag = (title: string, description: string) =>
	z.boolean().default(false).meta({ title, description, advanced: true });

const createCall: Call = { api: 'SYNO.Chat.Post.Vote', method: 'create', version: 1 };

/** Choices as texts are answered 101, options as JSON text 117 (chat.md 5.9). */
export const create = procedure({
	title: 'Create a poll',
	summary: 'Posts a question with choices to a channel.',
	uses: [createCall, ...sendCalls.slice(1)],
	params: z.object({
		channel_id,
		message: z.string().min(1).meta({ title: 'Question', description: 'What is asked' }),
		choices: z.array(z.string().min(1)).min(1).meta({
			title: 'Choices',
			description: 'Answers to choose from, as a list of texts',
			widget: 'json',
			placeholder: 'e.g. ["Yes", "No"]',
		}),
		multiple: flag('Several Choices', 'Whether one may choose several answers'),
		anonymous: flag('Anonymous', 'Whether it stays hidden who chose what'),
		add_option: flag('More Choices', 'Whether others may add answers'),
		expire_at: moment().optional().meta({
			title: 'Ends At',
			description: 'When the poll closes by itself; without it stays open',
			widget: 'moment',
			advanced: true,
		}),
		mentions,
	}),
	result: post,
	basis: 'capture',
	async run({ channel_id: channel, message, choices, mentions: wanted, expire_at = 0, ...options }, dsm) {
		const [text] = await Promise.all([toStored(dsm, message, wanted), refuseEncrypted(dsm, [channel])]);
		return await dsm.call(createCall, {
			channel_id: channel,
			message: text,
			choices: choices.map((choice) => ({ text: choice })),
			options: { ...options, expire_at },
		});
	},
});

export const get = operation({
	title: 'Get the result of a poll',
	summary: 'Gives the choices of a poll with their votes.',
	call: { api: 'SYNO.Chat.Post.Vote', method: 'get_choices', version: 1 },
	params: z.object({ post_id }),
	request: asNumber,
	page: { items: 'choices' },
	result: z.array(z.looseObject({ id: z.string(), text: z.string(), count: z.number().optional() })),
	readOnly: true,
	basis: 'capture',
});

/** The ids must be texts in an array (chat.md 1.2). */
export const vote = operation({
	title: 'Vote in a poll',
	summary: 'Chooses answers of a poll; they replace those chosen before.',
	call: { api: 'SYNO.Chat.Post.Vote', method: 'vote', version: 1 },
	params: z.object({
		post_id,
		choice_ids: z.array(z.coerce.string<string | number>()).min(1).meta({
			title: 'Choice IDs',
			description: 'IDs of the chosen answers, as the result of the poll lists them',
			widget: 'json',
			placeholder: 'e.g. ["1"]',
		}),
	}),
	request: (given) => ({ ...asNumber(given), choice_ids: given.choice_ids }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const close = operation({
	title: 'Close a poll',
	summary: 'Ends a poll; its result stays.',
	call: { api: 'SYNO.Chat.Post.Vote', method: 'close', version: 1 },
	params: z.object({ post_id }),
	request: asNumber,
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

/** An empty set of choices withdraws the vote by inference (chat.md 5.9). */
export const withdraw = operation({
	title: 'Withdraw a vote',
	summary: 'Takes back the own vote in a poll.',
	call: { api: 'SYNO.Chat.Post.Vote', method: 'vote', version: 1 },
	params: z.object({ post_id }),
	request: (given) => ({ ...asNumber(given), choice_ids: [] }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const addOption = operation({
	title: 'Add a choice to a poll',
	summary: 'Adds an answer to a poll that lets others add some.',
	call: { api: 'SYNO.Chat.Post.Vote', method: 'create_option', version: 1 },
	params: z.object({
		post_id,
		text: z.string().min(1).meta({ title: 'Choice', description: 'Answer to add', placeholder: 'e.g. Pasta' }),
	}),
	request: (given) => ({ ...asNumber(given), text: given.text }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

const remove = operation({
	title: 'Delete a poll',
	summary: 'Deletes a poll with its votes.',
	call: { api: 'SYNO.Chat.Post.Vote', method: 'delete', version: 1 },
	params: z.object({ post_id }),
	request: asNumber,
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'inferred',
});

export const polls = resource('Poll', { create, get, vote, withdraw, addOption, close, delete: remove });

import { moment } from '../fields';
import { operation, resource } from '../operation';
import { z } from '../../vendor/zod';
import { asNumber, channel_id, nothing, post_id, toNothing } from './fields';
import { post } from './post';

const flag = (title: string, description: string) =>
	z.boolean().default(false).meta({ title, description, advanced: true });

/** Choices as texts are answered 101, options as JSON text 117 (chat.md 5.9). */
export const create = operation({
	title: 'Create a poll',
	summary: 'Posts a question with choices to a channel.',
	call: { api: 'SYNO.Chat.Post.Vote', method: 'create', version: 1 },
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
	}),
	request: ({ channel_id: channel, message, choices, expire_at = 0, ...options }) => ({
		channel_id: channel,
		message,
		choices: choices.map((text) => ({ text })),
		options: { ...options, expire_at },
	}),
	result: post,
	basis: 'capture',
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

export const polls = resource('Poll', { create, get, vote, close });

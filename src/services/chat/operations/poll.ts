import { moment } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channel_id, flag, post_id, postNumber } from '../fields';
import { mentions } from '../lib/mentions';
import { checkCalls, textFor } from '../lib/send';
import * as wire from '../wire/postDetails';

const create = operation({
	title: 'Create a poll',
	summary: 'Posts a question with choices to a channel.',
	known: {
		uses: checkCalls,
		look: async (given, dsm) => ({ message: await textFor(dsm, given, [given.channel_id]) }),
	},
	call: wire.createPoll,
	params: z.object({
		channel_id,
		message: z
			.string()
			.min(1)
			.meta({ title: 'Question', description: 'What is asked', placeholder: 'e.g. Where do we eat?' }),
		choices: z.array(z.string().min(1)).min(1).meta({
			title: 'Choices',
			description: 'Answers to choose from, as a list of texts',
			widget: 'json',
			placeholder: 'e.g. Yes, No',
		}),
		multiple: flag('Several Choices', 'Whether one may choose several answers'),
		anonymous: flag('Anonymous', 'Whether it stays hidden who chose what'),
		add_option: flag('More Choices', 'Whether others may add answers'),
		expire_at: moment().optional().meta({
			title: 'Ends At',
			description: 'When the poll closes by itself; left out: it stays open',
			widget: 'moment',
			advanced: true,
		}),
		mentions,
	}),
	request: ({ channel_id: channel, choices, multiple, anonymous, add_option, expire_at = 0 }, known) => ({
		channel_id: channel,
		...known,
		choices: choices.map((text) => ({ text })),
		options: { multiple, anonymous, add_option, expire_at },
	}),
});

const listChoices = operation({
	title: 'List choices of a poll',
	summary: 'Lists the choices of a poll with their votes.',
	call: wire.getChoices,
	params: z.object({ post_id }),
	request: postNumber,
});

const vote = operation({
	title: 'Vote in a poll',
	summary: 'Chooses answers of a poll; they replace those chosen before.',
	call: wire.vote,
	params: z.object({
		post_id,
		choice_ids: z.array(z.coerce.string<string | number>()).min(1).meta({
			title: 'Choice IDs',
			description: 'IDs of the chosen answers, as the list of choices gives them',
			widget: 'json',
			placeholder: 'e.g. ["1"]',
		}),
	}),
	request: (given) => ({ ...postNumber(given), choice_ids: given.choice_ids }),
});

/** Not destructive: one can vote again. That an empty set of choices withdraws the vote is inferred (chat.md 5.9). */
const removeVote = operation({
	title: 'Remove a vote from a poll',
	summary: 'Takes back the vote of the account in a poll.',
	call: wire.vote,
	params: z.object({ post_id }),
	request: (given) => ({ ...postNumber(given), choice_ids: [] }),
	basis: 'inferred',
});

const addChoice = operation({
	title: 'Add a choice to a poll',
	summary: 'Adds an answer to a poll that lets others add some.',
	call: wire.createChoice,
	params: z.object({
		post_id,
		text: z.string().min(1).meta({ title: 'Choice', description: 'Answer to add', placeholder: 'e.g. Pasta' }),
	}),
	request: (given) => ({ ...postNumber(given), text: given.text }),
});

/** Destructive: no call opens a poll again. */
const close = operation({
	title: 'Close a poll',
	summary: 'Ends a poll; its result stays.',
	call: wire.closePoll,
	params: z.object({ post_id }),
	request: postNumber,
	destructive: true,
});

const remove = operation({
	title: 'Delete a poll',
	summary: 'Deletes a poll with its votes.',
	call: wire.deletePoll,
	params: z.object({ post_id }),
	request: postNumber,
	destructive: true,
	deletes: true,
});

export const polls = resource('Poll', { create, listChoices, vote, removeVote, addChoice, close, delete: remove });

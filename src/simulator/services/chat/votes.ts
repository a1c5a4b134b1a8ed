import type { BehaviourTable } from '../../core/behaviour';
import { choice, newVote } from './ballot';
import { behaviour, done, readablePost, type ChatCall } from './call';
import { isObject, requiredText, strings } from './params';
import { writableChannel } from './posts';
import { refuse } from './refusal';
import type { Post, Vote, VoteOptions } from './types';
import { choiceRows, postRow, voteState } from './wire';

/** `Post.Vote` (chat.md 5.9). Parameters of `set` are unknown and it is left out; answers without a source are bare. */
export const voteBehaviours: BehaviourTable = {
	'SYNO.Chat.Post.Vote.create': behaviour((call) => {
		const { chat, me, params } = call;
		const channel = writableChannel(call);
		const message = requiredText(params, 'message');
		const vote = newVote(choiceTexts(params['choices']), voteOptions(params['options']));
		const post = chat.append(channel, { creator_id: me.user_id, message });
		post.vote = vote;
		return { data: postRow(chat, post, me.user_id) };
	}),
	'SYNO.Chat.Post.Vote.vote': behaviour(cast),
	'SYNO.Chat.Post.Vote.get_choices': behaviour((call) => ({ data: { choices: choiceRows(poll(call)) } })),
	'SYNO.Chat.Post.Vote.create_option': behaviour((call) => {
		const vote = openPoll(call);
		if (!vote.options.add_option) return refuse(105);
		vote.choices.push(choice(vote.choices.length, requiredText(call.params, 'text')));
		return done;
	}),
	'SYNO.Chat.Post.Vote.close': behaviour((call) => ended(call, 'close')),
	'SYNO.Chat.Post.Vote.delete': behaviour((call) => ended(call, 'delete')),
};

/** Objects with `text`; plain strings are 101. */
function choiceTexts(value: unknown): string[] {
	if (!Array.isArray(value) || value.length === 0) return refuse(101);
	return value.map((entry: unknown) =>
		isObject(entry) && typeof entry['text'] === 'string' ? entry['text'] : refuse(101),
	);
}

/** An object; its JSON once more as text is 117. */
function voteOptions(value: unknown): VoteOptions {
	if (typeof value === 'string') return refuse(117);
	if (!isObject(value)) return refuse(101);
	const { multiple = false, anonymous = false, add_option = false, expire_at = 0 } = value;
	if (typeof expire_at !== 'number') return refuse(101);
	return { multiple: multiple === true, anonymous: anonymous === true, add_option: add_option === true, expire_at };
}

function poll(call: ChatCall): Vote {
	return readablePost(call).vote ?? refuse(402);
}

/** Voting on a closed poll, for an unknown choice, or twice in a single-choice one: generic 117 (unverified). */
function openPoll(call: ChatCall): Vote {
	const vote = poll(call);
	return voteState(vote, call.chat.now()) === 'open' ? vote : refuse(117);
}

/** `choice_ids` is the whole set of the caller's choices; an empty one withdraws. */
function cast(call: ChatCall) {
	const vote = openPoll(call);
	const chosen = strings(call.params, 'choice_ids') ?? refuse(101);
	if (chosen.length > 1 && !vote.options.multiple) return refuse(117);
	if (!chosen.every((id) => vote.choices.some((entry) => entry.id === id))) return refuse(117);
	for (const { id, voters } of vote.choices) {
		if (chosen.includes(id)) voters.add(call.me.user_id);
		else voters.delete(call.me.user_id);
	}
	return done;
}

/** Only whoever made the poll ends it. */
function ended(call: ChatCall, state: 'close' | 'delete') {
	const post: Post = readablePost(call);
	const vote = post.vote ?? refuse(402);
	if (post.creator_id !== call.me.user_id) return refuse(105);
	vote.state = state;
	return done;
}

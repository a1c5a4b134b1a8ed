import { extname } from 'node:path';
import { isReply, type ChatStore } from './store';
import type { Channel, ChatUser, Post, Vote } from './types';

/** Channel object as the user sees it (chat.md 4.2). */
export function channelRow(chat: ChatStore, channel: Channel, user_id: number): Record<string, unknown> {
	const joined = channel.members.has(user_id);
	const last_view_at = channel.viewed.get(user_id) ?? 0;
	return {
		channel_id: channel.channel_id,
		name: channel.name,
		type: channel.type,
		purpose: channel.purpose,
		creator_id: channel.creator_id,
		members: [...channel.members],
		total_member_count: channel.members.size,
		is_joined: joined,
		encrypted: channel.encrypted,
		create_at: channel.create_at,
		last_post_at: lastPostAt(chat, channel),
		last_view_at,
		unread: joined ? unread(channel, user_id, last_view_at) : 0,
	};
}

/** Time of the newest main-timeline post; replies do not count (chat.md 4.2). */
function lastPostAt(chat: ChatStore, channel: Channel): number {
	const counted = channel.posts.filter(
		(post) => !isReply(post) && (post.delete_at === 0 || !chat.switches.lastPostMovesBack),
	);
	return counted.reduce((last, post) => Math.max(last, post.create_at), 0);
}

function unread(channel: Channel, user_id: number, since: number): number {
	return channel.posts.filter(
		(post) => !isReply(post) && post.delete_at === 0 && post.create_at > since && post.creator_id !== user_id,
	).length;
}

/** Post object as the user sees it (chat.md 5.1). */
export function postRow(chat: ChatStore, post: Post, user_id: number): Record<string, unknown> {
	const remind_at = post.reminders.get(user_id);
	return {
		post_id: post.post_id,
		channel_id: post.channel_id,
		creator_id: post.creator_id,
		type: post.type,
		message: post.message,
		create_at: post.create_at,
		update_at: post.update_at,
		delete_at: post.delete_at,
		thread_id: post.thread_id,
		comment_count: post.comment_count,
		last_comment_at: post.last_comment_at,
		last_pin_at: post.last_pin_at,
		is_sticky: post.is_sticky,
		mentions: mentions(post.message),
		encrypted: chat.channelOf(post).encrypted,
		props: {
			...(post.vote && { vote: voteRow(post.vote, chat.now()) }),
			...(remind_at !== undefined && { remind_at }),
		},
		...(post.file && {
			file_props: { name: post.file.name, size: post.file.size, type: extname(post.file.name).slice(1) },
		}),
	};
}

function mentions(message: string): number[] {
	return [...new Set([...message.matchAll(/@u:(\d+)/g)].map((match) => Number(match[1])))];
}

/** Whether a poll takes votes; a passed `expire_at` closes it. */
export function voteState(vote: Vote, now: number): Vote['state'] {
	const expired = vote.options.expire_at > 0 && now >= vote.options.expire_at;
	return vote.state === 'open' && expired ? 'close' : vote.state;
}

function voteRow(vote: Vote, now: number): Record<string, unknown> {
	return { state: voteState(vote, now), options: { ...vote.options }, choices: choiceRows(vote) };
}

/** Choices with counts (chat.md 5.9). Anonymous polls name no voters. */
export function choiceRows(vote: Vote): Record<string, unknown>[] {
	return vote.choices.map(({ id, text, voters }) => ({
		id,
		text,
		count: voters.size,
		voters: vote.options.anonymous ? [] : [...voters],
	}));
}

export function userRow(user: ChatUser): Record<string, unknown> {
	return { ...user, user_props: { ...user.user_props } };
}

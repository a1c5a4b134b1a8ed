import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, guarded, joinedChannel, readablePost, type ChatCall } from './call';
import { integer, requiredText, text } from './params';
import { refuse } from './refusal';
import { isReply } from './store';
import type { Post, ScheduledPost } from './types';
import { stickers } from './stickers';
import { postRow } from './wire';

/** Reactions, followed threads, reminders and scheduled posts (chat.md 5.10-5.13). */
export const smallBehaviours: BehaviourTable = {
	'SYNO.Chat.Post.Reaction.set': behaviour((call) => {
		const post = readablePost(call);
		const name = stickerName(call);
		post.reactions.set(name, (post.reactions.get(name) ?? new Set<number>()).add(call.me.user_id));
		call.chat.touch(post);
		return done;
	}),
	'SYNO.Chat.Post.Reaction.delete': behaviour((call) => {
		readablePost(call).reactions.get(stickerName(call))?.delete(call.me.user_id);
		return done;
	}),

	// Without a name, as the probe of a device had it.
	'SYNO.Chat.Sticker.get': guarded(() => refuse(407)),

	// Following a thread, and having read it; neither shows in what was captured of a post (chat.md 5.13).
	'SYNO.Chat.Post.Subscribe.create': behaviour((call) => {
		threadRoot(call).followedBy.add(call.me.user_id);
		return done;
	}),
	'SYNO.Chat.Post.Subscribe.delete': behaviour((call) => {
		threadRoot(call).followedBy.delete(call.me.user_id);
		return done;
	}),
	'SYNO.Chat.Post.Subscribe.view': behaviour((call) => {
		threadRoot(call);
		return done;
	}),

	'SYNO.Chat.Post.Reminder.set': behaviour((call) => {
		readablePost(call).reminders.set(call.me.user_id, integer(call.params, 'remind_at') ?? refuse(101));
		return done;
	}),
	'SYNO.Chat.Post.Reminder.get': behaviour((call) => ({
		data: { remind_at: readablePost(call).reminders.get(call.me.user_id) ?? 0 },
	})),
	'SYNO.Chat.Post.Reminder.list': behaviour((call) => {
		const { chat, me } = call;
		const reminded = joinedChannel(call, 401).posts.filter(
			(post) => post.delete_at === 0 && post.reminders.has(me.user_id),
		);
		return { data: { posts: reminded.map((post) => postRow(chat, post, me.user_id)) } };
	}),
	'SYNO.Chat.Post.Reminder.delete': behaviour((call) => {
		readablePost(call).reminders.delete(call.me.user_id);
		return done;
	}),

	'SYNO.Chat.Post.Schedule.create': behaviour((call) => {
		const { chat, me, params } = call;
		const { channel_id } = joinedChannel(call, 401);
		const message = requiredText(params, 'message');
		if (message.length > chat.switches.maxLength) return refuse(410);
		const send_at = integer(params, 'send_at') ?? refuse(101);
		const cronjob_id = chat.takeJobId();
		chat.schedule.set(cronjob_id, { cronjob_id, creator_id: me.user_id, channel_id, message, send_at });
		return { data: { cronjob_id } };
	}),
	'SYNO.Chat.Post.Schedule.list': behaviour((call) => {
		const { channel_id } = joinedChannel(call, 401);
		const own = [...call.chat.schedule.values()].filter(
			(job) => job.channel_id === channel_id && job.creator_id === call.me.user_id,
		);
		const schedule_posts = own.map(({ cronjob_id, message, send_at }) => ({ cronjob_id, message, send_at }));
		return { data: { schedule_posts } };
	}),
	'SYNO.Chat.Post.Schedule.set': behaviour((call) => {
		const job = ownJob(call);
		job.message = text(call.params, 'message') ?? job.message;
		job.send_at = integer(call.params, 'send_at') ?? job.send_at;
		return done;
	}),
	'SYNO.Chat.Post.Schedule.delete': behaviour((call) => {
		call.chat.schedule.delete(ownJob(call).cronjob_id);
		return done;
	}),
};

/** Named by `thread_id`, or by `post_id` of any of its posts. */
function threadRoot(call: ChatCall): Post {
	const post_id = call.params['thread_id'] ?? call.params['post_id'];
	const post = readablePost({ ...call, params: { post_id } });
	return isReply(post) ? (call.chat.post(post.thread_id) ?? refuse(402)) : post;
}

function stickerName({ params }: ChatCall): string {
	const name = params['sticker_name'];
	return typeof name === 'string' && stickers.has(name) ? name : refuse(407);
}

/** The code for an unknown or foreign job was not captured: generic 117 (unverified). */
function ownJob({ chat, me, params }: ChatCall): ScheduledPost {
	const job = chat.schedule.get(integer(params, 'cronjob_id') ?? refuse(101));
	return job?.creator_id === me.user_id ? job : refuse(117);
}

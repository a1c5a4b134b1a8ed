import type { BehaviourTable } from '../../behaviour';
import { behaviour, done, joinedChannel, readablePost, type ChatCall } from './call';
import { integer, requiredText, text } from './params';
import { refuse } from './refusal';
import type { ScheduledPost } from './types';
import { postRow } from './wire';

/** Short names of standard emoji that the simulator knows; the real list is longer (chat.md 5.10). */
const stickers = new Set(
	'grinning smile joy heart thumbsup thumbsdown clap tada eyes fire rocket white_check_mark x thinking pray'.split(' '),
);

/** Reactions, reminders and scheduled posts (chat.md 5.10, 5.11, 5.12). */
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

function stickerName({ params }: ChatCall): string {
	const name = params['sticker_name'];
	return typeof name === 'string' && stickers.has(name) ? name : refuse(407);
}

/** The code for an unknown or foreign job was not captured: generic 117 (unverified). */
function ownJob({ chat, me, params }: ChatCall): ScheduledPost {
	const job = chat.schedule.get(integer(params, 'cronjob_id') ?? refuse(101));
	return job?.creator_id === me.user_id ? job : refuse(117);
}

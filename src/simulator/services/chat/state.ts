import type { Nas } from '../../core/nas';
import { newVote } from './ballot';
import { notifyOutgoing, notifyPress, runCommand } from './outgoing';
import { ChatStore, type NewChannel } from './store';
import type { Channel, ChatUser, Post, StoredFile, VoteOptions } from './types';

export interface PersonPost {
	/** Root post to reply to. */
	thread_id?: number;
	file?: { name: string; content: string | Buffer; mime?: string };
	/** Milliseconds; now when absent. */
	at?: number;
}

/**
 * State of Chat with doors for tests and for the demo: what people do in their Chat clients. Unlike `Post.create`
 * these are not subject to 411 and do fire outgoing webhooks (chat.md 13.7).
 */
export class ChatState extends ChatStore {
	private readonly running = new Set<Promise<void>>();

	/** A person posts: `postAs('bob', 'ops', 'deploy prod')`. Users and channels by id or name. */
	postAs(who: number | string, where: number | string | Channel, message: string, extra: PersonPost = {}): Post {
		this.sendDue();
		const user = this.user(who);
		const channel = typeof where === 'object' ? where : this.channel(where);
		if (!channel.members.has(user.user_id)) throw new Error(`${user.username} is not in channel ${channel.channel_id}`);
		const { file, ...rest } = extra;
		const post = this.append(channel, {
			...rest,
			creator_id: user.user_id,
			message,
			...(file && { file: memoryFile(file) }),
		});
		this.track(notifyOutgoing(this, user, post));
		return post;
	}

	/** A person edits a post. Edits fire no webhook (chat.md 8.2). */
	editAs(who: number | string, post_id: number, message: string): Post {
		const post = this.ownPost(who, post_id);
		this.edit(post, message);
		return post;
	}

	deleteAs(who: number | string, post_id: number): Post {
		const post = this.ownPost(who, post_id);
		this.remove(post);
		return post;
	}

	/** A person asks a question with choices. */
	askAs(
		who: number | string,
		where: number | string | Channel,
		question: string,
		choices: string[],
		options: Partial<VoteOptions> = {},
	): Post {
		const post = this.postAs(who, where, question);
		post.vote = newVote(choices, { multiple: false, anonymous: false, add_option: false, expire_at: 0, ...options });
		return post;
	}

	/** The person who asked closes the poll. */
	closeAs(who: number | string, post_id: number): void {
		const { vote } = this.ownPost(who, post_id);
		if (vote) vote.state = 'close';
	}

	/** Somebody pins a post. */
	pin(post_id: number): void {
		const post = this.post(post_id);
		if (post) post.last_pin_at = this.now();
	}

	/** A person asks to be reminded of a post. */
	remindAs(who: number | string, post_id: number, remind_at: number): void {
		this.post(post_id)?.reminders.set(this.user(who).user_id, remind_at);
	}

	/** A person has a post sent later. */
	scheduleAs(who: number | string, where: number | string, message: string, send_at: number): number {
		const cronjob_id = this.takeJobId();
		const { channel_id } = this.channel(where);
		this.schedule.set(cronjob_id, { cronjob_id, creator_id: this.user(who).user_id, channel_id, message, send_at });
		return cronjob_id;
	}

	/** A person presses a button, by its `name`, of an interactive message. Resolves when the receiver has answered. */
	async pressAs(who: number | string, post_id: number, name: string): Promise<void> {
		const post = this.post(post_id);
		for (const { actions, callback_id } of post?.attachments ?? []) {
			const action = (actions as Record<string, unknown>[] | undefined)?.find(
				(candidate) => candidate['name'] === name,
			);
			if (post && action) return await notifyPress(this, this.user(who), post, { callback_id, action });
		}
		throw new Error(`Post ${post_id} has no button ${name}`);
	}

	/** A person types a slash command; answers what the NAS shows to that person alone. */
	async commandAs(who: number | string, line: string): Promise<string | undefined> {
		return await runCommand(this, this.user(who), line);
	}

	/** A named channel made by a person: `openChannel('bob', { name: 'build', type: 'public' }, ['alice'])`. */
	openChannel(
		who: number | string,
		draft: Pick<NewChannel, 'name' | 'purpose' | 'at'> & { type: 'public' | 'private' },
		others: (number | string)[] = [],
	): Channel {
		const creator = this.user(who).user_id;
		const members = [creator, ...others.map((other) => this.user(other).user_id)];
		return this.createChannel({ ...draft, creator_id: creator, members });
	}

	/** The conversation of these users: two make a direct one. */
	direct(...people: (number | string)[]): Channel {
		const ids = people.map((person) => this.user(person).user_id);
		return this.conversation(ids, ids[0] as number);
	}

	/** A person joins a channel, with the notice. */
	joinAs(who: number | string, where: number | string): void {
		const user = this.user(who);
		this.join(this.channel(where), user);
	}

	leaveAs(who: number | string, where: number | string): void {
		const user = this.user(who);
		this.part(this.channel(where), user);
	}

	join(channel: Channel, user: ChatUser): void {
		channel.members.add(user.user_id);
		this.systemPost(channel, user.user_id, `@u:${user.user_id} joined the channel`);
	}

	part(channel: Channel, user: ChatUser): void {
		channel.members.delete(user.user_id);
		this.systemPost(channel, user.user_id, `@u:${user.user_id} left the channel`);
	}

	/** Sends scheduled posts whose time has come. Runs before each Chat call, since the clock may be a test's. */
	sendDue(): void {
		const due = [...this.schedule.values()].filter((job) => job.send_at <= this.now());
		for (const job of due.sort((a, b) => a.send_at - b.send_at)) {
			this.schedule.delete(job.cronjob_id);
			const channel = this.channels.get(job.channel_id);
			if (channel) this.append(channel, { creator_id: job.creator_id, message: job.message, at: job.send_at });
		}
	}

	/** Resolves when the webhooks fired so far were delivered and their answers posted. */
	async settled(): Promise<void> {
		await Promise.all(this.running);
	}

	private track(work: Promise<void>): void {
		this.running.add(work);
		void work.finally(() => this.running.delete(work));
	}

	private ownPost(who: number | string, post_id: number): Post {
		const post = this.post(post_id);
		if (post?.creator_id !== this.user(who).user_id) throw new Error(`${who} has no post ${post_id}`);
		return post;
	}
}

function memoryFile({ name, content, mime }: NonNullable<PersonPost['file']>): StoredFile {
	const bytes = Buffer.from(content as string);
	return { name, mime: mime ?? 'application/octet-stream', size: bytes.length, content: bytes };
}

/** Chat of a simulated NAS, made on first use with the channel General. */
export function chatOf(nas: Nas): ChatState {
	return nas.service('chat', () => new ChatState(nas));
}

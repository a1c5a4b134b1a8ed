import { join } from 'node:path';
import type { Nas } from '../../core/nas';
import { News } from './news';
import { refuse } from './refusal';
import {
	defaultSwitches,
	type Bot,
	type Channel,
	type ChannelType,
	type ChatSettings,
	type ChatSwitches,
	type ChatUser,
	type Post,
	type ScheduledPost,
	type StoredFile,
} from './types';

const span = 2 ** 32;
const chatApp = 'SYNO.SDS.Chat.Application';

export interface NewChannel {
	name?: string;
	type: ChannelType;
	purpose?: string;
	creator_id: number;
	members: Iterable<number>;
	encrypted?: boolean;
	/** Milliseconds; now when absent. */
	at?: number;
}

export interface NewPost {
	creator_id: number;
	message: string;
	type?: string | number;
	thread_id?: number;
	file?: StoredFile;
	attachments?: Record<string, unknown>[];
	/** Milliseconds; now when absent. */
	at?: number;
	/** Realtime connection of the one who posts. */
	conn_id?: string;
}

/** Data of the Chat package and the rules by which it changes (chat.md 1.3, 5.1, 13). */
export class ChatStore {
	readonly switches: ChatSwitches = { ...defaultSwitches };
	readonly settings: ChatSettings = { allow_edit_message: true, allow_edit_message_time_within_min: 0 };
	readonly users = new Map<number, ChatUser>();
	readonly bots = new Map<number, Bot>();
	readonly channels = new Map<number, Channel>();
	readonly schedule = new Map<number, ScheduledPost>();
	/** What each user wrote with `User.Preference.set`; the real field names were not captured. */
	readonly preferences = new Map<number, Record<string, unknown>>();
	/** Users with an end-to-end key pair (chat.md 9). */
	readonly keyPairs = new Set<number>();
	/** Creates so far by sender (`user:4`, `token:…`), for 411. */
	readonly lastCreate = new Map<string, number>();
	/** The system bot that writes notices. */
	readonly synobot: number;
	readonly news = new News();
	private nextUser = 1;
	private nextChannel = 1;
	private nextJob = 1;

	constructor(readonly nas: Nas) {
		this.synobot = this.takeUserId();
		this.createChannel({ name: 'General', type: 'public', creator_id: this.synobot, members: [] });
		this.syncUsers();
	}

	now(): number {
		return this.nas.clock.now();
	}

	takeUserId(): number {
		return this.nextUser++;
	}

	takeJobId(): number {
		return this.nextJob++;
	}

	/** Accounts granted Chat become Chat users and members of the default channel. */
	syncUsers(): void {
		const known = new Set([...this.users.values()].map((user) => user.username));
		for (const account of this.nas.users.values()) {
			if (known.has(account.name) || !this.nas.allows(account, chatApp)) continue;
			const user_id = this.takeUserId();
			this.users.set(user_id, {
				user_id,
				username: account.name,
				nickname: account.nickname,
				// Values of `type` were not captured (chat.md 6): an example, since clients skip the rows where it is empty.
				type: account.loginCode === 401 ? '' : 'human',
				is_disabled: account.loginCode === 401,
				deleted: false,
				status: '',
				user_props: { email: account.email, description: account.description },
			});
			this.channels.get(1)?.members.add(user_id);
		}
	}

	/** The Chat user of an account; undefined without the application privilege. */
	userOf(name: string): ChatUser | undefined {
		this.syncUsers();
		return [...this.users.values()].find((user) => user.username.toLowerCase() === name.toLowerCase());
	}

	/** A user by id or login name. Throws for an unknown one: for test hooks. */
	user(idOrName: number | string): ChatUser {
		const user = typeof idOrName === 'number' ? this.users.get(idOrName) : this.userOf(idOrName);
		if (!user) throw new Error(`Chat has no user ${idOrName}`);
		return user;
	}

	/** A channel by id or name. Throws for an unknown one: for test hooks. */
	channel(idOrName: number | string): Channel {
		for (const channel of this.channels.values()) {
			if (channel.channel_id === idOrName || (channel.name !== '' && channel.name === idOrName)) return channel;
		}
		throw new Error(`Chat has no channel ${idOrName}`);
	}

	createChannel(draft: NewChannel): Channel {
		const channel: Channel = {
			channel_id: this.nextChannel++,
			name: draft.name ?? '',
			type: draft.type,
			purpose: draft.purpose ?? '',
			creator_id: draft.creator_id,
			members: new Set(draft.members),
			encrypted: draft.encrypted ?? false,
			create_at: draft.at ?? this.now(),
			archived: false,
			lastNumber: 0,
			posts: [],
			forgotten: 0,
			viewed: new Map(),
			starredBy: new Set(),
			hiddenBy: new Set(),
			preferences: new Map(),
		};
		this.channels.set(channel.channel_id, channel);
		this.news.tell({ name: 'channel.join', channel });
		return channel;
	}

	/** The conversation of exactly these users, new if there is none (chat.md 4.6). */
	conversation(members: Iterable<number>, creator_id: number, type: ChannelType = 'anonymous'): Channel {
		const wanted = new Set(members);
		for (const channel of this.channels.values()) {
			if (channel.type !== type || channel.members.size !== wanted.size) continue;
			if ([...wanted].every((id) => channel.members.has(id))) return reopened(channel);
		}
		return this.createChannel({ type, creator_id, members: wanted });
	}

	/** Adds a post. Replies and system posts consume a number, too (chat.md 13.1, 13.4). */
	append(channel: Channel, draft: NewPost): Post {
		const at = draft.at ?? this.now();
		const root = draft.thread_id ? this.root(channel, draft.thread_id) : undefined;
		channel.lastNumber += 1;
		const post: Post = {
			post_id: channel.channel_id * span + channel.lastNumber,
			channel_id: channel.channel_id,
			creator_id: draft.creator_id,
			type: draft.type ?? (draft.file ? 'file' : 'normal'),
			message: draft.message,
			create_at: at,
			update_at: at,
			delete_at: 0,
			thread_id: root?.post_id ?? 0,
			comment_count: 0,
			last_comment_at: 0,
			last_pin_at: 0,
			is_sticky: false,
			...(draft.file && { file: draft.file }),
			starredBy: new Set(),
			reactions: new Map(),
			hashtags: new Set(),
			reminders: new Map(),
			followedBy: new Set(),
			attachments: draft.attachments ?? [],
		};
		channel.posts.push(post);
		forgetOldest(channel, this.switches.keepPosts);
		if (root) this.commented(root, at);
		const { post_id } = post;
		this.news.tell({ name: 'post.create', channel, post_id, ...(draft.conn_id && { conn_id: draft.conn_id }) });
		if (draft.file && this.switches.fileLeavesEmptyPost) {
			this.append(channel, { creator_id: draft.creator_id, message: '', at });
		}
		return post;
	}

	/** Notices of joining, leaving and renaming. Their wording was not captured and is the simulator's own. */
	systemPost(channel: Channel, creator_id: number, message: string): Post {
		return this.append(channel, { creator_id, message, type: 'system' });
	}

	edit(post: Post, message: string): void {
		post.message = message;
		// An edit shows by update_at > create_at, also when the clock stands still.
		post.update_at = Math.max(this.now(), post.create_at + 1);
		this.news.tell({ name: 'post.update', channel: this.channelOf(post), post_id: post.post_id });
	}

	remove(post: Post): void {
		post.delete_at = Math.max(this.now(), 1);
		post.update_at = post.delete_at;
		const root = isReply(post) ? this.post(post.thread_id) : undefined;
		if (root) root.comment_count -= 1;
		this.news.tell({ name: 'post.delete', channel: this.channelOf(post), post_id: post.post_id });
	}

	/** Other changes that may move `update_at` (switch `updateAtMovesAnyway`). */
	touch(post: Post): void {
		if (this.switches.updateAtMovesAnyway) post.update_at = Math.max(this.now(), post.create_at + 1);
	}

	/** A living post by id. */
	post(post_id: number): Post | undefined {
		const post = this.anyPost(post_id);
		return post && post.delete_at === 0 ? post : undefined;
	}

	/** A post by id, tombstones included. */
	anyPost(post_id: number): Post | undefined {
		const channel = this.channels.get(Math.floor(post_id / span));
		return channel?.posts[(post_id % span) - 1 - channel.forgotten];
	}

	channelOf(post: Post): Channel {
		return this.channels.get(post.channel_id) as Channel;
	}

	/** Name to show for a user or bot. */
	nameOf(user_id: number): string {
		const user = this.users.get(user_id);
		if (user) return user.nickname || user.username;
		return user_id === this.synobot ? 'synobot' : (this.bots.get(user_id)?.nickname ?? '');
	}

	/** 411 when the same user or token created less than `minSpacingMs` ago (chat.md 13.5). A refused call is no create. */
	claimTurn(sender: string): void {
		const elapsed = this.now() - (this.lastCreate.get(sender) ?? Number.NEGATIVE_INFINITY);
		if (elapsed >= 0 && elapsed < this.switches.minSpacingMs) refuse(411);
		this.lastCreate.set(sender, this.now());
	}

	/** A new path for the bytes of a post. */
	filePath(): string {
		return join(this.nas.directory('chat'), this.nas.token(16));
	}

	private root(channel: Channel, thread_id: number): Post {
		const root = this.post(thread_id);
		if (!root || root.channel_id !== channel.channel_id || isReply(root)) return refuse(402);
		return root;
	}

	private commented(root: Post, at: number): void {
		root.thread_id = root.post_id;
		root.comment_count += 1;
		root.last_comment_at = at;
		this.touch(root);
	}
}

/** Drops a tenth at once: taking one out of a long list for each new post would cost more. */
function forgetOldest(channel: Channel, most: number): void {
	if (channel.posts.length <= most) return;
	channel.forgotten += channel.posts.splice(0, channel.posts.length - Math.ceil(most * 0.9)).length;
}

/** A closed conversation that somebody writes to again leaves the archive. */
function reopened(channel: Channel): Channel {
	channel.archived = false;
	return channel;
}

/** True for posts that the main timeline hides (chat.md 1.3). */
export function isReply(post: Post): boolean {
	return post.thread_id !== 0 && post.thread_id !== post.post_id;
}

/** First and below-first id of a channel: `base + 1` is "from the beginning" (chat.md 5.2-5). */
export function baseId(channel: Channel): number {
	return channel.channel_id * span;
}

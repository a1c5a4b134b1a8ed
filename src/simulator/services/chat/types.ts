/** Channel types of chat.md 4.1. */
export type ChannelType = 'public' | 'private' | 'anonymous' | 'chatbot' | 'synobot';

/** What the simulator keeps of a channel; `channelRow` makes the wire object of chat.md 4.2 from it. */
export interface Channel {
	channel_id: number;
	/** Empty for conversations. */
	name: string;
	type: ChannelType;
	purpose: string;
	creator_id: number;
	members: Set<number>;
	encrypted: boolean;
	/** Milliseconds. */
	create_at: number;
	/** Listed in the archive and no longer in `Channel.list`. */
	archived: boolean;
	/** Running number of the last post, tombstones included. */
	lastNumber: number;
	/** Oldest first, tombstones and replies included. */
	posts: Post[];
	/** Posts that were forgotten since more than `keepPosts` came: number n lies at index n - 1 - forgotten. */
	forgotten: number;
	/** `last_view_at` in milliseconds by user id. */
	viewed: Map<number, number>;
	starredBy: Set<number>;
	/** Out of the sidebar; the flag's name in `Channel.list` was not captured. */
	hiddenBy: Set<number>;
	/** What each user wrote with `Channel.Preference.set`; the real field names were not captured. */
	preferences: Map<number, Record<string, unknown>>;
}

/** Bytes of a post: kept in memory (test hooks) or in a file of the NAS's own folder (uploads). */
export interface StoredFile {
	name: string;
	/** MIME type for downloads. */
	mime: string;
	size: number;
	content?: Buffer;
	path?: string;
}

export interface VoteOptions {
	multiple: boolean;
	anonymous: boolean;
	add_option: boolean;
	/** Milliseconds, 0 = none. */
	expire_at: number;
}

export interface Vote {
	state: 'open' | 'close' | 'delete';
	options: VoteOptions;
	choices: { id: string; text: string; voters: Set<number> }[];
}

/** What the simulator keeps of a post; `postRow` makes the wire object of chat.md 5.1 from it. */
export interface Post {
	/** `channel_id * 2^32 + n` (chat.md 1.3). */
	post_id: number;
	channel_id: number;
	creator_id: number;
	/** Normally a word. A number is kept as sent: that is the broken post of chat.md 5.3. */
	type: string | number;
	message: string;
	create_at: number;
	update_at: number;
	/** Non-zero: a tombstone. */
	delete_at: number;
	/** 0, own id (root with replies) or the root's id (reply). */
	thread_id: number;
	comment_count: number;
	last_comment_at: number;
	last_pin_at: number;
	is_sticky: boolean;
	file?: StoredFile;
	vote?: Vote;
	starredBy: Set<number>;
	/** Sticker name to user ids. Never on the wire: its shape in a post was not captured (chat.md 5.10). */
	reactions: Map<string, Set<number>>;
	/** Put on with `Post.Hashtag.set`, without #; those in the text count as well. */
	hashtags: Set<string>;
	/** `remind_at` in milliseconds by user id. */
	reminders: Map<number, number>;
	/** Users who follow the thread of this root. */
	followedBy: Set<number>;
	/** Buttons and texts of an interactive message (chat.md 8.1). Never on the wire: their place in a post was not captured. */
	attachments: Record<string, unknown>[];
}

/** A row of chat.md 6. */
export interface ChatUser {
	user_id: number;
	username: string;
	nickname: string;
	/** Values were not captured: `human` is an example. Rows with an empty type occur, and clients skip them. */
	type: string;
	is_disabled: boolean;
	deleted: boolean;
	status: string;
	user_props: { email: string; description: string };
}

export type BotKind = 'incoming' | 'outgoing' | 'chatbot' | 'slash';

/** Webhooks and chatbots are users of the same id range (chat.md 1.3, 7). */
export interface Bot {
	user_id: number;
	kind: BotKind;
	token: string;
	nickname: string;
	channel_id: number;
	creator_id: number;
	create_at: number;
	url: string;
	trigger_word: string;
	/** Of slash commands, with the stroke. */
	command: string;
	is_disabled: boolean;
	deleted: boolean;
	purpose: string;
	welcome_note: string;
	hide_from_user: boolean;
}

export interface ScheduledPost {
	cronjob_id: number;
	creator_id: number;
	channel_id: number;
	message: string;
	/** Milliseconds. */
	send_at: number;
}

/** Things the dossier leaves open or lets vary between releases, plus limits. A test sets what it needs. */
export interface ChatSwitches {
	/** Most rows of one `Post.list` answer (chat.md 5.2-4). At least 2, else catching up cannot move. */
	pageCap: number;
	/** Order of `Post.list` answers; not guaranteed (chat.md 5.2-9). */
	order: 'ascending' | 'descending';
	/** Creates of one user or token closer than this give 411. */
	minSpacingMs: number;
	/** Characters; more give 410. The real limit is not published, 5000 lies above all chunk sizes clients settled on. */
	maxLength: number;
	/** Bytes; more give 409. An admin setting on the real NAS; for `file_url` 32 MB hold in any case. */
	maxFileSize: number;
	/** `Post.list` shows deleted posts with `delete_at` instead of leaving them out. */
	tombstones: boolean;
	/** An anchor whose post was deleted still marks a position, or gives 402 (unproven, chat.md 16). */
	deletedAnchor: 'position' | 'missing';
	/** Deleting the newest post moves `last_post_at` back (inference of chat.md 11.1). */
	lastPostMovesBack: boolean;
	/** `after` of a search includes posts of that very millisecond (chat.md 15: open). */
	searchAfterInclusive: boolean;
	/** Searches obey `after` and `before`; unknown filters are ignored with success (chat.md 5.8). */
	searchHonoursTime: boolean;
	/** `in: []` without a keyword spans all chats (chat.md 15: open). */
	searchAllWithoutKeyword: boolean;
	/** Replies, pins and reactions move `update_at`, which is "not proof of an edit" (chat.md 5.1). */
	updateAtMovesAnyway: boolean;
	/** An upload leaves an empty normal post behind (chat.md 5.1). */
	fileLeavesEmptyPost: boolean;
	/** `Channel.get` and `User.get` answer the object itself instead of `{channel}` / `{user}` (chat.md 4.3). */
	bareObjects: boolean;
	/** Users may create webhooks and bots; else 105 (chat.md 7). */
	integrations: boolean;
	/** Minutes in which own posts may be deleted, 0 = no limit. */
	deleteWithinMin: number;
	/** Most posts of a channel that are kept in memory; a demo that runs for days wants a limit. */
	keepPosts: number;
}

/** What `Admin.Setting.get` tells (chat.md 5.6, 6). */
export interface ChatSettings {
	allow_edit_message: boolean;
	/** Minutes, 0 = no limit. */
	allow_edit_message_time_within_min: number;
}

export const defaultSwitches: ChatSwitches = {
	pageCap: 50,
	order: 'ascending',
	minSpacingMs: 500,
	maxLength: 5000,
	maxFileSize: Number.POSITIVE_INFINITY,
	tombstones: false,
	deletedAnchor: 'position',
	lastPostMovesBack: true,
	searchAfterInclusive: false,
	searchHonoursTime: true,
	searchAllWithoutKeyword: true,
	updateAtMovesAnyway: false,
	fileLeavesEmptyPost: false,
	bareObjects: false,
	integrations: true,
	deleteWithinMin: 0,
	keepPosts: Number.POSITIVE_INFINITY,
};

/** Bytes and facts of a file in a note (notestation.md 7.1). */
export interface Attachment {
	name: string;
	ext: string;
	type: string;
	size: number;
	md5: string;
	rotate: boolean;
	ref?: string;
	source?: string;
	content: Buffer;
}

export type Attachments = Record<string, Attachment>;

export interface CommitMsg {
	device?: string;
	listable?: boolean;
	action?: string;
}

/** Everything that a revision keeps. */
export interface Body {
	title: string;
	content: string;
	brief: string;
	tag: string[];
	encrypt: boolean;
	attachment: Attachments;
}

export interface Revision extends Body {
	ver: string;
	mtime: number;
	author: string;
	commit_msg: CommitMsg;
	/** The revision before; absent for the first. */
	last_version?: string;
}

export interface Acl {
	enabled: boolean;
	public?: { inherit: boolean; perm: string };
	dsm_user: Record<string, { inherit: boolean; name: string; perm: string }>;
	dsm_group: Record<string, { inherit: boolean; name: string; perm: string }>;
}

/** What notes, notebooks and smart notebooks have in common. */
export interface Thing {
	object_id: string;
	owner: number;
	title: string;
	ctime: number;
	mtime: number;
	ver: string;
	link_id: string;
	acl?: Acl;
}

export interface Note extends Thing, Body {
	parent_id: string;
	old_parent_id: string;
	recycle: boolean;
	commit_msg: CommitMsg;
	latitude: number;
	longitude: number;
	location: string;
	source_url: string;
	/** Of encrypted notes; the NAS checks tokens against it. */
	password?: string;
	/** Oldest first; the last is the current one. */
	revisions: Revision[];
}

export interface Notebook extends Thing {
	stack: string;
	preset: boolean;
	archive: boolean;
}

export interface Smart extends Thing {
	query: { keyword?: string; title?: string; tag?: string[]; tag_operator?: string; parent_id?: string[] };
}

export interface Todo {
	object_id: string;
	owner: number;
	title: string;
	comment: string;
	done: boolean;
	star: boolean;
	priority: number;
	due_date: number;
	reminder_offset: number;
	parent_id: string;
	note_id: string;
}

export interface Job {
	task_id: string;
	/** Polls of the status until the job ends. */
	left: number;
	total: number;
	stopped: boolean;
	finish_time: number;
	/** What the job does when it ends. */
	work: () => Promise<void>;
	file?: { name: string; type: string; content: Buffer };
}

/** Where the dossier is undecided, or what a test wants to see. */
export interface NoteSwitches {
	/** Refusal of a stale `ver` with `check_conflict`: the real code is unpublished. */
	conflictCode: number;
	/** An object that does not exist: unpublished. */
	missingCode: number;
	/** A wrong note password or token: unpublished. */
	passwordCode: number;
	/** A second `Permission.set` on the same object fails (KHO). */
	refusesSecondPermission: boolean;
	/** `Note.list` shows notes that others share with the account: unproven. */
	listsJoined: boolean;
	/** `Note.get` with a token gives plain HTML: contradictory in the sources. */
	decryptsForToken: boolean;
	/** `Todo.list` without `parent_id` gives top-level tasks only. */
	topLevelOnly: boolean;
	/** Polls that a job needs before it is finished. */
	jobPolls: number;
	/** Rows of a list when no limit is asked for; 0 = all. */
	defaultLimit: number;
}

import type { Nas, User } from '../../core/nas';
import { Ids, md5, trashOf } from './ids';
import type { Acl, Attachment, Body, CommitMsg, Job, Note, Notebook, NoteSwitches, Smart, Thing, Todo } from './types';

/** Groups of the simulated NAS. */
export const GIDS: Record<string, number> = { users: 100, administrators: 101 };

const BODY = ['title', 'content', 'brief', 'tag', 'encrypt', 'attachment'] as const;

/** Notes, notebooks, to-dos and what belongs to them, with the rules that hold whoever changes them. */
export class NoteStore {
	readonly notebooks = new Map<string, Notebook>();
	readonly notes = new Map<string, Note>();
	readonly todos = new Map<string, Todo>();
	readonly smarts = new Map<string, Smart>();
	readonly shortcuts = new Map<number, { id: string; category: string }[]>();
	readonly settings = new Map<number, Record<string, unknown>>();
	/** Unlock tokens of encrypted notes. */
	readonly tokens = new Map<string, { object_id: string; until: number; valid: boolean }>();
	/** `<kind> <uid>` of jobs of which an account has one, task id of the others. */
	readonly jobs = new Map<string, Job>();
	readonly switches: NoteSwitches = {
		conflictCode: 1026,
		missingCode: 1002,
		passwordCode: 1030,
		refusesSecondPermission: true,
		listsJoined: true,
		decryptsForToken: false,
		topLevelOnly: true,
		jobPolls: 2,
		defaultLimit: 0,
	};

	readonly ids: Ids;

	constructor(readonly nas: Nas) {
		this.ids = new Ids(nas.bootedAt);
	}

	/** Seconds. */
	now(): number {
		return Math.floor(this.nas.clock.now() / 1000);
	}

	userOf(uid: number): User | undefined {
		return [...this.nas.users.values()].find((user) => user.uid === uid);
	}

	/** Every account has a preset notebook. */
	notebooksOf(user: User): Notebook[] {
		const own = [...this.notebooks.values()].filter(({ owner }) => owner === user.uid);
		return own.length > 0 ? own : [this.addNotebook(user, 'My Notebook', { preset: true })];
	}

	presetOf(user: User): Notebook {
		const own = this.notebooksOf(user);
		return own.find(({ preset }) => preset) ?? (own[0] as Notebook);
	}

	addNotebook(user: User, title: string, more: Partial<Notebook> = {}): Notebook {
		const notebook = { ...this.thing(user, title), stack: '', preset: false, archive: false, ...more };
		this.notebooks.set(notebook.object_id, notebook);
		return notebook;
	}

	/** A fresh object of an account. */
	thing(user: User, title: string): Thing {
		const now = this.now();
		const object_id = this.ids.object(user.uid);
		return { object_id, owner: user.uid, title, ctime: now, mtime: now, ver: this.ids.ver(), link_id: this.ids.link() };
	}

	addNote(user: User, parent_id: string, body: Partial<Note> & { title: string }, commit_msg: CommitMsg = {}): Note {
		const note: Note = {
			...this.thing(user, body.title),
			...{ parent_id, old_parent_id: '', recycle: false, commit_msg, content: '', brief: '', tag: [], encrypt: false },
			...{ attachment: {}, latitude: 0, longitude: 0, location: '', source_url: '' },
			...body,
			revisions: [],
		};
		this.notes.set(note.object_id, note);
		this.keepRevision(note, user);
		return note;
	}

	/** Stores a change as a new revision: new `ver`, new `mtime`. */
	revise(note: Note, user: User, change: Partial<Note>, commit_msg: CommitMsg): void {
		const present = Object.entries(change).filter(([, value]) => value !== undefined);
		Object.assign(note, Object.fromEntries(present), { ver: this.ids.ver(), mtime: this.now(), commit_msg });
		this.keepRevision(note, user);
	}

	private keepRevision(note: Note, user: User): void {
		const before = note.revisions.at(-1);
		const { ver, mtime, commit_msg } = note;
		const body = Object.fromEntries(BODY.map((name) => [name, note[name]])) as unknown as Body;
		note.revisions.push({
			...{ ...body, ver, mtime, commit_msg, author: user.name },
			...(before && { last_version: before.ver }),
		});
	}

	/** To the recycle bin. Whether this changes `ver` or `mtime` is unknown: they stay. */
	trash(note: Note): void {
		if (note.recycle) return;
		Object.assign(note, { recycle: true, old_parent_id: note.parent_id, parent_id: trashOf(note.owner) });
	}

	/** Back to its notebook; to the preset one when that is gone (likely, not captured). */
	restore(note: Note): void {
		if (!note.recycle) return;
		const owner = this.userOf(note.owner) as User;
		const back = this.notebooks.has(note.old_parent_id) ? note.old_parent_id : this.presetOf(owner).object_id;
		Object.assign(note, { recycle: false, parent_id: back, old_parent_id: '' });
	}

	purge(note: Note): void {
		this.notes.delete(note.object_id);
	}

	/** Notes of a notebook: those in the bin have left it. */
	itemsOf({ object_id }: Notebook): Note[] {
		return [...this.notes.values()].filter(({ parent_id }) => parent_id === object_id);
	}

	/** `recursive: false` was not captured: the notes go to the recycle bin. */
	removeNotebook(notebook: Notebook, recursive: boolean): void {
		for (const note of this.itemsOf(notebook))
			if (recursive) this.purge(note);
			else this.trash(note);
		this.notebooks.delete(notebook.object_id);
	}

	isArchived({ parent_id, old_parent_id, recycle }: Note): boolean {
		return this.notebooks.get(recycle ? old_parent_id : parent_id)?.archive ?? false;
	}

	/** Sharing of a note with what it inherits from its notebook. */
	aclOf(thing: Thing): Acl | undefined {
		const inherited = 'parent_id' in thing ? this.notebooks.get((thing as Note).parent_id)?.acl : undefined;
		if (!inherited?.enabled) return thing.acl;
		const marked = <T extends object>(rows: Record<string, T>) =>
			Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, { ...row, inherit: true }]));
		return {
			enabled: true,
			...(inherited.public && { public: { ...inherited.public, inherit: true } }),
			...thing.acl,
			dsm_user: { ...marked(inherited.dsm_user), ...thing.acl?.dsm_user } as Acl['dsm_user'],
			dsm_group: { ...marked(inherited.dsm_group), ...thing.acl?.dsm_group } as Acl['dsm_group'],
		};
	}

	/** What an account may do with an object: `owner`, `rw`, `ro`, or nothing. */
	permOf(thing: Thing, user: User): string | undefined {
		if (thing.owner === user.uid) return 'owner';
		const acl = this.aclOf(thing);
		if (!acl?.enabled) return undefined;
		const perms = [
			acl.dsm_user[user.uid]?.perm,
			...user.groups.map((name) => acl.dsm_group[GIDS[name] ?? 0]?.perm),
		].filter((perm) => perm !== undefined);
		return perms.includes('rw') ? 'rw' : perms[0];
	}

	visibleNotes(user: User): Note[] {
		return [...this.notes.values()].filter((note) => {
			const perm = this.permOf(note, user);
			return perm === 'owner' || (perm !== undefined && !note.recycle && this.switches.listsJoined);
		});
	}

	/** Tags of an account and the notes that bear them; they live with their notes. */
	tagsOf(user: User): Map<string, string[]> {
		const tags = new Map<string, string[]>();
		for (const note of this.notes.values()) {
			if (note.owner !== user.uid || note.recycle) continue;
			for (const title of note.tag) tags.set(title, [...(tags.get(title) ?? []), note.object_id]);
		}
		return tags;
	}

	addTodo(user: User, title: string, more: Partial<Todo> = {}): Todo {
		const todo: Todo = {
			...{ object_id: this.ids.object(user.uid), owner: user.uid, title, comment: '', done: false, star: false },
			...{ priority: -1, due_date: -1, reminder_offset: -1, parent_id: '', note_id: '' },
			...more,
		};
		this.todos.set(todo.object_id, todo);
		return todo;
	}

	subtasksOf({ object_id }: Todo): Todo[] {
		return [...this.todos.values()].filter(({ parent_id }) => parent_id === object_id);
	}

	removeTodo(todo: Todo): void {
		for (const one of this.subtasksOf(todo)) this.removeTodo(one);
		this.todos.delete(todo.object_id);
	}

	/** A file as it lies in a note. */
	attach(name: string, content: Buffer, more: Partial<Attachment> = {}): [string, Attachment] {
		const ext = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
		const type = more.type?.startsWith('image/') ? 'image' : (more.type ?? 'application/octet-stream');
		return [
			this.ids.file(),
			{ ...{ name, ext, size: content.length, md5: md5(content), rotate: true, content }, ...more, type },
		];
	}
}

import type { User } from '../../core/nas';
import type { NoteStore } from './store';
import type { Attachments, Note, Notebook, Thing, Todo } from './types';

const ownerRow = (state: NoteStore, { owner }: Thing) => ({
	uid: owner,
	display_name: state.userOf(owner)?.name ?? '',
});

/** `{}` until shared (notestation.md 6.1). */
const aclRow = (state: NoteStore, thing: Thing) => state.aclOf(thing) ?? {};

export function notebookRow(state: NoteStore, notebook: Notebook, me: User): Record<string, unknown> {
	const { owner, acl, ...facts } = notebook;
	return {
		...facts,
		category: 'notebook',
		individual_shared: acl?.enabled ?? false,
		perm: state.permOf(notebook, me),
		owner: ownerRow(state, notebook),
		acl: aclRow(state, notebook),
		items: state.itemsOf(notebook).map(({ object_id }) => object_id),
	};
}

/** Row of a list: no content, no tags (notestation.md 1.5). */
export function listRow(state: NoteStore, note: Note, me: User, field: Record<string, unknown> = {}) {
	const { object_id, parent_id, old_parent_id, title, brief, ctime, mtime, ver, encrypt, recycle } = note;
	return {
		...{ object_id, parent_id, title, brief, category: 'note', ctime, mtime, ver, encrypt, recycle },
		...(recycle && { old_parent_id }),
		archive: state.isArchived(note),
		perm: state.permOf(note, me),
		owner: ownerRow(state, note),
		acl: aclRow(state, note),
		thumb: thumbRow(note.attachment),
		...(field.link_id === true && { link_id: note.link_id }),
		...(field.commit_msg === true && { commit_msg: note.commit_msg }),
	};
}

export function noteRow(state: NoteStore, note: Note, me: User): Record<string, unknown> {
	const { old_parent_id, content, tag, latitude, longitude, location, source_url, attachment } = note;
	return {
		...listRow(state, note, me, { link_id: true, commit_msg: true }),
		...{ old_parent_id, content, tag, latitude, longitude, location, source_url },
		individual_shared: note.acl?.enabled ?? false,
		individual_joined: note.owner !== me.uid,
		attachment: attachmentRows(attachment),
	};
}

/** null for a note without files. */
export function attachmentRows(attachment: Attachments): Record<string, unknown> | null {
	const rows = Object.entries(attachment).map(([file_id, { content, ...facts }]) => [file_id, facts] as const);
	return rows.length === 0 ? null : Object.fromEntries(rows);
}

/** The first picture. */
export function thumbRow(attachment: Attachments): Record<string, unknown> | null {
	const found = Object.entries(attachment).find(([, { type }]) => type === 'image');
	if (!found) return null;
	const [file_id, { ext, md5, name, size, rotate }] = found;
	return { ext, md5, name, size, rotate, thumb_source: file_id, type: 'image' };
}

export function todoRow(state: NoteStore, todo: Todo, withItems: boolean): Record<string, unknown> {
	const { owner, ...facts } = todo;
	const note = state.notes.get(todo.note_id);
	return {
		...facts,
		note_parent_id: note?.parent_id ?? '',
		note_title: note?.title ?? '',
		...(withItems && { items: state.subtasksOf(todo).map(({ object_id }) => object_id) }),
	};
}

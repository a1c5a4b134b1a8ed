import type { Nas, User } from '../../core/nas';
import { NoteStore } from './store';
import type { Note, Notebook, Todo } from './types';

/** Note Station with doors for tests and for the demo: what people do in the web client. */
export class NoteState extends NoteStore {
	/** A person writes a note: `writeAs('alice', 'Ideas', { title: 'Tea', content: '<div>green</div>' })`. */
	writeAs(who: string, notebook: string, body: Partial<Note> & { title: string }): Note {
		const user = this.nas.user(who);
		const brief = body.brief ?? plain(body.content ?? '');
		return this.addNote(user, this.notebook(who, notebook).object_id, { ...body, brief }, byHand);
	}

	editAs(who: string, note: Note, change: Partial<Note>): Note {
		const brief = change.content === undefined ? undefined : plain(change.content);
		this.revise(note, this.nas.user(who), { ...change, ...(brief !== undefined && { brief }) }, byHand);
		return note;
	}

	/** A person puts a file into a note. */
	attachAs(who: string, note: Note, name: string, content: string, type = 'application/octet-stream'): string {
		const [file_id, file] = this.attach(name, Buffer.from(content), { type });
		this.revise(note, this.nas.user(who), { attachment: { ...note.attachment, [file_id]: file } }, byHand);
		return file_id;
	}

	moveAs(who: string, note: Note, notebook: string): void {
		this.editAs(who, note, { parent_id: this.notebook(who, notebook).object_id });
	}

	/** Shares with a user, as the sharing dialog does. */
	shareAs(thing: Note | Notebook, who: string, perm: 'ro' | 'rw' = 'ro'): void {
		const { uid, name } = this.nas.user(who);
		thing.acl ??= { enabled: true, dsm_user: {}, dsm_group: {} };
		thing.acl.dsm_user[uid] = { inherit: false, name, perm };
	}

	todoAs(who: string, title: string, more: Partial<Todo> = {}): Todo {
		return this.addTodo(this.nas.user(who), title, more);
	}

	/** Notebook of an account by title, made when there is none. */
	notebook(who: string, title: string): Notebook {
		const user: User = this.nas.user(who);
		const found = this.notebooksOf(user).find((one) => one.title === title);
		return found ?? this.addNotebook(user, title);
	}

	note(title: string): Note {
		const found = [...this.notes.values()].find((note) => note.title === title);
		if (!found) throw new Error(`There is no note "${title}"`);
		return found;
	}

	todo(title: string): Todo {
		const found = [...this.todos.values()].find((todo) => todo.title === title);
		if (!found) throw new Error(`There is no to-do "${title}"`);
		return found;
	}
}

const byHand = { device: 'desktop', listable: true };

/** What the web client sends as `brief`: 80 characters of the text, a line break for each end of a block (notestation.md 6.1). */
export const plain = (html: string): string =>
	html
		.replace(/<\/(?:div|p|h[1-6]|li|tr|pre|blockquote)>|<br\s*\/?>/g, '\n')
		.replace(/<[^>]*>/g, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&amp;', '&')
		.slice(0, 80);

/** Note Station of a simulated NAS, made on first use. */
export const noteOf = (nas: Nas): NoteState => nas.service('note', () => new NoteState(nas));

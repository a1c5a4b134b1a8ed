import { XMLParser } from 'fast-xml-parser';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { User } from '../../core/nas';
import { trashOf } from './ids';
import type { NoteState } from './state';
import type { Attachments, Note, Notebook, Todo } from './types';
import { noteRow, notebookRow } from './wire';

type Json = Record<string, unknown>;

/** `.nsx`: a flat ZIP with `config.json`, one JSON per object and the bytes of files (notestation.md 12). */
export function packNsx(state: NoteState, me: User, notebooks: Notebook[], withTodos: boolean): Buffer {
	const notes = [...state.notes.values()].filter(({ parent_id, old_parent_id, recycle }) =>
		notebooks.some(({ object_id }) => object_id === (recycle ? old_parent_id : parent_id)),
	);
	const todos = withTodos ? [...state.todos.values()].filter(({ owner }) => owner === me.uid) : [];
	const entries: Record<string, Uint8Array> = {
		'config.json': json({
			note: notes.map(({ object_id }) => object_id),
			notebook: notebooks.map(({ object_id }) => object_id),
			shortcut: { id: [], stack: [], tag: [] },
			todo: todos.map(({ object_id }) => object_id),
		}),
	};
	for (const notebook of notebooks) entries[notebook.object_id] = entry(notebookRow(state, notebook, me));
	for (const todo of todos) entries[todo.object_id] = entry({ ...todo });
	for (const note of notes) {
		entries[note.object_id] = entry(noteRow(state, note, me));
		for (const { md5, content } of Object.values(note.attachment)) entries[`file_${md5}`] = content;
	}
	return Buffer.from(zipSync(entries));
}

const json = (value: unknown): Uint8Array => strToU8(JSON.stringify(value));
const entry = ({ object_id, ...fields }: Json): Uint8Array => json(fields);

/** Brings everything in under new ids; times stay those of the export. */
export function unpackNsx(state: NoteState, me: User, bytes: Buffer): number {
	const files = unzipSync(bytes);
	const read = (name: string): Json => JSON.parse(strFromU8(files[name] ?? strToU8('{}'))) as Json;
	const config = read('config.json') as { note?: string[]; notebook?: string[]; todo?: string[] };
	const places = new Map<string, string>();
	for (const id of config.notebook ?? []) {
		const { title = '', stack = '' } = read(id) as Partial<Notebook>;
		places.set(id, state.addNotebook(me, title, { stack }).object_id);
	}
	for (const id of config.note ?? []) addNote(state, me, read(id), places, files);
	for (const id of config.todo ?? []) {
		const { title = '', ...more } = read(id) as Partial<Todo>;
		places.set(id, state.addTodo(me, title, { ...more, owner: me.uid, note_id: '', parent_id: '' }).object_id);
	}
	for (const id of config.todo ?? []) {
		const todo = state.todos.get(places.get(id) ?? '');
		if (todo) todo.parent_id = places.get(String(read(id).parent_id ?? '')) ?? '';
	}
	return config.note?.length ?? 0;
}

function addNote(
	state: NoteState,
	me: User,
	row: Json,
	places: Map<string, string>,
	files: Record<string, Uint8Array>,
): void {
	const { title, content, brief, tag, encrypt, ctime, mtime, source_url, attachment, parent_id, old_parent_id } =
		row as unknown as Note;
	const recycle = String(parent_id).endsWith('#00000000');
	const home = places.get(recycle ? old_parent_id : parent_id) ?? state.presetOf(me).object_id;
	const blobs = Object.entries(attachment ?? {}).map(([file_id, file]) => {
		const bytes = files[`file_${file.md5}`] ?? new Uint8Array();
		return [file_id, { ...file, content: Buffer.from(bytes) }] as const;
	});
	const kept = { content, brief, tag, encrypt, ctime, mtime, source_url, title };
	const note = state.addNote(me, home, { ...kept, attachment: Object.fromEntries(blobs) as Attachments });
	if (recycle) Object.assign(note, { recycle, parent_id: trashOf(me.uid), old_parent_id: home });
}

interface EnexNote {
	title?: unknown;
	content?: string;
	tag?: unknown;
}

/** An Evernote export: titles, text and tags of its notes, into a notebook of the file's name. */
export function unpackEnex(state: NoteState, me: User, bytes: Buffer, name: string): number {
	const parser = new XMLParser({ isArray: (tag) => tag === 'note' || tag === 'tag' });
	const parsed = parser.parse(bytes.toString('utf8')) as { 'en-export'?: { note?: EnexNote[] } };
	const notes = parsed['en-export']?.note ?? [];
	const notebook = state.addNotebook(me, name.replace(/\.enex$/i, ''));
	for (const { title, content = '', tag } of notes) {
		const body = /<en-note[^>]*>([\s\S]*)<\/en-note>/.exec(content)?.[1] ?? '';
		const tags = Array.isArray(tag) ? tag.map(String) : [];
		state.addNote(me, notebook.object_id, { title: String(title ?? ''), content: body, tag: tags });
	}
	return notes.length;
}

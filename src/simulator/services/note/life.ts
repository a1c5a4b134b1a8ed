import type { Scene } from '../../core/life';
import { noteOf, type NoteState } from './state';

type NoteScene = (notes: NoteState, round: number) => void;

const scenes: NoteScene[] = [
	(notes, round) =>
		notes.writeAs('alice', 'Work', {
			title: `Minutes ${round + 1}`,
			content: `<div>We met in room ${1 + (round % 4)}.</div>`,
			tag: ['minutes'],
		}),
	(notes, round) => notes.todoAs('alice', `Answer mail ${round + 1}`),
	(notes, round) => {
		const note = notes.note('Tea');
		notes.editAs('alice', note, { content: `<div>Green, 80 degrees, ${2 + (round % 3)} minutes.</div>` });
	},
	(notes, round) => {
		const todo = [...notes.todos.values()].find(({ done, title }) => !done && title.startsWith('Answer mail'));
		if (todo) todo.done = true;
		else notes.todoAs('alice', `Water the plants ${round + 1}`);
	},
	(notes) => {
		const oldest = [...notes.notes.values()].find(({ title, recycle }) => title.startsWith('Minutes') && !recycle);
		if (oldest) notes.trash(oldest);
	},
	(notes, round) =>
		notes.attachAs('alice', notes.note('Tea'), `tea-${round + 1}.txt`, `cup ${round + 1}\n`, 'text/plain'),
	(notes) => keepSmall(notes),
];

/** Alice's notes and to-dos change: new ones, edits, files, things done. */
export const noteScenes: Scene[] = scenes.map((scene) => (nas, round) => scene(noteOf(nas), round));

/** A demo may run for weeks: the bin is emptied, what is done and old files go. */
function keepSmall(notes: NoteState): void {
	for (const note of notes.notes.values()) if (note.recycle && note.title.startsWith('Minutes')) notes.purge(note);
	for (const todo of notes.todos.values()) if (todo.done) notes.removeTodo(todo);
	const tea = notes.note('Tea');
	tea.attachment = Object.fromEntries(Object.entries(tea.attachment).slice(-3));
	tea.revisions.splice(0, tea.revisions.length - 20);
}

import { attachmentAdded } from '../../../src/services/note/triggers/attachmentAdded';
import { notebookCreated, notebookUpdated } from '../../../src/services/note/triggers/notebookEvents';
import * as onNotes from '../../../src/services/note/triggers/noteEvents';
import { todoDue, todoOverdue } from '../../../src/services/note/triggers/todoDue';
import * as onTodos from '../../../src/services/note/triggers/todoEvents';
import type { Note } from '../../../src/simulator/services/note/types';
import { rightTime } from '../../support/follow';
import { tellsEachOnce } from '../../support/trigger-suite';
import type { Scene } from '../../support/nas';
import { station } from './stage';

/** The next full second, by the right time, which is what people enter: due dates have no parts of one. */
const now = (scene: Scene) => Math.ceil(rightTime(scene) / 1000);
const write = (scene: Scene, title: string, more: Partial<Note> = {}) =>
	station(scene).writeAs('alice', 'Work', { title, content: '<div>text</div>', ...more });

/** Notes for events about notes that are there already. */
const STOCK = 16;
const stocked = (scene: Scene) => {
	for (let n = 0; n < STOCK; n++) write(scene, `stock ${n}`);
};
const stock = (scene: Scene, n: number) => station(scene).note(`stock ${n}`);
const titled = (event: { title?: string | undefined }) => event.title ?? '';

tellsEachOnce({
	trigger: onNotes.noteCreated,
	given: {},
	happen: (scene, n) => write(scene, `new ${n}`, n % 2 ? { ctime: 1, mtime: 1_000_000_000 + n } : {}).title,
	nameOf: titled,
	anyOrder: true,
	many: 120,
	noise: (scene) => station(scene).editAs('alice', station(scene).note('Tea'), { content: 'changed' }),
	edit: (scene, n) => station(scene).editAs('alice', station(scene).note(`new ${n}`), { content: 'edited' }),
	move: (scene, n) => station(scene).moveAs('alice', station(scene).note(`new ${n}`), 'My Notebook'),
	delete: (scene, n) => station(scene).trash(station(scene).note(`new ${n}`)),
});

tellsEachOnce({
	trigger: onNotes.noteUpdated,
	given: {},
	before: stocked,
	happen: (scene, n) => station(scene).editAs('alice', stock(scene, n), { content: `<div>${n}</div>` }).title,
	nameOf: titled,
	noise: (scene) => station(scene).trash(write(scene, 'made and thrown away')),
});

tellsEachOnce({
	trigger: onNotes.noteMoved,
	given: {},
	before: stocked,
	happen(scene, n) {
		station(scene).moveAs('alice', stock(scene, n), 'Elsewhere');
		return `stock ${n}`;
	},
	nameOf: titled,
	anyOrder: true,
	noise: (scene) => write(scene, 'another'),
});

tellsEachOnce({
	trigger: onNotes.noteMovedToRecycleBin,
	given: {},
	before: stocked,
	happen(scene, n) {
		station(scene).trash(stock(scene, n));
		return `stock ${n}`;
	},
	nameOf: titled,
	anyOrder: true,
	noise: (scene) => station(scene).purge(station(scene).note('Tea')),
});

tellsEachOnce({
	trigger: onNotes.noteRestored,
	given: {},
	before(scene) {
		stocked(scene);
		for (let n = 0; n < STOCK; n++) station(scene).trash(stock(scene, n));
	},
	happen(scene, n) {
		station(scene).restore(stock(scene, n));
		return `stock ${n}`;
	},
	nameOf: titled,
	anyOrder: true,
	noise: (scene) => write(scene, 'a new one'),
});

tellsEachOnce({
	trigger: onNotes.noteTagged,
	given: { tag: 'urgent' },
	before: stocked,
	happen: (scene, n) => station(scene).editAs('alice', stock(scene, n), { tag: ['other', 'urgent'] }).title,
	nameOf: titled,
	anyOrder: true,
	noise: (scene) => station(scene).editAs('alice', station(scene).note('Tea'), { tag: ['kitchen', 'other'] }),
});

tellsEachOnce({
	trigger: onNotes.noteShared,
	given: {},
	before: stocked,
	happen(scene, n) {
		station(scene).shareAs(stock(scene, n), 'bob');
		return `stock ${n}`;
	},
	nameOf: titled,
	anyOrder: true,
	noise: (scene) => station(scene).shareAs(station(scene).notebook('alice', 'Work'), 'carol'),
});

tellsEachOnce({
	trigger: attachmentAdded,
	given: {},
	before: stocked,
	happen(scene, n) {
		station(scene).attachAs('alice', stock(scene, n % STOCK), `file ${n}.txt`, 'x');
		return `file ${n}.txt`;
	},
	nameOf: ({ name }) => name,
	anyOrder: true,
	noise: (scene) =>
		station(scene).editAs('alice', station(scene).note('Move to the new rack'), { content: 'no file, text' }),
});

tellsEachOnce({
	trigger: notebookCreated,
	given: {},
	happen: (scene, n) => station(scene).notebook('alice', `notebook ${n}`).title,
	nameOf: titled,
	noise: (scene) => write(scene, 'a note'),
});

tellsEachOnce({
	trigger: notebookUpdated,
	given: {},
	before(scene) {
		for (let n = 0; n < STOCK; n++) station(scene).notebook('alice', `notebook ${n}`);
	},
	happen: (scene, n) => (station(scene).notebook('alice', `notebook ${n}`).title = `renamed ${n}`),
	nameOf: titled,
	anyOrder: true,
	noise: (scene) => station(scene).notebook('alice', 'brand new'),
});

const stockOfTodos = (more: object) => (scene: Scene) => {
	for (let n = 0; n < STOCK; n++) station(scene).todoAs('alice', `todo ${n}`, more);
};
const addTodo = (scene: Scene) => station(scene).todoAs('alice', 'something else');

tellsEachOnce({
	trigger: onTodos.todoCreated,
	given: {},
	happen: (scene, n) => {
		const parent = n % 3 === 0 ? station(scene).todo('Compare prices').object_id : '';
		return station(scene).todoAs('alice', `new ${n}`, { parent_id: parent }).title;
	},
	nameOf: titled,
	anyOrder: true,
	many: 120,
	noise: (scene) => (station(scene).todo('Buy disks').done = true),
});

tellsEachOnce({
	trigger: onTodos.todoUpdated,
	given: {},
	before: stockOfTodos({}),
	happen(scene, n) {
		station(scene).todo(`todo ${n}`).comment = 'changed';
		return `todo ${n}`;
	},
	nameOf: titled,
	anyOrder: true,
	noise: addTodo,
});

tellsEachOnce({
	trigger: onTodos.todoCompleted,
	given: {},
	before: stockOfTodos({}),
	happen(scene, n) {
		station(scene).todo(`todo ${n}`).done = true;
		return `todo ${n}`;
	},
	nameOf: titled,
	anyOrder: true,
	noise: addTodo,
});

tellsEachOnce({
	trigger: onTodos.todoReopened,
	given: {},
	before: stockOfTodos({ done: true }),
	happen(scene, n) {
		station(scene).todo(`todo ${n}`).done = false;
		return `todo ${n}`;
	},
	nameOf: titled,
	anyOrder: true,
	noise: addTodo,
});

tellsEachOnce({
	trigger: todoDue,
	given: { lead: 0 },
	// That of the seed is due at midnight, which may come in a history.
	before: (scene) => station(scene).todos.forEach((todo) => (todo.due_date &&= todo.due_date + 30 * 86_400)),
	happen: (scene, n) => station(scene).todoAs('alice', `due ${n}`, { due_date: now(scene) }).title,
	nameOf: titled,
	noise: (scene) => station(scene).todoAs('alice', 'done', { due_date: now(scene), done: true }),
});

tellsEachOnce({
	trigger: todoOverdue,
	given: { hours: 24 },
	happen: (scene, n) => station(scene).todoAs('alice', `over ${n}`, { due_date: now(scene) - 86_400 }).title,
	nameOf: titled,
	noise: (scene) => station(scene).todoAs('alice', 'only due', { due_date: now(scene) }),
});

import { describe, expect, test } from '@jest/globals';
import { withNas, type Scene } from '../../support/nas';
import { station, todos } from './stage';

const titles = (rows: { title?: string | undefined }[]) => rows.map(({ title }) => title);
const disks = (scene: Scene) => station(scene).todo('Buy disks');

describe('to-dos', () => {
	test('are listed with subtasks of any depth, though the NAS lists the top level only', async () => {
		await withNas({}, async (scene) => {
			const prices = station(scene).todo('Compare prices');
			const shop = station(scene).todoAs('alice', 'Ask the shop', { parent_id: prices.object_id });
			station(scene).todoAs('alice', 'Find the number', { parent_id: shop.object_id });
			const expected = ['Call the electrician', 'Buy disks', 'Compare prices', 'Ask the shop', 'Find the number'];
			expect(titles(await scene.dsm.do(todos.list, {}))).toEqual(expected);
			station(scene).switches.topLevelOnly = false;
			expect(titles(await scene.dsm.do(todos.list, {})).sort()).toEqual([...expected].sort());
			const tree = await scene.dsm.do(todos.listTree, {});
			expect(tree).toMatchObject([
				{ title: 'Call the electrician', subtasks: [] },
				{
					title: 'Buy disks',
					subtasks: [
						{
							title: 'Compare prices',
							subtasks: [{ title: 'Ask the shop', subtasks: [{ title: 'Find the number', subtasks: [] }] }],
						},
					],
				},
			]);
		});
	});

	test('ask one question when no to-do has subtasks', async () => {
		await withNas({}, async (scene) => {
			station(scene).removeTodo(station(scene).todo('Compare prices'));
			await scene.dsm.do(todos.list, {});
			const before = scene.simulator.requests.length;
			await scene.dsm.do(todos.list, {});
			expect(scene.simulator.requests.slice(before).map(({ method }) => method)).toEqual(['list']);
		});
	});

	test('are created whole, also as a subtask', async () => {
		await withNas({}, async (scene) => {
			const made = await scene.dsm.do(todos.create, {
				...{ title: 'Paint', due_date: '2027-01-04T08:00:00Z', parent_id: disks(scene).object_id },
				...{ comment: 'blue', priority: 300, star: true, reminder_offset: 3600 },
			});
			expect(made).toMatchObject({
				...{ title: 'Paint', due_date: '2027-01-04T08:00:00Z', parent_id: disks(scene).object_id, comment: 'blue' },
				...{ priority: 300, star: true, reminder_offset: 3600, done: false },
			});
			expect(await scene.dsm.do(todos.get, { todo_id: made.object_id })).toEqual(made);
		});
	});

	test('are changed, completed, reopened, starred, moved and deleted', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const todo = disks(scene);
			const todo_id = todo.object_id;
			const todo_ids = [todo_id];
			await dsm.do(todos.update, { todo_id, title: 'Buy two disks', no_due_date: true, comment: 'big' });
			expect(todo).toMatchObject({ title: 'Buy two disks', due_date: -1, comment: 'big', priority: 300 });
			await dsm.do(todos.complete, { todo_ids });
			expect(todo.done).toBe(true);
			await dsm.do(todos.reopen, { todo_ids });
			expect(todo.done).toBe(false);
			await dsm.do(todos.star, { todo_ids });
			expect(titles(await dsm.do(todos.list, { starred: true }))).toEqual(['Buy two disks']);
			await dsm.do(todos.unstar, { todo_ids });
			expect(todo.star).toBe(false);
			const call = station(scene).todo('Call the electrician');
			await dsm.do(todos.move, { todo_id: call.object_id, parent_id: todo_id });
			expect(call.parent_id).toBe(todo_id);
			await dsm.do(todos.delete, { todo_ids });
			expect(await dsm.do(todos.list, { status: 'all' })).toEqual([]);
		});
	});

	test('are filtered by state, due date and note', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const now = Math.floor(dsm.now() / 1000);
			for (const [title, due_date] of [
				['late', now - 60],
				['soon', now + 60],
				['next week', now + 6 * 86_400],
			] as const)
				station(scene).todoAs('alice', title, { due_date });
			station(scene).todoAs('alice', 'over', { done: true });
			station(scene).removeTodo(disks(scene));
			expect(titles(await dsm.do(todos.list, { due: 'overdue' }))).toEqual(['late']);
			expect(titles(await dsm.do(todos.list, { due: 'today' }))).toEqual(['late', 'soon']);
			expect(titles(await dsm.do(todos.list, { due: 'week' }))).toEqual(['late', 'soon', 'next week']);
			expect(titles(await dsm.do(todos.list, { due: 'none' }))).toEqual(['Call the electrician']);
			expect(titles(await dsm.do(todos.list, { status: 'done' }))).toEqual(['over']);
			const note_id = station(scene).note('Move to the new rack').object_id;
			expect(titles(await dsm.do(todos.list, { note_id }))).toEqual(['Call the electrician']);
		});
	});
});

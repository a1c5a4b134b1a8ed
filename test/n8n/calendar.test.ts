import { describe, expect, test } from '@jest/globals';
import { BinaryDataService } from 'n8n-core';
import type { SettableClock } from '../../src/simulator';
import { calendarOf } from '../../src/simulator/services/calendar/state';
import { MORNING, stories } from '../support/calendar-stories';
import { itemsOf, jsonOf, launch, makeWorkflow, outcomeOf, runNode, service, synology } from './engine';
import { nodeOf, read } from './examples';
import { Poller } from './poller';
import { withNas } from './support';
import { SharedClock } from '../support/sharedClock';

const fresh = () => ({ clock: new SharedClock(MORNING) });
const node = (resource: string, operation: string, more = {}) =>
	synology('synologyCalendar', { resource, operation, simplify: false, ...more });
const home = { __rl: true, mode: 'id', value: '/alice/home/' };

describe('events in n8n', () => {
	test('come as one item each, the earliest first', async () => {
		await withNas(fresh(), async ({ credentials }) => {
			const list = node('event', 'list', {
				returnAll: true,
				calendars: ['/alice/home/'],
				end: '2026-10-24',
			});
			const rows = jsonOf((await runNode(list, itemsOf({}), credentials)).outputs[0]);
			expect(rows.map(({ summary }) => summary)).toEqual([
				'Stand-up',
				'Quarterly review',
				'Day off',
				'Lunch with the team',
			]);
		});
	});

	test('are created at the wall clock that the date field shows, whatever the zone of the workflow', async () => {
		await withNas(fresh(), async ({ credentials }) => {
			const create = node('event', 'create', {
				cal_id: home,
				summary: '={{ $json.name }}',
				start: '={{ $json.at }}',
				options: { tz_id: 'Asia/Tokyo' },
			});
			const items = itemsOf(
				{ name: 'Local', at: '2026-11-01T09:00:00' },
				{ name: 'Exact', at: '2026-11-01T00:00:00Z' },
				{ name: 'Day', at: '2026-11-01' },
			);
			const { outputs } = await runNode(create, items, credentials);
			expect(jsonOf(outputs[0]).map(({ summary, start, is_all_day }) => [summary, start, is_all_day])).toEqual([
				['Local', '2026-11-01T09:00:00+09:00', false],
				['Exact', '2026-11-01T09:00:00+09:00', false],
				['Day', '2026-11-01', true],
			]);
		});
	});

	test('go out as a file and come in from one', async () => {
		await withNas(fresh(), async ({ credentials }) => {
			const exported = node('calendar', 'export', { cal_id: home, outputField: 'data' });
			const [item] = (await runNode(exported, itemsOf({}), credentials)).outputs[0]!;
			const text = (await service(BinaryDataService).getAsBuffer(item!.binary!['data']!)).toString();
			expect(text).toContain('SUMMARY:Quarterly review');
			const imported = node('calendar', 'import', { cal_id: { ...home, value: '/alice/tlvjj/' }, file: 'data' });
			const data = { data: Buffer.from(text).toString('base64'), mimeType: 'text/calendar', fileName: 'home.ics' };
			const { outputs } = await runNode(imported, [{ json: {}, binary: { data } }], credentials);
			expect(jsonOf(outputs[0]).map(({ summary, status }) => [summary, status])).toEqual([
				['Quarterly review', 'created'],
				['Stand-up', 'created'],
				['Day off', 'created'],
			]);
		});
	});

	test('with a rule that is none end in an error that says so', async () => {
		await withNas(fresh(), async ({ credentials }) => {
			const create = node('event', 'create', {
				cal_id: home,
				summary: 'X',
				start: '2026-11-01T09:00:00',
				options: { rrule: 'every day' },
			});
			const { status, error } = await runNode(create, itemsOf({}), credentials);
			expect([status, error!.message]).toEqual(['error', expect.stringContaining('is no recurrence rule')]);
		});
	});
});

test.each(stories)(
	'the trigger $event starts a workflow once',
	async ({ event, params = {}, before, happen, seen }) => {
		await withNas(fresh(), async ({ simulator, credentials }) => {
			const calendar = calendarOf(simulator.nas);
			before?.(calendar);
			const poller = new Poller(credentials, { parameters: { event, ...params }, type: 'synologyCalendarTrigger' });
			expect(await poller.tick()).toBeUndefined();
			happen(calendar, simulator.nas.clock as SettableClock);
			expect(await poller.tick()).toMatchObject([seen]);
			expect(await poller.tick()).toBeUndefined();
		});
	},
);

describe('the example', () => {
	const started = async (file: string, trigger: string, happen: (clock: SettableClock) => void): Promise<string> =>
		await withNas(fresh(), async ({ simulator, chat, credentials }) => {
			const example = read(file);
			const { parameters } = nodeOf(example, trigger);
			const poller = new Poller(credentials, { parameters, name: trigger, type: 'synologyCalendarTrigger' });
			await poller.tick();
			happen(simulator.nas.clock as SettableClock);
			const items = ((await poller.tick()) ?? []).map((json) => ({ json }));
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, nodeOf(example, trigger), items, credentials);
			expect(outcomeOf(await run, 'Tell General').status).toBe('success');
			return chat.channel('General').posts.at(-1)!.message;
		});

	test('"event reminder" tells an event ten minutes before it begins', async () => {
		const message = await started('calendar-event-reminder.json', 'Before an event', (clock) =>
			clock.set(Date.UTC(2026, 9, 19, 6, 50)),
		);
		expect(message).toBe('Stand-up begins in 10 minutes.');
	});

	test('"daily agenda" posts the events of the day', async () => {
		const message = await started('calendar-daily-agenda.json', 'Every morning', (clock) =>
			clock.set(Date.UTC(2026, 9, 19, 5)),
		);
		expect(message).toBe('Monday, 2026-10-19\n09:00–10:00 Stand-up');
	});

	test('"book a free slot" makes an event of the first free hour', async () => {
		await withNas(fresh(), async ({ credentials }) => {
			const example = read('calendar-book-free-slot.json');
			const { run } = await launch(
				makeWorkflow(example.nodes, example.connections),
				nodeOf(example, 'When clicking'),
				itemsOf({}),
				credentials,
			);
			expect(jsonOf(outcomeOf(await run, 'Book it').outputs[0])).toMatchObject([
				{ summary: 'Focus time', start: '2026-10-19T10:00:00+02:00', end: '2026-10-19T11:00:00+02:00' },
			]);
		});
	});
});

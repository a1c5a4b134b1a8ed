import { describe, expect, test } from '@jest/globals';
import type { SettableClock, Simulator } from '../../src/simulator';
import { calendarOf, type CalendarState } from '../../src/simulator/services/calendar/state';
import { chatOf } from '../../src/simulator/services/chat/state';
import { MORNING, stories } from '../support/calendar-stories';
import { deployExample, idOf, pressButton, watched } from './examples';
import { action, type NodeRed, received, trigger, until, type FlowNode } from './runtime';
import { onStage } from './stage';
import { SharedClock } from '../support/sharedClock';

const text = (value: string) => ({ type: 'str', value });
let red: NodeRed;
let simulator: Simulator;
let clock: SettableClock;
let calendar: CalendarState;

const deploy = onStage(
	(stage) => {
		({ red, simulator } = stage);
		calendar = calendarOf(simulator.nas);
	},
	() => ({ clock: (clock = new SharedClock(MORNING)) }),
);

/** Messages that a node sends for one that it gets. */
async function run(node: FlowNode, message: Record<string, unknown> = {}, sends = 1) {
	await deploy(node);
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length >= sends, 'the answer');
	return received('out').map(({ payload }) => payload);
}

describe('events in Node-RED', () => {
	test('come as one message each', async () => {
		const params = { calendars: text('/alice/home/'), end: text('2026-10-24') };
		const rows = await run(action('calendar.event.list', params, { list: 'rows' }), {}, 4);
		expect(rows).toMatchObject([
			{ summary: 'Stand-up' },
			{ summary: 'Quarterly review' },
			{ summary: 'Day off' },
			{ summary: 'Lunch with the team' },
		]);
	});

	test('are created from the form and from the message', async () => {
		const values = {
			cal_id: text('/alice/home/'),
			summary: text('One'),
			start: { type: 'msg', value: 'start' },
			reminders: { type: 'msg', value: 'reminders' },
		};
		const [made] = await run(action('calendar.event.create', values), {
			start: '2026-11-01T09:00',
			reminders: [5],
		});
		expect(made).toMatchObject({ summary: 'One', start: '2026-11-01T09:00:00+01:00', reminders: [{ minutes: 5 }] });
	});

	test('go out as a file and come in from one', async () => {
		await run(action('calendar.calendar.export', { cal_id: text('/alice/home/') }));
		const file = received('out')[0]!.payload as Buffer;
		expect(String(file)).toContain('SUMMARY:Quarterly review');
		received('out').length = 0;
		const imports = action('calendar.calendar.import', {
			cal_id: text('/alice/tlvjj/'),
			file: { type: 'msg', value: 'payload' },
		});
		const [rows] = await run(imports, { payload: file, filename: 'home.ics' });
		expect(rows).toMatchObject([{ status: 'created' }, { status: 'created' }, { status: 'created' }]);
	});

	test('that are not there reach the catch node', async () => {
		await run(action('calendar.event.get', { evt_id: text('1') }));
		expect((received('caught')[0] as { error?: { message: string } }).error!.message).toContain(
			'there is no such event',
		);
	});
});

test.each(stories)('the trigger $event sends one message', async ({ event, params = {}, before, happen, seen }) => {
	before?.(calendar);
	const given = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, text(value)]));
	await deploy(trigger(given, { type: 'synology-calendar-trigger', trigger: event, id: `t-${event}` }));
	await watched(red, `t-${event}`);
	happen(calendar, clock);
	await until(() => received('out').length > 0, 'the event');
	expect(received('out')).toMatchObject([{ topic: `calendar.${event}`, payload: seen }]);
});

describe('examples for Node-RED', () => {
	const lastPost = () => chatOf(simulator.nas).channel('General').posts.at(-1)!.message;

	test('calendar-event-reminder tells an event ten minutes before it begins', async () => {
		const flow = await deployExample(red, simulator, 'calendar-event-reminder.json');
		await watched(red, idOf(flow, 'Event starting'));
		clock.set(Date.UTC(2026, 9, 19, 6, 50));
		await until(() => received(idOf(flow, 'Message')).length === 1, 'the message');
		expect(lastPost()).toBe('Stand-up begins in 10 minutes.');
	});

	test('calendar-daily-agenda posts the events of the day', async () => {
		const flow = await deployExample(red, simulator, 'calendar-daily-agenda.json');
		await watched(red, idOf(flow, 'Agenda'));
		clock.set(Date.UTC(2026, 9, 19, 5));
		await until(() => received(idOf(flow, 'Message')).length === 1, 'the message');
		expect(lastPost()).toBe('Monday, 2026-10-19\n09:00–10:00 Stand-up');
	});

	test('calendar-book-free-slot makes an event of the first free hour', async () => {
		const flow = await deployExample(red, simulator, 'calendar-book-free-slot.json');
		await pressButton(red, flow, 'Book');
		await until(() => received(idOf(flow, 'Event')).length === 1, 'the event');
		expect(received(idOf(flow, 'Event'))[0]!.payload).toMatchObject({
			summary: 'Focus time',
			start: '2026-10-19T10:00:00+02:00',
		});
	});
});
